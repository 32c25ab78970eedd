// Panels beside the page where it is wide enough, over it where it is not: opened by a button or its key, closed by
// Escape, and then the keyboard is back at the button.
(() => {
  "use strict";

  const ROOM_LEFT = 640;
  const panels = () => [...document.querySelectorAll("dialog[data-side]")];
  const page = () => document.getElementById("content-main");
  const isBeside = () => document.body.classList.contains("desk-side-beside");
  const openers = new Map();

  const widthOf = (panel) => (panel.classList.contains("desk-side-paper") ? 520 : 420);
  let taken = 0;

  function hasRoom(panel) {
    return page().clientWidth + (isBeside() ? taken : 0) >= ROOM_LEFT + widthOf(panel);
  }

  function show(panel) {
    const beside = hasRoom(panel);
    taken = widthOf(panel);
    document.body.classList.toggle("desk-side-beside", beside);
    document.body.classList.toggle("desk-side-wide", beside && panel.classList.contains("desk-side-paper"));
    if (beside) panel.show();
    else panel.showModal();
    tell();
  }

  function tell() {
    for (const button of document.querySelectorAll("[data-side-open]"))
      button.setAttribute("aria-expanded", String(document.getElementById(button.dataset.sideOpen).open));
  }

  // Who works with a panel beside the plan finds it there on the next plan too, until they close it.
  const KEPT = "deskBesideThePlan";
  function keep(panel, isOpen) {
    if (!("sideKept" in panel.dataset)) return;
    if (isOpen) localStorage.setItem(KEPT, panel.id);
    else localStorage.removeItem(KEPT);
  }
  window.addEventListener("load", () => {
    const panel = panels().find((one) => "sideKept" in one.dataset && one.id === localStorage.getItem(KEPT));
    // Over the plan it would hide what was opened; and nobody asked for the keyboard to be taken there.
    if (!panel || panels().some((one) => one.open) || !hasRoom(panel)) return;
    const held = document.activeElement;
    openers.set(panel, document.querySelector(`[data-side-open="${panel.id}"]`));
    show(panel);
    if (document.activeElement !== held) held?.focus();
    if (panel.contains(document.activeElement)) document.activeElement.blur();
    panel.dispatchEvent(new CustomEvent("desk:opened"));
  });

  function open(panel, opener) {
    for (const other of panels()) if (other !== panel && other.open) other.close();
    openers.set(panel, opener);
    show(panel);
    keep(panel, true);
    panel.querySelector("[data-side-first]")?.focus();
    panel.dispatchEvent(new CustomEvent("desk:opened"));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-side-open]");
    const panel = button && document.getElementById(button.dataset.sideOpen);
    if (panel?.open) panel.close();
    else if (panel) open(panel, button);
    event.target.closest("[data-side-close]")?.closest("dialog").close();
  });

  for (const panel of panels()) {
    panel.addEventListener("close", () => {
      // To put it over the page that became narrow it is closed for a moment.
      if (panel.dataset.moves) return;
      keep(panel, false);
      document.body.classList.toggle("desk-side-beside", isBeside() && panels().some((one) => one.open));
      tell();
      const held = document.activeElement;
      if (!held || held === document.body || panel.contains(held)) openers.get(panel)?.focus();
      panel.dispatchEvent(new CustomEvent("desk:closed"));
    });
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      const unfolded = panel.querySelector("details[open]");
      if (!unfolded) return panel.close();
      unfolded.open = false;
      unfolded.querySelector("summary").focus();
    });
  }

  new ResizeObserver(() => {
    const panel = panels().find((one) => one.open);
    if (!panel || hasRoom(panel) === isBeside()) return;
    const held = document.activeElement;
    panel.dataset.moves = "1";
    panel.close();
    show(panel);
    // The event of the closing comes a moment later.
    setTimeout(() => delete panel.dataset.moves);
    if (panel.contains(held)) held.focus();
  }).observe(document.documentElement);
})();
