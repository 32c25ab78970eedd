// A row's exercise is replaced in its place: what is offered says first what speaks against it; its dose comes with it.
(() => {
  "use strict";

  const section = document.getElementById("items");
  const { draft } = window.desk ?? {};
  const place = document.querySelector("[data-draft]");
  if (!section || !draft || !place) return;
  const say = (words) => {
    section.querySelector("[data-rows-said]").textContent = words;
  };
  const inputOf = (row, name) => row.querySelector(`[name="${row.dataset.prefix}-${name}"]`);

  // --- What is offered ---------------------------------------------------------------------------------------------
  section.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-replace]");
    if (opener) toggle(opener);
    const take = event.target.closest("[data-take]");
    if (take) replace(take.closest("[data-row]"), take.closest("[data-replacement]"), take.dataset.name);
  });

  async function toggle(opener) {
    const row = opener.closest("[data-row]");
    const list = row.querySelector("[data-replacements]");
    const open = list.hidden;
    opener.setAttribute("aria-expanded", String(open));
    list.hidden = !open;
    if (!open) return;
    list.textContent = gettext("Looking");
    const told = await offered(row).catch(() => null);
    if (told === null) list.textContent = gettext("No answer. Try again.");
    else list.innerHTML = told;
  }

  async function offered(row) {
    const data = new FormData(draft.form);
    data.set("row", row.dataset.prefix);
    const answer = await fetch(place.dataset.replacements, {
      method: "POST",
      headers: { "HX-Request": "true" },
      // Not as multipart: a field that names many findings is longer than the head of a part may be.
      body: new URLSearchParams(data),
    });
    if (!answer.ok || answer.redirected) throw new Error("refused");
    return answer.text();
  }

  function replace(row, offer, name) {
    const was = draft.rowLabel(draft.idOf(row));
    const changed = offer.querySelector("[data-changed]").textContent.trim();
    const fresh = offer.querySelector("template").content.querySelector("[data-row]");
    for (const [field, text] of Object.entries(JSON.parse(offer.dataset.dose)))
      inputOf(row, field).value = text;
    show(row, fresh);
    inputOf(row, "revision").value = offer.dataset.replacement;
    row.querySelector("[data-replacements]").hidden = true;
    const opener = row.querySelector("[data-replace]");
    opener.setAttribute("aria-expanded", "false");
    opener.focus();
    window.desk.tidy(section);
    say(`${interpolate(gettext("%(was)s: replaced by %(name)s."), { was, name }, true)} ${changed}`);
  }

  // --- What a row shows of its exercise ----------------------------------------------------------------------------
  // Kept by revision, so that undo shows the former one also without the network.
  const kept = new Map();
  const shown = new WeakMap();
  const partsOf = (row) => [...row.querySelectorAll("[data-part]")];
  const revisionOf = (row) => shown.get(row) ?? inputOf(row, "revision").value;

  function show(row, fresh) {
    kept.set(revisionOf(row), row.cloneNode(true));
    const isOffered = row.querySelector("[name$='-offers_easier'][type=checkbox]")?.checked ?? true;
    for (const part of partsOf(fresh)) {
      const old = row.querySelector(`[data-part="${part.dataset.part}"]`);
      old.replaceWith(part.cloneNode(true));
    }
    const easier = row.querySelector("[name$='-offers_easier'][type=checkbox]");
    if (easier) easier.checked = isOffered;
    const tick = "[data-select]";
    row.querySelector(tick).setAttribute("aria-label", fresh.querySelector(tick).getAttribute("aria-label"));
    row.dataset.exerciseId = fresh.dataset.exerciseId;
    shown.set(row, inputOf(fresh, "revision").value);
  }

  // Undo, and what others wrote, set the revision alone.
  section.addEventListener("desk:revision", async (event) => {
    const row = event.target.closest("[data-row]");
    const revision = inputOf(row, "revision").value;
    if (revision === shown.get(row)) return;
    const fresh = kept.get(revision) ?? (await fetchRow(row, revision).catch(() => null));
    if (fresh && inputOf(row, "revision").value === revision) show(row, fresh);
    else if (!fresh) say(gettext("The exercise was replaced; load the page again to see it."));
  });

  async function fetchRow(row, revision) {
    const index = row.dataset.prefix.split("-").at(-1);
    const asked = new URLSearchParams({ revision, index, patient: draft.form.elements.patient.value });
    const answer = await fetch(`${section.dataset.rowPage}?${asked}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) throw new Error("refused");
    const found = document.createElement("template");
    found.innerHTML = await answer.text();
    return found.content.querySelector("[data-row]");
  }
  for (const row of draft.rows()) shown.set(row, inputOf(row, "revision").value);
})();
