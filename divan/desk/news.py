"""News for moderators, and for authors who left an address: counts, kinds and states, never a word of a proposal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sql

from divan.collector.database import failures
from divan.desk.mail import Mail
from divan.desk.pages import KINDS
from divan.desk.queue import Queue
from divan.desk.tables import DAYS_TOLD
from divan.proposals.model import ProposalState
from divan.proposals.tables import CORRESPONDENTS, PROPOSALS

_TO_AUTHORS = {
    ProposalState.READING: "Les modérateurs lisent votre proposition.",
    ProposalState.RETURNED: "Les modérateurs vous demandent une reprise ; votre reçu ouvre leurs mots.",
    ProposalState.PUBLISHED: "Votre proposition est publiée.",
    ProposalState.REFUSED: "Votre proposition n'est pas retenue ; votre reçu dit pourquoi.",
}
_LAST = (ProposalState.PUBLISHED, ProposalState.REFUSED, ProposalState.WITHDRAWN)


def digest_of_queue(queue: Queue, apart: int, today: date) -> str:
    """What waits, in a few lines; '' when nothing does."""
    waiting = queue.waiting()
    if not waiting and not apart:
        return ""
    urgent = sum(one.urgent for one in waiting)
    counts = Counter(KINDS[one.kind] for one in waiting)
    lines = [f"À voir tout de suite : {urgent}."] if urgent else []
    lines += [f"{kind} : {count}" for kind, count in counts.most_common()]
    lines += [f"Réponses en quarantaine et demandes d'entrée : {apart}"] if apart else []
    oldest = max(((today - date.fromisoformat(one.arrived)).days for one in waiting), default=0)
    return "\n".join([*lines, f"La plus ancienne attend depuis {oldest} j." if oldest else ""]).strip()


@dataclass(frozen=True)
class News:
    """Sends mails when there is a way to; ``apart`` counts what is in quarantine."""

    queue: Queue
    mail: Mail | None
    apart: Callable[[], int]
    today: Callable[[], date]

    def tell(self) -> None:
        """At once what cannot wait, once a day the rest, and to authors what became of their proposal."""
        if self.mail is None:
            self._forget_settled()
            return
        self._announce(self.mail)
        self._daily(self.mail)
        self._to_authors(self.mail)

    def _announce(self, mail: Mail) -> None:
        chosen = PROPOSALS.c.urgent.is_(True) & PROPOSALS.c.announced.is_(False)
        with failures(), self.queue.store.engine.connect() as connection:
            numbers = [row.id for row in connection.execute(sql.select(PROPOSALS.c.id).where(chosen))]
        if numbers and mail.send(
            mail.moderators, "À voir tout de suite au bureau", f"À voir tout de suite : {len(numbers)}."
        ):
            with failures(), self.queue.store.engine.begin() as connection:
                told = sql.update(PROPOSALS).where(PROPOSALS.c.id.in_(numbers)).values(announced=True)
                connection.execute(told)

    def _daily(self, mail: Mail) -> None:
        """Once a day, however often the server starts and however many processes tell."""
        today = self.today()
        with failures(), self.queue.store.engine.begin() as connection:
            ours = self.queue.store.insert(DAYS_TOLD).values(day=today.isoformat()).on_conflict_do_nothing()
            if connection.execute(ours.returning(DAYS_TOLD.c.day)).first() is None:
                return
            connection.execute(sql.delete(DAYS_TOLD).where(DAYS_TOLD.c.day != today.isoformat()))
        text = digest_of_queue(self.queue, self.apart(), today)
        if text and not mail.send(mail.moderators, "Au bureau aujourd'hui", text):
            with failures(), self.queue.store.engine.begin() as connection:
                connection.execute(sql.delete(DAYS_TOLD))

    def _to_authors(self, mail: Mail) -> None:
        columns = CORRESPONDENTS.c.proposal, CORRESPONDENTS.c.address, CORRESPONDENTS.c.told, PROPOSALS.c.state
        query = sql.select(*columns).select_from(CORRESPONDENTS.join(PROPOSALS))
        with failures(), self.queue.store.engine.connect() as connection:
            rows = connection.execute(query.where(CORRESPONDENTS.c.told != PROPOSALS.c.state)).all()
        for row in rows:
            said = _TO_AUTHORS.get(ProposalState(row.state))
            if said is None or mail.send([row.address], "Votre proposition", said):
                self._note(row.proposal, ProposalState(row.state))

    def _note(self, proposal: int, state: ProposalState) -> None:
        same = CORRESPONDENTS.c.proposal == proposal
        with failures(), self.queue.store.engine.begin() as connection:
            if state in _LAST:
                connection.execute(sql.delete(CORRESPONDENTS).where(same))
            else:
                connection.execute(sql.update(CORRESPONDENTS).where(same).values(told=state))

    def _forget_settled(self) -> None:
        """Without a way to write, an address is erased all the same once its proposal is settled."""
        settled = sql.select(PROPOSALS.c.id).where(PROPOSALS.c.state.in_(_LAST))
        with failures(), self.queue.store.engine.begin() as connection:
            connection.execute(sql.delete(CORRESPONDENTS).where(CORRESPONDENTS.c.proposal.in_(settled)))
