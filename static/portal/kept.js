// A page that this phone has kept: how old it is, what waits, and contact as soon as there is a network again.
(() => {
  "use strict";

  const line = document.querySelector("aside[data-kept]");
  if (!line || !self.kept?.time) return;
  const { store, time, ask } = self.kept;
  const home = line.dataset.kept;
  const isLatePage = document.querySelector("main[data-late]") !== null;
  const MINUTE = 60 * 1000;
  const element = (name) => line.querySelector(`[data-${name}]`);

  // Who is on the way to another page gets there.
  let left = 0;
  const isLeaving = () => Math.abs(Date.now() - left) < MINUTE / 6;

  async function draw() {
    const plan = await store.plan(home);
    if (!plan) return;
    const age = await time.look(home, plan);
    if ((age === "late") !== isLatePage) {
      if (!isLeaving()) location.replace(home);
      return;
    }
    element("contact").textContent = time.say(plan.contact);
    element("old").hidden = age !== "old";
    element("outdated").hidden = !plan.outdated;
    const count = (await store.waiting(plan.plan)).length;
    element("waiting").hidden = !count;
    element("count").textContent = String(count);
    document.dispatchEvent(new CustomEvent("kept", { detail: plan }));
  }

  async function reach() {
    const became = await ask(navigator.serviceWorker.controller, "contact");
    await draw();
    // A try from before the network came back may have failed only now.
    if (became === "none" && navigator.onLine) setTimeout(reach, MINUTE / 6);
  }

  // Which exercise one came from stands in the address alone.
  const from = new URLSearchParams(location.search).get("from");
  const back = document.querySelector("a[data-from]");
  if (back && /^\d+$/.test(from ?? "")) {
    back.href = `${home}exercise/${from}/`;
    back.hidden = false;
    back.nextElementSibling.hidden = true;
  }

  window.addEventListener("beforeunload", () => {
    left = Date.now();
  });
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data === "closed") sessionStorage.clear();
    // What the page itself told stands on it only after this task.
    if (event.data === "told") setTimeout(draw, MINUTE / 120);
    else if (!isLeaving()) location.reload();
  });
  navigator.serviceWorker.startMessages();
  window.addEventListener("online", reach);
  document.addEventListener("visibilitychange", () => document.hidden || reach());
  setInterval(draw, MINUTE);
  setInterval(reach, 5 * MINUTE);
  // Then all scripts of the page are there.
  document.addEventListener("DOMContentLoaded", draw);
})();
