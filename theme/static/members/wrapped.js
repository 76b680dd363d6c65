// What a host keeps for members: opened with WebCrypto alone, as divan/members wraps it. Keys never leave the device.
const FORMAT = "divan members 1\0";
const NAME = 16;
const NONCE = 12;
const ENTRY = 56;
const TIGHT = 1;
const SHARED = /\.(css|js|svg)$/; // what every page asks for again

/** Why nothing is shown: unknown, altered, older, absent, unreachable, closed. */
class Refused extends Error {}

const bytesOf = (text) => new TextEncoder().encode(text);
const base64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const same = (one, other) => one.length === other.length && one.every((byte, at) => byte === other[at]);
const wordAt = (bytes, at) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(at);
const use = (salt, info) => ({ name: "HKDF", hash: "SHA-256", salt, info: bytesOf(info) });

/** How a host calls a file: the beginning of its SHA-256. */
async function identifier(file) {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", file)).slice(0, NAME));
}

class OpenEpoch {
  /** The epoch that a member's key opens in the table of keys. */
  static async of(table, member) {
    const salt = base64(table.salt);
    const entries = base64(table.entries);
    const mark = new Uint8Array(await crypto.subtle.deriveBits(use(salt, "divan entry"), member, 128));
    for (let at = 0; at < entries.length; at += ENTRY) {
      if (same(entries.subarray(at, at + 16), mark)) return OpenEpoch.#unwrapped(table.epoch, salt, entries.slice(at + 16, at + ENTRY), member);
    }
    throw new Refused("unknown");
  }

  static async #unwrapped(number, salt, wrapped, member) {
    const derive = (key, info, kind, uses) => crypto.subtle.deriveKey(use(salt, info), key, kind, false, uses);
    const wrapping = await derive(member, "divan wrapping", { name: "AES-KW", length: 256 }, ["unwrapKey"]);
    const root = await crypto.subtle.unwrapKey("raw", wrapped, wrapping, "AES-KW", "HKDF", false, ["deriveKey"]).catch(() => {
      throw new Refused("altered");
    });
    const epoch = new OpenEpoch();
    epoch.number = number;
    epoch.files = await derive(root, "divan files", { name: "AES-GCM", length: 256 }, ["decrypt"]);
    epoch.names = await derive(root, "divan names", { name: "HMAC", hash: "SHA-256", length: 256 }, ["sign"]);
    return epoch;
  }

  async name(path) {
    return new Uint8Array(await crypto.subtle.sign("HMAC", this.names, bytesOf(path))).slice(0, NAME);
  }

  /** The content of the file wrapped for `path`; anything else is refused. */
  async unwrap(path, file) {
    const name = await this.name(path);
    const about = new Uint8Array(FORMAT.length + 4 + NAME);
    about.set(bytesOf(FORMAT));
    new DataView(about.buffer).setUint32(FORMAT.length, this.number);
    about.set(name, FORMAT.length + 4);
    const how = { name: "AES-GCM", iv: file.slice(0, NONCE), additionalData: about };
    const body = await crypto.subtle.decrypt(how, this.files, file.slice(NONCE)).then((plain) => new Uint8Array(plain), () => {
      throw new Refused("altered");
    });
    const start = 7 + ((body[1] << 8) | body[2]);
    const kept = body.slice(start, start + wordAt(body, 3));
    return body[0] === TIGHT ? loosened(kept) : kept;
  }
}

async function loosened(kept) {
  const stream = new Blob([kept]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** One build of the members' edition, as its register tells it. */
class OpenBuild {
  static async of(epoch, contents, fetched) {
    const about = JSON.parse(new TextDecoder().decode(await epoch.unwrap("contents", contents)));
    if (about.epoch !== epoch.number) throw new Refused("altered");
    const build = new OpenBuild();
    Object.assign(build, { epoch, fetched, made: about.made, shards: about.shards, known: new Map(), shared: new Map(), asked: Date.now() });
    return build;
  }

  /** The content at a path; that of a style or a script is opened once a build, and forgotten with it. */
  async read(path) {
    if (this.shared.has(path)) return this.shared.get(path);
    const found = await this.#found(path);
    if (SHARED.test(path)) this.shared.set(path, found);
    return found;
  }

  async #found(path) {
    const name = await this.epoch.name(path);
    const rank = wordAt(name, 0) % this.shards.length;
    if (!this.known.has(rank)) this.known.set(rank, await this.#file(`.register/${rank}`, this.shards[rank]));
    const shard = this.known.get(rank);
    for (let at = 0; at < shard.length; at += 2 * NAME) {
      if (same(shard.subarray(at, at + NAME), name)) return this.#file(path, hex(shard.subarray(at + NAME, at + 2 * NAME)));
    }
    throw new Refused("absent");
  }

  async #file(path, identity) {
    const file = await this.fetched(`f/${identity.slice(0, 2)}/${identity.slice(2)}`);
    if ((await identifier(file)) !== identity) throw new Refused("altered");
    return this.epoch.unwrap(path, file);
  }
}
