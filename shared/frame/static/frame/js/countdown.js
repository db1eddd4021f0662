// Counts a hold's time down, in step with the server's clock whatever the device's clock says.
// The figures tick silently; the sentences at five minutes, one minute and the end are announced.
const SAID_AT = [300, 60, 0];

function begin(timer) {
  const whole = Number(timer.dataset.deadline) - Number(timer.dataset.now);
  const started = timer.dataset.late === undefined ? 0 : performance.now();
  timer.dataset.running = "";
  const left = () => Math.max(0, Math.ceil(whole - (performance.now() - started) / 1000));
  let before = left();
  show(timer, before);
  const ticking = setInterval(() => {
    const seconds = left();
    show(timer, seconds);
    SAID_AT.filter((mark) => before > mark && seconds <= mark).forEach((mark) => say(timer, mark));
    before = seconds;
    if (seconds === 0 || !timer.isConnected) {
      clearInterval(ticking);
    }
  }, 1000);
}

function show(timer, seconds) {
  const text = timer.dataset.format
    .replace("{minutes}", String(Math.floor(seconds / 60)))
    .replace("{seconds}", String(seconds % 60).padStart(2, "0"));
  timer.querySelector("[data-left]").textContent = seconds > 0 ? text : timer.dataset.over;
  timer.dataset.state = seconds <= 60 ? "late" : "running";
}

function say(timer, mark) {
  timer.querySelector("[data-said]").textContent = timer.dataset[`say-${mark}`];
}

document.querySelectorAll("[data-countdown]").forEach(begin);
document.addEventListener("htmx:load", (event) => {
  const arrived = [event.target, ...event.target.querySelectorAll("*")];
  for (const timer of arrived.filter((element) => element.matches("[data-countdown]:not([data-running])"))) {
    timer.dataset.late = "";
    begin(timer);
  }
});
