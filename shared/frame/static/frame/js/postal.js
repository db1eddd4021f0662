// Fills the address as soon as seven digits of a postal code are typed; what somebody has written there stays.
// Without this script the button beside the code does the same.
let filled = "";

document.addEventListener("input", async (event) => {
  const box = event.target.closest("[data-postal]");
  const digits = box && event.target.value.normalize("NFKC").replace(/\D/g, "");
  if (!box || digits.length !== 7) {
    return;
  }
  const form = event.target.form;
  const body = new URLSearchParams({
    code: digits,
    csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
  });
  const answer = await fetch(box.dataset.postal, { method: "POST", body });
  if (answer.ok) {
    tell(box, form.elements[box.dataset.fills], await answer.json());
  }
});

function tell(box, address, { address: found, told }) {
  box.querySelector("output").textContent = told || found;
  if (found && address && (!address.value.trim() || address.value === filled)) {
    address.value = found;
    filled = found;
  }
}
