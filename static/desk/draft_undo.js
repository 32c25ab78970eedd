// Undo and redo of what was done here: fields, exercises added and removed, their order. Each is a change like any other,
// so it is saved like any other; what somebody else wrote meanwhile is never undone.
(() => {
  "use strict";

  const place = document.querySelector("[data-draft]");
  const { draft } = window.desk ?? {};
  if (!place || !draft) return;

  const MOST = 100;
  const TOGETHER_MS = 1500;
  const done = [];
  const undone = [];
  let last = draft.read();
  let acting = false;
  let stamp = 0;

  function flat(state) {
    const texts = new Map(Object.entries(state.plan));
    for (const item of state.items)
      for (const [name, text] of Object.entries(item.fields)) texts.set(draft.keyOf(item.id, name), text);
    return texts;
  }

  function stepOf(before, after) {
    const [was, is] = [before.items.map(({ id }) => id), after.items.map(({ id }) => id)];
    const [held, holds] = [new Set(was), new Set(is)];
    const old = flat(before);
    const sets = [...flat(after)].filter(([key, text]) => old.has(key) && old.get(key) !== text);
    return {
      sets: sets.map(([key, to]) => ({ key, from: old.get(key), to })),
      added: is.filter((id) => !held.has(id)),
      removed: was.filter((id) => !holds.has(id)),
      moved: draft.moved(was, is).length > 0,
      was,
      is,
    };
  }
  const isNothing = (step) => !step.sets.length && !step.added.length && !step.removed.length && !step.moved;

  // Letters of one word are one step.
  function joins(step) {
    const top = done.at(-1);
    const alone = ({ sets, added, removed, moved }) =>
      sets.length === 1 && !added.length && !removed.length && !moved;
    return (
      top &&
      alone(top) &&
      alone(step) &&
      top.sets[0].key === step.sets[0].key &&
      Date.now() - stamp < TOGETHER_MS
    );
  }

  function record() {
    if (acting) return;
    const now = draft.read();
    const step = stepOf(last, now);
    last = now;
    if (isNothing(step)) return;
    if (joins(step)) done.at(-1).sets[0].to = step.sets[0].to;
    else done.push(step);
    if (done.length > MOST) done.shift();
    stamp = Date.now();
    undone.length = 0;
    buttons();
  }

  const turned = ({ sets, added, removed, moved, was, is }) => ({
    sets: sets.map(({ key, from, to }) => ({ key, from: to, to: from })),
    added: removed,
    removed: added,
    moved,
    was: is,
    is: was,
  });

  // Do a step where the page still says what the step began with; returns what it was about.
  function act({ sets, added, removed, moved, is }) {
    const about = [];
    for (const { key, from, to } of sets) {
      const input = draft.inputOf(key);
      if (!input || draft.textOf(input) !== from) continue;
      about.push(draft.labelOf(key));
      draft.write(key, to);
    }
    for (const id of removed) if (draft.setRemoved(id, true)) about.push(draft.rowLabel(id));
    for (const id of added) if (draft.setRemoved(id, false)) about.push(draft.rowLabel(id));
    if (moved) {
      const here = draft.rows().map(draft.idOf);
      draft.reorder([...is.filter((id) => here.includes(id)), ...here.filter((id) => !is.includes(id))]);
      about.push(gettext("the order"));
    }
    return about;
  }

  function go(from, to, said) {
    const step = from.pop();
    if (!step) return;
    acting = true;
    const about = act(said === gettext("Undone") ? turned(step) : step);
    acting = false;
    to.push(step);
    last = draft.read();
    buttons();
    const missed = gettext("That was changed by somebody else meanwhile and stays as it is.");
    window.desk.saving.note(about.length ? `${said}: ${about.join(", ")}.` : missed);
    window.desk.saving.soon();
    document.body.dispatchEvent(new CustomEvent("desk:check"));
  }
  const undo = () => go(done, undone, gettext("Undone"));
  const redo = () => go(undone, done, gettext("Done again"));

  function buttons() {
    for (const [name, list] of [
      ["undo", done],
      ["redo", undone],
    ]) {
      const button = place.querySelector(`[data-${name}]`);
      // Not disabled while it is in use: the keyboard's focus would be lost with it.
      button.setAttribute("aria-disabled", String(list.length === 0));
    }
  }

  // What others wrote is on the page now: it is no step of ours.
  function rebase() {
    last = draft.read();
  }

  draft.form.addEventListener("input", record);
  draft.form.addEventListener("change", record);
  draft.section.addEventListener("desk:changed", record);
  place.querySelector("[data-undo]").addEventListener("click", undo);
  place.querySelector("[data-redo]").addEventListener("click", redo);

  // In a text that is being written Ctrl+Z is the browser's own, letter by letter.
  let began = "";
  document.addEventListener("focusin", (event) => {
    began = event.target.value ?? "";
  });
  const isWriting = (target) =>
    target.matches?.("textarea, input:not([type=checkbox], [type=date])") && target.value !== began;
  // Before all others that listen for keys: what is the browser's own is not passed on to them.
  window.addEventListener(
    "keydown",
    (event) => {
      const key = event.key.toLowerCase();
      if (!(event.ctrlKey || event.metaKey) || event.altKey || !["z", "y"].includes(key)) return;
      if (isWriting(event.target)) {
        event.stopPropagation();
        return;
      }
      event.preventDefault();
      (key === "y" || event.shiftKey ? redo : undo)();
    },
    true,
  );

  window.desk.undo = { rebase };
  buttons();
})();
