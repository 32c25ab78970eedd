// What a page does against good manners, as it stands now: one line for each, "kind: where". What `without` selects
// is passed over.
({ smallest, touch, without }) => {
  const found = [];
  const place = (one) => {
    const name = one.getAttribute("aria-label") || one.textContent.trim().slice(0, 30) || one.name || "";
    const of = one.closest("[id]");
    return `${one.tagName.toLowerCase()}.${(one.className || "").toString().split(" ")[0]} "${name.replace(/\s+/g, " ")}" in #${of ? of.id : ""}`;
  };
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: false }) && one.getClientRects().length > 0;
  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0'], [role=button], [role=tab], [role=option]";
  const controls = [...document.querySelectorAll(CONTROLS)].filter((one) => isShown(one) && !one.disabled && !one.closest("[inert]") && !one.closest(without));

  if (document.querySelectorAll("main, [role=main]").length !== 1) found.push("main: not one");
  if (document.querySelector("#nav-sidebar") && !document.querySelector("a.desk-skip[href='#desk-main']"))
    found.push("skip: no way past the menu");
  for (const icon of document.querySelectorAll(".material-symbols-outlined"))
    if (!icon.closest("[aria-hidden=true]")) found.push(`icon read aloud: ${place(icon)}`);
  for (const one of document.querySelectorAll("*")) {
    const clicks = one.hasAttribute("x-on:click") || one.hasAttribute("@click") || one.hasAttribute("onclick");
    const isControl = one.matches("a[href], button, input, label, summary, select, option, form, body, html, [role=button][tabindex='0'], #changelist-filter-close");
    if (clicks && !isControl && isShown(one)) found.push(`clicked but no button: ${place(one)}`);
    if (one.tagName === "A" && !one.hasAttribute("href") && !(one.role === "button" && one.tabIndex === 0) && isShown(one)) found.push(`link to nowhere: ${place(one)}`);
  }
  for (const handle of document.querySelectorAll("[data-handle], [draggable=true], [x-sort\\:handle]")) {
    const row = handle.closest("[data-row], li, tr, fieldset");
    if (isShown(handle) && !(row && row.querySelector("button[data-move], [data-move]"))) found.push(`dragged without a button: ${place(handle)}`);
  }

  // Target size (2.5.8, 2.5.5): a link within a sentence is as high as its line; a tick is as large as its label.
  const inSentence = (one) => {
    if (one.tagName !== "A" && one.tagName !== "SUMMARY") return false;
    const around = one.parentElement;
    const rest = around.textContent.replace(one.textContent, "").trim();
    return getComputedStyle(one).display === "inline" && rest.length > 3;
  };
  const boxOf = (one) => {
    const label = one.matches("input[type=checkbox], input[type=radio], input[type=file]") && one.labels && one.labels[0];
    const own = one.getBoundingClientRect();
    if (!label) return own;
    const other = label.getBoundingClientRect();
    const [top, bottom] = [Math.min(own.top, other.top), Math.max(own.bottom, other.bottom)];
    const [left, right] = [Math.min(own.left, other.left), Math.max(own.right, other.right)];
    return { width: right - left, height: bottom - top };
  };
  for (const one of controls) {
    if (one.matches(".select2-hidden-accessible, .desk-skip, [role=option]") || inSentence(one)) continue;
    const own = one.getBoundingClientRect();
    if (own.width <= 1 || own.height <= 1) continue;
    if (one.closest("svg")) continue;
    const box = boxOf(one);
    if (Math.round(box.width) < smallest || Math.round(box.height) < smallest)
      found.push(`target ${Math.round(box.width)}x${Math.round(box.height)}: ${place(one)}`);
  }

  // Focus not obscured (2.4.11): of five points of what has focus, one at least is seen.
  if (!touch) {
    const before = document.activeElement;
    for (const one of controls) {
      if (one.tabIndex < 0 || one.closest("dialog:not([open])")) continue;
      one.focus();
      if (document.activeElement !== one) continue;
      const box = one.getBoundingClientRect();
      if (box.width <= 1 || box.height <= 1) continue;
      const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
      const points = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.2], [0.1, 0.8], [0.9, 0.8]];
      const seen = points.some(([x, y]) => {
        const hit = document.elementFromPoint(box.left + box.width * x, top + (bottom - top) * y);
        return hit && (one.contains(hit) || hit.contains(one) || (one.labels && [...one.labels].some((label) => label.contains(hit))));
      });
      if (!seen) found.push(`focus is hidden: ${place(one)}`);
    }
    if (before && before.focus) before.focus();
    window.scrollTo(0, 0);
  }
  return found;
}
