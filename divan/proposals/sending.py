"""From a form to a kept proposal: read with its kind's rules, its images re-encoded, committed, then a receipt."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from divan.collector.identity import Key
from divan.forum.proposal import FaultsFound, Picture, read_proposal
from divan.forum.vocabulary import Vocabulary
from divan.privacy.detect import find_identifiers
from divan.privacy.rules import case_rules
from divan.proposals.model import Fields, KeptProposal, New, ProposalState, first
from divan.proposals.pictures import re_encode_all
from divan.proposals.posted_form import PostedForm
from divan.proposals.store import ProposalStore

HONEYPOT = "homepage"
_ADDRESS = re.compile(r"[^@\s<>,;:]{1,64}@[^@\s<>,;:]{1,190}")
_NOT_OF_THE_KIND = {"kind", "submission", "receipt", "action", "email", HONEYPOT, "elapsed", "altcha", "image"}


class Refused(Exception):
    """A proposal that can't be kept as it is: every fault, by field, in sentences that repeat nothing of it."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__(len(self.faults))


@dataclass(frozen=True)
class Intake:
    """What receiving takes: where proposals are kept, the collector's key, the French civil day.

    ``urgent`` is called when a proposal that cannot wait has been committed.
    """

    store: ProposalStore
    key: Key
    today: Callable[[], date]
    urgent: Callable[[], None] = lambda: None
    vocabulary: Callable[[], Vocabulary | None] = lambda: None

    async def receive(self, form: PostedForm) -> str:
        """Keep a proposal and return its receipt; Refused with all its faults."""
        kind, fields = form.one("kind"), own_fields(form)
        pictures = await _checked(kind, fields, form, self.vocabulary(), check_images=True)
        submission = self.key.submission("proposals", kind, form.one("submission"))
        receipt = self.key.receipt(submission)
        new = self._new(kind, fields, pictures, submission, self.key.stored_receipt(receipt), form)
        await asyncio.to_thread(self.store.keep, new)
        if new.urgent:
            self.urgent()
        return receipt

    async def amend(self, old: KeptProposal, form: PostedForm) -> bool:
        """Put a corrected text in the place of the former; images stay unless others come."""
        fields = {**own_fields(form), "target": [old.target]}
        check_images = bool(form.images)
        pictures = await _checked(old.kind, fields, form, self.vocabulary(), check_images=check_images)
        new = self._new(old.kind, fields, pictures, "", "", form)
        return await asyncio.to_thread(self.store.amend, old, new, keep_pictures=not check_images)

    async def complete(self, old: KeptProposal, form: PostedForm) -> str:
        """A further proposal about what the former one published, with a receipt of its own."""
        target = old.target or published_place(old.link)
        form.texts["target"] = [target]
        return await self.receive(form)

    async def ask_withdrawal(self, old: KeptProposal, receipt: str) -> str:
        """Ask the moderators to take down what this proposal published, once however often it is asked."""
        fields = {"target": [published_place(old.link) or old.target], "who": ["author"]}
        submission = self.key.submission("proposals", "withdrawal", receipt)
        own = self.key.receipt(submission)
        day = self.today().isoformat()
        new = New(submission, self.key.stored_receipt(own), "withdrawal", fields, day, urgent=True)
        await asyncio.to_thread(self.store.keep, new)
        self.urgent()
        return own

    def _new(
        self, kind: str, fields: Fields, pictures: list[Picture], submission: str, receipt: str, form: PostedForm
    ) -> New:
        doubts = "honeypot" if form.one(HONEYPOT).strip() else ""
        day = self.today().isoformat()
        address = form.one("email").strip()
        return New(
            submission, receipt, kind, fields, day, pictures, address, urgent=cannot_wait(kind, fields), doubts=doubts
        )


async def _checked(
    kind: str, fields: Fields, form: PostedForm, vocabulary: Vocabulary | None, *, check_images: bool
) -> list[Picture]:
    faults: list[tuple[str, str]] = []
    if form.one("email").strip() and not _ADDRESS.fullmatch(form.one("email").strip()):
        faults.append(("email", "Une adresse s'écrit nom@exemple.fr ; ou laissez ce champ vide."))
    try:
        read_proposal(kind, fields, vocabulary)
    except FaultsFound as found:
        faults += [(fault.field, fault.message) for fault in found.faults]
    pictures: list[Picture] = []
    if check_images:
        pictures, unusable = await asyncio.to_thread(re_encode_all, form.images, fields.get("image_alt", ()))
        faults += unusable
        faults += _told_by_alts(fields.get("image_alt", ()), "sujets" in fields.get("folder", ()) or kind == "topic")
    if faults:
        raise Refused(faults)
    return pictures


def _told_by_alts(alts: Sequence[str], on_topic: bool) -> list[tuple[str, str]]:
    """Whom the descriptions of the images may name: they are read with them."""
    return [
        ("image_alt", f"image {number} : {finding.rule.says} : « {finding.masked} » ; {finding.rule.remedy}")
        for number, alt in enumerate(alts, 1)
        for finding in find_identifiers(alt, case_rules() if on_topic else ())
    ]


def own_fields(form: PostedForm) -> dict[str, list[str]]:
    """What the kind is made of, without what only the envelope needs."""
    return {name: values for name, values in form.texts.items() if name not in _NOT_OF_THE_KIND}


def cannot_wait(kind: str, fields: Fields) -> bool:
    """Someone recognises themself, or a patient asks for a withdrawal: above all else."""
    if kind == "report":
        return first(fields, "reason") == "recognised"
    return kind == "withdrawal" and first(fields, "who") != "author"


def published_place(link: str) -> str:
    """The thread or post that a published page's address leads to: ``…/cas/2026-03-14-k7f2/#r-…``."""
    page, _, anchor = link.partition("#")
    name = page.rstrip("/").rpartition("/")[2]
    return f"{name}#{anchor}" if anchor else name


def states_open_to(old: KeptProposal) -> list[str]:
    """What its author may still do with a proposal."""
    if old.may_change:
        return ["amend", "withdraw"]
    if old.state == ProposalState.PUBLISHED:
        return ["complete", "withdraw"] if old.kind in ("case", "topic", "reply") else ["withdraw"]
    return []
