// Saves a plan's page by itself: half a second after the last key, in the order of the changes, each until it is answered.
// What is not saved stays in this page's memory and nowhere else: a browser's storage outlives the person at the desk.
(() => {
  "use strict";

  const place = document.querySelector("[data-draft]");
  const { draft, known, session } = window.desk ?? {};
  if (!place || !draft || !known || !session) return;

  const QUIET_MS = 500;
  const PATIENCE_MS = 15000;
  const FIRST_RETRY_MS = 1000;
  const LONGEST_RETRY_MS = 30000;
  const { form, section } = draft;
  const address = place.dataset.draft;
  const stored = JSON.parse(document.getElementById("draft-state")?.textContent ?? "null");

  // "new" until the draft is made; then "open", or "lost" when it is not this person's any more.
  let stage = stored ? "open" : "new";
  // What is on its way, as it was sent first: it is sent again like that until it is answered, so that it counts once.
  let onItsWay = null;
  let trouble = "";
  let retryMs = FIRST_RETRY_MS;
  let timer = null;
  const words = new Map();
  const reasons = new Map();

  // --- What is told ----------------------------------------------------------------------------------------------

  const TROUBLE = {
    offline: gettext("Not saved: offline, will send"),
    out: gettext("Not saved: you were signed out"),
    other: gettext("Not saved: somebody else has signed in"),
    big: gettext("Not saved: this is too much text at once. Shorten it"),
    old: gettext("Not saved: this page is of an older release. Copy what you typed, then load it again"),
  };

  function stateNow() {
    if (stage === "lost") return ["lost", trouble];
    if (trouble && (onItsWay?.patient || onItsWay?.changes.length || isPending()))
      return ["trouble", TROUBLE[trouble]];
    if (known.conflicts.size) return ["conflict", window.desk.conflicts.summary()];
    const refused = refusals();
    if (refused.length)
      return [
        "refused",
        interpolate(
          gettext("Not saved: %(why)s"),
          { why: refused.map((key) => say(key, words.get(key))).join(" ") },
          true,
        ),
      ];
    if (onItsWay?.changes.length) return ["saving", gettext("Saving")];
    if (isPending()) return ["waiting", gettext("Not saved yet")];
    return stage === "new"
      ? ["new", gettext("Choose the patient first: then all is saved by itself")]
      : ["saved", gettext("Saved")];
  }
  // What the service refused and the page still says.
  const refusals = () =>
    [...words.keys()].filter((key) =>
      key.startsWith("reason-") ? form.elements[key]?.value : known.isRefused(key),
    );
  function say(key, said) {
    if (key.startsWith("reason-")) return said;
    return `${known.knows(key) || draft.rowOf(key) ? draft.rowLabel(key) : draft.labelOf(key)}: ${said}`;
  }

  function tell() {
    const [state, said] = stateNow();
    const status = place.querySelector("[data-draft-status]");
    place.dataset.state = state;
    // Said again only when it changed: a screen reader would read each key.
    const quiet = state === "saving" || state === "waiting";
    status.setAttribute("aria-live", quiet ? "off" : "polite");
    if (status.textContent !== said) status.textContent = said;
  }

  // Told once and then replaced by what comes next.
  function note(said) {
    place.querySelector("[data-draft-note]").textContent = said;
  }

  // --- Sending ---------------------------------------------------------------------------------------------------

  const patient = () => form.elements.patient?.value ?? "";
  const isPending = () =>
    stage === "new" ? Boolean(patient()) : reasons.size > 0 || known.changes().length > 0;

  function soon(ms = QUIET_MS) {
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      flush();
    }, ms);
    tell();
  }

  function whatToSend() {
    const own = { person: place.dataset.person, seen: known.number };
    if (stage === "new") return { ...own, changes: [], patient: patient() };
    return { ...own, changes: known.changes(), reasons: Object.fromEntries(reasons) };
  }

  let flushing = null;
  function flush() {
    flushing ??= send().finally(() => {
      flushing = null;
    });
    return flushing;
  }

  async function send() {
    while (stage !== "lost" && (onItsWay || isPending())) {
      onItsWay ??= whatToSend();
      tell();
      if (!(await deliver())) return later();
      retryMs = FIRST_RETRY_MS;
    }
    if (stage !== "lost") trouble = "";
    tell();
  }

  function later() {
    if (stage !== "lost" && trouble !== "old" && trouble !== "big") {
      soon(retryMs);
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
    }
    tell();
  }

  // Send what is on its way and take the answer; false when it is to be tried again.
  async function deliver(anew = false) {
    let answer;
    try {
      answer = await fetch(address, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
        },
        body: JSON.stringify(onItsWay),
        keepalive: document.visibilityState === "hidden",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
      trouble = "offline";
      return false;
    }
    if (!answer.ok) return refuse(answer, anew);
    // An answer that breaks off says nothing: the same is sent again.
    const told = await answer.json().catch(() => null);
    if (told) await take(told);
    else trouble = "offline";
    return Boolean(told);
  }

  async function refuse(answer, anew) {
    const { code, words: said } = await answer.json().catch(() => ({}));
    if (code === "not_allowed" || code === "draft_deleted") {
      [stage, trouble] = ["lost", said];
    } else if (code === "bad_page") {
      trouble = "old";
    } else if (code === "old_token" || code === "signed_out" || code === "other_person") {
      const state = await session.ask();
      if (state === "ok" && !anew) return deliver(true);
      if (state !== "ok") session.show(state);
      trouble = state === "ok" ? "offline" : state;
    } else if (answer.status === 413) {
      // Nothing of it was read: what is shorter may be sent under new names.
      [onItsWay, trouble] = [null, "big"];
    } else trouble = "offline";
    return false;
  }

  async function take(told) {
    const sent = onItsWay;
    if (trouble && trouble !== "offline") session.show("ok");
    [onItsWay, trouble] = [null, ""];
    if (told.state && stage === "new") return opened(told.state);
    const byId = new Map(sent.changes.map((change) => [change.id, change]));
    for (const outcome of told.outcomes) {
      const change = byId.get(outcome.id);
      known.take(change, outcome);
      const key = known.keyOfChange(change);
      if (outcome.result === "refused") words.set(key, outcome.words);
      else words.delete(key);
    }
    for (const [name, typed] of Object.entries(sent.reasons ?? {})) {
      const refused = told.refused_reasons[name];
      if (refused) words.set(`reason-${name}`, refused);
      else words.delete(`reason-${name}`);
      if (reasons.get(name) === typed) reasons.delete(name);
      const input = form.elements[`reason-${name}`];
      // It is on record: a copy in the field would be said again later, over what a colleague says until then.
      if (!refused && input?.value === typed) input.value = "";
    }
    if (Object.keys(sent.reasons ?? {}).length) document.body.dispatchEvent(new CustomEvent("desk:check"));
    if (told.state) await joined(told, sent);
    known.number = told.number;
    known.settle();
    window.desk.undo?.rebase();
    window.desk.conflicts.show();
    return undefined;
  }

  async function joined(told, sent) {
    // A row that does not come now comes with the next look.
    await known.merge(told.state, rowPage).catch(() => known.postpone(sent.seen));
    if (sent.again) return;
    const own = new Set([...known.conflicts.keys()].map((key) => key.split("/place")[0]));
    const named = told.meanwhile.filter(
      ({ item, field }) => !own.has(draft.keyOf(item, field)) && !own.has(item),
    );
    if (!named.length) return;
    const who = [...new Set(named.map(({ by }) => by))].join(", ");
    const what = new Set(
      named.map(({ item, field }) => (item ? draft.rowLabel(item) : draft.labelOf(field))),
    );
    note(
      interpolate(
        gettext("%(who)s changed meanwhile: %(what)s. It is on your page now."),
        { who, what: [...what].join(", ") },
        true,
      ),
    );
    document.body.dispatchEvent(new CustomEvent("desk:check"));
  }
  const rowPage = (id) => place.dataset.row.replace("00000000-0000-0000-0000-000000000000", id);

  // The draft is there: from now on this page is its page.
  function opened(state) {
    const typed = draft.read().plan;
    known.begin(state);
    for (const [name, text] of Object.entries(state.plan)) {
      const input = draft.inputOf(name);
      if (input && typed[name] === input.defaultValue) known.set(name, text, typed[name]);
    }
    stage = "open";
    known.settle();
    history.replaceState(history.state, "", place.dataset.page);
    form.action = place.dataset.page;
    const shown = form.querySelector(".desk-field-patient");
    if (shown) {
      // The draft is this patient's now; another patient needs another plan.
      shown.querySelector(".select2")?.setAttribute("inert", "");
      shown.title = gettext("A plan stays with its patient");
    }
    window.desk.undo?.rebase();
  }

  // --- When ------------------------------------------------------------------------------------------------------

  const isReason = (element) => Boolean(element.closest?.("[data-reason]"));
  form.addEventListener("input", (event) => {
    if (!isReason(event.target)) soon();
  });
  form.addEventListener("change", (event) => {
    const input = event.target;
    // A reason is a record with a name under it: it is kept when it is whole, not letter by letter.
    if (isReason(input) && input.value.trim() && input.value !== input.defaultValue)
      reasons.set(input.name.replace("reason-", ""), input.value);
    soon();
  });
  section.addEventListener("desk:changed", () => soon());
  window.django?.jQuery?.("#id_patient").on("change", () => soon());
  // The rules look at the draft that there is now, with the reasons that were given for it.
  document.body.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.elt.id === "plan-check" && stage === "open") event.detail.path = place.dataset.check;
  });
  form.addEventListener("focusout", () => setTimeout(rest));
  async function rest() {
    if (stage !== "open" || onItsWay) return;
    known.settle();
    if (known.postponed === null) return;
    // What others wrote where somebody was at work here could not be shown then.
    look({ seen: known.postponed, again: true });
  }

  // Ask how the draft stands, without a change of one's own.
  function look(more = {}) {
    if (stage !== "open" || onItsWay || flushing || isPending()) return;
    known.postpone(null);
    onItsWay = { person: place.dataset.person, seen: known.number, changes: [], ...more };
    flush();
  }

  // Back at this page: what waits is sent, and what others wrote in the meantime is shown.
  function again() {
    retryMs = FIRST_RETRY_MS;
    if (trouble) soon(0);
    else look();
  }
  window.addEventListener("online", again);
  window.addEventListener("focus", again);
  window.addEventListener("offline", () => {
    if (isPending() || onItsWay) trouble = "offline";
    tell();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") flush();
    else again();
  });

  // Before there is a draft nothing is kept: what differs from the page as it came, the patient too, would be lost.
  let begun = null;
  const asNew = () => JSON.stringify([patient(), draft.read()]);
  // Words of a reason count from the first letter on, though they are sent when they are whole.
  const typedReasons = () =>
    [...form.querySelectorAll('[data-reason] [name^="reason-"]')].filter(
      ({ value, defaultValue }) => value.trim() && value !== defaultValue,
    );

  window.desk.holdsUnsent = () =>
    Boolean(
      onItsWay?.changes.length ||
        known.conflicts.size ||
        refusals().length ||
        (stage === "new" ? begun !== null && asNew() !== begun : isPending()) ||
        typedReasons().length,
    );

  // Before the page is left by a button: all is saved first, and what cannot be is told instead of lost.
  window.desk.beforeSend = async (submitter) => {
    if (stage === "new" && !patient()) return true;
    // A field that was drawn anew under the hands tells of no change: whoever leaves it now has said it.
    if (stage === "open")
      for (const { name, value } of typedReasons()) reasons.set(name.replace("reason-", ""), value);
    clearTimeout(timer);
    timer = null;
    await flush();
    tell();
    if (window.desk.holdsUnsent() || trouble) {
      place.scrollIntoView({ block: "nearest" });
      // The keyboard goes to what keeps the page: a choice, or a text that cannot be kept as it is.
      const [first] = refusals();
      const choice = place.querySelector("[data-conflict] button");
      window.desk.reveal(choice ?? (first && (draft.inputOf(first) ?? form.elements[first])))?.focus();
      return false;
    }
    if (submitter && !submitter.hasAttribute("formaction")) submitter.formAction = place.dataset.done;
    return true;
  };

  window.desk.saving = { soon, tell, note };
  if (stored) known.begin(stored);
  window.addEventListener("load", () => {
    if (stage === "new") begun = asNew();
    soon(stage === "new" ? 0 : QUIET_MS);
  });
  tell();
})();
