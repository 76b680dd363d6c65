// Says on cards and replies what is new since this device last saw them; what it saw never leaves it.
const KEY = "divan-seen";
const VISIT = 30 * 60e3; // a silence this long ends a visit
const MODERATION = 7 * 86400e3; // a thread may appear some days after its date
const MOST = 1500; // threads remembered

const words = document.querySelector("script[data-new]").dataset;
const remembered = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    return {};
  }
};
// seen: replies a thread had at the visits before; now: at this one; read: replies shown when it was opened
const { seen = {}, now = {}, read = {}, last = 0, before = 0, ...rest } = remembered();
const moment = Date.now();
const fresh = last && moment - last > VISIT;
const known = fresh ? { ...seen, ...now } : seen;
const since = fresh ? last : before;
const current = fresh ? {} : now;

const pathOf = (link) => new URL(link.href).pathname;
const said = (n, one, many) => (n === 1 ? one : many.replace("{n}", n));

const badge = (place, text) => {
  const mark = document.createElement("strong");
  mark.className = "new";
  mark.textContent = text;
  place.prepend(mark, " ");
};

const card = (element) => {
  const path = pathOf(element.querySelector("h2 a, h3 a"));
  const replies = Number(element.dataset.replies);
  const day = Date.parse(element.querySelector("time").dateTime);
  current[path] = replies;
  if (!since) return;
  const place = element.querySelector(".kind");
  const more = replies - (known[path] ?? replies);
  if (!(path in known) && day > since - MODERATION) badge(place, words.new);
  else if (more > 0) badge(place, said(more, words.one, words.many));
};

const thread = (replies) => {
  const path = location.pathname;
  const shown = read[path];
  const unread = shown ? replies.filter((reply) => !shown.includes(reply.id)) : [];
  for (const reply of unread) badge(reply.querySelector("h3"), words.new);
  if (unread.length) {
    const link = document.createElement("a");
    link.href = `#${unread[0].id}`;
    link.className = "new";
    link.textContent = said(unread.length, words.one, words.many);
    document.querySelector(".thread > header .meta").append(" ", link);
  }
  read[path] = replies.map((reply) => reply.id);
  current[path] = replies.length;
};

const opened = document.querySelector("article.thread");
if (opened) thread([...document.querySelectorAll(".reply:not(.withdrawn)")]);
document.querySelectorAll(".card[data-replies]").forEach(card);

const latest = (threads) => Object.fromEntries(Object.entries(threads).slice(-MOST));
try {
  const kept = { ...rest, seen: latest(known), now: latest(current), read: latest(read), last: moment, before: since };
  localStorage.setItem(KEY, JSON.stringify(kept));
} catch {
  // a device that keeps nothing shows no badge
}
