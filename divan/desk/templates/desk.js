// Ce que le bureau fait de plus avec un script : la clé d'accès, et le clavier. Tout le reste s'en passe.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const said = document.getElementById("passkey-said");
const send = (address, fields) => fetch(address, { method: "POST", body: new URLSearchParams(fields) });

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = text(credential.response[name]);
  return JSON.stringify({
    id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
    clientExtensionResults: {},
  });
}

async function make(token) {
  const options = await (await send("/desk/cle/demander", { token })).json();
  options.challenge = bytes(options.challenge);
  options.user.id = bytes(options.user.id);
  for (const known of options.excludeCredentials || []) known.id = bytes(known.id);
  const credential = await navigator.credentials.create({ publicKey: options });
  const answer = await send("/desk/cle/garder", { token, credential: written(credential) });
  if (!answer.ok) throw new Error("refused");
  location.assign("/desk/");
}

async function enter() {
  const options = await (await send("/desk/cle/entrer", {})).json();
  options.challenge = bytes(options.challenge);
  for (const known of options.allowCredentials || []) known.id = bytes(known.id);
  const credential = await navigator.credentials.get({ publicKey: options });
  const answer = await send("/desk/cle/verifier", { credential: written(credential) });
  if (!answer.ok) throw new Error("refused");
  location.assign("/desk/");
}

function offer(id, action) {
  const button = document.getElementById(id);
  if (!button || !window.PublicKeyCredential) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    said.textContent = "";
    try {
      await action(button.dataset.token);
    } catch {
      said.textContent = "La clé d'accès n'a pas servi ; réessayez, ou continuez sans elle.";
    }
  });
}
offer("passkey-make", make);
offer("passkey-enter", enter);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input,textarea,select")) return;
  const links = [...document.querySelectorAll(".cards > li > a")];
  const at = links.indexOf(document.activeElement);
  if (event.key === "j") links[Math.min(at + 1, links.length - 1)]?.focus();
  if (event.key === "k") links[Math.max(at - 1, 0)]?.focus();
  if (event.key === "f") location.assign("/desk/");
});
