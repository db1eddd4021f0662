// Lists of which several rows are chosen (form[data-choosing]): all of the page at once; j and k go from row to row, x
// chooses, p asks whether to permit what is chosen, or the row itself. Without this script every box is set by hand.
const ROW = "tr:has([data-choose])";

for (const form of document.querySelectorAll("form[data-choosing]")) {
  const boxes = [...form.querySelectorAll("[data-choose]")];
  const all = form.querySelector("[data-choose-all]");
  if (all && boxes.length) {
    form.querySelector("[data-choose-all-row]").hidden = false;
    all.addEventListener("change", () => boxes.forEach((box) => (box.checked = all.checked)));
  }
}

function step(by) {
  const rows = [...document.querySelectorAll(ROW)];
  const here = rows.indexOf(document.activeElement?.closest(ROW));
  const next = rows[Math.max(0, Math.min(rows.length - 1, here < 0 ? 0 : here + by))];
  next?.querySelector("th a")?.focus();
}

function choose(row) {
  const box = row?.querySelector("[data-choose]");
  if (box) {
    box.checked = !box.checked;
  }
}

/** Asks first: a letter pressed by mistake permits nothing. */
function permit(row) {
  const form = row?.closest("form");
  const button = form?.querySelector("[data-permit]");
  const dialog = document.querySelector("[data-permit-dialog]");
  if (!button || !dialog) {
    return;
  }
  if (!form.querySelector("[data-choose]:checked")) {
    choose(row);
  }
  const number = form.querySelectorAll("[data-choose]:checked").length;
  dialog.querySelector("[data-permit-number]").textContent = String(number);
  dialog.returnValue = "";
  dialog.showModal();
  dialog.onclose = () => (dialog.returnValue === "permit" ? form.requestSubmit(button) : row.querySelector("th a").focus());
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input:not([type=checkbox]), select, textarea, dialog");
  if (isTyping || event.ctrlKey || event.altKey || event.metaKey || !document.querySelector(ROW)) {
    return;
  }
  const row = document.activeElement?.closest(ROW);
  const acts = { j: () => step(1), k: () => step(-1), x: () => choose(row), p: () => permit(row) };
  if (acts[event.key]) {
    event.preventDefault();
    acts[event.key]();
  }
});
