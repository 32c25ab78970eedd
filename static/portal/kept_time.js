// How long the clinic was not heard of, and which day it is there, by a clock that may be wrong.
(() => {
  "use strict";

  const DAY = 24 * 60 * 60 * 1000;
  const LATE = 3 * DAY;
  // A phone sets its clock right by seconds now and then; that is no turning back.
  const SLACK = 5 * 60 * 1000;

  // fresh, old (a day without contact) or late (three days, or a clock that went backwards, which tells nothing).
  function age(plan, now = Date.now()) {
    if (!plan.contact || now < Math.max(plan.contact, plan.latest ?? 0) - SLACK) return "late";
    const passed = now - plan.contact;
    if (passed >= LATE) return "late";
    return passed >= DAY ? "old" : "fresh";
  }

  // Looks at the clock and remembers the latest it has shown. Once it went back, only contact helps.
  async function look(home, plan, now = Date.now()) {
    const found = age(plan, now);
    const turned = plan.contact && now < Math.max(plan.contact, plan.latest ?? 0) - SLACK;
    if (turned) await self.kept.store.change(home, { contact: 0 });
    else if (now > (plan.latest ?? 0)) await self.kept.store.change(home, { latest: now });
    return found;
  }

  function dayOf(moment, zone) {
    const options = { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" };
    const parts = new Intl.DateTimeFormat("en", options).formatToParts(moment);
    const part = (type) => parts.find((one) => one.type === type).value;
    return `${part("year")}-${part("month")}-${part("day")}`;
  }

  // The clinic's day, by what its clock and ours said at the last contact.
  const today = (plan) => dayOf(Date.now() + plan.offset, plan.zone);

  const daysBetween = (one, other) => Math.round((Date.parse(other) - Date.parse(one)) / DAY);
  const plusDays = (day, days) => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

  // When something was told by the clinic's clock. A clock that jumped meanwhile is right again by what it says now; of
  // the two the one counts that lies between the contact before and the one now.
  function trueMoment(tick, { now, offset }) {
    const moments = [tick.wall + tick.offset, tick.wall + offset];
    return moments.find((moment) => moment >= tick.since - SLACK && moment <= now + SLACK) ?? moments[0];
  }

  // A moment in the page's language, by the phone's own clock.
  function say(moment) {
    const isNear = Math.abs(Date.now() - moment) < 6 * DAY;
    const near = { weekday: "long", hour: "numeric", minute: "numeric" };
    const options = isNear ? near : { dateStyle: "medium", timeStyle: "short" };
    return moment ? new Intl.DateTimeFormat(document.documentElement.lang, options).format(moment) : "–";
  }

  self.kept.time = { look, dayOf, today, daysBetween, plusDays, trueMoment, say };
})();
