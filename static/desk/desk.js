// Rows of forms: added from a template, removed by ticking their DELETE box, moved, numbered. And the copy button.
(() => {
  "use strict";

  // One preview too many: its place says so, and the next one in a minute fills it again.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 429) event.detail.shouldSwap = true;
  });

  const countOf = (section) => document.getElementById(`id_${section.dataset.formset}-TOTAL_FORMS`);
  const rowsOf = (section) => [...section.querySelectorAll("[data-rows] > [data-row]")];
  const isRemoved = (row) => Boolean(row.querySelector("input[name$=-DELETE]:checked"));

  function tidy(section) {
    let place = 0;
    for (const row of rowsOf(section)) {
      const removed = isRemoved(row);
      row.classList.toggle("desk-removed", removed);
      const order = row.querySelector("input[name$=-order]");
      if (!removed) place += 1;
      if (order) order.value = removed ? 0 : place;
      const number = row.querySelector("[data-number]");
      if (number) number.textContent = removed ? "" : place;
    }
    const empty = section.querySelector("[data-when-empty]");
    if (empty) empty.hidden = rowsOf(section).length > 0;
    section.dispatchEvent(new CustomEvent("desk:changed", { bubbles: true }));
  }

  function addRow(section) {
    const count = countOf(section);
    const html = section.querySelector("[data-empty-row]").innerHTML.replaceAll("__prefix__", count.value);
    section.querySelector("[data-rows]").insertAdjacentHTML("beforeend", html);
    count.value = Number(count.value) + 1;
    const row = rowsOf(section).at(-1);
    row.querySelector("select, input:not([type=hidden])")?.focus();
    tidy(section);
  }

  function move(row, step) {
    const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    tidy(row.closest("[data-formset]"));
  }

  document.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add-row]");
    if (add) addRow(add.closest("[data-formset]"));
    const mover = event.target.closest("[data-move]");
    if (mover) {
      move(mover.closest("[data-row]"), Number(mover.dataset.move));
      mover.focus();
    }
    const copy = event.target.closest("[data-copy]");
    if (copy) copyFrom(copy);
  });

  // Without https a browser gives no clipboard: then the old way, and "Copied" only if it was.
  async function copyFrom(button) {
    const from = document.getElementById(button.dataset.copy);
    // What is hidden cannot be selected, and whoever copies may want to see what.
    const fold = from.closest("details");
    if (fold) fold.open = true;
    from.select();
    const written = navigator.clipboard?.writeText(from.value).then(
      () => true,
      () => false,
    );
    const done = (await written) || document.execCommand("copy");
    button.querySelector("[data-copy-words]").textContent = done
      ? gettext("Copied")
      : gettext("Press Ctrl+C");
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("input[name$=-DELETE]")) tidy(event.target.closest("[data-formset]"));
  });

  // What is typed into a list with a search may be a patient's name: it goes in the body, not in the address.
  window.django?.jQuery?.ajaxPrefilter((options, _original, request) => {
    if (!options.url.includes("/autocomplete/")) return;
    options.type = options.method = "POST";
    request.setRequestHeader("X-CSRFToken", document.querySelector("[name=csrfmiddlewaretoken]").value);
  });

  // The list with a search builds a box of its own beside it: its name is the label's, its value what is chosen.
  // It is built when jQuery says that the page is ready, and this is asked for later, so it comes after.
  window.django?.jQuery?.(() => {
    for (const list of document.querySelectorAll("select.admin-autocomplete")) {
      const box = list.parentElement.querySelector(".select2-selection[role=combobox]");
      const [shown, label] = [box?.querySelector(".select2-selection__rendered"), list.labels[0]];
      if (!shown || !label) continue;
      label.id ||= `${list.id}-label`;
      box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
      for (const name of ["role", "aria-readonly"]) shown.removeAttribute(name);
    }
  });

  function uuid() {
    // crypto.randomUUID is there only with https.
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return [8, 4, 4, 4, 12]
      .reduce(([told, at], n) => [[...told, hex.slice(at, at + n)], at + n], [[], 0])[0]
      .join("-");
  }

  window.desk = { tidy, rowsOf, countOf, isRemoved, uuid };
})();
