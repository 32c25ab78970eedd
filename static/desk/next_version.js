// What the draft changes on the version that the patient has, and the way to publish just that: asked for when a change
// of this page is saved. A page that was only looked at prepares nothing.
(() => {
  "use strict";

  const place = document.getElementById("next-version");
  const draft = document.querySelector("[data-draft]");
  if (!place || !draft) return;
  const soon = 300;
  let changed = false;
  let timer = 0;
  const isSaved = () => draft.dataset.state === "saved";

  // What is shown is published, and nothing that was typed after it.
  function hold() {
    for (const button of place.querySelectorAll("button")) button.disabled = !isSaved() || changed;
  }

  new MutationObserver(() => {
    changed ||= !isSaved();
    hold();
    clearTimeout(timer);
    if (changed && isSaved()) timer = setTimeout(ask, soon);
  }).observe(draft, { attributeFilter: ["data-state"] });
  function ask() {
    changed = false;
    place.dispatchEvent(new CustomEvent("desk:next"));
  }
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === place) hold();
  });
})();
