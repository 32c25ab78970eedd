// The log of a sheet by single keys: a number goes into its box and on to the next one, "a" fills a row, Enter goes on.
(() => {
  "use strict";

  const form = document.querySelector("[data-log]");
  if (!form) return;

  const said = form.querySelector("[data-log-status]");
  const rowsOfFields = [...form.querySelectorAll("[data-log-row]")]
    .map((row) => [...row.querySelectorAll("input,select")])
    .filter((fields) => fields.length);
  const fieldsBeside = (field) => rowsOfFields.find((fields) => fields.includes(field));
  const isAll = (field) => field.matches(".desk-log-all");
  const isNumber = (field) => field.matches(".desk-log-number");
  // Where ten can be meant, a one may be its beginning: it waits for what comes next.
  const canBeTen = (field) => !field.dataset.boxes || Number(field.dataset.boxes) >= 10;
  let waitsForZero = null;

  function go(field) {
    field?.focus();
    field?.select?.();
  }

  // The field `steps` further along its row; from the ends of a row into the next one.
  function along(field, steps) {
    const all = rowsOfFields.flat();
    return all[all.indexOf(field) + steps];
  }

  // The field of the same day in another row, else its first one.
  function across(field, steps) {
    const fields = rowsOfFields[rowsOfFields.indexOf(fieldsBeside(field)) + steps];
    return fields?.find((one) => one.dataset.place === field.dataset.place) ?? fields?.[0];
  }

  function save() {
    form.requestSubmit(form.querySelector("[type=submit]"));
  }

  function goToNextRow(field) {
    const next = rowsOfFields[rowsOfFields.indexOf(fieldsBeside(field)) + 1];
    if (next) go(next[0]);
    else save();
  }

  // --- What is written -------------------------------------------------------------------------------------

  function write(field, digit) {
    waitsForZero = null;
    if (field.matches("select")) {
      if (digit in field.options) field.selectedIndex = Number(digit);
      go(field);
      return;
    }
    if (isAll(field)) {
      markDay(field, digit);
      go(field);
      return;
    }
    field.value = digit;
    if (digit === "1" && canBeTen(field)) {
      go(field);
      waitsForZero = field;
    } else go(along(field, 1));
  }

  function writeDigit(field, digit) {
    if (waitsForZero !== field) write(field, digit);
    else if (digit === "0") writeTen(field);
    else write(along(field, 1) ?? field, digit);
  }

  function writeTen(field) {
    waitsForZero = null;
    field.value = "10";
    go(along(field, 1));
  }

  // As planned on this day; the same number again takes it back.
  function markDay(field, place) {
    const cell = fieldsBeside(field).find((one) => one.dataset.place === place);
    if (cell) cell.value = cell.value === cell.dataset.boxes ? "" : cell.dataset.boxes;
  }

  function fillRow(field) {
    if (!("daily" in field.closest("tr").dataset)) {
      said.textContent = said.dataset.daily;
      return;
    }
    for (const cell of fieldsBeside(field)) {
      if ("inAll" in cell.dataset && !cell.value) cell.value = cell.dataset.boxes;
    }
    goToNextRow(field);
  }

  function writeAll(field) {
    if (isAll(field)) fillRow(field);
    else if (field.dataset.boxes) {
      field.value = field.dataset.boxes;
      go(along(field, 1));
    }
  }

  // --- Keys ------------------------------------------------------------------------------------------------

  const MOVES = {
    ArrowLeft: (field) => go(along(field, -1)),
    ArrowRight: (field) => go(along(field, 1)),
    ArrowUp: (field) => go(across(field, -1)),
    ArrowDown: (field) => go(across(field, 1)),
    " ": (field) => go(along(field, 1)),
    Enter: goToNextRow,
  };

  function press(field, key) {
    if (MOVES[key]) MOVES[key](field);
    else if (/^\d$/.test(key)) writeDigit(field, key);
    else if (key.toLowerCase() === "a") writeAll(field);
    else if (key.toLowerCase() === "t" && isNumber(field) && canBeTen(field)) writeTen(field);
    // What else a number's field takes, such as e and +, belongs to no box of a log.
    else return key.length === 1 && isNumber(field);
    return true;
  }

  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!fieldsBeside(field) || event.altKey || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      save();
      return;
    }
    if (event.ctrlKey || event.metaKey) return;
    said.textContent = "";
    // A list has keys of its own, which choose: only going on is ours.
    if (field.matches("select") && event.key !== "Enter") return;
    if (press(field, event.key)) event.preventDefault();
  });
  form.addEventListener("focusin", (event) => {
    if (event.target !== waitsForZero) waitsForZero = null;
  });

  // Whoever has the paper in one hand begins to type at once.
  go(form.querySelector("[aria-invalid=true]") ?? rowsOfFields[0]?.[0]);
})();
