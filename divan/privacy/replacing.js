// Ce que l'on peut écrire à la place d'un passage repéré : mêmes lignes et mêmes mots que privacy/replacing.py.
import { Told } from "./dates_told.js";

const AROUND = 40;

/** The offers of the site, which lie beside this script, compiled once a page. */
export async function loadReplacements() {
  const answer = await fetch(new URL("replacements.json", import.meta.url));
  if (!answer.ok) throw new Error("replacements.json");
  return compileReplacements(await answer.json());
}

export function compileReplacements(table) {
  const offers = table.offers.map((row) => ({
    ...row,
    lead: row.lead && new RegExp(`(?:^|(?<=[^a-zéèâàû]))${row.lead}$`, "iu"),
    when: row.when && new RegExp(`^(?:${row.when})`, "iu"),
    tail: row.tail && new RegExp(`^(?:${table.tails[row.tail]})`, "iu"),
  }));
  return { table, offers };
}

/** What may stand instead of a finding in a text: [{start, end, text}], the likeliest first; '' takes it away. */
export function replacements(text, { rule, start, end }, { table, offers }, today = new Date()) {
  const passage = text.slice(start, end).trimEnd();
  const last = start + passage.length;
  const around = { before: text.slice(Math.max(start - AROUND, 0), start), passage, after: text.slice(last, last + AROUND) };
  for (const offer of offers) {
    const found = offer.rules.includes(rule.id) ? [...made(offer, around, today, table)] : [];
    if (found.length) return found.map(([lead, tail, said]) => placed(text, start - lead, last + tail, said));
  }
  return [placed(text, start, last, "")];
}

function* made(offer, { before, passage, after }, today, table) {
  const lead = offer.lead ? offer.lead.exec(before) : null;
  const own = offer.when ? offer.when.exec(passage) : null;
  const tail = offer.tail ? offer.tail.exec(after) : null;
  if ((offer.lead && !lead) || (offer.when && !own) || (offer.tail && !tail)) return;
  const told = new Told(passage + (tail?.[0] ?? ""), today, table);
  const value = (name) => (name === "own" && own?.[1] ? own[1] : told.value(name));
  for (const text of offer.offers) {
    const names = [...text.matchAll(/\{([a-z_]+)\}/g)].map(([, name]) => name);
    if (names.some((name) => value(name) === null)) continue;
    yield [lead && !offer.keep_lead ? lead[0].length : 0, tail?.[0].length ?? 0, text.replace(/\{([a-z_]+)\}/g, (_, name) => value(name))];
  }
}

function placed(text, start, end, said) {
  const alone = !said && text[start - 1] === " " && ["", " ", ",", ".", "\n"].includes(text.slice(end, end + 1));
  return { start: start - (alone ? 1 : 0), end, text: said };
}
