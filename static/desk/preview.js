// On the publish page: the real PDF in place of the web page that looks like it, as soon as it is there.
(() => {
  "use strict";

  const preview = () => document.getElementById("preview");
  // Of the viewers, that they show the sheet over their whole width, without a column of small pages beside it.
  const view = "#navpanes=0&pagemode=none&view=FitH";
  let wantsPage = false;

  // A browser that shows no PDF would save it to disk instead: there the link beside the button is all.
  function offer() {
    const button = preview()?.querySelector("[data-pdf]");
    if (!button || !button.hidden || !navigator.pdfViewerEnabled) return;
    button.hidden = false;
    if (!wantsPage && !isBeingRead(preview().querySelector("iframe"))) change(button);
  }

  // Nobody's page is taken away while they read it: then the button waits for them.
  function isBeingRead(page) {
    return document.activeElement === page || page.contentWindow.scrollY > 0;
  }

  function change(button) {
    const page = preview().querySelector("iframe[srcdoc]");
    const pdf = preview().querySelector("iframe[src]") ?? addPdf(page, button.dataset.pdf);
    page.hidden = !page.hidden;
    pdf.hidden = !page.hidden;
    button.textContent = pdf.hidden ? gettext("Show the PDF here") : gettext("Show as a web page");
  }

  function addPdf(page, address) {
    const pdf = document.createElement("iframe");
    pdf.className = page.className;
    pdf.title = gettext("The PDF that will be printed");
    pdf.src = address + view;
    page.after(pdf);
    return pdf;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pdf]");
    if (!button) return;
    change(button);
    wantsPage = !preview().querySelector("iframe[srcdoc]").hidden;
  });
  document.addEventListener("htmx:afterSettle", offer);
  offer();
})();
