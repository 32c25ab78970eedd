// The log on a page that this phone has kept: for today, with what was told at the last contact and what waits.
(() => {
  "use strict";

  const { store, time, ticks } = self.kept;
  const outcomes = JSON.parse(document.getElementById("kept-outcomes").textContent);
  const words = (name) => document.querySelector(`[data-words=${name}]`).textContent;
  const asked = new URLSearchParams(location.search);
  let hasSaid = false;

  function freshIds() {
    for (const field of document.querySelectorAll('main input[name="id"]')) field.value = crypto.randomUUID();
  }

  function drawDay(today) {
    const moment = new Date(`${today}T12:00Z`);
    const form = new Intl.DateTimeFormat(document.documentElement.lang, {
      dateStyle: "long",
      timeZone: "UTC",
    });
    for (const place of document.querySelectorAll("[data-day]")) place.textContent = form.format(moment);
    for (const field of document.querySelectorAll('main input[name="day"]')) field.value = today;
  }

  function say(sessions, most) {
    const waits = sessions.some((one) => one.waits) ? ` (${words("waits")})` : "";
    if (sessions.length === 1 && most === 1) return outcomes[sessions[0].outcome] + waits;
    return `${words("times")} ${sessions.length}/${Math.max(most, sessions.length)}${waits}`;
  }

  // Returns whether a session is left to be told.
  function drawPlace(place, told) {
    const { toldOf, most } = place.dataset;
    const sessions = [...told].filter(([key]) => key.startsWith(`${toldOf} `));
    const status = place.querySelector(".status");
    status.hidden = !sessions.length;
    if (sessions.length) {
      const said = say(
        sessions.map(([, one]) => one),
        Number(most),
      );
      if (status.textContent !== said) status.textContent = said;
    }
    const free = Array.from({ length: Number(most) }, (_, at) => at + 1).find(
      (n) => !told.has(`${toldOf} ${n}`),
    );
    const form = place.querySelector("form[data-tick]");
    if (form) {
      form.hidden = free === undefined;
      form.elements.session.value = String(free ?? 1);
    }
    return free !== undefined;
  }

  function drawAlarm(plan, waiting) {
    const over = waiting.filter((tick) => ticks.isAlarm(plan, tick.said));
    const signs = over.flatMap((tick) => tick.said.signs ?? []);
    const shown = {
      now: signs.some((code) => plan.emergencies.includes(code)),
      today: signs.some((code) => !plan.emergencies.includes(code)),
      pain: over.some((tick) => ticks.isAlarm(plan, { ...tick.said, signs: [] })),
    };
    for (const [name, isShown] of Object.entries(shown)) {
      const part = document.querySelector(`[data-alarm=${name}]`);
      if (part) part.hidden = !isShown;
    }
    return over.length > 0;
  }

  function drawTold(isAlarm) {
    for (const box of document.querySelectorAll("[data-told]")) {
      const name = box.dataset.told;
      const isHidden = name === "alarm" ? !isAlarm : asked.get("told") !== name;
      if (box.hidden === isHidden) continue;
      box.hidden = isHidden;
      if (!isHidden && !hasSaid && asked.has("told") && !location.hash) box.focus();
    }
    hasSaid = true;
  }

  // The session that the address asks for, of a form that is kept once for all of them.
  function drawSession() {
    const session = asked.get("session");
    const links = document.querySelectorAll(".times a");
    if (!session || !links.length) return;
    document.querySelector('main input[name="session"]').value = session;
    for (const link of links) {
      if (link.textContent === session) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  document.addEventListener("kept", async ({ detail: plan }) => {
    const today = time.today(plan);
    const waiting = (await store.waiting(plan.plan)).filter((tick) => tick.day === today);
    const told = ticks.toldOf(today, plan, waiting);
    drawDay(today);
    const left = [...document.querySelectorAll("[data-told-of]")].map((place) => drawPlace(place, told));
    const all = document.querySelector('input[value="everything"]');
    if (all) all.form.hidden = !left.some(Boolean);
    drawTold(drawAlarm(plan, waiting));
  });
  drawSession();
  freshIds();
  window.addEventListener("pageshow", freshIds);
})();
