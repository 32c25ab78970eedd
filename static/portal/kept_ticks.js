// A form of the log, read into what waits: the same fields and ids as the service would have read.
(() => {
  "use strict";

  const { store, time } = self.kept;
  const PAINS = { exercise: ["pain_before", "pain_after"], day: ["pain"] };
  const FIELDS = ["outcome", "reason", "feel", "words", "signs", ...PAINS.exercise, ...PAINS.day];

  function text(form, name) {
    return String(form.get(name) ?? "");
  }

  function number(form, name) {
    const typed = text(form, name);
    return typed === "" ? null : Number(typed);
  }

  // What the form showed before anybody changed it.
  function seenIn(form) {
    try {
      const seen = JSON.parse(text(form, "seen"));
      return seen && typeof seen === "object" ? seen : {};
    } catch {
      return {};
    }
  }

  const isBlank = (value) => value === undefined || value === null || value === "" || value.length === 0;

  // Whether a form says nothing of a field: left as it was shown, or, of a button alone, not there.
  function isLeft(said, name) {
    if (name in said.seen) return JSON.stringify(said[name]) === JSON.stringify(said.seen[name]);
    return !said.whole && isBlank(said[name]);
  }

  // What it says nothing of stays as an earlier one says that still waits: each is opened without what waits.
  function joined(said, before) {
    if (said.take_back || before.take_back) return said;
    const made = { ...said, whole: said.whole || before.whole, seen: { ...said.seen } };
    for (const name of FIELDS) {
      if (!(name in before) || !isLeft(said, name)) continue;
      made[name] = before[name];
      delete made.seen[name];
      if (before.seen && name in before.seen) made.seen[name] = before.seen[name];
    }
    return made;
  }

  // The id that the service makes of the id of a form for each exercise of a plan that was done as a whole (RFC 9562).
  async function derivedId(id, name) {
    const space = id
      .replaceAll("-", "")
      .match(/../g)
      .map((two) => Number.parseInt(two, 16));
    const bytes = new Uint8Array([...space, ...new TextEncoder().encode(name)]);
    const made = new Uint8Array(await crypto.subtle.digest("SHA-1", bytes)).slice(0, 16);
    made[6] = (made[6] & 0x0f) | 0x50;
    made[8] = (made[8] & 0x3f) | 0x80;
    const hex = Array.from(made, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }

  function ofExercise(form) {
    const outcome = text(form, "outcome");
    if (text(form, "about") === "mistake") {
      const said = { item: text(form, "item"), session: Number(text(form, "session") || 1), take_back: true };
      return [{ id: text(form, "id"), said }];
    }
    if (!outcome) return [];
    const said = {
      item: text(form, "item"),
      session: Number(text(form, "session") || 1),
      outcome,
      reason: outcome === "skipped" ? text(form, "reason") : "",
      feel: text(form, "feel"),
      words: text(form, "words"),
      whole: form.has("whole"),
      seen: seenIn(form),
    };
    for (const name of PAINS.exercise) said[name] = number(form, name);
    return [{ id: text(form, "id"), said }];
  }

  function ofDay(form) {
    const said = {
      item: null,
      feel: text(form, "feel"),
      words: text(form, "words"),
      whole: true,
      seen: seenIn(form),
    };
    said.pain = number(form, "pain");
    said.signs = form.getAll("signs").map(String).sort();
    const isEmpty = said.pain === null && !said.feel && !said.words && !said.signs.length;
    return isEmpty ? [] : [{ id: text(form, "id"), said }];
  }

  async function ofAll(form, plan, told) {
    const ticks = [];
    for (const item of plan.items) {
      for (let session = 1; session <= item.least; session += 1) {
        if (told.has(`${item.key} ${session}`)) continue;
        const id = await derivedId(text(form, "id"), `${item.key} ${session}`);
        ticks.push({ id, said: { item: item.key, session, outcome: "all", seen: {} } });
      }
    }
    return ticks;
  }

  const placeOf = (tick) => `${tick.said.item} ${tick.said.session} ${tick.day}`;

  // What is told of a day already, here or at the last contact.
  function toldOf(day, plan, waiting) {
    const told = new Map();
    if (plan.told.day === day)
      for (const [key, sessions] of Object.entries(plan.told.items))
        for (const [session, outcome] of Object.entries(sessions)) told.set(`${key} ${session}`, { outcome });
    for (const tick of waiting)
      if (tick.day === day && tick.said.item && !tick.refused) {
        const place = `${tick.said.item} ${tick.said.session}`;
        if (tick.said.take_back) told.delete(place);
        else told.set(place, { ...tick.said, waits: true });
      }
    return told;
  }

  // Lets what a form says wait. Returns what became of it: saved, alarm, empty, or full.
  async function take(home, plan, form) {
    const today = time.today(plan);
    const day = text(form, "day") || today;
    const waiting = await store.waiting(plan.plan);
    const about = text(form, "about");
    let ticks = about === "day" ? ofDay(form) : ofExercise(form);
    if (about === "everything") ticks = await ofAll(form, plan, toldOf(day, plan, waiting));
    if (!ticks.length) return about === "everything" ? "saved" : "empty";
    const common = {
      plan: plan.plan,
      home,
      day,
      back: time.daysBetween(day, today),
      wall: Date.now(),
      offset: plan.offset,
      since: plan.contact + plan.offset,
      zone: plan.zone,
    };
    try {
      for (const tick of ticks) {
        const waits = { ...common, ...tick };
        const before = waiting.filter((one) => one.id !== tick.id && placeOf(one) === placeOf(waits));
        for (const one of before) if (!one.refused) waits.said = joined(waits.said, one.said);
        await store.wait(waits);
        await store.drop(before.map((one) => one.id));
      }
    } catch {
      return "full";
    }
    return ticks.some((tick) => isAlarm(plan, tick.said)) ? "alarm" : "saved";
  }

  function isAlarm(plan, said) {
    const pains = [said.pain, said.pain_before, said.pain_after];
    return Boolean(said.signs?.length) || pains.some((pain) => Number.isInteger(pain) && pain > plan.ease);
  }

  self.kept.ticks = { take, toldOf, isAlarm };
})();
