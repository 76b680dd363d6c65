// Which pages a query finds, in which order; what its words stand for when no page has them as they were typed.
import { Files, read, total } from "./files.js";
import { mayBegin, nearly, sounds, stem } from "./words.js";

const COMPLETED = 3; // letters from which the last word may be the beginning of one
const FORGIVEN = 4; // letters from which one may be wrong
const MOST_TERMS = 20;
const ENOUGH = 10; // pages; a search that finds fewer among the best of frequent words reads all of theirs
const MOST_IN_PART = 15; // pages that have some of the words, after those that have all
const IN_PART = 0.2; // how much of a query such a page has to hold, by how rare its words are
const MOSTLY = 0.5; // how much of it pages have to hold not to seek further, among those of frequent words
const PREFIX = /^(?:anti|endo|hemi|hyper|hypo|macro|micro|para|peri|poly|post|pre)-?(?=.{5})/;
const COMPOUND = /[\p{L}\p{N}]+(?:[-\u2010-\u2013][\p{L}\p{N}]+)+/gu;
const ALIKE = { c: "kqs", e: "h", f: "p", i: "y", k: "cq", q: "ck", s: "c", y: "i" }; // first letters that sound as another

/** What one word of a query leads to: levels by page, how rare it is, and what was read instead of it, if anything. */
const nothing = { levels: new Map(), rarity: 0, instead: "" };

export class Index {
  /** `folder` is the index's address; `slug` puts a text in plain letters; `offline`: keep what was fetched. */
  constructor(folder, abbreviations, slug, offline) {
    this.abbreviations = abbreviations;
    this.files = new Files(folder, offline);
    this.slug = slug;
  }

  async open() {
    this.about = await this.files.open();
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

  /** What is found; `cut`: among the best pages of frequent words alone. */
  async find(text, filters) {
    const found = await this.#find(text, filters, { deep: false, cut: false });
    return found.cut && found.first < ENOUGH ? this.findAll(text, filters) : found;
  }

  findAll(text, filters) {
    return this.#find(text, filters, { deep: true, cut: false });
  }

  /** Pages in order: with every word (`whole`), then with what weighs most; words that lead nowhere, or elsewhere. */
  async #find(text, filters, search) {
    const { words, groups } = await this.#read(text, search);
    const [said, ...chosen] = await Promise.all([`~h${this.slug(text)}`, ...filters].map(async (term) => this.#group([await this.files.line(term, search.deep)], "", search).levels));
    const known = groups.filter((group) => group.levels.size);
    const lost = words.filter((_, at) => !groups[at].levels.size);
    const corrected = words.map((word, at) => [word, groups[at].instead]).filter(([, instead]) => instead);
    const allowed = (page) => chosen.every((pages) => pages.has(page));
    const told = { whole: false, lost, corrected, words, cut: search.cut };
    if (words.length && !known.length) return { ...told, pages: [], first: 0, cut: false };
    if (!words.length) {
      const pages = [...(chosen[0] ?? []).keys()].filter(allowed).sort((a, b) => this.#last(a, b));
      return { ...told, pages, first: pages.length };
    }
    const pages = this.#ranked(known, said, allowed);
    const has = (page) => known.every((group) => group.levels.has(page));
    const whole = pages.filter(has);
    const part = pages.filter((page) => !has(page)).slice(0, MOST_IN_PART);
    return { ...told, pages: [...whole, ...part], first: whole.length || this.#ranked(known, said, allowed, MOSTLY).length, whole: whole.length > 0 && !lost.length };
  }

  /** The words of a query, a compound being one when some page has it so, and what each leads to. */
  async #read(text, search) {
    const hyphened = new Set([...text.matchAll(COMPOUND)].map(([compound]) => this.slug(compound)));
    const typed = this.stems(text);
    const words = [];
    for (let at = 0; at < typed.length; at += 1) {
      const joined = at + 1 < typed.length && (await this.#joined(typed[at], typed[at + 1], hyphened));
      words.push(joined ? typed[at] + typed[++at] : typed[at]);
    }
    const once = [...new Set(words)];
    return { words: once, groups: await Promise.all(once.map((word, at) => this.#meant(word, at === once.length - 1, search))) };
  }

  /** Whether two words that follow each other are one: « anti-coagulant », « burn out » where nothing says « burn ». */
  async #joined(one, other, hyphened) {
    if (!(await this.files.line(stem(one + other)))) return false;
    if ([...hyphened].some((compound) => `-${compound}-`.includes(`-${one}-${other}-`))) return true;
    const lines = await Promise.all([one, other].map((word) => this.files.line(stem(word))));
    return lines.includes("");
  }

  /** What the letters of a query may stand for: [[word, meanings], ...]. */
  meanings(text) {
    return this.stems(text).map((word) => [word, this.#meanings(word)]).filter(([, meanings]) => meanings.length);
  }

  #meanings(word) {
    return this.meant.get(stem(word)) ?? [];
  }

  async card(page) {
    const cards = await this.files.get(`fils/${Math.floor(page / this.about.block)}.json`);
    return cards[page];
  }

  facets() {
    return this.files.get("facettes.json");
  }

  /** Pages that hold enough of `groups`, the guides last: how much a page is about the words, and how many it has. */
  #ranked(groups, said, allowed, share = IN_PART) {
    const scores = new Map();
    const held = new Map();
    for (const { levels, rarity, instead } of groups) {
      for (const [page, level] of levels) {
        scores.set(page, (scores.get(page) ?? 0) + rarity * (instead ? 0.5 : 1) * (0.5 + level / 4));
        held.set(page, (held.get(page) ?? 0) + rarity);
      }
    }
    const all = groups.reduce((sum, group) => sum + group.rarity, 0);
    for (const [page, score] of scores) scores.set(page, (score * held.get(page)) / all);
    for (const page of said.keys()) scores.set(page, (scores.get(page) ?? 0) + 8);
    const enough = [...scores.keys()].filter((page) => allowed(page) && ((held.get(page) ?? 0) >= share * all || said.has(page)));
    return enough.sort((a, b) => this.guides.has(a) - this.guides.has(b) || scores.get(b) - scores.get(a) || b - a);
  }

  #last(a, b) {
    return this.guides.has(a) - this.guides.has(b) || b - a;
  }

  async #meant(word, last, search) {
    const exact = await this.files.line(stem(word), search.deep);
    const short = word.length >= FORGIVEN && stem(word).endsWith("o"); // « dermato », « écho »
    if (exact && !short) return this.#group([exact], "", search);
    const meanings = exact ? [] : this.#meanings(word);
    if (meanings.length) return this.#said(meanings, search);
    const start = short ? stem(word) : word;
    const longer = word.length >= (last ? COMPLETED : FORGIVEN) ? await this.files.terms((name) => name.startsWith(start) || start.startsWith(name), (term) => term.startsWith(start), search.deep) : [];
    if (exact || longer.length) return this.#group([exact, ...longer.slice(0, MOST_TERMS).map(([, line]) => line)], "", search);
    if (word.length < FORGIVEN || !/[aeiouy]/.test(word)) return nothing; // « SVCR » n’est pas une faute de frappe
    const near = await this.#near(stem(word), search);
    if (near.length) return this.#group(near.slice(0, 3).map(([, line]) => line), near[0][0], search);
    return this.#bare(word, search);
  }

  /** « hyperéosinophilie » where no page has it: what it is said of. */
  async #bare(word, search) {
    const bare = word.replace(PREFIX, "");
    const line = bare === word ? "" : await this.files.line(stem(bare), search.deep);
    return line ? this.#group([line], bare, search) : nothing;
  }

  /** Letters that no page has: the pages that hold the words of one of their meanings, or what weighs most of them. */
  async #said(meanings, search) {
    const levels = new Map();
    for (const meaning of meanings) {
      const groups = await Promise.all(this.stems(meaning).map(async (word) => this.#group([await this.files.line(stem(word), search.deep)], "", search)));
      for (const page of this.#ranked(groups, new Map(), () => true, 0.66)) levels.set(page, 1);
    }
    return levels.size ? this.#weighed(levels) : nothing;
  }

  /** Terms that are nearly `root`, or sound nearly as it does: of the same first letter, else of another that may begin it. */
  async #near(root, search) {
    const heard = sounds(root);
    const suits = (term) => term.length >= FORGIVEN - 1 && (nearly(root, term) || (heard.length > FORGIVEN ? nearly(heard, sounds(term)) : heard === sounds(term)));
    for (const first of new Set([root[0], root[1], "h", ...(ALIKE[root[0]] ?? "")])) {
      const near = await this.files.terms((name) => name[0] === first && (mayBegin(name, root) || mayBegin(sounds(name), heard)), suits, search.deep);
      if (near.length) return near;
    }
    return [];
  }

  #group(lines, instead, search) {
    const levels = new Map();
    for (const line of lines) for (const [page, level] of read(line)) levels.set(page, Math.max(level, levels.get(page) ?? 0));
    search.cut ||= !search.deep && lines.some((line) => line.includes("+"));
    return this.#weighed(levels, instead, Math.max(levels.size, ...lines.map(total)));
  }

  #weighed(levels, instead = "", many = levels.size) {
    return { levels, rarity: Math.log(1 + this.about.count / (many || 1)), instead };
  }
}
