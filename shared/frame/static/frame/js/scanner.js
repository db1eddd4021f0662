// A scan page: <form data-scanner> with a text field "q", buttons [data-scanner-camera] and [data-scanner-stop], a
// <video data-scanner-view>, a sentence [data-scanner-said] for no camera; data-scanner-read is the address that reads
// a frame where the browser does not know QR codes by itself.
//
// A reader is a keyboard that types quickly: it may end with Enter or Tab, and with the Japanese input method left on
// its Enter only ends the composition. All three send the form.
const PERIOD = 200;
const FRAME = 640; // pixels of a frame's longer side that is sent to be read
const QUICK = 60; // milliseconds between two keys; nobody types so fast
const AGAIN = 10_000; // a card that is still held before the camera is read once
const WHOLE = /^\s*[A-Za-zＡ-Ｚａ-ｚ]{1,6}[\s\-‐－―ーｰ]*(?:[0-9０-９][\s\-‐－―ーｰ]*){7,10}$/;

// The next scan takes the place of what could not be read, also where it came before this script did.
function begin(field) {
  const shown = field.defaultValue;
  if (document.activeElement !== field) field.focus();
  if (field.value === shown) field.select();
  else if (shown && field.value.startsWith(shown)) field.value = field.value.slice(shown.length);
  else if (shown && field.value.endsWith(shown)) field.value = field.value.slice(0, -shown.length);
}

function listen(form) {
  const field = form.elements.q;
  let began = 0;
  let ends = false;
  const isQuick = () => performance.now() - began < QUICK * field.value.length;
  field.addEventListener("input", () => {
    if (field.value.length <= 1) began = performance.now();
  });
  field.addEventListener("keydown", (event) => {
    if (!field.value) began = performance.now();
    ends = event.key === "Enter" && event.isComposing;
    if (event.key === "Tab" && !event.shiftKey && WHOLE.test(field.value) && isQuick()) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  field.addEventListener("compositionend", () => {
    if (ends && WHOLE.test(field.value)) setTimeout(() => form.requestSubmit());
    ends = false;
  });
}

async function detectorOf() {
  const formats = "BarcodeDetector" in window ? await BarcodeDetector.getSupportedFormats() : [];
  return formats.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
}

async function readHere(view, detector) {
  const codes = await detector.detect(view).catch(() => []);
  return codes.length ? codes[0].rawValue : "";
}

async function readThere(view, form) {
  const scale = Math.min(1, FRAME / Math.max(view.videoWidth, view.videoHeight));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(view.videoWidth * scale);
  canvas.height = Math.round(view.videoHeight * scale);
  canvas.getContext("2d").drawImage(view, 0, 0, canvas.width, canvas.height);
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("photo", await new Promise((made) => canvas.toBlob(made, "image/jpeg", 0.8)), "frame.jpg");
  const answer = await fetch(form.dataset.scannerRead, { method: "POST", body }).catch(() => null);
  return answer?.status === 200 ? (await answer.json()).text : "";
}

function isHeldStill(code) {
  const last = JSON.parse(sessionStorage.getItem("scanner-last") ?? "{}");
  return last.code === code && Date.now() - last.at < AGAIN;
}

async function watch(form, detector) {
  const view = form.querySelector("[data-scanner-view]");
  const stop = form.querySelector("[data-scanner-stop]");
  const button = form.querySelector("[data-scanner-camera]");
  try {
    view.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    sessionStorage.removeItem("scanner-camera");
    form.querySelector("[data-scanner-said]").hidden = false;
    return;
  }
  sessionStorage.setItem("scanner-camera", form.elements.mode?.value ?? "");
  [view.hidden, stop.hidden, button.hidden] = [false, false, true];
  await view.play().catch(() => {}); // stopped before it began
  while (view.srcObject) {
    const code = view.videoWidth ? await (detector ? readHere(view, detector) : readThere(view, form)) : "";
    if (code && view.srcObject && !isHeldStill(code)) {
      sessionStorage.setItem("scanner-last", JSON.stringify({ code, at: Date.now() }));
      form.elements.q.value = code;
      form.requestSubmit();
      return;
    }
    await new Promise((resume) => setTimeout(resume, PERIOD));
  }
}

function end(form) {
  const view = form.querySelector("[data-scanner-view]");
  view.srcObject?.getTracks().forEach((track) => track.stop());
  view.srcObject = null;
  sessionStorage.removeItem("scanner-camera");
  [view.hidden, form.querySelector("[data-scanner-stop]").hidden] = [true, true];
  form.querySelector("[data-scanner-camera]").hidden = false;
}

async function offer(form) {
  if (!navigator.mediaDevices?.getUserMedia) return; // only over https, or on this machine
  const detector = await detectorOf();
  const button = form.querySelector("[data-scanner-camera]");
  button.hidden = false;
  button.addEventListener("click", () => watch(form, detector));
  form.querySelector("[data-scanner-stop]").addEventListener("click", () => end(form));
  // Visitors come one after the other: the camera goes on after each, until it is stopped.
  if (sessionStorage.getItem("scanner-camera") === "visit" && form.elements.mode?.value === "visit") watch(form, detector);
}

document.querySelectorAll("[data-scanner]").forEach((form) => {
  begin(form.elements.q);
  listen(form);
  offer(form);
});
