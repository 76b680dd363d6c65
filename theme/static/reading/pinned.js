// On the home page, an open survey is one line once this device answered it, or once its reader said « later ».
const LATER = "divan-plus-tard";

function put(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // a device that keeps nothing shows the survey again
  }
}

function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function foldPinned(sections) {
  for (const section of sections) {
    const [study, wave] = new URL(section.querySelector("h2 a").href).pathname.split("/").filter(Boolean).slice(-2);
    const later = `${LATER}:${study}:${wave}`;
    if (kept(`divan:envoye:${study}:${wave}`) || kept(later)) fold(section);
    else offer(section, later);
  }
}

function fold(section) {
  section.classList.add("told");
  section.querySelector(".until").remove();
}

function offer(section, later) {
  const button = section.querySelector(".later");
  button.hidden = false;
  button.addEventListener("click", () => {
    put(later, "1");
    fold(section);
    section.querySelector("h2 a").focus();
  });
}
