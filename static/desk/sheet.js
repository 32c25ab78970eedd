// The sheet beside its draft: as a web page at once, as the real PDF as soon as it is there. It says which it shows.
(() => {
  "use strict";

  const panel = document.getElementById("sheet");
  if (!panel) return;
  const place = document.getElementById("sheet-place");
  const draft = document.querySelector("[data-draft]");
  const soon = 300;
  const later = 1500;
  // Of the viewers, that they show the sheet over their whole width.
  const view = "#navpanes=0&pagemode=none&view=FitH";

  const page = () => place.querySelector("[data-sheet-page]");
  const pdf = () => panel.querySelector("[data-sheet-pdf]");
  const wantsPdf = () => panel.querySelector("[name=sheet_as]:checked").value === "pdf";
  const isSaved = () => draft.dataset.state === "saved";
  // "now": what is shown is the draft as it is; "asked": it is on its way; "changed": the draft went on.
  let state = "asked";
  let scrolled = 0;
  let timer = 0;

  function ask() {
    clearTimeout(timer);
    if (draft.dataset.state === "new") return say(gettext("Choose the patient first."));
    state = "asked";
    tell();
    place.dispatchEvent(new CustomEvent("desk:sheet"));
  }
  function askIn(wait) {
    clearTimeout(timer);
    timer = setTimeout(() => panel.open && isSaved() && state === "changed" && ask(), wait);
  }

  function say(words) {
    const line = panel.querySelector("[data-sheet-state]");
    if (line.textContent !== words) line.textContent = words;
  }
  const newest = () => place.querySelector("[data-pdf]")?.dataset.pdf;
  const isBeingMade = () => Boolean(place.querySelector("#preview-file[hx-get]"));
  function tell() {
    const asPdf = Boolean(pdf() && !pdf().hidden);
    const older = state !== "now" || (asPdf && pdf().dataset.of !== newest());
    if (state === "changed" && !isSaved())
      say(gettext("As it was before your last change, which is not saved yet."));
    else if (older && (page() || asPdf))
      say(gettext("As it was before your last change. The new one is being made."));
    else if (older) say(gettext("Being made."));
    else if (asPdf) say(gettext("The PDF of the draft as it is now."));
    else if (wantsPdf() && page() && isBeingMade())
      say(gettext("The web page of the draft as it is now. Its PDF is being made."));
    else if (page()) say(gettext("The web page of the draft as it is now."));
    else say("");
  }

  panel.addEventListener("desk:opened", ask);
  panel.addEventListener("change", (event) => {
    if (event.target.name !== "sheet_as") return;
    if (wantsPdf()) ask();
    else show(false);
  });

  // --- The draft goes on: what is shown is said to be older, until it is saved and made anew -------------------------
  document.body.addEventListener("desk:check", () => {
    if (!panel.open) return;
    state = "changed";
    tell();
    // What is typed and taken back changes nothing that would be saved.
    askIn(later);
  });
  new MutationObserver(() => {
    if (!panel.open || state !== "changed") return;
    tell();
    if (isSaved()) askIn(soon);
  }).observe(draft, { attributeFilter: ["data-state"] });

  // --- What came ------------------------------------------------------------------------------------------------------
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt === place && wantsPdf()) event.detail.parameters.pdf = "1";
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target === place) scrolled = page()?.contentWindow?.scrollY ?? scrolled;
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === place) {
      // Who reads further down goes on there.
      page()?.addEventListener("load", () => page()?.contentWindow.scrollTo(0, scrolled), { once: true });
      if (state === "asked") state = "now";
    }
    if (panel.open) offer();
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt === place && !event.detail.successful && event.detail.xhr?.status !== 429)
      say(gettext("No answer: the preview could not be made. Your changes are kept."));
  });

  // A browser that shows no PDF would save it to disk instead: there the link is all.
  function offer() {
    // The PDF of before stays until the new one is there, if one is being made.
    if (!newest() && !isBeingMade()) pdf()?.remove();
    if (newest() && navigator.pdfViewerEnabled && pdf()?.dataset.of !== newest()) {
      pdf()?.remove();
      const frame = document.createElement("iframe");
      frame.className = "desk-paper";
      frame.title = gettext("The PDF that will be printed");
      frame.dataset.sheetPdf = "";
      frame.dataset.of = newest();
      frame.src = newest() + view;
      place.after(frame);
    }
    show(wantsPdf() && Boolean(pdf()));
  }
  function show(asPdf) {
    if (pdf()) pdf().hidden = !asPdf;
    if (page()) page().hidden = asPdf;
    tell();
  }
})();
