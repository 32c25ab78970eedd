// Nothing that was typed is lost: a warning before leaving, and a look at the session before a form is sent, as an
// ended session, another person's sign-in or a lost network would drop what the form held.
(() => {
  "use strict";

  const forms = [...document.querySelectorAll("input[name=signed_in]")].map((field) => field.form);
  const notice = document.getElementById("desk-unsent");
  if (!forms.length || !notice) return;

  const IGNORED = ["csrfmiddlewaretoken", "seen"];
  const PATIENCE_MS = 8000;
  // A form that is only a choice and a button counts its typed words alone: nobody minds losing a tick.
  const counts = (form, name, value) =>
    value !== "" &&
    !IGNORED.includes(name) &&
    (form.dataset.unsaved !== "words" ||
      form.querySelector(`[name="${CSS.escape(name)}"]`)?.matches("textarea, [type=text], :not([type])"));
  const now = () =>
    forms
      .flatMap((form) => [...new FormData(form)].filter(([name, value]) => counts(form, name, value)))
      .map(([name, value]) => `${name}=${value instanceof File ? value.name : value}`)
      .join("\n");

  let saved = null;
  let sending = false;
  // At load, not before: the page's other scripts have numbered the rows by then.
  window.addEventListener("load", () => {
    saved = document.querySelector("[data-refused]") ? "" : now();
  });
  // A page that saves by itself says what it still holds.
  const isUnsaved = () => window.desk?.holdsUnsent?.() ?? (saved !== null && now() !== saved);
  window.addEventListener("beforeunload", (event) => {
    if (!sending && isUnsaved()) event.preventDefault();
  });
  // A page that the browser kept as it was when its form was sent shows what is not so any more.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && sending) location.reload();
  });

  // "ok" with the form's token of today, "out", "other" (somebody else is signed in), or "offline".
  async function askSession() {
    try {
      const answer = await fetch(notice.dataset.session, {
        cache: "no-store",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (answer.status === 401) return "out";
      if (!answer.ok) return "offline";
      const { person, token } = await answer.json();
      if (person !== notice.dataset.person) return "other";
      for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
      return "ok";
    } catch {
      return "offline";
    }
  }

  function show(state) {
    notice.hidden = state === "ok";
    for (const words of notice.querySelectorAll("[data-when]")) words.hidden = words.dataset.when !== state;
    if (state !== "ok") notice.scrollIntoView({ block: "nearest" });
  }

  let asked = false;
  async function guard(event) {
    if (sending) {
      // The second click of a double click: the first is on its way.
      if (!asked) event.preventDefault();
      asked = false;
      return;
    }
    event.preventDefault();
    sending = true;
    const state = await askSession();
    show(state);
    if (state !== "ok" || !(await (window.desk?.beforeSend?.(event.submitter) ?? true))) {
      sending = false;
      return;
    }
    asked = true;
    // Stopped by hand, the page stays: then it may be sent again.
    setTimeout(() => {
      sending = false;
    }, PATIENCE_MS);
    event.target.requestSubmit(event.submitter);
  }
  for (const form of forms) form.addEventListener("submit", guard);
  if (window.desk) window.desk.session = { ask: askSession, show };

  // The other pieces of the page find out too, and the way back from another tab mends it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.xhr.responseURL.includes("/login/")) return;
    event.detail.shouldSwap = false;
    show("out");
  });
  window.addEventListener("focus", async () => {
    if (notice.hidden) return;
    const state = await askSession();
    show(state);
    if (state === "ok") document.body.dispatchEvent(new CustomEvent("desk:check"));
  });
})();
