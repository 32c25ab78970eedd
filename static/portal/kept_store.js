// What this phone has kept: of each plan when its clinic was last heard of, and what was told and waits to be sent.
// Nothing is made by reading, so a phone that keeps nothing has nothing.
(() => {
  "use strict";

  const NAME = "kept";

  function open(create) {
    return new Promise((resolve, reject) => {
      let request;
      try {
        request = indexedDB.open(NAME, 1);
      } catch (error) {
        if (create) throw error;
        resolve(null);
        return;
      }
      request.onupgradeneeded = () => {
        if (!create) {
          request.transaction.abort();
          return;
        }
        request.result.createObjectStore("plans");
        request.result.createObjectStore("waiting", { keyPath: "id" });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = (event) => {
        event.preventDefault();
        if (create) reject(request.error);
        else resolve(null);
      };
    });
  }

  // `work` gets the store, and returns the request whose result is wanted.
  async function within(name, work, { write = false, create = false } = {}) {
    const database = globalThis.indexedDB ? await open(create) : null;
    if (!database) return undefined;
    try {
      return await new Promise((resolve, reject) => {
        const transaction = database.transaction(name, write || create ? "readwrite" : "readonly");
        const request = work(transaction.objectStore(name));
        transaction.oncomplete = () => resolve(request?.result);
        transaction.onabort = () => reject(transaction.error ?? new Error("not stored"));
      });
    } finally {
      database.close();
    }
  }

  const store = {
    plan: (home) => within("plans", (plans) => plans.get(home)),
    // Fails where this browser stores nothing.
    async probe() {
      await within("plans", (plans) => plans.count(), { create: true });
      await store.tidy();
    },
    keep: (home, plan) => within("plans", (plans) => plans.put(plan, home), { create: true }),
    // Changes some fields of a plan that is kept; of one that was removed meanwhile nothing comes back.
    change: (home, fields) =>
      within(
        "plans",
        (plans) => {
          const request = plans.get(home);
          request.onsuccess = () => {
            if (request.result) plans.put({ ...request.result, ...fields }, home);
          };
        },
        { write: true },
      ),
    forget: (home) => within("plans", (plans) => plans.delete(home), { write: true }),
    async waiting(key) {
      const all = (await within("waiting", (waiting) => waiting.getAll())) ?? [];
      return all.filter((tick) => tick.plan === key).sort((one, other) => one.wall - other.wall);
    },
    async waitsFrom(home) {
      const all = (await within("waiting", (waiting) => waiting.getAll())) ?? [];
      return all.some((tick) => tick.home === home);
    },
    wait: (tick) => within("waiting", (waiting) => waiting.put(tick), { create: true }),
    drop: (ids) =>
      within(
        "waiting",
        (waiting) => {
          for (const id of ids) waiting.delete(id);
        },
        { write: true },
      ),
    // The database itself goes with the last that is in it.
    async tidy() {
      const plans = (await within("plans", (found) => found.count())) ?? 0;
      const ticks = (await within("waiting", (found) => found.count())) ?? 0;
      if (plans || ticks || !globalThis.indexedDB) return;
      await new Promise((resolve) => {
        const request = indexedDB.deleteDatabase(NAME);
        request.onsuccess = request.onerror = request.onblocked = resolve;
      });
    },
  };

  // Asks the worker for a deed, and waits for what became of it.
  function ask(worker, deed) {
    return new Promise((resolve) => {
      if (!worker) {
        resolve("nothing");
        return;
      }
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => resolve(event.data);
      worker.postMessage(deed, [port2]);
    });
  }

  self.kept = { store, ask };
})();
