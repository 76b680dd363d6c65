// The device's own lock (fingerprint, face, code) as a key: WebAuthn's PRF wraps what opens. Nothing of it is sent.
const random = (size) => crypto.getRandomValues(new Uint8Array(size));
const INFO = new TextEncoder().encode("divan passkey");

/** Whether this device may have such a key. */
export async function canKeep() {
  const kind = globalThis.PublicKeyCredential;
  if (!kind?.isUserVerifyingPlatformAuthenticatorAvailable || !(await kind.isUserVerifyingPlatformAuthenticatorAvailable())) return false;
  const told = (await kind.getClientCapabilities?.()) ?? {};
  return told["extension:prf"] !== false;
}

async function wrapping(secret) {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: INFO };
  return crypto.subtle.deriveKey(how, key, { name: "AES-KW", length: 256 }, false, ["wrapKey", "unwrapKey"]);
}

async function secretOf({ id, salt }) {
  const publicKey = {
    challenge: random(32), userVerification: "required", allowCredentials: [{ type: "public-key", id, transports: ["internal"] }],
    extensions: { prf: { eval: { first: salt } } },
  };
  const found = await navigator.credentials.get({ publicKey });
  return found.getClientExtensionResults().prf?.results?.first;
}

/** What the device keeps so that its lock opens `root` again; null when its lock makes no such key. */
export async function locked(root, name) {
  const salt = random(32);
  const publicKey = {
    challenge: random(32), rp: { name }, user: { id: random(16), name, displayName: name }, attestation: "none",
    pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
    authenticatorSelection: { authenticatorAttachment: "platform", residentKey: "discouraged", userVerification: "required" },
    extensions: { prf: { eval: { first: salt } } },
  };
  const made = await navigator.credentials.create({ publicKey });
  const kept = { id: new Uint8Array(made.rawId), salt };
  const { prf } = made.getClientExtensionResults();
  const secret = prf?.results?.first ?? (prf?.enabled ? await secretOf(kept) : null);
  if (!secret) {
    dropped(kept);
    return null;
  }
  const plain = await crypto.subtle.importKey("raw", root, { name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  return { ...kept, wrapped: new Uint8Array(await crypto.subtle.wrapKey("raw", plain, await wrapping(secret), "AES-KW")) };
}

/** The member's key, once the device's owner has been recognised; throws otherwise. */
export async function unlocked(kept) {
  const key = await wrapping(await secretOf(kept));
  return crypto.subtle.unwrapKey("raw", kept.wrapped, key, "AES-KW", "HKDF", false, ["deriveBits", "deriveKey"]);
}

/** Tell the device, where it listens, that this key opens nothing any more. */
export function dropped({ id }) {
  const credentialId = btoa(String.fromCharCode(...id)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  globalThis.PublicKeyCredential?.signalUnknownCredential?.({ rpId: location.hostname, credentialId }).catch(() => {});
}
