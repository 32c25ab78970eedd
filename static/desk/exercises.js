// Exercises with their doses, of a plan or a protocol: sorted by dragging, added from a list that is searched.
(() => {
  "use strict";

  const items = document.getElementById("items");
  const search = document.getElementById("picker-search");
  const list = document.getElementById("picker-list");
  const options = () => [...list.querySelectorAll("[data-exercise]")];
  const form = search.form;

  // What the sorting library sends when a row is taken and dropped. Meanwhile the row and those after it are one line
  // each: unfolded ones would put the place where it is to go out of sight. Those before stay: the hand holds still.
  let folded = [];
  items.addEventListener("start", ({ item }) => {
    const rows = window.desk.rowsOf(items);
    folded = rows.slice(rows.indexOf(item)).filter((row) => !row.querySelector("[data-row-body]").hidden);
    for (const row of folded) window.desk.unfold(row, false);
  });
  items.addEventListener("end", () => {
    for (const row of folded) window.desk.unfold(row);
    folded = [];
    window.desk.tidy(items);
  });

  // Enter in a field would save the form by mistake; in the search it adds an exercise.
  form.addEventListener("keydown", (event) => {
    const isKey = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && !isKey && event.target.matches("input")) event.preventDefault();
  });

  // --- The list of exercises ---------------------------------------------------------------------------------------
  let marked = -1;
  function mark(place) {
    const all = options();
    marked = all.length && place !== null ? (place + all.length) % all.length : -1;
    for (const [index, option] of all.entries())
      option.setAttribute("aria-selected", String(index === marked));
    const now = all[marked];
    if (now) {
      search.setAttribute("aria-activedescendant", now.id);
      now.scrollIntoView({ block: "nearest" });
    } else search.removeAttribute("aria-activedescendant");
  }
  function open(shown) {
    list.hidden = !shown;
    search.setAttribute("aria-expanded", String(shown));
  }
  search.addEventListener("focus", () => list.children.length && open(true));
  search.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey) return; // a key of the page
    if (event.key === "ArrowDown") mark(marked + 1);
    else if (event.key === "ArrowUp") mark(Math.max(marked, 0) - 1);
    else if (event.key === "Enter") choose();
    else if (event.key === "Escape") open(false);
    else return;
    event.preventDefault();
  });
  // A choice is made, or the person works on elsewhere: by a click, or by the keyboard, which a click moves too.
  const picker = search.closest("[data-picker]");
  document.addEventListener("click", (event) => {
    if (!picker.contains(event.target)) open(false);
  });
  picker.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !picker.contains(event.relatedTarget)) open(false);
  });

  // The exercises are those for a plan's patient, or for a protocol's clinic.
  const whose = search.dataset.for;
  const whoNow = () => form.querySelector(`[name=${whose}]`)?.value ?? "";
  // For whom and which words the list is the answer: while it lags behind what was typed, Enter must not take
  // from it, or the exercise of the words before would be added.
  const keyOf = (who, words) => `${who} ${words}`;
  let answered = null;
  function choose() {
    const [who, words] = [whoNow(), search.value];
    if (answered === keyOf(who, words)) options()[marked]?.click();
    else if (words.trim()) {
      queue(() => addFirst(who, words));
      makeWay();
    }
  }
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== search) return;
    event.detail.parameters[whose] = whoNow();
    event.detail.parameters.q = search.value;
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== list) return;
    const asked = event.detail.requestConfig.parameters;
    answered = keyOf(asked[whose], asked.q);
    held();
    open(document.activeElement === search);
    mark(search.value.trim() ? 0 : null);
  });

  // Rows come one after the other in the order of the clicks, each under its own number.
  let adding = Promise.resolve();
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-exercise]");
    if (!option) return;
    queue(() => add(option.dataset));
    makeWay();
  });
  // Now and not when it is added: by then the next words may stand here. The list would hide the rows it adds to.
  function makeWay() {
    search.select();
    open(false);
  }
  function queue(task) {
    adding = adding.then(task).catch(() => say(gettext("It could not be added. Try again.")));
  }
  // Here, and in the library that may lie over the page.
  function say(words) {
    for (const place of document.querySelectorAll("[data-picker-said]")) place.textContent = words;
  }
  async function read(address) {
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) throw new Error("refused");
    return answer.text();
  }
  async function addFirst(who, words) {
    const found = document.createElement("template");
    found.innerHTML = await read(
      `${search.getAttribute("hx-get")}?${new URLSearchParams({ [whose]: who, q: words })}`,
    );
    const option = found.content.querySelector("[data-exercise]");
    if (option) await add(option.dataset);
    else say(interpolate(gettext("Nothing is named %(words)s."), { words }, true));
  }
  async function add({ row, name }) {
    const count = window.desk.countOf(items);
    const html = await read(`${row}&index=${count.value}&${whose}=${encodeURIComponent(whoNow())}`);
    count.value = Number(count.value) + 1;
    items.querySelector("[data-rows]").insertAdjacentHTML("beforeend", html);
    window.desk.tidy(items);
    window.desk.rowsOf(items).at(-1).scrollIntoView({ block: "nearest" });
    say(interpolate(gettext("Added: %(name)s"), { name }, true));
  }

  // --- What the plan has -------------------------------------------------------------------------------------------
  function markHeld(cards) {
    const places = new Map();
    let place = 0;
    for (const row of window.desk.rowsOf(items)) {
      if (row.classList.contains("desk-removed")) continue;
      place += 1;
      if (!places.has(row.dataset.exerciseId)) places.set(row.dataset.exerciseId, place);
    }
    for (const card of cards) {
      const at = places.get(card.dataset.exerciseId);
      const badge = card.querySelector("[data-in-plan]");
      badge.hidden = !at;
      card.classList.toggle("desk-card-in-plan", Boolean(at));
      if (at)
        badge.querySelector("[data-in-plan-words]").textContent = interpolate(
          gettext("In the plan: %(place)s"),
          { place: at },
          true,
        );
    }
  }
  const held = () => markHeld(list.querySelectorAll("[data-exercise]"));
  items.addEventListener("desk:changed", held);

  window.desk.exercises = { markHeld, add: (data) => queue(() => add(data)) };
})();
