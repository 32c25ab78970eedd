// Reasons beside cards: a chip fills in its words, and whoever answered by keyboard goes on at the next open card.
(() => {
  "use strict";

  document.addEventListener("click", (event) => {
    const chip = event.target.closest("button[data-chip]");
    if (!chip) return;
    const input = document.getElementById(chip.dataset.chip);
    input.value = chip.dataset.words ?? chip.textContent.trim();
    // Where nothing is saved by itself, what will be sent is shown.
    input.hidden = false;
    const fold = input.closest("details");
    if (fold && !document.querySelector("[data-draft]")) fold.open = true;
    input.focus();
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  document.addEventListener("click", (event) => {
    const all = event.target.closest("button[data-adopt-all]");
    for (const one of all ? document.querySelectorAll("button[data-adopt]") : []) one.click();
  });

  // A mark in a row leads to its card, also into a fold.
  document.addEventListener("click", (event) => {
    const mark = event.target.closest('a[href^="#card-"]');
    const card = mark && document.getElementById(mark.hash.slice(1));
    if (!card) return;
    event.preventDefault();
    const fold = card.closest("details[data-fold]");
    if (fold) fold.open = true;
    card.querySelector("details").open = true;
    card.tabIndex = -1;
    card.focus({ preventScroll: true });
    card.scrollIntoView({ block: "center" });
  });

  // What is folded away takes the keyboard's place with it: the next open card gets it, or the line of the fold.
  let place = -1;
  const cards = () => [...document.querySelectorAll("#plan-findings > [data-card]")];
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    if (event.detail.target.id !== "plan-findings") return;
    const held = document.activeElement?.closest("#plan-findings [data-card]");
    place = held ? cards().indexOf(held) : -1;
  });
  document.body.addEventListener("htmx:oobAfterSwap", (event) => {
    if (event.detail.target.id !== "plan-findings" || place < 0) return;
    // The browser's own way of keeping focus comes first: an input that is there still has it.
    requestAnimationFrame(() => {
      const active = document.activeElement;
      if (active && active !== document.body && active.checkVisibility?.() !== false) return;
      const left = cards();
      const next = left[Math.min(place, left.length - 1)];
      (
        next?.querySelector(":scope > [data-reason] input") ??
        next?.querySelector("summary") ??
        document.querySelector("#plan-findings summary")
      )?.focus();
      place = -1;
    });
  });
})();
