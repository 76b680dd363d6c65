// The files of the index that « divan index » writes, each fetched once, only when asked for, and kept for whoever said so.

const KEPT = "divan-chercher";

export class Files {
  /** `folder` is the index's address; `offline`: keep what was fetched. */
  constructor(folder, offline) {
    this.folder = folder;
    this.offline = offline;
    this.fetched = new Map();
  }

  /** What the index says of itself. */
  async open() {
    this.about = await this.get("index.json", "no-cache");
    this.shards = new Set(this.about.shards.split(" ").filter(Boolean));
    return this.about;
  }

  /** The line of one term, or ""; with what was cut from it when the search goes `deep`. */
  async line(term, deep = false) {
    const whole = `${term}_`;
    for (let size = whole.length; size > 0; size -= 1) {
      const name = whole.slice(0, size);
      if (!this.shards.has(name)) continue;
      const shard = await this.get(`mots/${name}.json`);
      return Object.hasOwn(shard, term) ? this.#whole(name, term, shard[term], deep) : "";
    }
    return "";
  }

  /** Terms that `suits`, in the shards that `may` hold them, with their lines, the most frequent first. */
  async terms(may, suits, deep = false) {
    const names = [...this.shards].filter((name) => /^[a-z0-9]/.test(name) && may(name.replace("_", "")));
    const suiting = async (name) => Object.entries(await this.get(`mots/${name}.json`)).filter(([term]) => suits(term)).map(([term, line]) => [name, term, line]);
    const lines = (await Promise.all(names.map(suiting))).flat();
    const found = await Promise.all(lines.map(async ([name, term, line]) => [term, await this.#whole(name, term, line, deep)]));
    return found.sort(([, a], [, b]) => b.length - a.length);
  }

  async #whole(name, term, line, deep) {
    return deep && line.includes("+") ? `${line} ${(await this.get(`mots/reste/${name}.json`))[term]}` : line;
  }

  get(path, cache = "default") {
    if (!this.fetched.has(path)) {
      const got = this.#fetch(path, cache);
      got.catch(() => this.fetched.delete(path));
      this.fetched.set(path, got);
    }
    return this.fetched.get(path);
  }

  async #fetch(path, cache) {
    const address = new URL(path, this.folder);
    if (this.about) address.search = this.about.stamp;
    const kept = this.offline && "caches" in globalThis ? await caches.open(KEPT).catch(() => null) : null;
    try {
      const answer = await fetch(address, { cache });
      if (!answer.ok) throw new Error(`${answer.status}`);
      await kept?.put(new URL(path, this.folder), answer.clone());
      return await answer.json();
    } catch (trouble) {
      const before = await kept?.match(new URL(path, this.folder));
      if (before) return before.json();
      throw trouble;
    }
  }
}

/** Levels by page, from one line: « 3kC » is 128 pages further, at level 2; after a space it begins again. */
export function read(line) {
  const levels = new Map();
  for (const part of line.split(" ")) {
    let page = 0;
    for (const [, step, level] of part.matchAll(/([0-9a-z]+)([A-P])/g)) {
      page += parseInt(step, 36);
      levels.set(page, level.charCodeAt(0) - 65);
    }
  }
  return levels;
}

/** How many pages a line that was cut leads to in all. */
export function total(line) {
  const [, many = "0"] = line.match(/\+([0-9a-z]+)/) ?? [];
  return parseInt(many, 36);
}
