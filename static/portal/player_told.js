// What was led through to its end is told by the page's own form, with its id: once, however often it is sent.
(() => {
  "use strict";

  const FORM = "#tell form[data-tick]";

  // The plan was locked meanwhile: the page that asks for the birth date keeps what is told, and sends it then.
  function open(form, outcome) {
    form.append(
      Object.assign(document.createElement("input"), { type: "hidden", name: "outcome", value: outcome }),
    );
    form.submit();
    return new Promise(() => {});
  }

  async function send(form, outcome) {
    const body = new URLSearchParams(new FormData(form));
    body.set("outcome", outcome);
    // It goes on when the next page is opened meanwhile.
    const answer = await fetch(form.action, {
      method: "POST",
      body,
      credentials: "same-origin",
      keepalive: true,
    });
    if (answer.status === 403) return open(form, outcome);
    if (!answer.ok) throw new Error("not kept");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const told = page.querySelector("#tell");
    if (told) document.querySelector("#tell").replaceWith(told);
    else if (page.querySelector("main[data-log]")) location.assign(answer.url);
    else throw new Error("another page");
  }

  // Resolves to whether it is kept; undefined where the page has nothing left to tell.
  async function tell(outcome) {
    const form = document.querySelector(FORM);
    if (!form || form.dataset.sending) return undefined;
    form.dataset.sending = "1";
    try {
      await send(form, outcome);
      return true;
    } catch {
      return false;
    } finally {
      delete form.dataset.sending;
    }
  }

  window.player.tell = tell;
})();
