// The device's side of RSABSSA-SHA384-PSS-Deterministic (RFC 9474): hide a number, have it signed unseen, take off what hid it.
const HASH = "SHA-384";
const SALT = 48; // bytes
const DIGEST = 48;

const toNumber = (bytes) => BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`);
const toBytes = (number, size) => Uint8Array.from(number.toString(16).padStart(2 * size, "0").match(/../g), (pair) => parseInt(pair, 16));
export const random = (size) => crypto.getRandomValues(new Uint8Array(size));
export const pack = (bytes) => btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
export const unpack = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const digest = async (...parts) => new Uint8Array(await crypto.subtle.digest(HASH, new Uint8Array(parts.flatMap((part) => [...part]))));

function power(base, exponent, modulus) {
  let result = 1n;
  for (let left = exponent, square = base % modulus; left; left >>= 1n, square = (square * square) % modulus) {
    if (left & 1n) result = (result * square) % modulus;
  }
  return result;
}

function inverse(number, modulus) {
  let [old, now, before, after] = [modulus, number % modulus, 0n, 1n];
  while (now) [old, now, before, after] = [now, old % now, after, before - (old / now) * after];
  if (old !== 1n) throw new Error("no inverse");
  return ((before % modulus) + modulus) % modulus;
}

// EMSA-PSS-ENCODE of RFC 8017 (9.1.1).
async function encode(message, bits, salt) {
  const size = Math.ceil(bits / 8);
  const hash = await digest(new Uint8Array(8), await digest(message), salt);
  const block = new Uint8Array(size - DIGEST - 1);
  block[block.length - SALT - 1] = 1;
  block.set(salt, block.length - SALT);
  for (let start = 0, counter = 0; start < block.length; start += DIGEST, counter += 1) {
    const mask = await digest(hash, toBytes(BigInt(counter), 4));
    for (let n = start; n < Math.min(start + DIGEST, block.length); n += 1) block[n] ^= mask[n - start];
  }
  block[0] &= 0xff >> (8 * size - bits);
  return new Uint8Array([...block, ...hash, 0xbc]);
}

// A key as a page carries it: base64 of its DER.
export async function readKey(text) {
  const verifying = await crypto.subtle.importKey("spki", unpack(text), { name: "RSA-PSS", hash: HASH }, true, ["verify"]);
  const { n, e } = await crypto.subtle.exportKey("jwk", verifying);
  const [modulus, exponent] = [toNumber(unpack(n)), toNumber(unpack(e))];
  return { verifying, modulus, exponent, bits: modulus.toString(2).length, size: Math.ceil(modulus.toString(2).length / 8) };
}

function drawFactor(key) {
  for (;;) {
    const factor = toNumber(random(key.size));
    if (factor > 1n && factor < key.modulus) return factor;
  }
}

// What goes to be signed, and what takes the mask off; neither says anything of the other to who has not drawn the mask.
export async function blind(key, serial, factor = drawFactor(key), salt = random(SALT)) {
  const message = toNumber(await encode(serial, key.bits - 1, salt));
  const blinded = (message * power(factor, key.exponent, key.modulus)) % key.modulus;
  return { blinded: toBytes(blinded, key.size), unmask: toBytes(inverse(factor, key.modulus), key.size) };
}

// The signature of the serial number; an error when the key of this page has not signed it.
export async function finish(key, serial, signature, unmask) {
  const signed = toBytes((toNumber(signature) * toNumber(unmask)) % key.modulus, key.size);
  const right = await crypto.subtle.verify({ name: "RSA-PSS", saltLength: SALT }, key.verifying, signed, serial);
  if (!right) throw new Error("signed with another key");
  return signed;
}
