// A second click on a form that is on its way is ignored; the server's idempotency key guards the rest.
// A form whose answer opens in another tab leaves this page as it is, and may be sent again.
const WAITING = "submitting";

function guard(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.target === "_blank") {
    return;
  }
  if (form.dataset.state === WAITING) {
    event.preventDefault();
    return;
  }
  form.dataset.state = WAITING;
  event.submitter?.setAttribute("aria-disabled", "true");
}

// Coming back by the browser's button shows the page as it was left: open it for another go.
function release() {
  for (const form of document.querySelectorAll(`form[data-state="${WAITING}"]`)) {
    delete form.dataset.state;
    form.querySelectorAll('[aria-disabled="true"]').forEach((button) => button.removeAttribute("aria-disabled"));
  }
}

document.addEventListener("submit", guard);
window.addEventListener("pageshow", (event) => event.persisted && release());
