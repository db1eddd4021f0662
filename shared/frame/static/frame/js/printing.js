// <form data-printing> has the server record that this page is printed, and then prints it. Printing by the browser's own
// menu is recorded too. A printing that cannot be recorded is not made by the button: the server's answer is shown.
let isRecorded = false;

function record(form) {
  const headers = { "X-Printing": "script" };
  return fetch(form.action, { method: "POST", body: new FormData(form), headers, keepalive: true });
}

async function print(form) {
  const answer = await record(form).catch(() => undefined);
  if (!answer?.ok) {
    form.submit();
    return;
  }
  isRecorded = true;
  window.print();
  isRecorded = false;
}

// Before the guard against a second click sees it: the same page may be printed again.
document.addEventListener(
  "submit",
  (event) => {
    if (event.target.matches("[data-printing]")) {
      event.preventDefault();
      print(event.target);
    }
  },
  true,
);

window.addEventListener("beforeprint", () => {
  const form = document.querySelector("[data-printing]");
  if (form && !isRecorded) {
    record(form).catch(() => undefined);
  }
});
