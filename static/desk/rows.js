// Rows of exercises: each is one line that unfolds to its fields, and opens by itself where something is wrong in it.
(() => {
  "use strict";

  const section = document.getElementById("items");
  if (!section) return;
  const bodyOf = (row) => row.querySelector("[data-row-body]");
  const openerOf = (row) => row.querySelector("[data-unfold]");
  const isOpen = (row) => !bodyOf(row).hidden;

  function unfold(row, open = true) {
    if (isOpen(row) === open) return;
    // Nobody's focus falls out of the page with what is folded away.
    if (!open && bodyOf(row).contains(document.activeElement)) openerOf(row).focus();
    bodyOf(row).hidden = !open;
    openerOf(row).setAttribute("aria-expanded", String(open));
    if (open) row.dispatchEvent(new CustomEvent("desk:unfolded", { bubbles: true }));
    tellAll();
  }

  // Open whatever hides this field, so that it can be seen and take the focus.
  function reveal(field) {
    const row = field?.closest?.("[data-row]");
    if (row && section.contains(row)) unfold(row);
    for (let fold = field?.closest?.("details"); fold; fold = fold.parentElement.closest("details"))
      fold.open = true;
    return field;
  }

  // --- All at once -------------------------------------------------------------------------------------------------
  const all = section.querySelector("[data-unfold-all]");
  function tellAll() {
    const rows = window.desk.rowsOf(section);
    all.hidden = rows.length === 0;
    all.setAttribute("aria-pressed", String(rows.length > 0 && rows.every(isOpen)));
  }
  all.addEventListener("click", () => {
    const rows = window.desk.rowsOf(section);
    const open = !rows.every(isOpen);
    for (const row of rows) unfold(row, open);
  });

  section.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-unfold]");
    const row = opener?.closest("[data-row]");
    if (row) unfold(row, !isOpen(row));
  });
  section.addEventListener("desk:changed", tellAll);

  // --- The dose in words -------------------------------------------------------------------------------------------
  // Until the service has said it anew, the line shows that it is of before.
  const lineOf = (row) => row.querySelector(".desk-item-dose");
  section.addEventListener("input", (event) => {
    const row = event.target.closest("[data-row-body]")?.closest("[data-row]");
    if (row) lineOf(row).classList.add("desk-stale");
  });
  // A long plan's answer has thousands of pieces: what a row says already is taken out before any of it is swapped.
  const KEPT = /-(dose|mark|errors|findings)$/;
  const classOf = (piece) =>
    [...piece.classList].filter((name) => !/^htmx-|^desk-stale$/.test(name)).join(" ");
  const saysTheSame = (old, fresh) =>
    old && old.innerHTML.trim() === fresh.innerHTML.trim() && classOf(old) === classOf(fresh);
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.requestConfig.elt.matches("[data-says-doses]")) return;
    const answer = document.createElement("template");
    answer.innerHTML = event.detail.serverResponse;
    for (const piece of [...answer.content.children])
      if (KEPT.test(piece.id) && saysTheSame(document.getElementById(piece.id), piece)) piece.remove();
    event.detail.serverResponse = answer.innerHTML;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.successful || !event.detail.elt.matches("[data-says-doses]")) return;
    for (const line of section.querySelectorAll(".desk-stale")) line.classList.remove("desk-stale");
    for (const row of window.desk.rowsOf(section)) showErrors(row);
  });

  // --- What is wrong in a row --------------------------------------------------------------------------------------
  // A row opens when something new is wrong in it; whoever folds it then is not asked twice.
  const told = new WeakMap();
  function showErrors(row) {
    const place = row.querySelector("[data-row-errors]");
    const words = place.textContent.trim();
    if (words === (told.get(row) ?? "")) return;
    told.set(row, words);
    const wrong = new Set([...place.querySelectorAll("[data-field]")].map((line) => line.dataset.field));
    for (const input of row.querySelectorAll("[data-row-body] :is(input, select)")) {
      const isWrong = wrong.has(input.name.replace(`${row.dataset.prefix}-`, ""));
      input.closest(".desk-field")?.classList.toggle("desk-wrong", isWrong);
      if (isWrong) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    if (words) unfold(row);
  }

  for (const row of window.desk.rowsOf(section))
    if (isOpen(row)) row.dispatchEvent(new CustomEvent("desk:unfolded", { bubbles: true }));
  Object.assign(window.desk, { reveal, unfold });
  tellAll();
})();
