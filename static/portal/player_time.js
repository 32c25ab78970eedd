// Time that is true after sleep. It is always reckoned from the end, never counted in ticks, which a phone in a pocket
// leaves out.
(() => {
  "use strict";

  // Of two clocks the one that went further is right: the steady one stands still while some phones sleep, and the other
  // may be set back by hand. If that one is set ahead, a rest ends early, which does no harm.
  function now() {
    return { steady: performance.now(), wall: Date.now() };
  }

  class Countdown {
    // `until` is an end by the wall clock, from before the page was loaded anew.
    constructor(seconds, until = null) {
      this.milliseconds = seconds * 1000;
      this.remaining = this.milliseconds;
      if (until !== null) this.remaining = Math.min(this.milliseconds, until - Date.now());
      this.goOn();
    }
    goOn() {
      const { steady, wall } = now();
      this.end = { steady: steady + this.remaining, wall: wall + this.remaining };
    }
    pause() {
      this.remaining = this.left;
      this.end = null;
    }
    get isPaused() {
      return this.end === null;
    }
    // Milliseconds; less than nothing says how long it is over.
    get left() {
      if (this.isPaused) return this.remaining;
      const { steady, wall } = now();
      return Math.min(this.end.steady - steady, this.end.wall - wall);
    }
    get passed() {
      return this.milliseconds - this.left;
    }
  }

  // What a timer of the page goes through, each part with its end in milliseconds.
  function partsOf(timer) {
    const parts = [{ name: "ready", seconds: timer.ready }];
    if (timer.holds) {
      for (let n = 1; n <= timer.holds; n += 1) {
        if (n > 1) parts.push({ name: "way", seconds: timer.way });
        parts.push({ name: "hold", seconds: timer.hold, n, of: timer.holds });
      }
    } else {
      parts.push({ name: "run", seconds: timer.least });
      if (timer.seconds > timer.least) parts.push({ name: "least", seconds: timer.seconds - timer.least });
    }
    let end = 0;
    for (const part of parts) {
      end += part.seconds * 1000;
      part.end = end;
    }
    return parts;
  }

  // 9, 59, 1:30, 1:00:00.
  function digits(milliseconds) {
    const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
    if (seconds < 60) return String(seconds);
    const two = (number) => String(number).padStart(2, "0");
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  }

  window.player = { Countdown, partsOf, digits };
})();
