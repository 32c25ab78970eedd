// Numbers of a dose by buttons and arrows: of a range both ends go. What is typed is read by the service alone; here only
// what can be counted up and down is.
(() => {
  "use strict";

  const WRITTEN = /^\s*(\d{1,6})(?:\s*(?:-|\u2013|to|a)\s*(\d{1,6}))?\s*([a-z]+\.?)?\s*$/i;
  const SECONDS_A_STEP = 5;
  const SECONDS_A_MINUTE = 60;
  const FAR = 5;

  function read(input) {
    const found = WRITTEN.exec(input.value);
    return found && { low: Number(found[1]), high: Number(found[2] ?? found[1]), unit: found[3] ?? "" };
  }
  const write = ({ low, high, unit }) => (low === high ? `${low}` : `${low}-${high}`) + (unit && ` ${unit}`);

  // The ends and the step of a field; a time in minutes that is written in seconds goes by seconds.
  function ends(input, unit) {
    const [least, most, step] = ["least", "most", "step"].map((name) => Number(input.dataset[name]));
    if (!unit.toLowerCase().startsWith("s") || !input.name.endsWith("duration")) return { least, most, step };
    return { least: SECONDS_A_STEP, most: most * SECONDS_A_MINUTE, step: SECONDS_A_STEP };
  }

  function stepped(input, steps) {
    if (!input.value.trim()) {
      const { least, step } = ends(input, "");
      return steps > 0 ? String(Math.max(least, step)) : null;
    }
    const now = read(input);
    if (!now) return null;
    const { least, most, step } = ends(input, now.unit);
    // A range keeps its width, and stops where one of its ends does.
    const by = Math.min(Math.max(steps * step, least - now.low), most - now.high);
    return by * steps > 0 ? write({ ...now, low: now.low + by, high: now.high + by }) : null;
  }

  function step(input, steps) {
    const text = stepped(input, steps);
    if (text === null) return;
    input.value = text;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function say(input) {
    const now = read(input);
    for (const name of ["aria-valuenow", "aria-valuetext"]) input.removeAttribute(name);
    if (!now) return;
    input.setAttribute("aria-valuenow", String(now.low));
    const words = interpolate(gettext("%(low)s to %(high)s"), now, true);
    input.setAttribute("aria-valuetext", `${now.low === now.high ? now.low : words} ${now.unit}`.trim());
  }

  function button(steps, name, words) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "desk-step";
    // The arrows of the field do the same, so the keyboard has not to pass two buttons a number.
    made.tabIndex = -1;
    made.dataset.steps = steps;
    made.setAttribute("aria-label", interpolate(words, { name }, true));
    const icon = document.createElement("span");
    icon.className = "material-symbols-outlined";
    icon.setAttribute("aria-hidden", "true");
    icon.textContent = steps > 0 ? "add" : "remove";
    made.append(icon);
    return made;
  }

  function dress(input) {
    if (input.closest(".desk-stepper")) return;
    const name = input.labels[0]?.textContent.replace("*", "").replace(/\s+/g, " ").trim() ?? "";
    const box = document.createElement("span");
    box.className = "desk-stepper";
    input.replaceWith(box);
    box.append(
      button(-1, name, gettext("%(name)s: less")),
      input,
      button(1, name, gettext("%(name)s: more")),
    );
    input.setAttribute("role", "spinbutton");
    input.setAttribute("aria-valuemin", input.dataset.least);
    input.setAttribute("aria-valuemax", input.dataset.most);
    say(input);
  }

  const KEYS = { ArrowUp: 1, ArrowDown: -1, PageUp: FAR, PageDown: -FAR };
  document.addEventListener("keydown", (event) => {
    const steps = KEYS[event.key];
    if (!steps || !event.target.matches(".desk-stepper input") || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    step(event.target, steps);
  });
  // A press leaves the focus where it is.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest(".desk-step")) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest(".desk-step");
    if (pressed) step(pressed.parentElement.querySelector("input"), Number(pressed.dataset.steps));
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches(".desk-stepper input")) say(event.target);
  });
  // The service's form of a text, an undone step, and what others wrote come without an event.
  document.addEventListener("focusin", (event) => {
    if (event.target.matches(".desk-stepper input")) say(event.target);
  });

  window.desk.isNumber = (text) => WRITTEN.test(text);

  // A long plan has thousands of numbers: those of a row are dressed when it is opened.
  const dressAll = (place) => place.querySelectorAll("input[data-step]").forEach(dress);
  document.addEventListener("desk:unfolded", (event) => dressAll(event.target));
  for (const place of document.querySelectorAll("[data-steppers], [data-row-body]:not([hidden])"))
    dressAll(place);
})();
