// Sends what waited, each under the id that it got when it was told: whatever arrives twice is kept once.
(() => {
  "use strict";

  const { store, time } = self.kept;
  // The service takes 64 KB at once.
  const MOST = 60_000;

  const lengthOf = (tick) => new TextEncoder().encode(JSON.stringify(tick)).length + 1;

  // The day is settled before it is sent the first time: under one id only one thing is ever told.
  async function settle(tick, plan) {
    if (tick.sent) return tick;
    const moment = time.trueMoment(tick, plan);
    const day = time.plusDays(time.dayOf(moment, tick.zone), -tick.back);
    const settled = {
      ...tick,
      sent: { ...tick.said, id: tick.id, day, told_at: new Date(moment).toISOString() },
    };
    await store.wait(settled);
    return settled;
  }

  function inParts(ticks) {
    const parts = [];
    let room = 0;
    for (const tick of ticks) {
      const length = lengthOf(tick.sent);
      if (length > room) {
        parts.push([]);
        room = MOST;
      }
      parts.at(-1).push(tick);
      room -= length;
    }
    return parts;
  }

  async function post(home, ticks) {
    const answer = await fetch(`${home}log/`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(ticks.map((tick) => tick.sent)),
      credentials: "same-origin",
      redirect: "error",
    });
    const said = await answer.json();
    if (answer.ok) return said.answers;
    // Of a list that is refused as a whole nothing is known of one; a single tick that is too large stays too large.
    if (answer.status !== 413) throw new Error(said.code);
    if (ticks.length === 1) return [{ ok: false, why: said.why }];
    const half = Math.ceil(ticks.length / 2);
    return [...(await post(home, ticks.slice(0, half))), ...(await post(home, ticks.slice(half)))];
  }

  async function sendPart(home, ticks) {
    const answers = await post(home, ticks);
    for (const [place, answer] of answers.entries()) {
      if (answer.ok) await store.drop([ticks[place].id]);
      else await store.wait({ ...ticks[place], refused: answer.why });
    }
    return answers.filter((answer) => answer.ok).length;
  }

  async function sendAll(home, plan) {
    let count = 0;
    const waiting = (await store.waiting(plan.plan)).filter((tick) => !tick.refused);
    const settled = [];
    for (const tick of waiting) settled.push(await settle(tick, plan));
    for (const part of inParts(settled)) count += await sendPart(home, part);
    if (count) await store.tidy();
    return count;
  }

  // `plan` has its key, and by the clinic's clock `now` and the `offset` of ours. Two tabs do not send at once.
  function send(home, plan) {
    const work = () => sendAll(home, plan);
    return navigator.locks ? navigator.locks.request(`kept ${plan.plan}`, work) : work();
  }

  self.kept.send = send;
})();
