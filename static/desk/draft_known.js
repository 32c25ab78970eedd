// What the service knows of a draft, what of it the page says otherwise, and what others wrote meanwhile.
(() => {
  "use strict";

  const draft = window.desk?.draft;
  if (!draft) return;
  const { uuid } = window.desk;
  const { read, keyOf, inputOf, textOf, write } = draft;

  // Of each field what is stored, and what was shown for it when it was: "10" and "10-10" are the same dose.
  const fields = new Map();
  // Fields and rows where two people wrote, until one chooses; and what was refused, which waits for another text.
  const conflicts = new Map();
  const refused = new Map();
  let order = [];
  let number = 0;
  let latest = null;
  // The draft's number before others wrote something that could not be shown yet.
  let postponed = null;

  const set = (key, stored, shown = stored) => fields.set(key, { stored, shown });
  const knows = (id) => order.includes(id);
  // A box that was never ticked is not in what the service tells.
  const known = (key) => fields.get(key) ?? (key.includes(":") ? { stored: "", shown: "" } : undefined);
  const isDirty = (key, text) => {
    const k = known(key);
    return k ? text !== k.stored && text !== k.shown : true;
  };

  // Take a whole state for known; `typed` keeps what the page shows otherwise as not yet saved.
  function begin(state) {
    fields.clear();
    for (const [name, text] of Object.entries(state.plan)) set(name, text);
    for (const item of state.items)
      for (const [name, text] of Object.entries(item.fields)) set(keyOf(item.id, name), text);
    order = state.items.map((item) => item.id);
    number = state.number;
    latest = state;
  }

  // --- What the page says otherwise ------------------------------------------------------------------------------

  function changedFields(item, texts) {
    return Object.entries(texts)
      .map(([field, text]) => ({ key: keyOf(item, field), field, text }))
      .filter(({ key, text }) => !conflicts.has(key) && isDirty(key, text));
  }

  // What was refused is sent again when it reads otherwise, or when something else of its row does: repetitions go,
  // then a time may come.
  function worthSending(changed) {
    const fresh = changed.filter(({ key, text }) => refused.get(key) !== text);
    return fresh.length ? changed : [];
  }

  function setsOf(item, texts) {
    return worthSending(changedFields(item, texts)).map(({ key, field, text }) => ({
      id: uuid(),
      kind: "set",
      item,
      field,
      base: known(key)?.stored ?? "",
      value: text,
    }));
  }

  const signatureOf = (texts) => JSON.stringify(Object.entries(texts).sort());

  function ofItem({ id, fields: texts }, ids, held) {
    if (conflicts.has(id)) return [];
    if (held.has(id)) return setsOf(id, texts);
    if (refused.get(id) === signatureOf(texts)) return [];
    const { revision, ...values } = texts;
    return [{ id: uuid(), kind: "add", item: id, revision, after: draft.before(ids, id), values }];
  }

  // What was changed here in a row, as somebody else removed it.
  function ownChanges(id) {
    const mine = read().items.find((item) => item.id === id);
    return mine ? changedFields(id, mine.fields) : [];
  }

  function storedOf(id) {
    const mine = [...fields].filter(([key]) => key.startsWith(`${id}/`));
    return Object.fromEntries(mine.map(([key, { stored }]) => [key.split("/")[1], stored]));
  }

  function changes() {
    const now = read();
    const ids = now.items.map((item) => item.id);
    const [here, held] = [new Set(ids), new Set(order)];
    const gone = order.filter((id) => !here.has(id) && !conflicts.has(id));
    const moved = draft.moved(order, ids).filter((id) => !conflicts.has(`${id}/place`) && !conflicts.has(id));
    return [
      ...setsOf(null, now.plan),
      ...gone.map((id) => ({ id: uuid(), kind: "remove", item: id, base: storedOf(id) })),
      ...now.items.flatMap((item) => ofItem(item, ids, held)),
      ...moved.map((id) => ({ id: uuid(), kind: "move", item: id, after: draft.before(ids, id) })),
    ];
  }

  // --- What became of what was sent ------------------------------------------------------------------------------

  const keyOfChange = (change) => (change.kind === "set" ? keyOf(change.item, change.field) : change.item);

  function forget(id) {
    for (const key of [...fields.keys()]) if (key.startsWith(`${id}/`)) fields.delete(key);
    order = order.filter((other) => other !== id);
  }

  function place(id, after) {
    order = order.filter((other) => other !== id);
    const at = after.map((other) => order.indexOf(other)).find((index) => index >= 0) ?? -1;
    order.splice(at + 1, 0, id);
  }

  function takeSaved(change, stands) {
    const key = keyOfChange(change);
    refused.delete(key);
    if (change.kind === "set") set(key, stands?.[change.field] ?? change.value, change.value);
    if (change.kind === "remove") forget(change.item);
    if (change.kind === "move") place(change.item, change.after);
    if (change.kind !== "add") return;
    for (const [name, text] of Object.entries(change.values))
      set(keyOf(change.item, name), stands?.[name] ?? text, text);
    set(keyOf(change.item, "revision"), change.revision);
    place(change.item, change.after);
  }

  function takeConflict(change, { by, at, theirs }) {
    const key = keyOfChange(change);
    if (change.kind === "set" && theirs) {
      conflicts.set(key, { kind: "field", by, at, theirs: theirs[change.field], mine: change.value });
    } else if (change.kind === "move" && theirs) {
      conflicts.set(`${change.item}/place`, { kind: "place", by, at });
    } else if (change.kind === "add") {
      place(change.item, change.after);
      for (const [name, text] of Object.entries(theirs)) {
        const mine = change.values[name] ?? text;
        set(keyOf(change.item, name), text);
        if (mine !== text)
          conflicts.set(keyOf(change.item, name), { kind: "field", by, at, theirs: text, mine });
      }
    } else {
      conflicts.set(change.item, { kind: theirs ? "changed" : "gone", by, at, theirs });
    }
  }

  // Whether the page still says what was refused.
  function isRefused(key) {
    if (!refused.has(key)) return false;
    const row = draft.rowOf(key);
    if (row) return !draft.isRemoved(row) && !knows(key);
    const input = inputOf(key);
    return Boolean(input) && textOf(input) === refused.get(key) && isDirty(key, textOf(input));
  }

  function take(sent, outcome) {
    if (outcome.result === "saved") takeSaved(sent, outcome.stands);
    else if (outcome.result === "conflict") takeConflict(sent, outcome);
    else {
      const whole = sent.kind === "add" && signatureOf({ ...sent.values, revision: sent.revision });
      refused.set(keyOfChange(sent), whole || sent.value);
    }
  }

  // --- What others wrote -----------------------------------------------------------------------------------------

  const isBusy = (element) => Boolean(element?.contains(document.activeElement));

  function mergeField(key, text) {
    const input = inputOf(key);
    const k = known(key);
    if (!input || conflicts.has(key) || k?.stored === text) return;
    // What is being typed here keeps what it was made on: if it differs, it is a conflict, and both are shown.
    if (isDirty(key, textOf(input))) return;
    if (isBusy(input) && input.type !== "checkbox") {
      postpone(number);
      return;
    }
    set(key, text);
    write(key, text);
  }

  // Show what others wrote wherever nobody is at work here; `rowPage` is the address of a row that the page lacks.
  async function merge(state, rowPage) {
    latest = state;
    for (const [name, text] of Object.entries(state.plan)) mergeField(name, text);
    for (const key of fields.keys()) if (key.includes(":") && !(key in state.plan)) mergeField(key, "");
    const ids = state.items.map((item) => item.id);
    for (const item of state.items) {
      if (!knows(item.id)) await bring(item, rowPage);
      for (const [name, text] of Object.entries(item.fields)) mergeField(keyOf(item.id, name), text);
    }
    for (const id of order.filter((other) => !ids.includes(other))) dropRow(id);
    mergeOrder(ids);
  }

  // Show a row that others added, or brought back after it was removed here.
  async function bring(item, rowPage) {
    const row = draft.rowOf(item.id);
    if (row && !draft.isRemoved(row)) return;
    if (row) draft.setRemoved(item.id, false);
    else await draft.fetchRow(rowPage(item.id));
    for (const [name, text] of Object.entries(item.fields)) {
      set(keyOf(item.id, name), text);
      write(keyOf(item.id, name), text);
    }
    order.push(item.id);
  }

  function postpone(since) {
    postponed = since === null ? null : Math.min(since, postponed ?? since);
  }

  function dropRow(id) {
    const row = draft.rowOf(id);
    const mine = read().items.find((item) => item.id === id);
    // Whoever changed the row here, or stands in it, is asked first: the next save makes a conflict of it.
    if (row && !draft.isRemoved(row)) {
      if (isBusy(row)) postpone(number);
      if (isBusy(row) || conflicts.has(id) || changedFields(id, mine.fields).length) return;
      row.remove();
      window.desk.tidy(draft.section);
    }
    forget(id);
  }

  function mergeOrder(ids) {
    const here = read().items.map((item) => item.id);
    const both = here.filter((id) => ids.includes(id));
    const stored = ids.filter((id) => here.includes(id));
    const untouched = draft.moved(order, here).length === 0;
    if (!untouched || [...conflicts.values()].some(({ kind }) => kind === "place")) return;
    if (both.join() !== stored.join()) draft.reorder([...stored, ...here.filter((id) => !ids.includes(id))]);
    order = ids.filter((id) => knows(id) || here.includes(id));
  }

  // Show the stored text where another form of it was typed, and what others wrote where somebody was at work.
  function settle() {
    for (const [key, k] of fields) {
      const input = inputOf(key);
      if (!input || isBusy(input) || conflicts.has(key) || textOf(input) !== k.shown) continue;
      if (k.shown !== k.stored && write(key, k.stored)) k.shown = k.stored;
    }
  }

  window.desk.known = {
    begin,
    changes,
    take,
    merge,
    settle,
    set,
    forget,
    place,
    knows,
    isRefused,
    ownChanges,
    postpone,
    conflicts,
    refused,
    keyOfChange,
    get number() {
      return number;
    },
    set number(value) {
      number = value;
    },
    get postponed() {
      return postponed;
    },
    get latest() {
      return latest;
    },
  };
})();
