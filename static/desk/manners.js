// Manners of every page: icons are silent, lists close when focus leaves, focus goes to what an action said.
(() => {
  "use strict";

  // The theme writes its icons as words of a font, which a screen reader would read out.
  function silence(root) {
    for (const icon of root.querySelectorAll(".material-symbols-outlined:not([aria-hidden])"))
      icon.setAttribute("aria-hidden", "true");
    for (const one of root.querySelectorAll("a:not([aria-label]), button:not([aria-label], [hidden])")) {
      const shown = one.cloneNode(true);
      for (const icon of shown.querySelectorAll("[aria-hidden]")) icon.remove();
      const name = one.title || one.parentElement.textContent.replace(one.textContent, "").trim();
      if (!shown.textContent.trim() && !shown.querySelector("img[alt]") && name)
        one.setAttribute("aria-label", name);
    }
  }

  // The theme opens some of its lists by a link that leads nowhere, which no keyboard reaches.
  function makeButtons(root) {
    for (const one of root.querySelectorAll("a:not([href], [role])")) {
      one.setAttribute("role", "button");
      one.tabIndex = 0;
    }
  }
  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.("a[role=button]:not([href])") || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    event.target.click();
  });

  // A message after an action is what the person waits for; on a page without one focus stays where the browser has it.
  function goToMessage() {
    if (document.activeElement && document.activeElement !== document.body) return;
    const said = document.querySelector("[data-desk-messages]");
    if (!said?.textContent.trim()) return;
    said.tabIndex = -1;
    said.focus({ preventScroll: true });
  }

  document.addEventListener("DOMContentLoaded", () => {
    silence(document);
    makeButtons(document);
    goToMessage();
  });
  document.addEventListener("htmx:load", (event) => {
    silence(event.target);
    makeButtons(event.target);
  });

  // Where a person works on, an opened list of the page head must not cover it.
  document.addEventListener("focusout", (event) => {
    const list = event.target.closest?.("details[data-menu]");
    if (list?.open && event.relatedTarget && !list.contains(event.relatedTarget)) list.open = false;
  });
})();
