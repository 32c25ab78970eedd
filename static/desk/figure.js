// The figure's editor: poses as text, sliders and start poses that write into it through the server, a live preview.
(() => {
  "use strict";

  const editor = document.getElementById("figure-editor");
  if (!editor) return;
  const byId = (id) => document.getElementById(id);
  const text = byId("id_figure");
  const preview = byId("figure-preview");
  const panels = byId("figure-panels");
  const start = byId("figure-start");
  const sliders = [...editor.querySelectorAll("[data-joint]")];
  const afterKeyMs = 150;
  let panel = "";
  let known = {};

  // --- Asking: one question at a time, each with at most one change, the newest of each joint ----------------------
  const changes = new Map();
  let redraw = false;
  let asking = false;
  let asked = {};
  let timer = 0;

  function drawSoon() {
    clearTimeout(timer);
    timer = setTimeout(draw, afterKeyMs);
  }
  function draw() {
    redraw = true;
    askAll();
  }
  function change(name, parameters) {
    changes.set(name, parameters);
    askAll();
  }
  async function askAll() {
    if (asking) return;
    asking = true;
    while (redraw || changes.size) await ask();
    asking = false;
  }
  async function ask() {
    redraw = false;
    const [name, parameters] = changes.entries().next().value ?? ["", {}];
    changes.delete(name);
    const sent = text.value;
    asked = { ...look(), panel, ...parameters };
    byId("figure-state")?.remove();
    try {
      await post(preview);
    } catch {
      say(gettext("It could not be drawn. What you typed is still there."));
    }
    const answer = byId("figure-state");
    if (!answer) return;
    const state = JSON.parse(answer.textContent);
    if (text.value === sent) {
      if (state.text !== sent) text.value = state.text;
    } else if (name && !changes.has(name)) changes.set(name, parameters);
    else redraw = true;
    show(state);
  }
  function post(target) {
    return window.htmx.ajax("POST", editor.dataset.address, { source: target, target, swap: "innerHTML" });
  }
  function look() {
    const body = ["person", "build", "skin"].map((part) => byId(`figure-${part}`).value).join("-");
    const flag = (name) => (byId(`figure-${name}`).checked ? "1" : "");
    return { body, mirrored: flag("mirrored"), grey: flag("grey") };
  }
  document.addEventListener("htmx:configRequest", (event) => {
    if (editor.contains(event.detail.elt)) Object.assign(event.detail.parameters, asked);
  });

  // --- Showing what was answered -----------------------------------------------------------------------------------
  function show(state) {
    number(state.problems.map((problem) => problem.line));
    const wrong = state.problems
      .map(({ line, words }) => interpolate(gettext("Line %(line)s: %(words)s"), { line, words }, true))
      .join(" ");
    say(wrong || (state.blank ? "" : gettext("Drawn.")));
    if (!state.values) return;
    known = state.values;
    start.value = state.start;
    showPanels(state.panels, state.panel);
    for (const slider of sliders) {
      if (changes.has(slider.dataset.joint)) continue;
      tell(slider, state.values[slider.dataset.joint]);
    }
  }
  function say(words) {
    const said = byId("figure-said");
    if (said.textContent !== words) said.textContent = words;
  }
  const typedOf = (slider) => slider.parentElement.querySelector("[data-degrees]");
  function tell(slider, degrees) {
    slider.value = degrees;
    // What somebody types is theirs until they leave the field.
    if (typedOf(slider) !== document.activeElement) typedOf(slider).value = degrees;
    const way = degrees < 0 ? slider.dataset.down : slider.dataset.up;
    slider.parentElement.querySelector("output").textContent = degrees ? `${way} ${Math.abs(degrees)}°` : "";
    slider.setAttribute("aria-valuetext", degrees ? `${Math.abs(degrees)} degrees ${way}` : "0 degrees");
  }

  // --- Line numbers; the faulty ones are marked --------------------------------------------------------------------
  let faulty = [];
  function number(wrong = faulty) {
    faulty = wrong;
    const lines = byId("figure-lines");
    lines.replaceChildren(
      ...text.value.split("\n").map((_, index) => {
        const line = document.createElement("span");
        const isWrong = faulty.includes(index + 1);
        line.textContent = isWrong ? `! ${index + 1}` : index + 1;
        line.classList.toggle("desk-code-wrong", isWrong);
        return line;
      }),
    );
    lines.scrollTop = text.scrollTop;
  }
  text.addEventListener("scroll", () => {
    byId("figure-lines").scrollTop = text.scrollTop;
  });
  preview.addEventListener("click", (event) => {
    const line = Number(event.target.closest("[data-line]")?.dataset.line);
    if (!line) return;
    const lines = text.value.split("\n");
    const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    text.focus();
    text.setSelectionRange(from, from + (lines[line - 1] ?? "").length);
  });

  // --- Panels as tabs ----------------------------------------------------------------------------------------------
  function showPanels(count, shown) {
    panel = shown;
    const names = ["", ...Array.from({ length: count }, (_, index) => String(index))];
    if (panels.children.length !== names.length) panels.replaceChildren(...names.map(tabOf));
    for (const tab of panels.children) {
      const isShown = tab.dataset.panel === panel;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
      tab.classList.toggle("desk-button-main", isShown);
    }
  }
  function tabOf(name) {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.className = "desk-button desk-button-small";
    tab.dataset.panel = name;
    tab.textContent = name
      ? interpolate(gettext("Panel %(n)s"), { n: Number(name) + 1 }, true)
      : gettext("All panels");
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", "figure-sliders");
    return tab;
  }
  function choose(tab) {
    showPanels(panels.children.length - 1, tab.dataset.panel);
    tab.focus();
    draw();
  }
  panels.addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) choose(tab);
  });
  panels.addEventListener("keydown", (event) => {
    const tabs = [...panels.children];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    choose(tabs[(tabs.indexOf(event.target) + step + tabs.length) % tabs.length]);
  });

  // --- What is moved, chosen, typed --------------------------------------------------------------------------------
  function bend(slider, degrees) {
    change(slider.dataset.joint, { joint: slider.dataset.joint, degrees, panel });
  }
  for (const slider of sliders) {
    const typed = typedOf(slider);
    slider.addEventListener("input", () => {
      tell(slider, Number(slider.value));
      bend(slider, slider.value);
    });
    typed.addEventListener("input", () => {
      if (typed.value === "") return;
      tell(slider, Number(typed.value));
      bend(slider, typed.value);
    });
    typed.addEventListener("blur", () => {
      if (!changes.has(slider.dataset.joint)) typed.value = known[slider.dataset.joint] ?? 0;
    });
    // Enter would send the form.
    typed.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  }
  byId("figure-add-panel").addEventListener("click", () => change("add", { add: "panel" }));
  start.addEventListener("change", () => start.value && change("start", { start: start.value }));
  for (const name of ["person", "build", "skin", "mirrored", "grey"])
    byId(`figure-${name}`).addEventListener("change", draw);
  text.addEventListener("input", () => {
    number();
    drawSoon();
  });

  // --- Moving, made when it is asked for; what is changed stops it ----------------------------------------------------
  const moving = byId("figure-moving");
  byId("figure-move").addEventListener("click", async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    say(gettext("The moving picture is being drawn."));
    asked = { ...look(), moving: "1" };
    await post(moving).catch(() => say(gettext("It could not be drawn.")));
    button.disabled = false;
    say(
      moving.querySelector("img")
        ? gettext("It moves from start to end and back.")
        : moving.textContent.trim(),
    );
  });
  for (const changed of ["input", "change"]) editor.addEventListener(changed, () => moving.replaceChildren());

  // --- On all bodies, one after the other --------------------------------------------------------------------------
  byId("figure-everybody").addEventListener("click", async (event) => {
    const bodies = byId("figure-bodies");
    const button = event.currentTarget;
    button.disabled = true;
    bodies.hidden = false;
    bodies.replaceChildren();
    for (const { value, textContent } of byId("figure-person").options) {
      const card = document.createElement("figure");
      card.textContent = interpolate(gettext("%(name)s: is being drawn"), { name: textContent }, true);
      bodies.append(card);
      asked = { ...look(), person: value };
      await post(card).catch(() => {
        card.textContent = interpolate(gettext("%(name)s: could not be drawn"), { name: textContent }, true);
      });
    }
    button.disabled = false;
    const missed = bodies.querySelectorAll("figure:has(.desk-error)").length;
    say(
      missed
        ? interpolate(
            gettext("Something is missed on %(n)s of %(all)s."),
            { n: missed, all: bodies.children.length },
            true,
          )
        : gettext("All can do it."),
    );
  });

  showPanels(0, "");
  number();
  window.addEventListener("load", draw);
})();
