// Figures that a worker still draws: their place says so, and each appears as soon as it is there.
(() => {
  "use strict";

  const soon = 700;
  const seldom = 5000;
  const patience = 60;
  const placeholderWidth = 850;
  const watched = new WeakSet();

  function watchAll() {
    watch(document);
    // The page of the preview runs no scripts; it is ours to read, as soon as it is there.
    for (const page of document.querySelectorAll("iframe[srcdoc]")) {
      if (page.contentDocument) watch(page.contentDocument);
      page.addEventListener("load", () => watch(page.contentDocument), { once: true });
    }
  }

  function watch(page) {
    for (const picture of page.querySelectorAll("img[src*='/drawing/'], img[data-drawn]")) {
      if (watched.has(picture)) continue;
      watched.add(picture);
      if (picture.complete) begin(picture);
      else picture.addEventListener("load", () => begin(picture), { once: true });
    }
  }

  function begin(picture) {
    if (picture.naturalWidth === placeholderWidth) look(picture, patience, soon);
  }

  // A list of many figures asks less and less often for those that take long.
  async function look(picture, left, wait) {
    if (!left || !picture.isConnected) return;
    const answer = await fetch(picture.src).catch(() => null);
    // Told by its type: the desk adds words of its own to what says how long a page may be kept.
    const waits = !answer || answer.headers.get("Content-Type").startsWith("image/svg");
    if (waits) setTimeout(look, wait, picture, left - 1, Math.min(wait * 1.3, seldom));
    else if (answer.ok) picture.src = `${picture.src}?drawn`;
  }

  document.addEventListener("htmx:afterSettle", watchAll);
  document.addEventListener("desk:changed", watchAll);
  watchAll();
})();
