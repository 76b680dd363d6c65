// Un jour ou un âge lu dans un passage, redit sans sa précision : mêmes calculs que privacy/dates_told.py.
const DAY = 86_400_000;
const OLDEST = 89;
const AHEAD = 60;
const MIDDLE = 15; // d'un mois dit sans son jour

/** A day of the calendar as whole days, so that no time zone moves it; null when there is no such day. */
function dayOf(year, month, day) {
  const made = new Date(Date.UTC(2000, month - 1, day));
  made.setUTCFullYear(year, month - 1, day);
  const real = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  return real && year > 0 ? made : null;
}

export class Told {
  constructor(passage, today, table) {
    this.passage = passage;
    this.table = table;
    this.today = dayOf(today.getFullYear(), today.getMonth() + 1, today.getDate());
  }

  /** age (de 70 à 74 ans), band (70 à 74 ans), since, span, in_season, of_season; null when it can't be told. */
  value(name) {
    if (name === "age" || name === "band") return this.#age(name === "age" ? "de " : "");
    const day = this.#day();
    if (!day) return null;
    if (name.endsWith("_season")) return this.table[name][this.table.seasons[day.getUTCMonth()]];
    const days = Math.round((this.today - day) / DAY);
    const span = this.#span(Math.abs(days));
    if (name === "since") return `${days < 0 ? "dans" : "il y a"} ${span}`;
    return name === "span" && days >= 0 ? span : null;
  }

  #age(of) {
    const years = this.#years();
    if (years === null || years < 0) return null;
    if (years < 5) return `${of}moins de 5 ans`;
    const low = years - (years % 5);
    return years > OLDEST ? `${of}plus de ${OLDEST} ans` : `${of}${low} à ${low + 4} ans`;
  }

  #years() {
    const said = new RegExp(this.table.age, "iu").exec(this.passage);
    if (said) return said[2].toLowerCase().startsWith("m") ? Math.floor(said[1] / 12) : Number(said[1]);
    const born = this.#day();
    if (!born) return null;
    const [month, day] = [this.today.getUTCMonth() - born.getUTCMonth(), this.today.getUTCDate() - born.getUTCDate()];
    return this.today.getUTCFullYear() - born.getUTCFullYear() - (month < 0 || (month === 0 && day < 0) ? 1 : 0);
  }

  #span(days) {
    const number = (count) => this.table.numbers[count] ?? String(count);
    if (days < 7) return "quelques jours";
    if (days < 60) {
      const weeks = Math.floor((days + 3) / 7);
      return weeks === 1 ? "une semaine" : `${number(weeks)} semaines`;
    }
    return days < 730 ? `${number(Math.floor((days * 100 + 1522) / 3044))} mois` : `${number(Math.floor(days / 365))} ans`;
  }

  #day() {
    const { months, dates } = this.table;
    for (const { pattern, order } of dates) {
      const found = new RegExp(pattern.replace("%M%", months.join("|")), "iu").exec(this.passage);
      if (!found) continue;
      const part = (letter) => (order.includes(letter) ? found[order.indexOf(letter) + 1] : undefined);
      return this.#of(Number(part("d") ?? MIDDLE), part("m"), part("y"));
    }
    return null;
  }

  #of(day, month, year) {
    const { months } = this.table;
    const number = /^[0-9]+$/.test(month) ? Number(month) : 1 + months.findIndex((name) => new RegExp(`^${name}`, "iu").test(month));
    const now = this.today.getUTCFullYear();
    if (year === undefined) {
      const around = [1, 0, -1].map((ahead) => dayOf(now + ahead, number, day));
      return around.find((one) => one && (one - this.today) / DAY <= AHEAD) ?? null;
    }
    return dayOf(year.length === 2 ? (year <= now % 100 ? 2000 : 1900) + Number(year) : Number(year), number, day);
  }
}
