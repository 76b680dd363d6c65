// Les règles de rules.json dans le navigateur de l'auteur, avant qu'il n'envoie quoi que ce soit.
// Même résultat que privacy/detect.py : un test passe les mêmes phrases aux deux.

const BEFORE = 40;

const CHECKS = {
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

/** Compile what rules.json holds; once a page. */
export function compileRules({ classes, rules }) {
  const expand = (pattern) => {
    const expanded = Object.entries(classes).reduce((text, [name, value]) => text.replaceAll(`%${name}%`, value), pattern);
    return expanded === pattern ? pattern : expand(expanded);
  };
  return rules.map((rule) => {
    const flags = rule.ignore_case ? "iu" : "u";
    const compiled = (key) => (key in rule ? new RegExp(expand(rule[key]), flags) : null);
    return {
      ...rule,
      pattern: new RegExp(expand(rule.pattern), `g${flags}`),
      except: compiled("except"),
      exceptBefore: compiled("except_before"),
      onlyAfter: compiled("only_after"),
    };
  });
}

/** Passages of text that may identify someone: {rule, start, end, line}, in order, no two overlapping. */
export function findIdentifiers(text, rules, { without = [], reviewed = [] } = {}) {
  const written = text.normalize("NFC");
  const found = rules
    .filter((rule) => !without.includes(rule.id))
    .flatMap((rule, order) =>
      [...written.matchAll(rule.pattern)]
        .filter((match) => holds(rule, match, written))
        .map((match) => ({ rule, order, start: match.index, end: match.index + match[0].length, passage: match[0] })),
    )
    .sort((a, b) => a.start - b.start || a.order - b.order);
  const harmless = new Set(reviewed.map((passage) => passage.trim()));
  let freeFrom = 0;
  return found
    .filter((one) => one.start >= freeFrom && ((freeFrom = one.end), true))
    .filter((one) => one.rule.never_excused || !harmless.has(one.passage.trim()))
    .map(({ rule, start, end }) => ({ rule, start, end, line: written.slice(0, start).split("\n").length }));
}

function holds(rule, match, text) {
  if (rule.except?.test(match[0])) return false;
  const before = text.slice(Math.max(match.index - BEFORE, 0), match.index);
  if (rule.exceptBefore?.test(before) || rule.onlyAfter?.test(before) === false) return false;
  return !rule.check || CHECKS[rule.check](match[0].replace(/[^0-9AB]/g, ""));
}
