// Where two people wrote the same: both are shown, with who and when, and whoever is here chooses. Nothing is lost before.
(() => {
  "use strict";

  const place = document.querySelector("[data-draft]");
  const { draft, known } = window.desk ?? {};
  if (!place || !draft || !known) return;
  const panel = place.querySelector("[data-draft-conflicts]");
  const model = panel.querySelector("template");

  const dose = (id, theirs) =>
    Object.entries(theirs)
      .filter(([name, text]) => text && name !== "revision")
      .map(([name, text]) => `${draft.fieldLabel(draft.keyOf(id, name))} ${text}`)
      .join(", ");
  const SAID = {
    field: ({ mine, theirs }) => ({ mine, theirs, keep: gettext("Keep mine"), take: gettext("Take theirs") }),
    place: () => ({
      mine: gettext("moved here"),
      theirs: gettext("moved elsewhere"),
      keep: gettext("Keep my order"),
      take: gettext("Take theirs"),
    }),
    gone: (_, id) => ({
      mine: known
        .ownChanges(id)
        .map(({ key, text }) => `${draft.fieldLabel(key)} ${text || gettext("(blank)")}`)
        .join(", "),
      theirs: gettext("removed"),
      keep: gettext("Bring it back as I have it"),
      take: gettext("Let it go"),
    }),
    changed: ({ theirs }, id) => ({
      mine: gettext("removed"),
      theirs: dose(id, theirs),
      keep: gettext("Remove it all the same"),
      take: gettext("Keep it as it is now"),
    }),
  };
  const blank = (text) => text || gettext("(blank)");
  const idOf = (key) => key.split("/")[0];
  const labelOf = (key, { kind }) => (kind === "field" ? draft.labelOf(key) : draft.rowLabel(idOf(key)));

  function line(key, conflict) {
    const entry = model.content.firstElementChild.cloneNode(true);
    const told = SAID[conflict.kind](conflict, key);
    const fill = (name, text) => {
      entry.querySelector(`[data-${name}]`).textContent = text;
    };
    entry.dataset.conflict = key;
    fill("what", labelOf(key, conflict));
    fill("who", [conflict.by, conflict.at].filter(Boolean).join(", "));
    fill("mine", blank(told.mine));
    fill("theirs", blank(told.theirs));
    fill("keep", told.keep);
    fill("take", told.take);
    for (const button of entry.querySelectorAll("button"))
      button.setAttribute("aria-label", `${button.textContent}: ${labelOf(key, conflict)}`);
    return entry;
  }

  function show() {
    const list = panel.querySelector("ul");
    const standing = new Map([...list.children].map((entry) => [entry.dataset.conflict, entry]));
    for (const [key, entry] of standing) if (!known.conflicts.has(key)) entry.remove();
    for (const [key, conflict] of known.conflicts) {
      // Removed since: the removal is held against what was written there.
      const row = key.includes("/") && draft.rowOf(idOf(key));
      if (key.includes("/") && (!row || draft.isRemoved(row))) {
        known.conflicts.delete(key);
        standing.get(key)?.remove();
        continue;
      }
      if (conflict.kind === "field") conflict.mine = draft.textOf(draft.inputOf(key));
      const fresh = line(key, conflict);
      const old = standing.get(key);
      // A line that says the same stays, and so does the keyboard's focus in it.
      if (!old) list.append(fresh);
      else if (old.textContent !== fresh.textContent) old.replaceWith(fresh);
    }
    panel.hidden = known.conflicts.size === 0;
    window.desk.saving?.tell();
  }

  function summary() {
    const who = new Set([...known.conflicts.values()].map(({ by }) => by));
    const what = [...known.conflicts].map(([key, conflict]) => labelOf(key, conflict));
    return interpolate(
      gettext("Changed meanwhile by %(who)s: %(what)s. Both are shown: choose."),
      { who: [...who].join(", "), what: what.join("; ") },
      true,
    );
  }

  const KEEP = {
    field: (key, { theirs }) => known.set(key, theirs),
    place: () => {},
    gone: (id) => known.forget(id),
    changed: (id, { theirs }) => {
      for (const [name, text] of Object.entries(theirs)) known.set(draft.keyOf(id, name), text);
    },
  };
  const TAKE = {
    field: (key, { theirs }) => {
      known.set(key, theirs);
      draft.write(key, theirs);
    },
    place: () => draft.reorder(known.latest.items.map((item) => item.id)),
    gone: (id) => {
      draft.rowOf(id)?.remove();
      known.forget(id);
      window.desk.tidy(draft.section);
    },
    changed: (id, { theirs }) => {
      for (const [name, text] of Object.entries(theirs)) {
        known.set(draft.keyOf(id, name), text);
        draft.write(draft.keyOf(id, name), text);
      }
      draft.setRemoved(id, false);
    },
  };

  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    const entry = event.target.closest("[data-conflict]");
    if (!button || !entry) return;
    const key = entry.dataset.conflict;
    const conflict = known.conflicts.get(key);
    known.conflicts.delete(key);
    const row = draft.rowOf(idOf(key));
    const beside = row?.nextElementSibling ?? row?.previousElementSibling;
    const choices = button.matches("[data-keep]") ? KEEP : TAKE;
    choices[conflict.kind](conflict.kind === "place" ? idOf(key) : key, conflict);
    const next = entry.nextElementSibling ?? entry.previousElementSibling;
    show();
    // The button is gone: the keyboard goes on at the next choice, or at what the choice was about.
    // Not in the search as long as there is a row: its list would open over the rows.
    const field = next?.querySelector("button") ?? draft.inputOf(key);
    const about = row?.isConnected ? row : beside;
    if (field) window.desk.reveal(field).focus();
    else (about?.querySelector("[data-unfold]") ?? document.getElementById("picker-search")).focus();
    window.desk.undo?.rebase();
    window.desk.saving.soon(0);
    document.body.dispatchEvent(new CustomEvent("desk:check"));
  });
  draft.form.addEventListener("input", () => known.conflicts.size && show());

  window.desk.conflicts = { show, summary };
})();
