// "Keep on this phone" and "Remove from this phone"; and what waited on this phone is sent once its plan is open,
// also by another link than the one it was told on.
(() => {
  "use strict";

  const place = document.querySelector("section[data-keep]");
  if (!place || !self.kept?.send) return;
  const { store, time, send, ask } = self.kept;
  const { keep: home, planKey } = place.dataset;
  const button = (name) => place.querySelector(`[data-do=${name}]`);
  let mayLose = false;

  function say(name) {
    for (const words of place.querySelectorAll("[data-say]")) words.hidden = words.dataset.say !== name;
    if (name) place.hidden = false;
  }

  function show(name, isShown) {
    for (const part of place.querySelectorAll(`[data-when=${name}]`)) part.hidden = !isShown;
  }

  async function draw() {
    const plan = await store.plan(home);
    show("kept", Boolean(plan));
    show("not-kept", !plan);
    if (plan) place.querySelector("[data-contact]").textContent = time.say(plan.contact);
    const waiting = await store.waiting(planKey);
    const refused = waiting.filter((tick) => tick.refused);
    const list = place.querySelector("[data-refused]");
    list.replaceChildren(
      ...refused.map((tick) => Object.assign(document.createElement("li"), { textContent: lineOf(tick) })),
    );
    list.hidden = button("drop").hidden = !refused.length;
    place.querySelector("[data-waiting]").hidden = !waiting.length;
    place.querySelector("[data-count]").textContent = String(waiting.length);
    place.hidden = ![...place.children].some((part) => !part.hidden && !part.matches("h2, .keep-said"));
    return { plan, waiting };
  }

  const lineOf = (tick) => `${time.say(tick.wall)}: ${tick.refused}`;

  // --- Sending ---

  async function now() {
    const answer = await fetch(`${home}kept/`, {
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
    });
    const said = await answer.json();
    return { plan: planKey, now: said.now, offset: said.now - Date.now() };
  }

  async function sendWaiting() {
    const { plan, waiting } = await draw();
    if (!waiting.some((tick) => !tick.refused)) return;
    try {
      if (plan) await ask(navigator.serviceWorker.controller, "contact");
      else await send(home, await now());
    } catch {
      // It waits on, and stands there.
    }
    const after = await draw();
    if (after.waiting.length < waiting.length) say("sent");
  }

  // --- Keeping ---

  function active(registration) {
    const worker = registration.active ?? registration.waiting ?? registration.installing;
    if (worker.state === "activated") return worker;
    return new Promise((resolve, reject) => {
      worker.addEventListener("statechange", () => {
        if (worker.state === "activated") resolve(worker);
        if (worker.state === "redundant") reject(new Error("no worker"));
      });
    });
  }

  // Whoever is remembered opens the plan without a question, and so does a copy of it.
  async function remember() {
    if ("remembered" in place.dataset) return;
    const body = new URLSearchParams({ do: "remember" });
    const answer = await fetch(`${home}devices/`, { method: "POST", body, credentials: "same-origin" });
    if (!answer.ok) throw new Error("not remembered");
    place.dataset.remembered = "";
  }

  async function register() {
    try {
      const scope = home;
      return { worker: await active(await navigator.serviceWorker.register(`${home}worker.js`, { scope })) };
    } catch (error) {
      // Without a network the script cannot be had; all else is a browser that keeps nothing.
      return { why: error.name === "TypeError" && navigator.serviceWorker ? "offline" : "private" };
    }
  }

  async function keep() {
    if (!navigator.serviceWorker || !globalThis.caches || !globalThis.indexedDB) return "private";
    await store.probe();
    const { worker, why } = await register();
    if (!worker) return why;
    let became;
    try {
      await remember();
      became = await ask(worker, "keep");
    } catch {
      became = "offline";
    }
    if (became === "kept") {
      // What waits to be sent shall not be cleared away when room is scarce.
      navigator.storage?.persist?.();
      return "done";
    }
    await (await navigator.serviceWorker.getRegistration(home))?.unregister();
    return became;
  }

  // --- Removing ---

  async function remove() {
    if (!mayLose && (await draw()).waiting.length) {
      await sendWaiting();
      mayLose = (await draw()).waiting.length > 0;
      if (mayLose) return "unsent";
    }
    const registration = await navigator.serviceWorker.getRegistration(home);
    if (registration?.active) await ask(registration.active, "remove");
    await store.tidy();
    sessionStorage.clear();
    try {
      const body = new URLSearchParams({ do: "forget" });
      await fetch(`${home}devices/`, { method: "POST", body, credentials: "same-origin" });
    } catch {
      for (const part of document.querySelectorAll("main > :not([data-keep]), .bar, .kept-line"))
        part.remove();
      await draw();
      place.hidden = false;
      return "still-remembered";
    }
    location.replace(home);
    return "gone";
  }

  async function drop() {
    const { waiting } = await draw();
    await store.drop(waiting.filter((tick) => tick.refused).map((tick) => tick.id));
    await store.tidy();
    return "";
  }

  const whyNot = (error) => (error.name === "QuotaExceededError" ? "full" : "private");
  const DEEDS = { keep, remove, drop };
  place.addEventListener("click", async (event) => {
    const pressed = event.target.closest("[data-do]");
    if (!pressed || pressed.disabled) return;
    pressed.disabled = true;
    say("wait");
    const became = await DEEDS[pressed.dataset.do]().catch(whyNot);
    pressed.disabled = false;
    if (became !== "still-remembered") await draw();
    say(became);
  });

  sendWaiting();
})();
