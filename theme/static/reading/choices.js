// « Qu'auriez-vous fait ? » : one chooses, then sees what the others chose. Which one stays on the device; the
// collector counts, and keeps nothing of whom. Without collector, what its last export counted is shown.
const KEY = "divan-choices";

const remembered = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    return {};
  }
};

const remember = (thread, chosen) => {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...remembered(), [thread]: chosen }));
  } catch {
    // a device that keeps nothing asks again
  }
};

const ask = async (url, chosen) => {
  const body = chosen === null ? null : new URLSearchParams({ choice: chosen.n, submission: chosen.key });
  const headers = { Accept: "application/json" };
  const reply = await fetch(url, { method: body ? "POST" : "GET", body, headers, credentials: "omit" });
  if (!reply.ok) throw new Error(String(reply.status));
  return (await reply.json()).counts;
};

const show = (items, counts, mine, yours) => {
  const total = counts.reduce((sum, n) => sum + n, 0);
  items.forEach((item, place) => {
    const share = Math.round((100 * counts[place]) / total);
    const bar = document.createElement("progress");
    bar.max = total;
    bar.value = counts[place];
    bar.setAttribute("aria-hidden", "true");
    const said = document.createElement("span");
    said.className = "count";
    said.textContent = ` ${share}\u00a0% (${counts[place]})${place === mine ? `, ${yours}` : ""}`;
    item.querySelectorAll("progress, .count").forEach((old) => old.remove());
    item.append(said, bar);
  });
  return total;
};

export const askChoice = (section, words) => {
  const thread = location.pathname.split("/").at(-2);
  const url = section.dataset.votes;
  const { counted, day } = document.querySelector(`[data-counted][data-choices="${section.dataset.choices}"]`)?.dataset ?? {};
  if (!url && !counted) return;
  const items = [...section.querySelectorAll("li")];
  const status = document.createElement("p");
  status.className = "hint";
  status.setAttribute("role", "status");
  section.append(status);

  const tell = (counts, mine) => {
    if (!counts && !counted) return words.few;
    const total = show(items, counts ?? counted.split(" ").map(Number), mine, words.yours);
    return (counts ? words.total : words.export).replace("{n}", total).replace("{day}", day);
  };

  const settle = (chosen) => {
    items.forEach((item, place) => {
      item.querySelector("button")?.replaceWith(item.querySelector("button").textContent);
      item.classList.toggle("chosen", place === chosen.n);
    });
  };

  const choose = async (chosen) => {
    let counts = null;
    try {
      if (url) counts = await ask(url, chosen);
    } catch {
      if (!counted) {
        status.textContent = words.failed;
        return;
      }
    }
    remember(thread, chosen);
    settle(chosen);
    status.textContent = tell(counts, chosen.n);
  };

  const before = remembered()[thread];
  if (before && before.n < items.length) {
    settle(before);
    const late = url ? ask(url, null).catch(() => null) : Promise.resolve(null);
    late.then((counts) => {
      status.textContent = tell(counts, before.n);
    });
    return;
  }
  const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
  items.forEach((item, n) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "choice";
    button.textContent = item.textContent;
    button.addEventListener("click", () => choose({ n, key }));
    item.replaceChildren(button);
  });
};
