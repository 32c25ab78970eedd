// The copy of one plan: its pages, and whatever they name. A new copy is whole before it takes the old one's place.
(() => {
  "use strict";

  const { store, send } = self.kept;
  const AT_ONCE = 4;
  const NAMED = /(?:<link[^>]+rel="(?:stylesheet|icon)"[^>]*|<(?:img|script)[^>]*)>/g;
  const ADDRESS = /(?:src|href)="([^"]+)"/;
  const FOUND = { ignoreVary: true };

  async function each(list, work) {
    const left = [...list];
    const one = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  }

  function namedIn(html) {
    const found = new Set();
    for (const [tag] of html.matchAll(NAMED)) {
      const address = ADDRESS.exec(tag)?.[1];
      if (address?.startsWith("/")) found.add(address.replaceAll("&amp;", "&"));
    }
    return found;
  }

  async function get(address, options) {
    const answer = await fetch(address, { credentials: "same-origin", ...options });
    if (!answer.ok && answer.type !== "opaqueredirect") throw new Error("not kept");
    return answer;
  }

  async function fill(cache, pages) {
    const files = new Set();
    await each(pages, async (address) => {
      const answer = await get(`${address}?kept`, { cache: "no-store", redirect: "error" });
      for (const file of namedIn(await answer.clone().text())) files.add(file);
      await cache.put(address, answer);
    });
    await each(files, async (address) => {
      const answer = await get(address, { redirect: "manual" });
      // A picture that cannot be had now is a redirect; the page is kept without it.
      if (answer.ok) await cache.put(address, answer);
    });
  }

  async function copy(home, list) {
    const name = `${home} ${Date.now()}`;
    try {
      await fill(await caches.open(name), list.pages);
    } catch (error) {
      await caches.delete(name);
      throw error;
    }
    return name;
  }

  async function dropCopies(home, but = null) {
    for (const name of await caches.keys())
      if (name.startsWith(`${home} `) && name !== but) await caches.delete(name);
  }

  // Asks how the plan stands. Throws where the service was not reached; null where it has closed the link or device.
  async function ask(home) {
    const answer = await fetch(`${home}kept/`, {
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
    });
    const list = await answer.json();
    if (answer.ok && list.mark) return list;
    if (answer.status === 403 && list.state === "closed") return null;
    throw new Error("no contact");
  }

  function fields(list) {
    const { state, plan, zone, items, ease, emergencies, told, now } = list;
    const clock = Date.now();
    return {
      state,
      plan,
      zone,
      items,
      ease,
      emergencies,
      told,
      contact: clock,
      latest: clock,
      offset: now - clock,
    };
  }

  // Returns what to say: kept, or why not.
  async function keep(home) {
    const before = (await store.plan(home))?.cache;
    try {
      const list = await ask(home);
      if (!list) return "closed";
      const cache = await copy(home, list);
      await store.keep(home, { ...fields(list), mark: list.mark, cache });
      await dropCopies(home, cache);
      return "kept";
    } catch (error) {
      await dropCopies(home, before);
      return error.name === "QuotaExceededError" ? "full" : "offline";
    }
  }

  // What waits stays: it can be sent when the link is opened again, or a new one of the same plan.
  async function close(home) {
    await store.forget(home);
    await dropCopies(home);
    await store.tidy();
  }

  // Of a plan that must not be followed any more nothing stays but whom to call, whatever happens to the network now.
  async function emptyCopy(home, name) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url);
      if (pathname.startsWith(home) && pathname !== `${home}kept/late/`) await cache.delete(request);
    }
  }

  async function renew(home, list, before) {
    if (list.state !== "open") await emptyCopy(home, before.cache);
    try {
      const cache = await copy(home, list);
      await store.change(home, { ...fields(list), mark: list.mark, cache, outdated: false });
      await dropCopies(home, cache);
      return "renewed";
    } catch {
      // The clinic was heard of, but an old plan is no newer for it.
      await store.change(home, list.state === "open" ? { outdated: true } : { contact: 0 });
      return "outdated";
    }
  }

  // Contact with the clinic: sends what waited, and acts on how the plan stands.
  async function contact(home) {
    const before = await store.plan(home);
    if (!before) return "nothing";
    let list = await ask(home);
    if (!list) {
      await close(home);
      return "closed";
    }
    const clock = { plan: list.plan, now: list.now, offset: list.now - Date.now() };
    try {
      if (await send(home, clock)) list = (await ask(home)) ?? list;
    } catch {
      // It waits on; how the plan stands counts all the same.
    }
    if (list.mark !== before.mark || !(await caches.has(before.cache))) return renew(home, list, before);
    await store.change(home, fields(list));
    return "same";
  }

  async function find(plan, address) {
    if (!plan?.cache || !(await caches.has(plan.cache))) return undefined;
    return (await caches.open(plan.cache)).match(address, FOUND);
  }

  self.kept.copy = { keep, contact, dropCopies, find };
})();
