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
