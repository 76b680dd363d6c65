// What identifies a person, found by the rules of `divan check` before anything leaves the device.
import { tidy } from "./typed.js";

const WORDS = /^(?:title|author|specialty):(.*)$/gm;

/** Loads the site's own copy of the detector, which finds its data beside itself; a reviewer, or an error. */
export async function loadReviewer(detectUrl, names) {
  const beside = (name) => import(new URL(name, detectUrl).href);
  const [detect, replacing, asking] = await Promise.all([import(detectUrl), beside("replacing.js"), beside("combinations.js")]);
  const [detector, known] = await Promise.all([detect.loadDetector(names), replacing.loadReplacements()]);
  const combinations = await asking.loadCombinations(detector);
  return new Reviewer(detector, {
    find: detect.findIdentifiers,
    offer: (written, finding) => replacing.replacements(written, finding, known),
    ask: (written) => asking.findCombinations(written, detector, combinations),
  });
}

class Reviewer {
  constructor(detector, means) {
    const { all: rules } = detector.rules;
    this.detector = detector;
    this.caseRules = rules.filter((rule) => rule.cases_only).map((rule) => rule.id);
    this.textRules = rules.filter((rule) => !rule.anywhere).map((rule) => rule.id);
    Object.assign(this, means);
  }

  /** Findings of one text: {says, excusable, masked, passage, start, end, offers}; places are those of the tidied text. */
  findings(text, isCase, without = isCase ? [] : this.caseRules) {
    const written = tidy(text);
    return this.find(written, this.detector, { without }).map((finding) => {
      const { rule, start, end } = finding;
      const passage = written.slice(start, end).trim();
      const offers = this.offer(written, finding).map((offer) => ({ ...offer, written }));
      return { says: rule.says, excusable: !rule.never_excused, masked: mask(passage, rule), passage, start, end, offers };
    });
  }

  /** Facts that together may tell who someone is: {says, remedy, passage, start}; they stop nothing. */
  questions(text) {
    const written = tidy(text);
    return this.ask(written).map(({ says, remedy, start, end }) => ({ says, remedy, passage: written.slice(start, end), start }));
  }

  /** What is left in a whole file, looked at as Python does: the words of its head as they are quoted, its body, the rest. */
  leftIn(fileText, isCase, excuses) {
    const head = fileText.slice(0, fileText.indexOf("\n---", 4) + 1);
    const passages = [fileText.slice(head.length), ...[...head.matchAll(WORDS)].map(([, words]) => words)];
    const found = passages.flatMap((one) => this.findings(one, isCase));
    return [...found, ...this.findings(head.replace(WORDS, ""), isCase, this.textRules)].filter(({ excusable, passage }) => !(excusable && excuses.has(passage.replace(/\s+/g, " "))));
  }
}

/** As privacy/detect.py masks it: enough to recognise one's own words, not enough to learn anything. */
function mask(passage, { shown }) {
  const signs = [...passage];
  return `${signs.slice(0, Math.min(shown, Math.floor((signs.length * 3) / 5))).join("").trimEnd()} …`;
}
