// Receipts of what was sent, on this device only: [{receipt, kind, title, day}], the newest first.
const KEY = "divan:recus";

export function receipts() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

function write(kept) {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // this browser keeps nothing: the receipt is shown, to be copied
  }
}

export function keepReceipt({ kind, title }, receipt) {
  const day = new Date().toLocaleDateString("sv-SE");
  write([{ receipt, kind, title, day }, ...receipts().filter((one) => one.receipt !== receipt)]);
}

export const forgetReceipt = (receipt) => write(receipts().filter((one) => one.receipt !== receipt));

/** The receipt, a button that copies it, and where it leads. */
export function showReceipt(place, receipt, { say, followUrl }) {
  const code = Object.assign(document.createElement("strong"), { className: "receipt", textContent: receipt });
  const copy = Object.assign(document.createElement("button"), { type: "button", className: "button quiet", textContent: say.copy });
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(receipt).catch(() => getSelection().selectAllChildren(code));
  });
  const link = Object.assign(document.createElement("a"), { href: followUrl, textContent: say.follow });
  place.replaceChildren(`${say.sent} ${say.receipt} `, code, " ", copy, " ", link);
}
