// A protocol beside a plan: chosen in a dialog, looked at, and written into the page as one step, which saves itself and
// is undone like any other.
(() => {
  "use strict";

  const dialog = document.getElementById("proposal");
  const { draft } = window.desk ?? {};
  if (!dialog || !draft) return;

  const { form, section } = draft;
  const NOBODY = "00000000-0000-0000-0000-000000000000";
  const count = () => window.desk.countOf(section);
  const note = (words) => window.desk.saving?.note(words);

  // What is held against the draft is what stands in it: all is saved first.
  async function isReady() {
    if (!form.elements.patient?.value) {
      note(gettext("Choose the patient first."));
      return false;
    }
    return window.desk.beforeSend ? window.desk.beforeSend(null) : true;
  }

  async function show(address) {
    const answer = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (!answer?.ok || answer.redirected) {
      note(gettext("The protocol could not be read. Try again."));
      return;
    }
    dialog.innerHTML = await answer.text();
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    dialog.querySelector("[data-first]")?.focus();
  }

  const showList = () => show(dialog.dataset.list);
  function showOne(key, goesOn) {
    const asked = new URLSearchParams({ index: count().value });
    if (goesOn) asked.set("goes_on", goesOn);
    return show(`${dialog.dataset.one.replace(NOBODY, key)}?${asked}`);
  }

  function chosenReason() {
    const radios = [...dialog.querySelectorAll("[name=because]")];
    if (!radios.length) return "";
    const chosen = radios.find((radio) => radio.checked);
    dialog.querySelector("[data-because]").hidden = Boolean(chosen);
    if (!chosen) radios[0].focus();
    return chosen?.value ?? null;
  }

  function apply() {
    const because = chosenReason();
    if (because === null) return;
    const edits = JSON.parse(dialog.querySelector("#proposal-edits").textContent);
    const taken = [...dialog.querySelectorAll("[name=take]")].map((box) => box.checked);
    const offers = [...dialog.querySelectorAll("template[data-offer]")];
    for (const id of edits.remove) {
      const box = draft.inputOf(draft.keyOf(id, "DELETE"));
      if (box) box.checked = true;
    }
    for (const [id, fields] of Object.entries(edits.doses))
      for (const [name, text] of Object.entries(fields)) draft.write(draft.keyOf(id, name), text);
    for (const [name, text] of Object.entries(edits.set))
      draft.write(name, name === "follows" && because ? `${text}:${because}` : text);
    for (const id of edits.tick) draft.write(`therapies:${id}`, "1");
    const list = section.querySelector("[data-rows]");
    const joins = offers.filter((_, place) => taken[place]);
    for (const offer of joins) list.append(offer.content.cloneNode(true));
    count().value = Number(count().value) + offers.length;
    dialog.close();
    // One change of the page, so one step back.
    window.desk.tidy(section);
    const added = ngettext("%(n)s exercise joined.", "%(n)s exercises joined.", joins.length);
    note(interpolate(added, { n: joins.length }, true));
    // The first new row is where the eye goes on; without one, the heading of the list.
    const first = window.desk.rowsOf(section).at(-joins.length);
    const place = joins.length ? first?.querySelector("[data-unfold]") : section.querySelector("h2");
    place?.scrollIntoView({ block: "nearest" });
    place?.focus();
  }

  dialog.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-choose]");
    if (choice) showOne(choice.dataset.choose, "");
    else if (event.target.closest("[data-back]")) showList();
    else if (event.target.closest("[data-apply]")) apply();
    else if (event.target.closest("[data-close]") || event.target === dialog) dialog.close();
  });

  document.addEventListener("click", async (event) => {
    if (dialog.contains(event.target)) return;
    const opener = event.target.closest("[data-protocols]");
    const next = event.target.closest("[data-choose]");
    if (!opener && !next) return;
    if (!(await isReady())) return;
    if (opener) showList();
    else showOne(next.dataset.choose, next.dataset.goesOn);
  });

  // --- A plan without exercises is offered what is for this patient today --------------------------------------------
  const offers = document.querySelector("[data-protocol-offers]");
  const place = document.querySelector("[data-draft]");
  let offered = false;
  async function offer() {
    offers.hidden = draft.rows().length > 0;
    if (offers.hidden || offered || place.dataset.state !== "saved") return;
    offered = true;
    const asked = fetch(`${dialog.dataset.list}?offers=1`, { headers: { "HX-Request": "true" } });
    const answer = await asked.catch(() => null);
    if (answer?.ok && !answer.redirected) offers.innerHTML = await answer.text();
  }
  if (offers) {
    new MutationObserver(offer).observe(place, { attributeFilter: ["data-state"] });
    section.addEventListener("desk:changed", offer);
  }

  // A phase that the plan has left, or has come back to by undoing.
  function phases() {
    const follows = form.elements.follows?.value ?? "";
    for (const panel of document.querySelectorAll("[data-phase]"))
      panel.hidden = !follows.includes(panel.dataset.phase);
  }
  section.addEventListener("desk:changed", phases);
  document.body.addEventListener("desk:check", phases);
})();
