// A form with data-passkey asks the person's device for a passkey ("create") or for its answer ("get"), and is then sent
// with what the device says in its field "answer". What to ask stands in data-options, or is fetched from data-begin.
// Without this script, or without passkeys in the browser, the form stays hidden, and what is beside it goes on.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));

function text(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (one) => String.fromCharCode(one)).join("");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function read(options) {
  const listed = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    ...(options.excludeCredentials && { excludeCredentials: listed(options.excludeCredentials) }),
    ...(options.allowCredentials?.length && { allowCredentials: listed(options.allowCredentials) }),
  };
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) {
      response[name] = text(credential.response[name]);
    }
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

async function asked(form) {
  if (form.dataset.options) {
    return JSON.parse(form.dataset.options);
  }
  const answer = await fetch(form.dataset.begin, { method: "POST", body: new FormData(form) });
  if (!answer.ok) {
    throw new Error("the server asks nothing");
  }
  return answer.json();
}

async function send(form) {
  const told = form.querySelector("[data-passkey-told]");
  told.hidden = true;
  try {
    const publicKey = read(await asked(form));
    form.elements.answer.value = written(await navigator.credentials[form.dataset.passkey]({ publicKey }));
    form.submit();
  } catch {
    told.hidden = false; // refused or put off by the person, or no such passkey: the browser does not say which
  }
}

if (window.PublicKeyCredential && navigator.credentials) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
  }
  for (const other of document.querySelectorAll("[data-without-passkeys]")) {
    other.hidden = true;
  }
}

// Before the guard against a second click sees it: the device may be asked again.
document.addEventListener(
  "submit",
  (event) => {
    if (event.target.matches("form[data-passkey]")) {
      event.preventDefault();
      send(event.target);
    }
  },
  true,
);
