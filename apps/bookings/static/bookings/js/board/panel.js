// The panel beside the board: a page of the desk is put into it, and its own links and forms stay in it (hx-boost).
const panel = document.querySelector("[data-panel]");
const body = document.getElementById("panel-body");
let back = () => {};
let shown = "";
let isTyped = false; // whether somebody has typed what closing would lose

export const isOpen = () => panel && !panel.hidden;

/** Opens a page of the desk in the panel; ``whenClosed`` takes the focus back. */
export function open(address, whenClosed) {
  if (isTyped && !window.confirm(panel.dataset.ask)) {
    return;
  }
  back = whenClosed;
  isTyped = false;
  panel.hidden = false;
  document.body.classList.add("has-panel");
  window.htmx.ajax("GET", address, { target: "#panel-body", swap: "innerHTML show:none" });
}

export function close() {
  isTyped = false;
  panel.hidden = true;
  document.body.classList.remove("has-panel");
  body.replaceChildren();
  back();
}

if (panel) {
  panel.querySelector("[data-panel-close]").addEventListener("click", close);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      event.preventDefault();
      (isTyped ? back : close)(); // what was typed stays until the panel is closed by its button
    }
  });
  body.addEventListener("input", () => (isTyped = true));
  body.addEventListener("htmx:configRequest", (event) => {
    const { elt, verb } = event.detail;
    if (elt.matches("form:not([action])")) {
      event.detail.path = verb === "get" ? shown.split("?")[0] : shown; // such a form is sent to its own page
    }
  });
  body.addEventListener("htmx:beforeSwap", (event) => {
    const address = new URL(event.detail.xhr.responseURL);
    shown = address.pathname + address.search;
    if (/^\s*<!doctype/i.test(event.detail.serverResponse)) {
      event.detail.shouldSwap = false; // a page that has no form for the panel: it is shown whole
      window.location.assign(event.detail.xhr.responseURL);
    }
  });
  body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === body) {
      isTyped = false;
      panel.scrollIntoView({ block: "nearest" });
      (body.querySelector(".error-summary, [autofocus]") ?? body).focus({ preventScroll: true });
      panel.scrollTop = 0;
    }
  });
}
