// After publishing: the PDF's print, the code of the link as large as the screen, the keyboard where it goes on.
(() => {
  "use strict";

  const panel = document.getElementById("give");
  if (!panel) return;
  if (window.location.hash === "#give") panel.focus();

  // --- Print: at once when the PDF is there, else as soon as it is ----------------------------------------

  const said = panel.querySelector("[data-print-status]");
  let wants = false;

  function say(word) {
    said.textContent = said.dataset[word];
  }

  function printOrWait() {
    const file = document.querySelector('#files [data-file-copy="patient"]');
    const state = file ? file.dataset.fileState : "missing";
    wants = state !== "ready" && state !== "failed" && state !== "missing";
    if (state === "ready") printFile(file.dataset.fileAddress);
    else say(wants ? "waiting" : state);
  }

  function printFile(address) {
    if (!navigator.pdfViewerEnabled) {
      openApart(address);
      return;
    }
    document.querySelector(".desk-print-frame")?.remove();
    const frame = document.createElement("iframe");
    frame.className = "desk-print-frame";
    frame.title = gettext("The PDF that is printed");
    frame.tabIndex = -1;
    frame.setAttribute("aria-hidden", "true");
    frame.addEventListener("load", () => {
      try {
        frame.contentWindow.print();
        say("ready");
      } catch {
        openApart(address); // a viewer that is a page of another origin, as Firefox has it
      }
    });
    frame.src = address;
    document.body.append(frame);
  }

  function openApart(address) {
    window.open(address, "_blank", "noopener");
    say("elsewhere");
  }

  panel.querySelector("[data-print]")?.addEventListener("click", printOrWait);
  document.addEventListener("htmx:afterSettle", () => {
    if (wants) printOrWait();
  });

  // --- The code of the link --------------------------------------------------------------------------------

  const code = panel.querySelector("[data-code]");
  panel.querySelector("[data-code-show]")?.addEventListener("click", () => code.showModal());
  panel.querySelector("[data-code-hide]")?.addEventListener("click", () => code.close());
  code?.addEventListener("click", (event) => {
    if (event.target === code) code.close();
  });
})();
