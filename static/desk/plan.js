// The plan's page: what to check when, and findings that change without disturbing.
(() => {
  "use strict";

  const items = document.getElementById("items");
  const search = document.getElementById("picker-search");
  const check = () => document.body.dispatchEvent(new CustomEvent("desk:check"));

  const choices = (fieldset) => [...fieldset.querySelectorAll("input")].map((input) => input.value).join();

  const isReason = (element) => Boolean(element.closest("[data-reason]"));
  const form = document.getElementById("plan_form");
  form.addEventListener("input", (event) => {
    if (!isReason(event.target) && event.target !== search) check();
  });
  form.addEventListener("change", (event) => {
    if (event.target !== search) check();
  });
  items.addEventListener("desk:changed", check);

  // A list of select2 tells jQuery alone that the patient changed.
  window.django?.jQuery?.("#id_patient").on("change", check);

  // --- Findings: a piece that says the same stays, a reason that was typed stays --------------------------------
  document.body.addEventListener("htmx:oobBeforeSwap", (event) => {
    const old = event.detail.target;
    const fresh = event.detail.fragment.firstElementChild ?? event.detail.fragment;
    for (const input of old.querySelectorAll("[data-reason] input")) {
      // A name is of just the findings that were shown: other findings get these words only where somebody types them.
      const twin = fresh.querySelector(`[id="${input.id}"]`);
      const isTyped = input.value !== input.defaultValue;
      if (twin && isTyped && (twin.name === input.name || input === document.activeElement))
        twin.value = input.value;
    }
    // The same leaflets are offered: what was ticked here stays, and so does where the keyboard is.
    if (old.id === "plan-leaflets" && choices(old) === choices(fresh)) event.detail.shouldSwap = false;
    for (const open of old.querySelectorAll("[data-card] > details[open]")) {
      const twin = fresh.querySelector(`#${open.parentElement.id} > details`);
      if (twin) twin.open = true;
    }
    for (const open of old.querySelectorAll("details[data-fold][open]")) {
      const twin = fresh.querySelector(`[data-fold="${open.dataset.fold}"]`);
      if (twin) twin.open = true;
    }
    if (old.innerHTML.trim() === fresh.innerHTML.trim()) event.detail.shouldSwap = false;
  });

  // --- Better order ------------------------------------------------------------------------------------------------
  document.addEventListener("click", (event) => {
    if (!event.target.closest("button[data-better-order]")) return;
    const rows = items.querySelector("[data-rows]");
    const order = document.getElementById("plan-overview").dataset.betterOrder.split(" ");
    for (const prefix of order) {
      const row = rows.querySelector(`[data-prefix="${prefix}"]`);
      if (row) rows.append(row);
    }
    window.desk.tidy(items);
  });
})();
