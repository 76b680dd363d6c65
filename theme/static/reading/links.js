// Under a thread and each reply: share it, copy its link, cite it. Nothing is sent anywhere by the page itself.
const button = (label, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
};

const linkTo = (anchor) => {
  const here = document.querySelector("link[rel=canonical]")?.href ?? location.href;
  return here.split("#")[0] + (anchor ? `#${anchor}` : "");
};

const citation = (place, anchor) => {
  const author = place.querySelector("[rel=author]")?.textContent;
  const title = document.querySelector(".thread h1").textContent;
  const site = document.querySelector(".brand").textContent.trim();
  const day = place.querySelector("time").textContent;
  return `${[author, `« ${title} »`, site, day].filter(Boolean).join(", ")}. ${linkTo(anchor)}`;
};

export const offerLinks = (words) => {
  const status = document.createElement("p");
  status.className = "hint";
  status.setAttribute("role", "status");
  const copy = async (text, done) => {
    try {
      await navigator.clipboard.writeText(text);
      status.textContent = done;
    } catch {
      status.textContent = text; // no clipboard here: the text can be selected
    }
  };
  const actions = document.querySelector(".thread > .actions");
  actions.after(status);
  if (navigator.share) {
    const shared = { title: document.title, url: linkTo("") };
    actions.append(button(words.share, () => navigator.share(shared).catch(() => {})));
  }
  actions.append(
    button(words.copy, () => copy(linkTo(""), words.copied)),
    button(words.cite, () => copy(citation(document.querySelector(".thread > header"), ""), words.cited)),
  );
  for (const reply of document.querySelectorAll(".reply:not(.withdrawn)")) {
    const place = reply.querySelector(".report");
    const cite = button(words.cite, () => {
      place.before(status);
      copy(citation(reply, reply.id), words.cited);
    });
    cite.className = "as-link";
    cite.setAttribute("aria-describedby", `${reply.id}-de`);
    place.prepend(cite, " ");
  }
};
