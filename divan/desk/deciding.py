"""The moderators' four buttons, and « retirer »: what each does to a proposal."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from divan.desk.queue import PendingPublication, Queue
from divan.desk.repository import Repository
from divan.forum.proposal import files_of, read_proposal
from divan.forum.sealing import sealed_files
from divan.proposals.model import Fields, KeptProposal, New, ProposalState, first

REASONS = {
    "identity": "On pourrait y reconnaître quelqu'un.",
    "subject": "Ce n'est pas le sujet du forum.",
    "repeated": "Cela a déjà été dit ; le fil existe.",
    "unsafe": "Une conduite dangereuse y est conseillée.",
    "promotion": "C'est de la publicité.",
    "nothing": "Rien à y changer, après lecture.",
}


class ChangedSinceRead(Exception):
    """The proposal is no longer what the moderator read; the argument is a French sentence."""


_MEANWHILE = ChangedSinceRead("Elle a changé, ou quelqu'un vient d'en décider : relisez-la.")


@dataclass(frozen=True)
class Deciding:
    """What deciding takes; ``wake`` tells the publisher that something waits."""

    queue: Queue
    repository: Repository
    today: Callable[[], date]
    wake: Callable[[], None] = lambda: None

    def files(self, proposal: KeptProposal) -> tuple[str, dict[str, bytes | None]]:
        """The remote's commit, and the files that this proposal would change over it; ProblemsFound, GitTrouble."""
        with self.repository.alone():
            tip = self.repository.update()
            return tip, self._files(proposal, self.repository.folder)

    def preview_files(self, proposal: KeptProposal) -> dict[str, bytes | None]:
        """The same over the clone as it is, without asking the remote."""
        with self.repository.alone():
            if not self.repository.folder.is_dir():
                self.repository.update()
            return self._files(proposal, self.repository.folder)

    def _files(self, proposal: KeptProposal, root: Path) -> dict[str, bytes | None]:
        pictures = self.queue.store.pictures(proposal.id)
        waited = (self.today() - date.fromisoformat(proposal.arrived)).days
        read = replace(read_proposal(proposal.kind, proposal.fields), waited=max(waited, 0))
        return dict(files_of(read, root, self.today(), pictures))

    def publish(self, proposal: KeptProposal, moderator: int) -> str:
        """Publish, once enough moderators agree; a French sentence of what happens now."""
        is_report = proposal.kind == "report"
        tip, files = ("", {}) if is_report else self.files(proposal)
        if not self.queue.agree(proposal, moderator):
            return "Votre accord est noté ; il en faut un second pour publier."
        if is_report:
            self._withdraw_for(proposal, moderator)
        author = first(proposal.fields, "author") or "anonyme"
        if hidden := sealed_files(files, self.repository.folder):
            files, author = {**files, **hidden}, "Un membre"
        message = f"{proposal.kind} {_place(files) or proposal.target}".strip()
        made = PendingPublication(proposal.id, tip, files, author, message, int(time.time()))
        if not self.queue.accept(proposal, made, self.today()):
            raise _MEANWHILE
        self.wake()
        return "Acceptée ; elle paraît dans un instant."

    def give_back(self, proposal: KeptProposal, words: str) -> str:
        """Ask the author for a change."""
        self._settle(proposal, ProposalState.RETURNED, words)
        return "Demandée ; son auteur lira vos mots avec son reçu."

    def refuse(self, proposal: KeptProposal, words: str) -> str:
        """Refuse, with a reason."""
        self._settle(proposal, ProposalState.REFUSED, words)
        return "Refusée ; son auteur lira pourquoi."

    def ask_second(self, proposal: KeptProposal, moderator: int) -> str:
        """Ask for a second opinion."""
        if not self.queue.ask_second(proposal, moderator):
            raise _MEANWHILE
        return "Deux accords seront nécessaires pour publier."

    def take_down(self, target: str, moderator: int) -> str:
        """Withdraw a published post at once, by a moderator's own hand."""
        fields = {"target": [target], "who": ["other"]}
        return self._withdraw(fields, f"desk:{secrets.token_hex(16)}", moderator)

    def _withdraw_for(self, report: KeptProposal, moderator: int) -> None:
        """Withdraw what a report is about, once: a moderator killed between two steps takes it up again."""
        with suppress(ChangedSinceRead):
            self._withdraw({"target": [report.target], "who": ["other"]}, f"desk:report:{report.uid}", moderator)

    def _withdraw(self, fields: Fields, submission: str, moderator: int) -> str:
        asked = read_proposal("withdrawal", fields)
        with self.repository.alone():  # what is not there is said before anything is kept of it
            self.repository.update()
            files_of(asked, self.repository.folder, self.today())
        new = New(submission, submission, "withdrawal", fields, self.today().isoformat(), urgent=True)
        proposal = self.queue.store.keep_one(new)
        return self.publish(proposal, moderator)

    def _settle(self, proposal: KeptProposal, state: ProposalState, words: str) -> None:
        if not self.queue.settle(proposal, state, words, self.today()):
            raise _MEANWHILE


def _place(files: dict[str, bytes | None]) -> str:
    return next((path.removeprefix("content/") for path in sorted(files) if path.endswith((".md", ".yaml"))), "")
