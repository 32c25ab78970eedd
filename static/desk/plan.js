// The plan's page: what to check when, the list of exercises, and findings that change without disturbing.
(function () {
  "use strict";

  const items = document.getElementById("items");
  const search = document.getElementById("picker-search");
  const list = document.getElementById("picker-list");
  const options = () => [...list.querySelectorAll("[data-exercise]")];
  const check = () => document.body.dispatchEvent(new CustomEvent("desk:check"));

  const isReason = (element) => Boolean(element.closest("[data-reason]"));
  const form = document.getElementById("plan_form");
  form.addEventListener("input", (event) => {
    if (!isReason(event.target) && event.target !== search) check();
  });
  form.addEventListener("change", (event) => {
    if (event.target !== search) check();
  });
  items.addEventListener("desk:changed", check);
  // What the sorting library sends when a row was dropped.
  items.addEventListener("end", () => window.desk.tidy(items));

  // A list of select2 tells jQuery alone that the patient changed.
  window.django?.jQuery?.("#id_patient").on("change", check);

  // Enter in a field would save the plan by mistake; in the search it adds an exercise.
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  });

  // --- Findings: a piece that says the same stays, a reason that was typed stays --------------------------------
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const old = event.detail.target;
    const fresh = event.detail.fragment.firstElementChild ?? event.detail.fragment;
    for (const input of old.querySelectorAll("[data-reason] input")) {
      const twin = fresh.querySelector(`[name="${input.name}"]`);
      if (twin) twin.value = input.value;
    }
    for (const open of old.querySelectorAll(".desk-finding details[open]")) {
      const twin = fresh.querySelector(`#${open.closest(".desk-finding").id} details`);
      if (twin) twin.open = true;
    }
    if (old.innerHTML.trim() === fresh.innerHTML.trim()) event.detail.shouldSwap = false;
  });

  // --- Better order ------------------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    if (!event.target.closest("button[data-better-order]")) return;
    const rows = items.querySelector("[data-rows]");
    const order = document.getElementById("plan-overview").dataset.betterOrder.split(" ");
    for (const prefix of order) {
      const row = rows.querySelector(`[data-prefix="${prefix}"]`);
      if (row) rows.append(row);
    }
    window.desk.tidy(items);
  });

  // --- The list of exercises ---------------------------------------------------------------------------------------
  let marked = -1;
  function mark(place) {
    const all = options();
    marked = all.length && place !== null ? (place + all.length) % all.length : -1;
    all.forEach((option, index) => option.setAttribute("aria-selected", String(index === marked)));
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
    if (event.key === "ArrowDown") mark(marked + 1);
    else if (event.key === "ArrowUp") mark(Math.max(marked, 0) - 1);
    else if (event.key === "Enter") choose();
    else if (event.key === "Escape") open(false);
    else return;
    event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-picker]")) open(false);
  });

  const patientNow = () => form.querySelector("[name=patient]")?.value ?? "";
  // For which patient and words the list is the answer: while it lags behind what was typed, Enter must not take
  // from it, or the exercise of the words before would be added.
  const keyOf = (patient, words) => `${patient} ${words}`;
  let answered = null;
  function choose() {
    const [patient, words] = [patientNow(), search.value];
    if (answered === keyOf(patient, words)) options()[marked]?.click();
    else if (words.trim()) queue(() => addFirst(patient, words));
  }
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt !== search) return;
    event.detail.parameters.patient = patientNow();
    event.detail.parameters.q = search.value;
  });
  document.body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target !== list) return;
    const asked = event.detail.requestConfig.parameters;
    answered = keyOf(asked.patient, asked.q);
    open(document.activeElement === search);
    mark(search.value.trim() ? 0 : null);
  });

  // Rows come one after the other in the order of the clicks, each under its own number.
  let adding = Promise.resolve();
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-exercise]");
    if (option) queue(() => add(option.dataset));
  });
  function queue(task) {
    adding = adding.then(task).catch(() => say("It could not be added. Try again."));
    // Now and not when it is added: by then the next words may stand here.
    search.select();
  }
  const say = (words) => (document.querySelector("[data-picker-said]").textContent = words);
  async function read(address) {
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) throw new Error("refused");
    return answer.text();
  }
  async function addFirst(patient, words) {
    const found = document.createElement("template");
    found.innerHTML = await read(`${search.getAttribute("hx-get")}?${new URLSearchParams({ patient, q: words })}`);
    const option = found.content.querySelector("[data-exercise]");
    if (option) await add(option.dataset);
    else say(`Nothing is named ${words}.`);
  }
  async function add({ row, name }) {
    const count = window.desk.countOf(items);
    const html = await read(`${row}&index=${count.value}&patient=${encodeURIComponent(patientNow())}`);
    count.value = Number(count.value) + 1;
    items.querySelector("[data-rows]").insertAdjacentHTML("beforeend", html);
    window.desk.tidy(items);
    window.desk.rowsOf(items).at(-1).scrollIntoView({ block: "nearest" });
    say(`Added: ${name}`);
  }
})();
