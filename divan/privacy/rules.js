// Les règles de rules.json : à quels mots chacune est essayée, ce qu'elle y trouve, ce qu'elle laisse : comme rules.py.

import { proves } from "./check_keys.js";

const BEFORE = 90;
const LONG = 7; // chiffres : de plus longs nombres ne se distinguent pas
const NO_RULE = [];

/** Les règles prêtes à chercher ; une fois par page. */
export function compileRules({ classes, rules }) {
  const compiled = rules.map((rule) => compileRule(rule, classes));
  const tries = new Map();
  compiled.forEach((rule, order) => {
    for (const form of rule.forms) {
      for (const word of form.at) {
        if (!tries.has(word)) tries.set(word, []);
        tries.get(word).push({ rule, order, form });
      }
    }
  });
  const [atInitials, atCapital] = ["A", "Aaa"].map((name) => tries.get(name) ?? NO_RULE);
  const orderOfTag = new Map(compiled.flatMap((rule, order) => (rule.tag ? [[rule.tag, order]] : [])));
  return { all: compiled, atWord: tries, atInitials, atCapital, orderOfTag };
}

function compileRule(rule, classes) {
  const compiled = (written, flags = "u") =>
    written === undefined ? null : new RegExp(rule.ignore_case ? expand(written, classes).toLowerCase() : expand(written, classes), flags);
  const forms = rule.forms ?? (rule.pattern ? [rule] : []);
  return {
    ...rule,
    except: compiled(rule.except),
    exceptBefore: compiled(rule.except_before, "iu"),
    exceptAfter: compiled(rule.except_after, "iu"),
    forms: forms.map((form) => ({
      at: form.at.split(" ").flatMap((name) => listed(name, classes)),
      pattern: compiled(form.pattern, "yu"),
      ledBy: compiled(form.led_by),
      check: form.check,
    })),
  };
}

const listed = (name, classes) => (name.length > 1 && name[0] === "%" ? classes[name.slice(1, -1)].map((word) => word.toLowerCase()) : [name]);

function expand(pattern, classes) {
  const value = (written) => (Array.isArray(written) ? `(?:${written.join("|")})` : written);
  const expanded = Object.keys(classes).reduce((text, name) => text.replaceAll(`%${name}%`, () => value(classes[name])), pattern);
  return expanded === pattern ? pattern : expand(expanded, classes);
}

/** Où une règle tient : {rule, order, start, end} ; ceux d'une même règle ne se recouvrent pas. */
export function byRule(words, rules) {
  const found = [];
  const freeFrom = new Map();
  for (const { place, rule, order, form, match } of matched(words, rules)) {
    if (place < (freeFrom.get(order) ?? 0)) continue;
    const end = place + match[0].length;
    const start = startOf(match, form, end);
    if (start === null || isExcepted(rule, words, start, end)) continue;
    if (form.check && !proves(form.check, words.read.slice(start, end))) continue;
    freeFrom.set(order, end);
    found.push({ rule, order, start, end });
  }
  return found;
}

function matched(words, rules) {
  const found = [];
  for (const [place, tries] of triesOf(words, rules)) {
    for (const { rule, order, form } of tries) {
      form.pattern.lastIndex = place;
      const match = form.pattern.exec(rule.ignore_case ? words.readLow : words.read);
      if (match) found.push({ place, rule, order, form, match });
    }
  }
  return found.sort((a, b) => a.place - b.place);
}

/** Où des formes sont essayées, et lesquelles : à chaque mot, et à chacun de ceux que joint un trait d'union. */
function triesOf({ written, places }, rules) {
  const found = [];
  written.forEach((word, at) => {
    let place = places[at];
    for (const part of word.split("-")) {
      found.push(...triesAt(part, rules).map((tries) => [place, tries]));
      place += part.length + 1;
    }
  });
  return found;
}

function triesAt(part, { atWord, atInitials, atCapital }) {
  if (part >= "0" && part < ":") {
    return [part[0] === "0" ? atWord.get("0") : null, atWord.get("9".repeat(Math.min(part.length, LONG)))].filter(Boolean);
  }
  const plain = part.toLowerCase();
  const tries = atWord.get(plain);
  const capital = plain === part ? null : plain.length < 3 ? atInitials : atCapital;
  return [tries, capital].filter(Boolean);
}

/** Un groupe, s'il y en a un, est tout ce qui est trouvé, et finit le motif. */
function startOf(match, { ledBy }, end) {
  if (match[1]) return end - match[1].length;
  if (!ledBy) return match.index;
  const led = ledBy.exec(match.input.slice(Math.max(match.index - BEFORE, 0), match.index));
  return led && match.index - led[0].length;
}

/** Si un passage, ou ce qui est avant, est de ceux que la règle laisse. */
export function isExcepted(rule, words, start, end) {
  const read = rule.ignore_case ? words.readLow : words.read;
  if (rule.except?.test(read.slice(start, end))) return true;
  if (rule.exceptBefore?.test(read.slice(Math.max(start - BEFORE, 0), start))) return true;
  return rule.exceptAfter?.test(read.slice(end, end + BEFORE)) ?? false;
}
