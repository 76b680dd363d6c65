// What is missing, or would be refused by `divan check`: [{field, message}], in the order of the form.
/** `form` gives the fields that this kind of post has; `post` is what they say. */
export function findFaults(form, post, vocabulary, say) {
  const fields = [...form.querySelectorAll(".question [name]:not([type=radio], [type=file])")].filter((field) => !field.disabled);
  return fields.flatMap((field) => {
    const messages = field.required && !(field.type === "checkbox" ? field.checked : field.value.trim()) ? [say.missing] : [...wrong(field, post, vocabulary, say)];
    return messages.map((message) => ({ field, message }));
  });
}

function* wrong(field, post, vocabulary, say) {
  const { name } = field;
  if (name === "title" && field.dataset.longest && [...field.value].length > field.dataset.longest) yield say.too_long;
  if (name === "author" && field.dataset.pattern && !new RegExp(field.dataset.pattern, "u").test(field.value.trim())) yield say.pseudonym;
  if (name === "author" && [...field.value].length > field.dataset.longest) yield say.too_long;
  if (name === "target" && "thread" in post && !post.thread) yield say.thread;
  if (name === "hashtags") yield* unknown(vocabulary.split(field.value).filter((word) => !vocabulary.find(word)), vocabulary, say);
  if (field.matches("textarea") && !["sources", "choices"].includes(name)) yield* unknown(vocabulary.unknownIn(field.value), vocabulary, say);
}

function* unknown(words, vocabulary, say) {
  for (const word of new Set(words)) {
    const [near] = vocabulary.suggest(word.slice(0, 4), "", []);
    yield say.unknown_hashtag.replace("{word}", word) + (near ? ` ${say.near.replace("{word}", near)}` : "");
  }
}

/** Shows each fault beside its field, and all of them in a summary that takes the focus. */
export function showFaults(form, faults) {
  for (const error of form.querySelectorAll(".question .error")) error.hidden = true;
  for (const question of form.querySelectorAll(".question.invalid")) question.classList.remove("invalid");
  const summary = form.querySelector(".error-summary");
  summary.querySelector("ul").replaceChildren(...faults.map(show));
  summary.hidden = !faults.length;
  if (faults.length) summary.focus();
}

function show({ field, message }) {
  const error = document.getElementById(`${field.id}-error`);
  error.textContent = message;
  error.hidden = false;
  field.closest(".question").classList.add("invalid");
  const link = document.createElement("a");
  link.href = `#${field.id}`;
  link.textContent = `${field.labels[0].firstChild.textContent.trim()}\u00a0: ${message}`;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    field.focus();
  });
  const item = document.createElement("li");
  item.append(link);
  return item;
}
