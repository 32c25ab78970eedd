// Several rows at once: ticked one by one, a range by Shift and a click, all by Ctrl+A; then set, added again or removed.
// Whatever is done to them is one step for undo.
(() => {
  "use strict";

  const section = document.getElementById("items");
  const bar = section?.querySelector("[data-bulk]");
  if (!bar) return;
  const find = (name) => section.querySelector(`[data-${name}]`);
  const [field, value, side] = [find("bulk-field"), find("bulk-value"), find("bulk-side")];
  const all = find("select-all");
  const INSTEAD = { repetitions: "duration", duration: "repetitions" };

  const rows = () => window.desk.rowsOf(section).filter((row) => !window.desk.isRemoved(row));
  const tickOf = (row) => row.querySelector("[data-select]");
  const selected = () => rows().filter((row) => tickOf(row).checked);
  const inputOf = (row, name) => row.querySelector(`[name="${row.dataset.prefix}-${name}"]`);
  const say = (words) => {
    find("rows-said").textContent = words;
  };

  // --- What is selected --------------------------------------------------------------------------------------------
  let anchor = null;
  function show() {
    for (const row of window.desk.rowsOf(section)) {
      const removed = window.desk.isRemoved(row);
      tickOf(row).disabled = removed;
      if (removed) tickOf(row).checked = false;
    }
    const [now, count] = [rows(), selected().length];
    bar.hidden = count === 0;
    all.hidden = now.length === 0;
    all.setAttribute("aria-pressed", String(count > 0 && count === now.length));
    const words = ngettext("%(n)s selected", "%(n)s selected", count);
    find("bulk-count").textContent = interpolate(words, { n: count }, true);
  }
  function tick(list, checked) {
    for (const row of list) tickOf(row).checked = checked;
    show();
  }
  const toggleAll = () => tick(rows(), selected().length < rows().length);

  section.addEventListener("click", (event) => {
    if (!event.target.matches("[data-select]")) return;
    const row = event.target.closest("[data-row]");
    const list = rows();
    const [from, to] = [list.indexOf(anchor), list.indexOf(row)].sort((one, other) => one - other);
    if (event.shiftKey && from >= 0) tick(list.slice(from, to + 1), event.target.checked);
    anchor = row;
    show();
  });
  // What is ticked or chosen here is no field of the form: it is not saved, and the rules need not look.
  for (const kind of ["input", "change"])
    section.addEventListener(kind, (event) => {
      if (event.target.closest("[data-select], [data-bulk]")) event.stopPropagation();
    });
  section.addEventListener("desk:changed", show);
  all.addEventListener("click", toggleAll);
  find("bulk-clear").addEventListener("click", () => {
    const [first] = selected();
    tick(rows(), false);
    tickOf(first).focus();
  });

  // In a text Ctrl+A is the browser's own, and outside of the rows as well.
  const isText = (element) => element.matches("textarea, select, input:not([type=checkbox])");
  window.addEventListener(
    "keydown",
    (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "a") return;
      if (!section.contains(event.target) || isText(event.target)) {
        event.stopPropagation();
        return;
      }
      event.preventDefault();
      tick(rows(), true);
    },
    true,
  );

  // --- Set ---------------------------------------------------------------------------------------------------------
  const isSide = () => field.value === "side";
  field.addEventListener("change", () => {
    value.hidden = isSide();
    side.hidden = !isSide();
  });
  value.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    // From the button Ctrl+Z takes the step back, and not what was typed.
    find("bulk-set").focus();
    setAll();
  });
  find("bulk-set").addEventListener("click", setAll);

  function setAll() {
    const [name, text] = [field.value, isSide() ? side.value : value.value.trim()];
    if (!isSide() && text && !window.desk.isNumber(text)) {
      say(gettext("A whole number or a range, such as 10, 10-15 or 10 to 15."));
      value.focus();
      return;
    }
    const list = selected();
    let cleared = 0;
    for (const row of list) {
      inputOf(row, name).value = text;
      // Repetitions or a time: a row cannot have both.
      const other = text && INSTEAD[name] && inputOf(row, INSTEAD[name]);
      if (other?.value) [other.value, cleared] = ["", cleared + 1];
      row.querySelector(".desk-item-dose").classList.add("desk-stale");
    }
    window.desk.tidy(section);
    const words = { field: field.selectedOptions[0].textContent, text: text || "-", n: list.length };
    const told = ngettext(
      "%(field)s %(text)s for %(n)s exercise.",
      "%(field)s %(text)s for %(n)s exercises.",
      list.length,
    );
    const also = cleared
      ? [interpolate(gettext("Taken out instead, of %(n)s: repetitions or time."), { n: cleared }, true)]
      : [];
    say([interpolate(told, words, true), ...also].join(" "));
  }

  // --- Add again ---------------------------------------------------------------------------------------------------
  function copyOf(row, index) {
    const copy = row.cloneNode(true);
    const [old, fresh] = [row.dataset.prefix, `${section.dataset.formset}-${index}`];
    const name = new RegExp(`\\b${old}(?!\\d)`, "g");
    for (const element of [copy, ...copy.querySelectorAll("*")])
      for (const { name: attribute, value: text } of [...element.attributes])
        if (text.includes(old)) element.setAttribute(attribute, text.replace(name, fresh));
    // A copied list shows its first choice again.
    for (const list of row.querySelectorAll("select"))
      copy.querySelector(`[name="${list.name.replace(name, fresh)}"]`).value = list.value;
    inputOf(copy, "key").value = window.desk.uuid();
    const stored = inputOf(copy, "id");
    if (stored) stored.value = "";
    tickOf(copy).checked = false;
    for (const told of copy.querySelectorAll(".desk-findings, .desk-item-mark, [data-row-errors]"))
      told.replaceChildren();
    copy.querySelector("[data-row-body]").hidden = true;
    copy.querySelector("[data-unfold]").setAttribute("aria-expanded", "false");
    return copy;
  }

  find("bulk-double").addEventListener("click", () => {
    const list = selected();
    const count = window.desk.countOf(section);
    let last = list.at(-1);
    for (const row of list) {
      const copy = copyOf(row, count.value);
      count.value = Number(count.value) + 1;
      last.after(copy);
      last = copy;
    }
    window.desk.tidy(section);
    last.scrollIntoView({ block: "nearest" });
    const words = ngettext("%(n)s exercise added again.", "%(n)s exercises added again.", list.length);
    say(interpolate(words, { n: list.length }, true));
  });

  // --- Remove ------------------------------------------------------------------------------------------------------
  find("bulk-remove").addEventListener("click", () => {
    const list = selected();
    for (const row of list) inputOf(row, "DELETE").checked = true;
    window.desk.tidy(section);
    const words = ngettext("%(n)s exercise removed.", "%(n)s exercises removed.", list.length);
    say(interpolate(words, { n: list.length }, true));
    // The bar is gone with what was selected.
    const [first] = rows();
    (first ? tickOf(first) : document.getElementById("picker-search"))?.focus();
  });

  show();
})();
