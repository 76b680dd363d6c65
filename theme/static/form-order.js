// Choices and pages in an order drawn on the device, from a seed sent with the answers: surveys/kinds/random_order.py
// draws the same. « Other », « none » and « no answer » keep their places.
const form = document.querySelector("form.survey");
const seed = form.querySelector("[data-order-seed]");

function* numbers(text) {
  let state = 2166136261;
  for (const letter of text) state = Math.imul(state ^ letter.charCodeAt(0), 16777619);
  for (;;) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    yield (mixed ^ (mixed >>> 14)) >>> 0;
  }
}

function drawn(all, name) {
  const order = [...all];
  const next = numbers(`${seed.value}:${name}`);
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor((next.next().value * (last + 1)) / 2 ** 32);
    [order[last], order[other]] = [order[other], order[last]];
  }
  return order;
}

// Each list that moves, its name, and its parts in the order of the questionnaire.
const lists = [["sections", [...form.querySelectorAll("section.page[data-moves]")]]];
for (const question of form.querySelectorAll("[data-random]")) {
  for (const list of question.querySelectorAll(".choices, .levels, select")) {
    lists.push([question.dataset.random, [...list.querySelectorAll(":scope > [data-moves]")]]);
  }
}

function arrange() {
  for (const [name, parts] of lists) {
    const list = parts[0]?.closest("select");
    const chosen = list?.value;
    const places = parts.map((part) => {
      const place = document.createComment("");
      part.replaceWith(place);
      return place;
    });
    // the comments stand in the order of the page: the first place gets the first that is drawn
    places.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
    drawn(parts, name).forEach((part, n) => places[n].replaceWith(part));
    if (list) list.value = chosen; // an option that moves is let go
  }
}

if (!seed.value) [seed.value] = Array.from(crypto.getRandomValues(new Uint32Array(1)), (one) => one.toString(16).padStart(8, "0"));
form.addEventListener("restored", arrange);
arrange();
