// Says two minutes before a session of staff ends for want of requests, and hides the page when it has ended.
// What was typed stays: after signing in again in another tab the page comes back, with a token that may be sent.
const WARNED = 2 * 60;

function begin(notice) {
  const [soon, over] = [notice.querySelector("[data-soon]"), notice.querySelector("[data-over]")];
  const main = document.querySelector("main");
  let heard = performance.now();

  function show() {
    const left = Number(notice.dataset.minutes) * 60 - (performance.now() - heard) / 1000;
    notice.hidden = left > WARNED;
    soon.hidden = left <= 0;
    over.hidden = left > 0;
    main.toggleAttribute("data-ended", left <= 0);
    main.inert = left <= 0;
  }

  async function stay() {
    const answer = await fetch(notice.dataset.stay, { redirect: "manual" });
    if (!answer.ok) {
      return;
    }
    const { token } = await answer.json();
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => (field.value = token));
    heard = performance.now();
    show();
  }

  notice.querySelector("[data-go-on]").addEventListener("click", stay);
  document.addEventListener("htmx:afterRequest", () => (heard = performance.now()));
  document.addEventListener("visibilitychange", () => document.hidden || over.hidden || stay());
  window.addEventListener("focus", () => over.hidden || stay());
  setInterval(show, 1000);
}

document.querySelectorAll("[data-session-end]").forEach(begin);
