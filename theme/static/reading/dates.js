// Beside a date, how long ago it was: the page that was built cannot know it.
const STEPS = [["year", 365], ["month", 30], ["week", 7], ["day", 1]];
const DAY = 86400e3;

const said = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });

export const age = (day, today) => {
  const days = Math.round((Date.parse(day) - Date.parse(today)) / DAY);
  const [unit, length] = STEPS.find(([, length]) => Math.abs(days) >= length) ?? STEPS.at(-1);
  return said.format(Math.trunc(days / length), unit);
};

export const tellAges = (times) => {
  const today = new Date().toLocaleDateString("sv-SE"); // 2026-11-22, where the reader is
  for (const time of times) {
    const mark = document.createElement("span");
    mark.className = "ago";
    mark.textContent = `(${age(time.dateTime.slice(0, 10), today)})`;
    time.after(" ", mark); // a space of its own: a block would swallow it
  }
};
