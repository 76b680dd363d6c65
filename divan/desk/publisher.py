"""From a decision to the remote, and from the remote to the site.

What the remote's main branch holds is the only truth: it is looked at before anything is made, so that whatever was
interrupted, and whoever merged, nothing is published twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from divan.desk.forge import Checks, Forge, ForgeTrouble, PullRequest
from divan.desk.git import GitTrouble
from divan.desk.places import is_for_members, place_of
from divan.desk.publications import Publications
from divan.desk.queue import PendingPublication
from divan.desk.repository import Commit, Repository
from divan.proposals.model import KeptProposal

DIRECT, PULL_REQUEST = "direct", "pull_request"
NO_CHECKS_AFTER = 120  # a forge takes a moment to start its checks: none yet is not none


class Waiting(Exception):
    """Nothing is wrong, and it is not done; the argument says what is waited for."""


@dataclass(frozen=True)
class Publisher:
    """How proposals reach the main branch: ``way`` by setting; ``forge`` None where git alone does it.

    ``merges`` is False where the merge is left to the remote (push options) or to people.
    """

    repository: Repository
    publications: Publications
    way: str
    forge: Forge | None
    site: str
    today: Callable[[], date]
    rebuild: Callable[[], None] = lambda: None
    clock: Callable[[], float] = time.time
    merges: bool = True
    no_checks_after: int = NO_CHECKS_AFTER
    audience: str = "public"

    def run(self) -> int:
        """Try all that is due; how many were acknowledged. The site is built again when one was."""
        acknowledged = 0
        for proposal, publication in self.publications.due(int(self.clock())):
            try:
                with self.repository.alone():
                    acknowledged += self._publish(proposal, publication)
            except (GitTrouble, ForgeTrouble, Waiting) as trouble:
                self.publications.postpone(publication, str(trouble), int(self.clock()))
            except (OSError, KeyError, TypeError, ValueError):  # a full disk, a forge that answers something else
                self.publications.postpone(publication, "une erreur inattendue", int(self.clock()))
        if acknowledged:
            self.rebuild()
        return acknowledged

    def _publish(self, proposal: KeptProposal, publication: PendingPublication) -> bool:
        tip = self.repository.update()
        if publication.files and not self.repository.published(proposal.uid, tip):
            if self.repository.moved(publication.files, publication.base, tip):
                self.publications.give_back(publication)
                return False
            self._send(proposal, publication, tip)
            if not self.repository.published(proposal.uid, self.repository.update()):
                raise Waiting("en attente de fusion")
        place = place_of(publication.files, self.repository.folder)
        self.publications.acknowledge(publication, self._link(publication, place or ""), self.today())
        return True

    def _link(self, publication: PendingPublication, place: str) -> str:
        """Where it is read: without the site's address when only members' edition has the page."""
        hidden = self.audience == "public" and is_for_members(publication.files, self.repository.folder)
        return place if hidden or not place else f"{self.site}/{place}"

    def _send(self, proposal: KeptProposal, publication: PendingPublication, tip: str) -> None:
        message = f"{publication.message}\n\nProposal: {proposal.uid}\n"
        made = Commit(publication.files, publication.author, message, publication.decided)
        if self.way == DIRECT:
            self.repository.push(self.repository.commit(made, tip), self.repository.branch)
            return
        branch = f"proposals/{proposal.uid}"
        if self.forge is None:
            self._merge_by_git(made, branch, tip)
        else:
            self._merge_on_forge(self.forge, made, branch, publication)

    def _merge_by_git(self, made: Commit, branch: str, tip: str) -> None:
        """Without a forge's interface: the branch, then its merge, by us or by whoever does it there."""
        if not self.merges:
            if not self.repository.has(branch):
                self.repository.push(self.repository.commit(made, tip), branch)
            return
        head = self.repository.commit(made, tip)
        self.repository.push(head, branch, force=True)
        self.repository.push(self.repository.merge(head, tip, made), self.repository.branch)
        self.repository.remove(branch)

    def _merge_on_forge(self, forge: Forge, made: Commit, branch: str, publication: PendingPublication) -> None:
        request = forge.find(branch)
        if request is None:
            head = self.repository.commit(made, publication.base)
            self.repository.push(head, branch, force=True)
            title = made.message.splitlines()[0]
            request = forge.ask(branch, self.repository.branch, title, "Relu et accepté par un modérateur.")
        self._merge_when_green(forge, request, publication)

    def _merge_when_green(self, forge: Forge, request: PullRequest, publication: PendingPublication) -> None:
        if request.merged:
            return
        if not request.open:
            raise Waiting("la demande a été fermée sur la forge sans être fusionnée")
        checks = forge.checks(request)
        if checks == Checks.RED:
            raise Waiting("les vérifications de la forge ont échoué : voyez la demande")
        fresh = int(self.clock()) - publication.decided < self.no_checks_after
        if checks == Checks.RUNNING or (checks == Checks.NONE and fresh):
            raise Waiting("en attente des vérifications de la forge")
        forge.merge(request)
