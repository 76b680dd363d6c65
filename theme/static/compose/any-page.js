// A page with one form for the moderators: filled in from the address that led here, then looked after.
import { ProposalForm, readSetup } from "./form.js";
import { threadIn } from "./thread.js";

const form = document.getElementById("proposer");
const asked = new URLSearchParams(location.search);
const { target } = form.elements;
const reply = /#r-[\w-]+$/.exec(asked.get("fil") ?? "")?.[0] ?? "";
if (target && target.type !== "hidden" && threadIn(asked.get("fil") ?? "")) target.value = threadIn(asked.get("fil")) + reply;

const proposal = new ProposalForm(form, await readSetup(form));
proposal.restore();
proposal.listen();
await proposal.loadWhenTouched();
