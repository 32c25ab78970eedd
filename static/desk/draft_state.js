// A plan's draft as its page shows it, read and written by names: what changed is found by comparing, so it does not
// matter who changed it, a hand, a button or a script.
(() => {
  "use strict";

  const place = document.querySelector("[data-draft]");
  if (!place || !window.desk) return;
  const PLAN = place.dataset.planFields.split(" ");
  const ITEM = place.dataset.itemFields.split(" ");
  const TICKS = ["therapies", "leaflets"];

  const form = document.getElementById("plan_form");
  const section = document.getElementById("items");

  // Found once: a long plan has thousands of fields, and they are read at each key.
  const parts = new WeakMap();
  function part(row, name) {
    const found = parts.get(row) ?? parts.set(row, new Map()).get(row);
    if (!found.get(name)?.isConnected) {
      // A switch has a hidden field of its name before it, which says "off" where the form is sent whole.
      const all = [...row.querySelectorAll(`[name="${row.dataset.prefix}-${name}"]`)];
      found.set(name, all.find((input) => input.type === "checkbox") ?? all[0]);
    }
    return found.get(name);
  }
  const idOf = (row) => part(row, "key").value;
  const isRemoved = (row) => Boolean(part(row, "DELETE")?.checked);
  const allRows = () => window.desk.rowsOf(section);
  const rows = () => allRows().filter((row) => !isRemoved(row));
  let byId = new Map();
  function rowOf(id) {
    if (!byId.get(id)?.isConnected) byId = new Map(allRows().map((row) => [idOf(row), row]));
    return byId.get(id);
  }
  const nameOf = (row) => row.querySelector(".desk-item-name")?.textContent ?? "";

  function boxes() {
    return [...form.querySelectorAll(TICKS.map((name) => `input[name=${name}]`).join())];
  }

  function fieldsOf(row) {
    const fields = {};
    for (const name of ITEM) {
      const input = part(row, name);
      if (input) fields[name] = textOf(input);
    }
    return fields;
  }

  function read() {
    const plan = {};
    for (const name of PLAN) if (form.elements[name]) plan[name] = form.elements[name].value;
    for (const box of boxes()) plan[`${box.name}:${box.value}`] = box.checked ? "1" : "";
    return { plan, items: rows().map((row) => ({ id: idOf(row), fields: fieldsOf(row) })) };
  }

  // A field by its key: "title", or "ID/sets" of an item.
  const keyOf = (item, field) => (item ? `${item}/${field}` : field);
  function inputOf(key) {
    if (!key.includes("/")) {
      const [name, value] = key.split(":");
      return value ? boxes().find((box) => box.name === name && box.value === value) : form.elements[name];
    }
    const [id, name] = key.split("/");
    const row = rowOf(id);
    return row && part(row, name);
  }
  const textOf = (input) => (input.type === "checkbox" ? (input.checked ? "1" : "") : input.value);
  function write(key, text) {
    const input = inputOf(key);
    if (!input || textOf(input) === text) return false;
    if (input.type === "checkbox") input.checked = text === "1";
    else input.value = text;
    // The row shows another exercise then.
    if (key.endsWith("/revision")) input.dispatchEvent(new CustomEvent("desk:revision", { bubbles: true }));
    return true;
  }

  // As a person names them: the label of the field, "Exercise 3, Heel slide: Sets".
  function fieldLabel(key) {
    if (key.endsWith("/revision")) return gettext("exercise");
    const label = inputOf(key)?.labels?.[0];
    return label?.innerText.replace("*", "").replace(/\s+/g, " ").trim() || key.split("/").at(-1);
  }
  function labelOf(key) {
    return key.includes("/") ? `${rowLabel(key.split("/")[0])}: ${fieldLabel(key)}` : fieldLabel(key);
  }
  function rowLabel(id) {
    const row = rowOf(id);
    if (!row) return gettext("An exercise");
    const place = rows().indexOf(row) + 1;
    return place
      ? interpolate(gettext("Exercise %(place)s, %(name)s"), { place, name: nameOf(row) }, true)
      : nameOf(row);
  }

  // Which of these ids moved, the fewest that explain it: all others stand in a longest rising run. `ends` holds the
  // place at which a run of each length ends lowest, so that a long plan is compared in n log n steps.
  function moved(before, after) {
    const was = new Map(before.map((id, place) => [id, place]));
    const now = after.filter((id) => was.has(id));
    const ends = [];
    const from = [];
    for (const [place, id] of now.entries()) {
      let [low, high] = [0, ends.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (was.get(now[ends[middle]]) < was.get(id)) low = middle + 1;
        else high = middle;
      }
      from[place] = ends[low - 1] ?? -1;
      ends[low] = place;
    }
    const stay = new Set();
    for (let place = ends.at(-1) ?? -1; place >= 0; place = from[place]) stay.add(now[place]);
    return now.filter((id) => !stay.has(id));
  }

  const before = (ids, id) => ids.slice(0, ids.indexOf(id)).reverse();

  // Put the rows into this order; a row that holds the keyboard's focus is not taken out of the page.
  function reorder(ids) {
    const list = section.querySelector("[data-rows]");
    const wanted = ids.map(rowOf).filter(Boolean);
    const held = wanted.findIndex((row) => row.contains(document.activeElement));
    for (const row of wanted.slice(0, Math.max(held, 0))) list.insertBefore(row, wanted[held]);
    for (const row of wanted.slice(held + 1)) list.append(row);
    window.desk.tidy(section);
  }

  function setRemoved(id, removed) {
    const row = rowOf(id);
    const box = row && part(row, "DELETE");
    if (!box || box.checked === removed) return false;
    box.checked = removed;
    window.desk.tidy(section);
    return true;
  }

  async function fetchRow(address) {
    const count = window.desk.countOf(section);
    const answer = await fetch(`${address}?index=${count.value}`, { headers: { "HX-Request": "true" } });
    if (!answer.ok || answer.redirected) throw new Error("refused");
    const html = await answer.text();
    count.value = Number(count.value) + 1;
    section.querySelector("[data-rows]").insertAdjacentHTML("beforeend", html);
  }

  window.desk.draft = {
    form,
    section,
    read,
    keyOf,
    inputOf,
    textOf,
    write,
    fieldLabel,
    labelOf,
    rowLabel,
    rowOf,
    idOf,
    isRemoved,
    rows,
    moved,
    before,
    reorder,
    setRemoved,
    fetchRow,
  };
})();
