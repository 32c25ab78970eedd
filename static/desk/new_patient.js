// The dialog that asks whom a plan is for: what it found or made is chosen on the plan's page, or opens a plan's page.
(() => {
  "use strict";

  const dialog = () => document.getElementById("new-patient");

  // A plan's page on which something stands already keeps it, and takes the patient into its list.
  function listOfBegunPlan() {
    const list = document.querySelector("select#id_patient");
    if (!list || list.value) return null;
    const title = document.getElementById("id_title");
    const begun =
      document.querySelector("#item-rows [data-row]") || (title && title.value !== title.defaultValue);
    return begun ? list : null;
  }

  function choose({ id, name, address }) {
    const list = listOfBegunPlan();
    if (!list) {
      window.location.assign(address);
      return;
    }
    list.append(new Option(name, id, true, true));
    window.django.jQuery(list).trigger("change");
    dialog().close();
    document.getElementById("id_title")?.focus();
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id !== "new-patient-body") return;
    const made = event.target.querySelector("[data-made-patient]");
    if (made)
      choose({ id: made.dataset.madePatient, name: made.dataset.name, address: made.dataset.address });
    else
      (
        event.target.querySelector(".desk-wrong input, .desk-wrong select") ??
        document.getElementById("new_name")
      )?.focus();
  });

  document.addEventListener("click", (event) => {
    const one = event.target.closest("[data-choose-patient]");
    if (one) choose({ id: one.dataset.choosePatient, name: one.dataset.name, address: one.dataset.address });
    const meant = event.target.closest("[data-means]");
    if (meant) take(meant.dataset);
  });

  // A suggestion is a whole line: the name that was meant, and what was typed of days and side.
  function take({ means, line }) {
    const box = document.getElementById("new-facts");
    box.value = box.value
      .split("\n")
      .map((one) => (one.trim() === line ? means : one))
      .join("\n");
    box.focus();
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // Enter in the box begins the next line; Ctrl+Enter is done.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    if (event.target.id === "new-facts") event.target.form.requestSubmit();
  });
})();
