// Do it with me: one set and side after the other, with its time and its rest. All words come from the page.
(() => {
  "use strict";

  const place = document.querySelector("section[data-player]");
  const given = document.getElementById("player");
  if (!place || !given || !window.player) return;
  const { mark, number, steps, task, timer, rest, words } = JSON.parse(given.textContent);
  const { Countdown, partsOf, digits, sound, shake, light, memory, tell } = window.player;

  const TICK = 200;
  const LATE = 2000;
  const FEW = 10_000;
  const TWICE = 400;
  // Who comes back later begins anew: a second time on a day, or the next day.
  const FORGET = 60 * 60 * 1000;
  const parts = timer && partsOf(timer);
  const element = (name) => place.querySelector(`[data-${name}]`);
  const button = (name) => place.querySelector(`[data-do=${name}]`);
  const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

  // `phase` is todo, work or rest; a rest comes before the step `at`. After the last step all is through.
  let at = 0;
  let phase = "todo";
  let hasRun = false;
  let clock = null;
  let part = null;
  let fewSaid = false;
  let ticking = 0;
  let tapped = Number.NEGATIVE_INFINITY;
  // Sets and sides that were skipped, of those that the dose asks for.
  let left = new Set();
  let untold = "";

  const isThrough = () => at >= steps.length;

  // --- What is kept ---------------------------------------------------------------------------------------------------

  function kept() {
    const found = memory.read();
    const age = Date.now() - found.seen;
    return found.mark === mark && age >= 0 && age < FORGET ? found : { sound: found.sound };
  }

  function keep() {
    const found = kept();
    const isResting = phase === "rest" && !clock.isPaused;
    memory.write({
      mark,
      seen: Date.now(),
      sound: Number(sound.on),
      at: { ...found.at, [number]: at },
      left: { ...found.left, [number]: Object.fromEntries([...left].map((index) => [index, 1])) },
      of: number,
      rest: isResting ? Math.round(Date.now() + clock.left) : 0,
    });
  }

  function recall() {
    const found = kept();
    sound.on = found.sound !== 0;
    const last = found.at?.[number];
    if (!Number.isInteger(last) || last < 0 || last > steps.length) return;
    at = last;
    left = new Set(Object.keys(found.left?.[number] ?? {}).map(Number));
    if (found.of !== number || !(found.rest > 0) || isThrough()) return;
    phase = "rest";
    clock = new Countdown(rest, found.rest);
  }

  // --- What is seen and said ------------------------------------------------------------------------------------------

  function write(name, text) {
    const to = element(name);
    if (to.textContent !== text) to.textContent = text;
    to.hidden = !text;
  }

  function say(...lines) {
    const heard = lines.filter(Boolean).map((line) => {
      const one = document.createElement("p");
      one.textContent = line;
      return one;
    });
    element("say").replaceChildren(...heard);
  }

  function title() {
    if (isThrough()) return words.through;
    return phase === "rest" ? words.rest : steps[at].title;
  }

  function below() {
    if (isThrough()) return "";
    return phase === "rest" ? fill(words.then, { step: steps[at].title }) : task.join(" · ");
  }

  function showDots() {
    for (const [index, dot] of [...element("dots").children].entries()) {
      dot.classList.toggle("done", index < at);
      dot.classList.toggle("next", index === at);
    }
  }

  function showButtons() {
    const isWork = phase === "work";
    const isRest = phase === "rest";
    const seen = {
      start: Boolean(timer) && phase === "todo" && !isThrough(),
      pause: isWork || isRest,
      done: !isThrough(),
      back: at > 0 && !isThrough(),
      repeat: isThrough(),
      skip: steps.length > 1 && !isThrough() && !isRest,
      sound: sound.isThere,
    };
    for (const [name, isSeen] of Object.entries(seen)) button(name).hidden = !isSeen;
    element("onward").hidden = !isThrough();
    button("start").textContent = hasRun ? words.again : words.start;
    button("pause").textContent = clock?.isPaused ? words.go_on : words.pause;
    button("done").textContent = isRest ? words.skip_rest : words.done;
    button("skip").textContent = steps[at]?.extra ? words.enough : (words.skip ?? "");
    button("sound").setAttribute("aria-checked", String(sound.on));
    // One button stands out: what comes next.
    button("start").classList.toggle("quiet", hasRun);
    button("pause").classList.toggle("quiet", !clock?.isPaused);
    button("done").classList.toggle("quiet", (seen.start && !hasRun) || isRest || Boolean(clock?.isPaused));
  }

  function show(note = "") {
    const hadFocus = place.contains(document.activeElement);
    write("title", title());
    write("task", below());
    write("note", note);
    showDots();
    showClock();
    showButtons();
    const focus = document.activeElement;
    if (hadFocus && !(place.contains(focus) && focus.getClientRects().length)) focusNext();
  }

  // Where the button that was pressed has gone, the keyboard goes on with the one that stands out.
  function focusNext() {
    const next = place.querySelector(".deeds > :not([hidden], .quiet)") ?? button("done");
    next.focus();
  }

  function showClock() {
    element("clock").hidden = !clock;
    write("phase", "");
    if (!clock) return;
    const now = phase === "work" ? part : { end: clock.milliseconds, seconds: rest };
    const left = Math.min(now.end - clock.passed, now.seconds * 1000);
    const shown = digits(left);
    write("digits", shown);
    element("clock").toggleAttribute("data-long", shown.length > 5);
    // The length of the ring is 100.
    element("ring").setAttribute("stroke-dasharray", `${Math.max(0, left / now.seconds / 10)} 100`);
    write("phase", clock.isPaused ? words.paused : phase === "work" ? fill(words[part.name], part) : "");
  }

  // --- What is told ---------------------------------------------------------------------------------------------------

  function outcome() {
    const asked = steps.filter(({ extra }) => !extra).length;
    if (left.size === 0) return "all";
    return left.size < asked ? "part" : "";
  }

  async function tellEnd(how) {
    untold = "";
    const isTold = how && tell ? await tell(how) : undefined;
    if (isTold === undefined) return;
    if (!isTold) untold = how;
    const line = isTold ? words[`told_${how}`] : words.untold;
    write("told", line);
    element("change").hidden = !isTold;
    element("tells")?.remove();
    say(line);
  }

  function takeDownTold() {
    write("told", "");
    element("change").hidden = true;
  }

  // A hand that shakes taps twice, and would count two sets.
  function act(deed) {
    if (performance.now() - tapped < TWICE) return;
    tapped = performance.now();
    sound.tapped();
    const wasThrough = isThrough();
    const note = deed() ?? "";
    if (isThrough()) light.release();
    else light.keep();
    show(note);
    keep();
    if (isThrough() && !wasThrough) tellEnd(outcome());
    else if (!isThrough()) takeDownTold();
  }

  // --- Time -----------------------------------------------------------------------------------------------------------

  function run(name, seconds) {
    phase = name;
    clock = new Countdown(seconds);
    part = name === "work" ? parts[0] : null;
    fewSaid = false;
    tickOn();
  }

  function tickOn() {
    clearInterval(ticking);
    ticking = setInterval(tick, TICK);
  }

  function halt() {
    clearInterval(ticking);
    clock = null;
    part = null;
    phase = "todo";
  }

  function signal(times) {
    sound.play(times);
    shake();
  }

  function finish(isLate) {
    const wasRest = phase === "rest";
    halt();
    hasRun = !wasRest;
    const note = wasRest ? words.over : words.up;
    // Who comes back late sees it; a tone would only startle.
    if (!isLate) signal(2);
    say(note, wasRest ? title() : "", wasRest ? below() : "");
    show(note);
    keep();
  }

  function tick() {
    if (!clock || clock.isPaused) return;
    const { left, passed } = clock;
    if (left <= 0) {
      finish(left < -LATE);
      return;
    }
    light.keep();
    if (phase === "work") enter(parts.find(({ end }) => passed < end));
    if (left <= FEW && !fewSaid && clock.milliseconds > 2 * FEW) {
      fewSaid = true;
      say(words.few_left);
    }
    showClock();
  }

  function enter(next) {
    if (next === part) return;
    part = next;
    sound.play(1);
    if (part.name !== "way") say(fill(words[part.name], part));
  }

  // --- What is done ---------------------------------------------------------------------------------------------------

  function sayNow() {
    say(title(), below());
  }

  const go = (to) => {
    halt();
    hasRun = false;
    at = to;
    sayNow();
  };

  const deeds = {
    start() {
      run("work", parts.at(-1).end / 1000);
      say(words.ready);
      place.scrollIntoView();
    },
    pause() {
      if (clock.isPaused) clock.goOn();
      else clock.pause();
      say(clock.isPaused ? words.paused : words.go_on);
    },
    done() {
      const isResting = phase === "rest";
      const step = steps[at];
      if (!isResting) left.delete(at);
      go(isResting ? at : at + 1);
      if (isResting || !step.rest || isThrough()) return;
      run("rest", rest);
      say(words.rest_time, below());
    },
    back() {
      go(at - 1);
    },
    skip() {
      if (!steps[at].extra) left.add(at);
      go(steps[at].extra ? steps.length : at + 1);
    },
    repeat() {
      left.clear();
      go(0);
    },
    sound() {
      sound.on = !sound.on;
      sound.tapped();
      sound.play(1);
      return element("note").textContent;
    },
  };

  place.addEventListener("click", (event) => {
    const deed = deeds[event.target.closest("[data-do]")?.dataset.do];
    if (deed) act(deed);
  });
  // Timers of a page that is not seen are late.
  document.addEventListener("visibilitychange", tick);
  addEventListener("pageshow", tick);
  addEventListener("online", () => {
    if (untold && isThrough()) tellEnd(untold);
  });

  recall();
  place.hidden = false;
  show();
  if (clock) tickOn();
  tick();
})();
