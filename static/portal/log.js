// Ticks without leaving the page. Without this script each tap loads the page anew and does the same.
(() => {
  const busy = new Set();
  // A hand that shakes taps twice, and would undo what it has just told.
  const TWICE = 1000;
  let shown = Number.NEGATIVE_INFINITY;

  // The page's own ids are made by the server; a page that was kept on the phone would send them twice.
  function freshIds() {
    if (!globalThis.crypto?.randomUUID) return;
    for (const field of document.querySelectorAll('main input[name="id"]')) field.value = crypto.randomUUID();
  }

  async function send(form, button) {
    const body = new URLSearchParams(new FormData(form, button));
    const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    if (!answer.ok) throw new Error("not kept");
    const told = new DOMParser().parseFromString(await answer.text(), "text/html");
    const main = told.querySelector("main[data-log]");
    if (!main) throw new Error("another page");
    return main;
  }

  // Only what a tick changes is replaced: what was filled in further down stays.
  function show(main, row) {
    shown = performance.now();
    document.querySelector(".ticks").replaceWith(main.querySelector(".ticks"));
    if (!main.querySelector('input[value="everything"]'))
      document.querySelector('input[value="everything"]')?.form.remove();
    freshIds();
    const heading = document.querySelector("main h1");
    heading.tabIndex = -1;
    (document.querySelector(`#${row} form[data-tick] button, #${row} a`) ?? heading).focus();
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const log = document.querySelector("main[data-log]");
    if (form.matches("form.mistake") && performance.now() - shown < TWICE) event.preventDefault();
    if (!form.matches("form[data-tick]") || !log) return;
    event.preventDefault();
    if (busy.has(form)) return;
    busy.add(form);
    try {
      show(await send(form, event.submitter), form.closest("li")?.id ?? "none");
    } catch {
      // The id is the same, so whatever arrived the first time is not told twice.
      if (event.submitter)
        form.append(
          Object.assign(document.createElement("input"), {
            type: "hidden",
            name: event.submitter.name,
            value: event.submitter.value,
          }),
        );
      form.submit();
    } finally {
      busy.delete(form);
    }
  });

  freshIds();
})();
