"""The letter leaves, to each reader once: what a kill interrupts is taken up again, and nothing is sent twice."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from divan.collector.mail_server import MailServer
from divan.letter.letter_text import Letter
from divan.letter.subscribers import Delivery, Subscriber, Subscribers
from divan.letter.week import ForumWeek


@dataclass
class Posted:
    """How many letters left in this run, were refused for good, are for another run, were on their way at a kill."""

    sent: int = 0
    refused: int = 0
    later: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class Posting:
    """A week's letter, its server, its readers; ``address`` is where the collector takes those who leave."""

    server: MailServer
    subscribers: Subscribers
    address: str
    write: Callable[[str], Letter]

    def post(self, week: ForumWeek) -> Posted:
        """Send to those who have not had it."""
        posted = Posted()
        known = self.subscribers.deliveries(week.id)
        posted.unknown = sum(state is Delivery.LEAVING for state in known.values())
        waiting = [reader for reader in self.subscribers.confirmed() if reader.id not in known]
        if not waiting:
            return posted
        try:
            with self.server.opened() as session:
                for reader in waiting:
                    self._send(session, week.id, reader, posted)
        except (OSError, smtplib.SMTPException):
            pass  # le serveur est parti : ceux qui restent auront leur lettre au prochain envoi
        posted.later = len(waiting) - posted.sent - posted.refused
        return posted

    def _send(self, session: smtplib.SMTP, week: str, reader: Subscriber, posted: Posted) -> None:
        """The letter is ours only from the moment it can leave: a kill before then costs nobody their letter."""
        session.ehlo_or_helo_if_needed()
        session.mail(_bare(self.server.sender))
        code, _ = session.rcpt(reader.address)
        if code >= 500:
            posted.refused += self.subscribers.claim(week, reader.id)
            self.subscribers.settle(week, reader.id, Delivery.REFUSED)
        if code not in (250, 251) or not self.subscribers.claim(week, reader.id):
            session.rset()
            return
        try:
            code, _ = session.data(self._message(reader).as_bytes(policy=SMTP))
        except smtplib.SMTPDataError as refused:
            code = refused.smtp_code
        if code == 250:
            self.subscribers.settle(week, reader.id, Delivery.SENT)
            posted.sent += 1
        else:
            self.subscribers.settle(week, reader.id, Delivery.REFUSED if code >= 500 else None)
            posted.refused += code >= 500

    def _message(self, reader: Subscriber) -> EmailMessage:
        leave = f"{self.address}leave/{reader.token}"
        letter = self.write(leave)
        message = self.server.message(reader.address, letter.subject, letter.text)
        message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
        message["List-Unsubscribe"] = f"<{leave}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message["Precedence"] = "bulk"
        return message


def _bare(sender: str) -> str:
    return parseaddr(sender)[1]
