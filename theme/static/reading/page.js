// What a script adds to reading: how long ago, a survey answered out of the way, and under a thread, links to share and what others would have done.
import { tellAges } from "./dates.js";

tellAges(document.querySelectorAll("main time:not(.pinned time, .offline time)")); // moves nothing above the first thread
const pinned = document.querySelectorAll(".pinned:has(.later)");
if (pinned.length) (await import("./pinned.js")).foldPinned(pinned);
if (document.querySelector("article.thread")) {
  const words = document.querySelector("script[data-share]").dataset;
  const [{ offerLinks }, { askChoice }] = await Promise.all([import("./links.js"), import("./choices.js")]);
  offerLinks(words);
  const asked = document.getElementById("avis");
  if (asked) askChoice(asked, words);
}
