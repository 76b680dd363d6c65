// Les règles de rules.json dans le navigateur de l'auteur, avant qu'il n'envoie quoi que ce soit.
// Même résultat que privacy/detect.py : un test passe les mêmes phrases aux deux.

import { asRead, compileSigns } from "../sources/reader_text.js";
import { readTagger, tag } from "./tagger.js";

const BEFORE = 90;

const CHECKS = {
  iban(number) {
    const turned = number.slice(4) + number.slice(0, 4);
    const figures = turned.replace(/[A-Z]/g, (letter) => letter.charCodeAt(0) - 55);
    return number.length >= 15 && BigInt(figures) % 97n === 1n;
  },
  luhn(number) {
    let sum = 0;
    [...number].reverse().forEach((digit, place) => {
      const value = Number(digit) * (place % 2 ? 2 : 1);
      sum += value > 9 ? value - 9 : value;
    });
    return sum % 10 === 0;
  },
  social_security(number) {
    if (number.length === 13) return true;
    const place = number.slice(0, 13).replace("2A", "19").replace("2B", "18");
    return Number(97n - (BigInt(place) % 97n)) === Number(number.slice(13));
  },
};

/** What findIdentifiers needs, of rules.json, reader_signs.json and tagger.json; once a page. */
export function compileDetector(rules, signs, tagger) {
  return { rules: compileRules(rules), signs: compileSigns(signs), tagger: readTagger(tagger) };
}

/** The detector of the site: its data lie beside its scripts. */
export async function loadDetector() {
  const data = await Promise.all(
    ["rules.json", "../sources/reader_signs.json", "tagger.json"].map(async (name) => {
      const answer = await fetch(new URL(name, import.meta.url));
      if (!answer.ok) throw new Error(name);
      return answer.json();
    }),
  );
  return compileDetector(...data);
}

function compileRules({ classes, rules }) {
  const expand = (pattern) => {
    const expanded = Object.entries(classes).reduce((text, [name, value]) => text.replaceAll(`%${name}%`, value), pattern);
    return expanded === pattern ? pattern : expand(expanded);
  };
  return rules.map((rule) => {
    const flags = rule.ignore_case ? "iu" : "u";
    const compiled = (key) => (key in rule ? new RegExp(expand(rule[key]), flags) : null);
    return {
      ...rule,
      pattern: rule.pattern ? new RegExp(expand(rule.pattern), `g${flags}`) : null,
      except: compiled("except"),
      exceptBefore: compiled("except_before"),
      onlyAfter: compiled("only_after"),
    };
  });
}

/** Passages of text that may identify someone: {rule, start, end, line}, in order, no two overlapping. */
export function findIdentifiers(text, { rules, signs, tagger }, { without = [], reviewed = [] } = {}) {
  const read = asRead(text, signs);
  const lowered = read.text.toLowerCase();
  const digits = lowered.match(/[0-9]/g)?.length ?? 0;
  const found = rules
    .flatMap((rule, order) =>
      without.includes(rule.id) || !rule.pattern || !mayMatch(rule, lowered, digits)
        ? []
        : [...read.text.matchAll(rule.pattern)]
            .filter((match) => holds(rule, match, read.text))
            .map((match) => ({ rule, order, start: match.index, end: match.index + match[0].length })),
    )
;
  const orders = new Map(rules.flatMap((rule, order) => (rule.tag && !without.includes(rule.id) ? [[rule.tag, order]] : [])));
  for (const { tag: name, start, end } of wholeNames(tag(read.text, tagger))) {
    if (orders.has(name)) found.push({ rule: rules[orders.get(name)], order: orders.get(name), start, end });
  }
  return located(apart(found), read, text, new Set(reviewed.map((passage) => asRead(passage, signs).text.trim())));
}

function mayMatch({ hints, digits = 0 }, lowered, count) {
  return count >= digits && (!hints?.length || hints.some((hint) => lowered.includes(hint)));
}

/** A given name and the surname beside it are one passage. */
function wholeNames(tagged) {
  const whole = [];
  for (const one of tagged) {
    const last = whole.at(-1);
    const both = last && new Set([last.tag, one.tag]);
    if (both?.has("given_name") && both.has("surname") && one.start - last.end <= 1) {
      whole[whole.length - 1] = { tag: "full_name", start: last.start, end: one.end };
    } else whole.push(one);
  }
  return whole;
}

/** In order, no two overlapping: what is never excused first, then what begins first. */
function apart(found) {
  const last = ({ rule }) => (rule.never_excused ? 0 : 1);
  const kept = [];
  for (const one of found.sort((a, b) => last(a) - last(b) || a.start - b.start || a.order - b.order)) {
    let [low, high] = [0, kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (kept[middle].start < one.start) low = middle + 1;
      else high = middle;
    }
    const free = low === 0 || kept[low - 1].end <= one.start;
    if (free && (low === kept.length || one.end <= kept[low].start)) kept.splice(low, 0, one);
  }
  return kept;
}

function located(found, read, text, harmless) {
  const findings = [];
  let [line, counted] = [1, 0];
  for (const { rule, start, end } of found) {
    if (!rule.never_excused && harmless.has(read.text.slice(start, end).trim())) continue;
    const [first, last] = [read.start(start), read.end(end)];
    line += text.slice(counted, first).split("\n").length - 1;
    counted = first;
    findings.push({ rule, start: first, end: last, line });
  }
  return findings;
}

function holds(rule, match, text) {
  if (rule.except?.test(match[0])) return false;
  const before = text.slice(Math.max(match.index - BEFORE, 0), match.index);
  if (rule.exceptBefore?.test(before) || rule.onlyAfter?.test(before) === false) return false;
  return !rule.check || CHECKS[rule.check](match[0].replace(/[^0-9A-Z]/g, ""));
}
