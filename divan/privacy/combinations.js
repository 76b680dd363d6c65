// Ce qui, ensemble, fait reconnaître quelqu'un (une commune et un métier, un âge et un fait rare) : comme combinations.py.

import { asRead } from "../sources/reader_text.js";
import { findIdentifiers } from "./detect.js";
import { phrases, places } from "./phrases.js";
import { split } from "./words.js";

const OLDEST = 110;
const AFTER_A = new Set(["", ...",.;:)(/-\n"]);
const LASTING = new Set(["depuis", "pendant", "dans", "durant", "les", "apres", "pour", "sur", "en"]);

/** Reads combinations.json; once a page. */
export function compileCombinations({ kinds, enough, reach, words, town_beside, area_number }, signs) {
  const [townBeside, areaNumber] = [new RegExp(town_beside, "uy"), new RegExp(area_number, "ug")];
  return { kinds, enough, reach, words: phrases(Object.entries(words), signs), townBeside, areaNumber };
}

/** The combinations of the site, beside this script. */
export async function loadCombinations(detector) {
  const answer = await fetch(new URL("combinations.json", import.meta.url));
  if (!answer.ok) throw new Error("combinations.json");
  return compileCombinations(await answer.json(), detector.signs);
}

/** The questions that a text draws, in order: {kinds, start, end, line, says, remedy}. */
export function findCombinations(text, detector, known) {
  const read = asRead(text, detector.signs);
  const words = split(read.text);
  const told = [...places(words, known.words), ...ages(words)];
  for (const one of words.read.matchAll(known.areaNumber)) told.push({ kind: "area", start: one.index, end: one.index + one[0].length });
  told.push(...townsBeside(told, words.read, known));
  const facts = told.map(({ kind, start, end }) => ({ kind, start: read.start(start), end: read.end(end) }));
  const there = new Set(facts.map(({ kind }) => kind).filter((kind) => kind !== "town"));
  const wanted = known.enough.some((all) => all.every((kind) => (kind === "town") !== there.has(kind)));
  for (const { rule, start, end } of wanted ? findIdentifiers(text, detector) : []) {
    if (rule.id === "town" && !facts.some((fact) => fact.kind === "area" && fact.start < end && start < fact.end)) facts.push({ kind: "town", start, end });
  }
  return together(facts.sort((a, b) => a.start - b.start), known, text);
}

/** « le facteur de Melle » : la commune d'un métier, que rien d'autre ne dise ou non que c'en est une. */
function townsBeside(told, read, { townBeside }) {
  const areas = new Set(told.filter(({ kind }) => kind === "area").map(({ start }) => start));
  return told.flatMap(({ kind, end }) => {
    townBeside.lastIndex = end;
    const town = kind === "trade" ? townBeside.exec(read) : null;
    if (!town) return [];
    const last = end + town[0].length;
    return areas.has(last - town[1].length) ? [] : [{ kind: "town", start: last - town[1].length, end: last }];
  });
}

/** « 47 ans », which is not « depuis 47 ans ». */
function ages({ low, places: starts }) {
  return low.flatMap((word, at) => {
    const number = low[at - 1] ?? "";
    const counted = ["ans", "an"].includes(word) || (word === "a" && AFTER_A.has(low[at + 1] ?? ""));
    if (!counted || !/^[0-9]+$/.test(number)) return [];
    const [before, second] = [low[at - 2] ?? "", low[at - 3] ?? ""];
    const years = Number(number.slice(0, 4));
    if (years < 1 || years > OLDEST || LASTING.has(before) || (before === "a" && second === "y")) return [];
    return [{ kind: "age", start: starts[at - 1], end: starts[at] + word.length }];
  });
}

function together(facts, { kinds, enough, reach }, text) {
  const questions = [];
  let freeFrom = 0;
  facts.forEach((fact, at) => {
    if (at < freeFrom) return;
    const near = facts.slice(at).filter((one) => one.end - fact.start <= reach);
    const there = new Set(near.map(({ kind }) => kind));
    const met = enough.filter((all) => all.every((kind) => there.has(kind)));
    if (!met.some((all) => all.includes(fact.kind))) return;
    const told = Object.keys(kinds).filter((kind) => met.some((all) => all.includes(kind)));
    const end = Math.max(...near.filter(({ kind }) => told.includes(kind)).map((one) => one.end));
    freeFrom = at + near.filter(({ start }) => start < end).length;
    questions.push({ kinds: told, start: fact.start, end, line: text.slice(0, fact.start).split("\n").length, ...said(told, kinds) });
  });
  return questions;
}

function said(told, kinds) {
  const names = told.map((kind) => kinds[kind].says);
  const blurs = told.map((kind) => `${kinds[kind].says.slice(kinds[kind].says.indexOf(" ") + 1)} → ${kinds[kind].blur}`);
  return {
    says: `${names.slice(0, -1).join(", ")} et ${names.at(-1)}, ensemble, peuvent suffire à reconnaître quelqu'un`,
    remedy: `au besoin, estompez : ${blurs.join(", ")}`,
  };
}
