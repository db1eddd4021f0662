// The camera of a scan page: <form data-scanner> with a text field "q", a button [data-scanner-camera], a
// <video data-scanner-view> and a sentence [data-scanner-said]. Only where the browser reads QR codes by itself; else
// the button stays hidden, and reader, keyboard and photograph do the work.
const PERIOD = 200;

async function start(form, detector) {
  const view = form.querySelector("[data-scanner-view]");
  try {
    view.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    form.querySelector("[data-scanner-said]").hidden = false;
    return;
  }
  view.hidden = false;
  await view.play();
  const found = await firstCode(view, detector);
  view.srcObject.getTracks().forEach((track) => track.stop());
  form.elements.q.value = found;
  form.requestSubmit();
}

async function firstCode(view, detector) {
  for (;;) {
    const codes = await detector.detect(view).catch(() => []);
    if (codes.length) return codes[0].rawValue;
    await new Promise((resume) => setTimeout(resume, PERIOD));
  }
}

async function offer(form) {
  const formats = "BarcodeDetector" in window ? await BarcodeDetector.getSupportedFormats() : [];
  if (!formats.includes("qr_code") || !navigator.mediaDevices) return;
  const button = form.querySelector("[data-scanner-camera]");
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    start(form, new BarcodeDetector({ formats: ["qr_code"] })).finally(() => (button.disabled = false));
  });
}

document.querySelectorAll("[data-scanner]").forEach((form) => {
  form.elements.q.focus();
  form.elements.q.select(); // the next scan takes the place of what could not be read
  offer(form);
});
