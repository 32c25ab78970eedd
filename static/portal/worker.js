// The worker of one link's pages, and of no other's: its scope is the address of the link. Where the network answers,
// the page is the service's own; where it does not, what is kept is shown for as long as it may be.
(() => {
  "use strict";

  const { store, time, ticks, copy, send } = self.kept;
  const home = new URL(self.registration.scope).pathname;
  const PATIENCE = 8000;
  let isRemoved = false;
  let contacting = null;

  // --- Contact ---

  function contact() {
    contacting ??= copy
      .contact(home)
      .then(tell, () => "none")
      .finally(() => {
        contacting = null;
      });
    return contacting;
  }

  async function tell(became) {
    if (became === "closed") await self.registration.unregister();
    if (["closed", "renewed", "told"].includes(became))
      for (const client of await self.clients.matchAll()) client.postMessage(became);
    return became;
  }

  async function remove() {
    const plan = await store.plan(home);
    isRemoved = true;
    await copy.dropCopies(home);
    if (plan) await store.drop((await store.waiting(plan.plan)).map((tick) => tick.id));
    await store.forget(home);
    await self.registration.unregister();
    return "removed";
  }

  const DEEDS = { keep: () => copy.keep(home), contact, remove };
  self.addEventListener("message", (event) => {
    const answer = async () => event.ports[0]?.postMessage(await DEEDS[event.data]());
    if (DEEDS[event.data]) event.waitUntil(answer());
  });
  self.addEventListener("sync", (event) => event.waitUntil(contact()));
  self.addEventListener("install", () => self.skipWaiting());
  self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

  // --- Pages ---

  async function fromNetwork(request) {
    let timer;
    const waited = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error("too slow")), PATIENCE);
    });
    try {
      const answer = await Promise.race([fetch(request), waited]);
      if (answer.status >= 500) throw new Error("out of order");
      return answer;
    } finally {
      clearTimeout(timer);
    }
  }

  async function keptPage(plan, address) {
    const isLate = (await time.look(home, plan)) === "late";
    const found = isLate ? null : await copy.find(plan, address);
    if (found) return found;
    // Of a plan that ended or is paused, the page that says so is all there is.
    const [late, away] = [`${home}kept/late/`, `${home}kept/away/`];
    for (const instead of isLate ? [late, home] : [away, home, late]) {
      const page = await copy.find(plan, instead);
      if (page) return page;
    }
    return Response.error();
  }

  async function show(request, path) {
    let plan = await store.plan(home);
    if (!plan) return fetch(request);
    const waits = (await store.waiting(plan.plan)).some((tick) => !tick.refused);
    // So the page knows of what waited; where the network is slow, it does not wait for that.
    if (waits) await Promise.race([contact(), new Promise((resolve) => setTimeout(resolve, PATIENCE / 2))]);
    try {
      return await fromNetwork(request);
    } catch {
      plan = await store.plan(home);
      return plan ? keptPage(plan, path) : Response.error();
    }
  }

  const see = (rest) => Response.redirect(new URL(home + rest, self.location.origin), 303);

  // A form of the log. What may have arrived, though its answer did not, is sent again under the same ids.
  async function takeForm(request) {
    const plan = await store.plan(home);
    if (!plan) return fetch(request);
    const copied = request.clone();
    try {
      return await fromNetwork(request);
    } catch {
      const form = await copied.formData();
      const became = await ticks.take(home, plan, form);
      if (became !== "empty") await self.registration.sync?.register("ticks").catch(() => {});
      return see(placeAfter(form, became));
    }
  }

  function placeAfter(form, became) {
    const back = String(form.get("back") ?? "");
    const number = String(form.get("number") ?? "");
    if (became === "empty" && /^\d+$/.test(number)) return `log/${number}/?told=empty`;
    if (became === "saved" && /^\d+$/.test(back)) return `exercise/${back}/#tell`;
    return `log/?told=${became}${became === "saved" && form.has("item") ? `#e${form.get("item")}` : ""}`;
  }

  // A form that a script sends and that names where to go back to; any other script sends the form itself then.
  async function takeSent(request) {
    const plan = await store.plan(home);
    if (!plan) return fetch(request);
    const copied = request.clone();
    try {
      return await fromNetwork(request);
    } catch {
      const form = await copied.formData();
      const back = String(form.get("back") ?? "");
      if (!/^\d+$/.test(back) || (await ticks.take(home, plan, form)) !== "saved") return Response.error();
      await self.registration.sync?.register("ticks").catch(() => {});
      await tell("told");
      return keptPage(plan, `${home}exercise/${back}/`);
    }
  }

  // Whoever forgets the device or closes the page takes the copy away; what waits is sent while it can be.
  async function leave(request) {
    const plan = isRemoved ? null : await store.plan(home);
    if (!plan) return fetch(request);
    try {
      await send(home, { plan: plan.plan, now: Date.now() + plan.offset, offset: plan.offset });
    } catch {
      // It waits for the next time that the plan is opened here.
    }
    return show(request, `${home}kept/away/`);
  }

  async function file(request) {
    return (await copy.find(await store.plan(home), request.url)) ?? fetch(request);
  }

  function isSentForm({ method, headers }, pathname) {
    const kind = headers.get("Content-Type") ?? "";
    return (
      method === "POST" && pathname === `${home}log/` && kind.startsWith("application/x-www-form-urlencoded")
    );
  }

  self.addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (isRemoved || origin !== self.location.origin) return;
    if (request.mode === "navigate") {
      const isForm = request.method === "POST";
      const isLeaving = isForm && [`${home}devices/`, `${home}close/`].includes(pathname);
      let answer;
      if (isForm && pathname === `${home}log/`) answer = takeForm(request);
      else answer = isLeaving ? leave(request) : show(request, isForm ? `${home}kept/away/` : pathname);
      event.respondWith(answer);
      event.waitUntil(answer.then(contact, contact));
    } else if (isSentForm(request, pathname)) {
      event.respondWith(takeSent(request));
    } else if (
      request.method === "GET" &&
      ["image", "style", "script", "font"].includes(request.destination)
    ) {
      event.respondWith(file(request));
    }
  });
})();
