// The library beside a plan: cards that are added with a click or Enter, narrowed down by what is ticked.
(() => {
  "use strict";

  const panel = document.getElementById("library");
  if (!panel) return;
  const byId = (id) => document.getElementById(id);
  const form = byId("library-form");
  const search = byId("library-search");
  const list = byId("library-cards");
  const items = byId("items");
  const adders = () => [...list.querySelectorAll("[data-add]")];
  const ask = () => form.dispatchEvent(new CustomEvent("desk:library"));
  const patient = () => byId("plan_form").querySelector("[name=patient]")?.value ?? "";

  // --- What is asked ---------------------------------------------------------------------------------------------------
  let askedFor = null;
  panel.addEventListener("desk:opened", () => {
    // Another patient has other things at home: what was ticked for the one before is forgotten.
    if (askedFor !== null && askedFor !== patient()) byId("library-facets").replaceChildren();
    askedFor = patient();
    ask();
  });
  // A new plan is stored a moment after its patient is known: until then nothing is known of what is at home.
  const draft = document.querySelector("[data-draft]");
  new MutationObserver(() => {
    if (!panel.open || draft.dataset.state !== "saved") return;
    if (askedFor === patient() && list.children.length) return;
    byId("library-facets").replaceChildren();
    askedFor = patient();
    ask();
  }).observe(draft, { attributeFilter: ["data-state"] });
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (panel.contains(event.detail.elt)) event.detail.parameters.patient = patient();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  panel.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-untick]");
    if (!chip) return;
    for (const box of form.querySelectorAll(`input[name="${chip.dataset.untick}"]`)) box.checked = false;
    search.focus();
    ask();
  });

  // --- The answer ------------------------------------------------------------------------------------------------------
  // The words that the cards are the answer to: while they lag behind, Enter waits for the next answer.
  let answered = null;
  let waits = false;
  let goesOn = null;
  let wasInList = false;
  let held = null;
  document.body.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    if (detail.target.id !== "library-facets") return;
    // What is unfolded stays so, and the keyboard where it is.
    const unfolded = detail.target.querySelector("details[open]")?.dataset.facet;
    const fresh = detail.fragment.querySelector(`[data-facet="${unfolded}"]`);
    if (fresh) fresh.open = true;
    held = detail.target.contains(document.activeElement) ? document.activeElement.id : null;
  });
  document.body.addEventListener("htmx:oobAfterSwap", ({ detail }) => {
    if (held && detail.target.id === "library-facets") (byId(held) ?? search).focus();
    held = null;
  });
  // One list at a time. It is no matter of the browser's: what is swapped in would be closed by what it replaces.
  panel.addEventListener(
    "toggle",
    ({ target }) => {
      if (!target.open || !target.dataset.facet) return;
      for (const other of panel.querySelectorAll("details[open]")) if (other !== target) other.open = false;
    },
    true,
  );
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    wasInList = event.detail.target === list && list.contains(document.activeElement);
    const more = event.detail.requestConfig?.elt;
    if (more?.matches?.("[data-more]")) goesOn = more === document.activeElement ? adders().length : null;
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (!panel.contains(event.detail.target) && event.detail.target !== list) return;
    mark();
    if (event.detail.target !== list) {
      // Whoever went on by the keyboard goes on at the first of the new cards.
      if (goesOn !== null) adders()[goesOn]?.focus();
      goesOn = null;
      return;
    }
    answered = event.detail.requestConfig.parameters.q;
    if (wasInList) (adders()[0] ?? search).focus();
    list.parentElement.scrollTop = 0;
    if (waits && answered === search.value) adders()[0]?.click();
    waits = false;
  });

  // --- Adding ----------------------------------------------------------------------------------------------------------
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-add]");
    // The second click of a double click is no second exercise.
    if (button && event.detail < 2) window.desk.exercises.add(button.dataset);
  });
  search.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") adders()[0]?.focus();
    else if (event.key === "Enter") addFirst();
    else return;
    event.preventDefault();
  });
  function addFirst() {
    if (!search.value.trim()) return;
    waits = answered !== search.value;
    if (waits) ask();
    else adders()[0]?.click();
    search.select();
  }

  // By arrows from card to card, as they lie on the page.
  list.addEventListener("keydown", (event) => {
    const all = adders();
    const place = all.indexOf(event.target);
    if (place < 0) return;
    const columns = getComputedStyle(list).gridTemplateColumns.split(" ").length;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    const goal = { Home: 0, End: all.length - 1 }[event.key] ?? (step ? place + step : null);
    if (goal === null) return;
    event.preventDefault();
    if (goal < 0) search.focus();
    else all[Math.min(goal, all.length - 1)].focus();
  });

  // --- Favourites ------------------------------------------------------------------------------------------------------
  const isOn = (star) => star.getAttribute("aria-pressed") === "true";
  document.body.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.elt.matches("[data-star]")) detail.parameters.on = isOn(detail.elt) ? "" : "1";
  });
  document.body.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (!detail.elt.matches?.("[data-star]") || !detail.successful) return;
    const on = detail.requestConfig.parameters.on === "1";
    detail.elt.setAttribute("aria-pressed", String(on));
    // The card fits all that is ticked: it is one more, or one less, of those.
    const count = byId("library-group-favourites")?.parentElement.querySelector(".desk-count");
    if (count) count.textContent = Number(count.textContent) + (on ? 1 : -1);
  });

  // --- What the plan has -----------------------------------------------------------------------------------------------
  const mark = () => window.desk.exercises.markHeld(list.querySelectorAll("[data-card]"));
  items.addEventListener("desk:changed", mark);
})();
