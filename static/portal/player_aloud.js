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
