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

// What a phone can do beside showing: sound, shake, stay awake, keep a few numbers until the tab is closed. Any of it may
// be missing or refused, and then nothing else changes.
(() => {
  "use strict";

  const IDLE = 10 * 60 * 1000;
  const NAME = "player";
  const SHAKE = [200, 120, 200];
  const TONE = { hertz: 660, seconds: 0.22, gap: 0.3, loud: 0.4 };

  const sound = {
    on: true,
    audio: null,
    get isThere() {
      return "AudioContext" in window;
    },
    // Browsers let a page sound after a tap alone, and it shall not before.
    tapped() {
      if (!this.on || !this.isThere) return;
      try {
        this.audio ??= new AudioContext();
        this.audio.resume().catch(() => {});
      } catch {
        this.audio = null;
      }
    },
    play(times) {
      if (!this.on || !this.audio) return;
      for (let time = 0; time < times; time += 1) tone(this.audio, this.audio.currentTime + time * TONE.gap);
    },
  };

  function tone(audio, start) {
    const voice = audio.createOscillator();
    const loudness = audio.createGain();
    const end = start + TONE.seconds;
    voice.frequency.value = TONE.hertz;
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(TONE.loud, start + 0.02);
    loudness.gain.linearRampToValueAtTime(0, end);
    voice.connect(loudness).connect(audio.destination);
    voice.start(start);
    voice.stop(end);
  }

  function shake() {
    navigator.vibrate?.(SHAKE);
  }

  // The screen stays on while somebody exercises, not until the battery is empty: ten minutes after the last sign of it
  // the phone may sleep.
  const light = {
    wanted: false,
    lock: null,
    timer: 0,
    keep() {
      this.wanted = true;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.release(), IDLE);
      this.ask();
    },
    release() {
      this.wanted = false;
      clearTimeout(this.timer);
      this.lock?.release().catch(() => {});
      this.lock = null;
    },
    async ask() {
      if (!this.wanted || this.lock || this.asking || document.hidden || !navigator.wakeLock) return;
      this.asking = true;
      try {
        const lock = await navigator.wakeLock.request("screen");
        lock.addEventListener("release", () => {
          if (this.lock === lock) this.lock = null;
        });
        this.lock = lock;
        if (!this.wanted) this.release();
      } catch {
        this.lock = null;
      } finally {
        this.asking = false;
      }
    },
  };
  // A hidden page loses it.
  document.addEventListener("visibilitychange", () => light.ask());

  // Numbers alone, and only for this tab; where a browser keeps nothing, each page begins anew.
  const memory = {
    read() {
      try {
        return JSON.parse(sessionStorage.getItem(NAME)) ?? {};
      } catch {
        return {};
      }
    },
    write(numbers) {
      try {
        sessionStorage.setItem(NAME, JSON.stringify(numbers));
      } catch {
        // Full, or forbidden.
      }
    },
  };

  Object.assign(window.player, { sound, shake, light, memory });
})();

// The page read aloud by the device's own voices: a voice of the net would hand a patient's exercises to a stranger.
(() => {
  "use strict";

  const speech = window.speechSynthesis;
  const button = document.querySelector("[data-do=aloud]");
  if (!speech || !window.SpeechSynthesisUtterance || !button) return;

  const SLOWLY = 0.9;
  const LATE = [500, 2000, 5000];
  const HEARD = "h1, h2, h3, p, li";
  const UNHEARD = "nav, form, [data-player], [hidden]";
  const READ = button.textContent;
  // Of these some of the same writing are another tongue.
  const OTHERS = { zh: /^(yue|zh-(hk|mo|yue))/ };

  const tagOf = (voice) => voice.lang.replaceAll("_", "-").toLowerCase();
  const language = document.documentElement.lang.toLowerCase().split("-")[0];

  function isOurs(voice) {
    const tag = tagOf(voice);
    const spoken = tag.startsWith("cmn") ? "zh" : tag.split("-")[0];
    return voice.localService && spoken === language && !OTHERS[language]?.test(tag);
  }

  // The device's language first, as in en-GB; then its usual voice.
  function voiceHere() {
    const here = navigator.languages.map((tag) => tag.toLowerCase());
    const rank = (voice) => (here.includes(tagOf(voice)) ? 0 : 2) + (voice.default ? 0 : 1);
    return speech
      .getVoices()
      .filter(isOurs)
      .sort((one, other) => rank(one) - rank(other))[0];
  }

  function offer() {
    const voice = voiceHere();
    if (!voice && !button.hidden) stop();
    button.hidden = !voice;
  }

  function lines() {
    return [...document.querySelectorAll(HEARD)]
      .filter((part) => !part.closest(UNHEARD) && !part.querySelector(HEARD) && part.getClientRects().length)
      .map((part) => part.textContent.replace(/\s+/g, " ").trim())
      .filter(Boolean);
  }

  // Held here: some browsers forget an utterance that nobody holds, and its end with it.
  let waiting = [];

  function stop() {
    waiting = [];
    speech.cancel();
    button.textContent = READ;
  }

  function read() {
    const voice = voiceHere();
    if (!voice) return;
    speech.cancel();
    waiting = lines().map((line) => {
      const said = new SpeechSynthesisUtterance(line);
      said.voice = voice;
      said.lang = voice.lang;
      said.rate = SLOWLY;
      said.onend = () => {
        if (said === waiting.at(-1)) stop();
      };
      said.onerror = () => {
        if (waiting.includes(said)) stop();
      };
      return said;
    });
    button.textContent = button.dataset.stop;
    for (const said of waiting) speech.speak(said);
  }

  button.addEventListener("click", () => {
    if (waiting.length) stop();
    else read();
  });
  // Voices load late, and not every browser says when.
  speech.addEventListener?.("voiceschanged", offer);
  for (const wait of LATE) setTimeout(offer, wait);
  addEventListener("pagehide", stop);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) stop();
  });
  offer();
})();
