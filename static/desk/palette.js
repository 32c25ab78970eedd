// One palette over patients, plans, exercises, sheets and pages; and the keys of a page, each of which is a button's.
(() => {
  "use strict";

  const SINGLE = "desk:single-keys";
  const byId = (id) => document.getElementById(id);
  const isShown = (element) => element.getClientRects().length > 0 && !element.disabled;
  // What opens a dialog has its key also where a narrow page has no room for the button.
  const keyed = () =>
    [...document.querySelectorAll("[data-key]")].filter((one) => one.dataset.opens || isShown(one));

  // --- Keys --------------------------------------------------------------------------------------------------------
  // A key is written beside its button (data-key, data-key-words); there is no other list of them.
  function keyOf(event) {
    const held = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    return held + key;
  }
  const isTyping = (element) => Boolean(element?.closest?.("input, textarea, select, [contenteditable]"));
  const singleKeys = () => localStorage.getItem(SINGLE) !== "off";

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const key = keyOf(event);
    if (key.length === 1 && (isTyping(event.target) || !singleKeys())) return;
    if (document.querySelector("dialog:modal")) return;
    const button = keyed().find((one) => one.dataset.key.toUpperCase() === key.toUpperCase());
    if (!button) return;
    event.preventDefault();
    if (isTyping(button)) button.select?.();
    if (isTyping(button)) button.focus();
    else button.click();
  });

  function listKeys() {
    const list = byId("keys").querySelector("[data-keys]");
    const rows = keyed().flatMap((one) => {
      const [key, words] = [document.createElement("dt"), document.createElement("dd")];
      key.append(Object.assign(document.createElement("kbd"), { textContent: one.dataset.key }));
      words.textContent = one.dataset.keyWords;
      return [key, words];
    });
    list.replaceChildren(...rows);
    byId("keys-single").checked = singleKeys();
  }

  document.addEventListener("change", (event) => {
    if (event.target.id === "keys-single") localStorage.setItem(SINGLE, event.target.checked ? "on" : "off");
  });

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-opens]");
    if (opener) open(opener.dataset.opens);
    if (event.target.closest("dialog [data-close]")) event.target.closest("dialog").close();
    // Beside it: the dialog itself is hit only where its content is not.
    if (event.target.matches("dialog.desk-palette[open]") && isBeside(event)) event.target.close();
  });
  function isBeside({ target, clientX, clientY }) {
    const box = target.getBoundingClientRect();
    return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
  }

  function open(name) {
    const dialog = byId(name);
    document.querySelector("dialog:modal")?.close();
    if (name === "keys") listKeys();
    dialog.showModal();
    if (name !== "palette") return;
    words().value = "";
    answered = null;
    words().focus();
    words().form.dispatchEvent(new Event("desk:ask"));
  }

  // --- The palette -------------------------------------------------------------------------------------------------
  const words = () => byId("palette-words");
  const list = () => byId("palette-list");
  const options = () => [...list().querySelectorAll("[role=option]")];
  let marked = -1;
  // The words that the list is the answer to. A scanner types and sends Enter before there is one: then the first
  // thing of the next answer is opened.
  let answered = null;
  let isWaiting = false;

  function mark(place) {
    const all = options();
    marked = all.length ? (place + all.length) % all.length : -1;
    for (const [index, option] of all.entries())
      option.setAttribute("aria-selected", String(index === marked));
    const now = all[marked];
    if (now) {
      words().setAttribute("aria-activedescendant", now.id);
      now.scrollIntoView({ block: "nearest" });
    } else words().removeAttribute("aria-activedescendant");
  }

  function show(text, isFound) {
    byId("palette-said").textContent = text;
    list().hidden = !isFound;
    words().setAttribute("aria-expanded", String(isFound));
  }

  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "palette-words" || event.isComposing) return;
    if (event.key === "ArrowDown") mark(marked + 1);
    else if (event.key === "ArrowUp") mark(marked < 0 ? -1 : marked - 1);
    else if (event.key === "Enter") choose();
    else return;
    event.preventDefault();
  });
  document.addEventListener("submit", (event) => {
    if (event.target === words()?.form) event.preventDefault();
  });

  function choose() {
    isWaiting = answered !== words().value;
    if (isWaiting) words().form.dispatchEvent(new Event("desk:ask"));
    else options()[marked]?.click();
  }

  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== list()) return;
    // The sign-in page, or a refusal: what it says stands in the place of the list.
    const isOurs = event.detail.serverResponse.includes("data-palette-answer");
    if (isOurs) return;
    event.detail.shouldSwap = false;
    event.stopImmediatePropagation(); // desk.js lets refusals into their places
    isWaiting = false;
    const isRefused = event.detail.xhr.status === 429;
    show(
      isRefused
        ? gettext("Too many searches in this minute. Go on in a minute.")
        : gettext("You are signed out. Load the page again."),
      false,
    );
  });
  document.addEventListener("htmx:sendError", (event) => {
    if (event.detail.target === list()) show(gettext("No answer: the connection is away."), false);
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== list()) return;
    answered = list().querySelector("[data-palette-answer]").dataset.paletteAnswer;
    const count = options().length;
    const found = interpolate(ngettext("%(count)s found", "%(count)s found", count), { count }, true);
    show(count ? found : gettext("Nothing found."), count > 0);
    mark(0);
    if (isWaiting && answered === words().value) options()[0]?.click();
    isWaiting = false;
  });
})();
