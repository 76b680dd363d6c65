// Les règles de rules.json dans le navigateur de l'auteur, avant qu'il n'envoie quoi que ce soit.
// Même résultat que privacy/detect.py : un test passe les mêmes phrases aux deux.

import { asRead, compileSigns } from "../sources/reader_text.js";
import { phrases, places } from "./phrases.js";
import { byRule, compileRules, isExcepted } from "./rules.js";
import { readTagger, tag } from "./tagger.js";
import { split } from "./words.js";

const BETWEEN = "\n\n";

/** What findIdentifiers needs, of rules.json, reader_signs.json, tagger.json and the group's names; once a page. */
export function compileDetector(rules, signs, tagger, names) {
  const compiled = compileSigns(signs);
  return { rules: compileRules(rules), signs: compiled, tagger: readTagger(tagger), names: groupNames(names, compiled) };
}

/** The detector of the site: its data lie beside its scripts; `names` are those that the group added. */
export async function loadDetector(names = {}) {
  const data = await Promise.all(
    ["rules.json", "../sources/reader_signs.json", "tagger.json"].map(async (name) => {
      const answer = await fetch(new URL(name, import.meta.url));
      if (!answer.ok) throw new Error(name);
      return answer.json();
    }),
  );
  return compileDetector(...data, names);
}

/** The names that a group added, each with the tag that the tagger would give it. */
function groupNames({ towns = [], hospitals = [], nicknames = [] } = {}, signs) {
  return phrases([["town", towns], ["hospital", hospitals], ["given_name", nicknames]], signs);
}

/** Passages of text that may identify someone: {rule, start, end, line}, in order, no two overlapping. */
export function findIdentifiers(text, detector, { without = [], reviewed = [] } = {}) {
  const { rules, signs, tagger, names } = detector;
  const read = asRead(text, signs);
  const words = split(read.text);
  const found = byRule(words, rules);
  const listed = places(words, names).map(({ kind, start, end }) => ({ tag: kind, start, end }));
  for (const { tag: name, start, end } of [...listed, ...wholeNames(tag(words, tagger))]) {
    const order = rules.orderOfTag.get(name);
    const rule = rules.all[order];
    if (!isExcepted(rule, words, start, end)) found.push({ rule, order, start, end });
  }
  const kept = found.filter(({ rule }) => !without.includes(rule.id));
  const seen = located(apart(kept), read, text, new Set(reviewed.map((passage) => asRead(passage, signs).text.trim())));
  if (!read.asides.length) return seen;
  const unseen = read.asides.map(([first, last]) => text.slice(first, last)).join(BETWEEN);
  return spaced([...seen, ...moved(findIdentifiers(unseen, detector, { without, reviewed }), read.asides, text)]);
}

/** What was found in all that stands aside, put end to end, where it is in `text`. */
function moved(found, asides, text) {
  const kept = [];
  let [place, begins, line, counted] = [0, 0, 1, 0];
  for (const one of found) {
    const length = () => asides[place][1] - asides[place][0] + BETWEEN.length;
    for (; one.start >= begins + length(); place += 1) begins += length();
    const start = asides[place][0] + one.start - begins;
    const end = start + one.end - one.start;
    if (end > asides[place][1]) continue;
    line += text.slice(counted, start).split("\n").length - 1;
    counted = start;
    kept.push({ rule: one.rule, start, end, line });
  }
  return kept;
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
  return spaced(found.sort((a, b) => last(a) - last(b) || a.start - b.start || b.end - a.end || a.order - b.order));
}

/** In order, each unless it overlaps one that came before it. */
function spaced(found) {
  const kept = [];
  for (const one of found) {
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
