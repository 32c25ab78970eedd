// The review: arrows beside J and K, focus on what is read next, a note sent by keyboard, a picture that has come.
(() => {
  "use strict";

  const isTyping = (element) => Boolean(element?.closest?.("input, textarea, select, [contenteditable]"));

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.shiftKey) return;
    const isHeld = event.ctrlKey || event.metaKey;
    if (isHeld && event.key === "Enter" && event.target.id === "send-back-words") {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
    if (isHeld || isTyping(event.target) || document.querySelector("dialog:modal")) return;
    const step = document.querySelector(`[data-review-step="${event.key}"]`);
    if (!step) return;
    event.preventDefault();
    step.click();
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-goes]")) location.assign(event.target.value);
  });

  // A key that is held would decide on what nobody has read.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.repeat && event.key.toUpperCase() === "A" && !isTyping(event.target)) event.preventDefault();
    },
    true,
  );

  document.addEventListener("htmx:afterSettle", () => {
    const title = document.querySelector("[data-review-title]");
    if (document.activeElement === document.body) title?.focus({ preventScroll: true });
  });

  // drawings.js puts the figure in its place; then the page says what is approved with it.
  document.addEventListener(
    "load",
    (event) => {
      const isDrawn = event.target.matches?.("[data-review-waits]") && event.target.src.endsWith("?drawn");
      if (isDrawn && !document.querySelector("dialog:modal"))
        document.querySelector("[data-review-again]")?.click();
    },
    true,
  );
})();
