// The index that « divan index » writes: which pages a query finds, in which order. Only the shards asked for are fetched.
import { mayBegin, nearly, stem } from "./words.js";

const COMPLETED = 3; // letters from which the last word may be the beginning of one
const FORGIVEN = 4; // letters from which one may be wrong
const MOST_TERMS = 20;
const KEPT = "divan-chercher";

/** What one word of a query leads to: levels by page, how rare it is, and what was read instead of it, if anything. */
const nothing = { levels: new Map(), rarity: 0, instead: "" };

export class Index {
  /** `folder` is the index's address; `slug` puts a text in plain letters; `offline`: keep what was fetched. */
  constructor(folder, abbreviations, slug, offline) {
    this.abbreviations = abbreviations;
    this.folder = folder;
    this.slug = slug;
    this.offline = offline;
    this.files = new Map();
  }

  async open() {
    this.about = await this.#get("index.json", "no-cache");
    this.shards = new Set(this.about.shards.split(" ").filter(Boolean));
    this.common = new Set(this.about.common.split(" "));
    this.guides = read(this.about.guides);
    this.meant = new Map();
    for (const [short, meanings] of [...Object.entries(this.abbreviations), ...Object.entries(this.about.meanings)]) {
      const root = stem(short.toLowerCase());
      this.meant.set(root, [...new Set([...(this.meant.get(root) ?? []), ...meanings])]);
    }
  }

  stems(text) {
    return this.slug(text).split("-").filter((word) => word.length > 1 && !this.common.has(word));
  }

  /** Pages in order, all with every word (`whole`) or with what weighs most; words that lead nowhere, or elsewhere. */
  async find(text, filters) {
    const words = [...new Set(this.stems(text))];
    const groups = await Promise.all(words.map((word, at) => this.#meant(word, at === words.length - 1)));
    const [said, ...chosen] = await Promise.all([`~h${this.slug(text)}`, ...filters].map(async (term) => read(await this.#line(term))));
    const known = groups.filter((group) => group.levels.size);
    const lost = words.filter((_, at) => !groups[at].levels.size);
    const corrected = words.map((word, at) => [word, groups[at].instead]).filter(([, instead]) => instead);
    const allowed = (page) => chosen.every((pages) => pages.has(page));
    if (words.length && !known.length) return { pages: [], whole: false, lost, corrected, words };
    const pages = words.length ? this.#ranked(known, said, allowed) : [...(chosen[0] ?? []).keys()].filter(allowed).sort((a, b) => this.#last(a, b));
    const whole = pages.filter((page) => known.every((group) => group.levels.has(page)));
    return { pages: whole.length ? whole : pages, whole: whole.length > 0 && !lost.length, lost, corrected, words };
  }

  /** What the letters of a query may stand for: [[word, meanings], ...]. */
  meanings(text) {
    return this.stems(text).map((word) => [word, this.#meanings(word)]).filter(([, meanings]) => meanings.length);
  }

  #meanings(word) {
    return this.meant.get(stem(word)) ?? [];
  }

  async card(page) {
    const cards = await this.#get(`fils/${Math.floor(page / this.about.block)}.json`);
    return cards[page];
  }

  facets() {
    return this.#get("facettes.json");
  }

  #ranked(groups, said, allowed, share = 0.5) {
    const scores = new Map();
    const held = new Map();
    for (const { levels, rarity, instead } of groups) {
      for (const [page, level] of levels) {
        scores.set(page, (scores.get(page) ?? 0) + rarity * (instead ? 0.5 : 1) * (0.5 + level / 4));
        held.set(page, (held.get(page) ?? 0) + rarity);
      }
    }
    const needed = share * groups.reduce((sum, group) => sum + group.rarity, 0);
    for (const page of said.keys()) scores.set(page, (scores.get(page) ?? 0) + 8);
    const enough = [...scores.keys()].filter((page) => allowed(page) && ((held.get(page) ?? 0) >= needed || said.has(page)));
    return enough.sort((a, b) => this.guides.has(a) - this.guides.has(b) || scores.get(b) - scores.get(a) || b - a);
  }

  #last(a, b) {
    return this.guides.has(a) - this.guides.has(b) || b - a;
  }

  async #meant(word, last) {
    const exact = await this.#line(stem(word));
    if (exact) return this.#group([exact], "");
    const meanings = this.#meanings(word);
    if (meanings.length) return this.#said(meanings);
    const longer = last && word.length >= COMPLETED ? await this.#terms((name) => name.startsWith(word) || word.startsWith(name), (term) => term.startsWith(word)) : [];
    if (longer.length) return this.#group(longer.slice(0, MOST_TERMS).map(([, line]) => line), "");
    if (word.length < FORGIVEN) return nothing;
    const root = stem(word);
    const near = await this.#near(root);
    if (!near.length) return nothing;
    const [[instead]] = near;
    return this.#group(near.slice(0, 3).map(([, line]) => line), instead);
  }

  /** Letters that no page has: the pages that hold the words of one of their meanings, or what weighs most of them. */
  async #said(meanings) {
    const levels = new Map();
    for (const meaning of meanings) {
      const groups = await Promise.all(this.stems(meaning).map(async (word) => this.#group([await this.#line(stem(word))], "")));
      for (const page of this.#ranked(groups, new Map(), () => true, 0.66)) levels.set(page, 1);
    }
    return levels.size ? this.#weighed(levels) : nothing;
  }

  /** Terms that are nearly `root`: those of the same first letter, else of the next, for one letter too many or too few. */
  async #near(root) {
    const suits = (term) => term.length >= FORGIVEN - 1 && nearly(root, term);
    for (const first of [root[0], root[1], "h"]) {
      const near = await this.#terms((name) => name[0] === first && mayBegin(name, root), suits);
      if (near.length) return near;
    }
    return [];
  }

  #group(lines, instead) {
    const levels = new Map();
    for (const line of lines) for (const [page, level] of read(line)) levels.set(page, Math.max(level, levels.get(page) ?? 0));
    return this.#weighed(levels, instead);
  }

  #weighed(levels, instead = "") {
    return { levels, rarity: Math.log(1 + this.about.count / (levels.size || 1)), instead };
  }

  /** Terms that `suits`, in the shards that `may` hold them, the most frequent first. */
  async #terms(may, suits) {
    const names = [...this.shards].filter((name) => /^[a-z0-9]/.test(name) && may(name.replace("_", "")));
    const shards = await Promise.all(names.map((name) => this.#get(`mots/${name}.json`)));
    const found = shards.flatMap((shard) => Object.entries(shard).filter(([term]) => suits(term)));
    return found.sort(([, a], [, b]) => b.length - a.length);
  }

  async #line(term) {
    const whole = `${term}_`;
    for (let size = whole.length; size > 0; size -= 1) {
      const name = whole.slice(0, size);
      if (!this.shards.has(name)) continue;
      const shard = await this.#get(`mots/${name}.json`);
      return Object.hasOwn(shard, term) ? shard[term] : "";
    }
    return "";
  }

  #get(path, cache = "default") {
    if (!this.files.has(path)) {
      const got = this.#fetch(path, cache);
      got.catch(() => this.files.delete(path));
      this.files.set(path, got);
    }
    return this.files.get(path);
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

/** Levels by page, from one line: « 3kC » is 128 pages further, at level 2. */
function read(line) {
  const levels = new Map();
  let page = 0;
  for (const [, step, level] of line.matchAll(/([0-9a-z]+)([A-P])/g)) {
    page += parseInt(step, 36);
    levels.set(page, level.charCodeAt(0) - 65);
  }
  return levels;
}
