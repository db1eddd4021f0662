// <a href="…" data-opens="id"> opens <dialog id="id">; without this script the link leads to a page of its own.
// Closing needs no script: <form method="dialog">. The browser traps and returns the focus.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog instanceof HTMLDialogElement) {
    event.preventDefault();
    dialog.showModal();
  }
});
