// A moving picture is stopped by its button, which gives the place back to the one that starts it.
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const region = event.target.closest("[data-stop-moving]")?.closest("[data-moving]");
    if (!region) return;
    region.replaceChildren();
    document.getElementById(region.dataset.moving)?.focus();
  });
})();
