// Completion in the figure's text: the words of the pose language that fit where the caret is.
(() => {
  "use strict";

  const text = document.getElementById("id_figure");
  const list = document.getElementById("figure-words");
  const said = document.getElementById("figure-words-said");
  if (!text || !list) return;
  const words = JSON.parse(document.getElementById("figure-vocabulary").textContent);
  const mostShown = 12;
  // A part of the body may be what another one lies on: it is offered once.
  const contact = [...new Set([...words.parts, ...words["contact verbs"], ...words["contact targets"]])];
  const places = {
    "": words.keys,
    panels: words["panel keys"],
    start: words.start,
    feet: words.feet,
    free: words.free,
    joints: words.joints,
    contacts: [...contact, ...words["contact options"]],
    props: [...words.props, ...words["prop options"]],
    camera: words.camera,
    arrows: [...words.arrows, ...words["arrow options"]],
    kind: words["arrow kinds"],
    way: words.directions,
    tint: words.tint,
    marks: words.marks,
    ghost: words.ghost,
  };
  const effects = words.effects;
  const keyAtEnd = /(?:^|[\s,{[])([A-Za-z_][\w -]*):\s*$/;
  let marked = -1;

  // The key whose value holds the caret: before the bracket that is open, on the line, or on a line further out.
  function ownerOf(before) {
    const inBraces = /[{,]\s*([\w -]+):\s*$/.exec(before)?.[1].trim();
    if (inBraces && inBraces in places) return inBraces;
    let depth = 0;
    for (let at = before.length - 1; at >= 0; at--) {
      if ("}]".includes(before[at])) depth += 1;
      else if ("{[".includes(before[at])) {
        if (!depth) return keyAtEnd.exec(before.slice(0, at))?.[1] ?? ownerOf(before.slice(0, at));
        depth -= 1;
      }
    }
    const lines = before.split("\n");
    const last = lines.pop();
    const inLine = /^(?:\s*-\s)?\s*([\w -]+):\s/.exec(last);
    if (inLine) return inLine[1].trim();
    const indent = /^\s*/.exec(last)[0].length;
    for (const line of lines.reverse()) {
      const outer = /^(\s*(?:-\s+)?)([\w -]+):\s*$/.exec(line);
      if (outer && outer[1].length < Math.max(indent, 1) && indent > 0) return outer[2].trim();
    }
    return "";
  }

  function find(all) {
    const before = text.value.slice(0, text.selectionStart);
    const typed = /[^\n,:{}[\]"']*$/.exec(before)[0].replace(/^\s*(-\s+)?/, "");
    const outside = before.slice(0, before.length - typed.length);
    const owner = ownerOf(outside);
    const afterColon = /:\s*$/.test(outside);
    const known = owner === "tint" && afterColon ? effects : places[owner in places ? owner : ""];
    if (owner !== "" && !(owner in places)) return [];
    // A contact is said in some words: its last ones are completed.
    for (let rest = typed; rest || all; rest = rest.replace(/^\S+\s*/, "")) {
      const fitting = known.filter((word) => word.startsWith(rest) && word !== rest);
      if (fitting.length || owner !== "contacts" || !rest)
        return fitting.slice(0, mostShown).map((word) => ({ word, typed: rest }));
    }
    return [];
  }

  function open(found) {
    list.replaceChildren(
      ...found.map(({ word, typed }, index) => {
        const option = document.createElement("li");
        option.id = `figure-word-${index}`;
        option.role = "option";
        option.setAttribute("aria-selected", "false");
        option.textContent = word;
        option.dataset.typed = typed;
        return option;
      }),
    );
    list.hidden = !found.length;
    mark(-1);
    const count = found.length ? interpolate(gettext("%(n)s words fit"), { n: found.length }, true) : "";
    if (said.textContent !== count) said.textContent = count;
  }
  function mark(place) {
    const options = [...list.children];
    marked = options.length && place >= -1 ? (place + options.length) % options.length : -1;
    if (place === -1) marked = -1;
    for (const [index, option] of options.entries())
      option.setAttribute("aria-selected", String(index === marked));
    if (marked < 0) text.removeAttribute("aria-activedescendant");
    else text.setAttribute("aria-activedescendant", options[marked].id);
  }
  function take(option) {
    const at = text.selectionStart;
    text.setRangeText(option.textContent, at - option.dataset.typed.length, at, "end");
    open([]);
    text.dispatchEvent(new Event("input", { bubbles: true }));
    open([]);
    text.focus();
  }

  text.addEventListener("input", (event) => event.isTrusted && open(find(false)));
  text.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === " ") open(find(true));
    else if (list.hidden) return;
    else if (event.key === "ArrowDown") mark(marked + 1);
    else if (event.key === "ArrowUp") mark(marked <= 0 ? list.children.length - 1 : marked - 1);
    else if (event.key === "Escape") open([]);
    else if (event.key === "Enter" && marked >= 0) take(list.children[marked]);
    else return;
    event.preventDefault();
  });
  text.addEventListener("blur", () => open([]));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
})();
