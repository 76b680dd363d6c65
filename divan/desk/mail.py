"""News by mail, one a person, from the settings ``NEWS``."""

from __future__ import annotations

import smtplib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any

from divan.collector.mail_server import MailServer, read_server


@dataclass(frozen=True)
class Mail:
    """A server, the moderators' addresses, and where their desk is."""

    server: MailServer
    moderators: tuple[str, ...]
    desk: str = ""

    def send(self, to: Sequence[str], subject: str, text: str) -> bool:
        """Whether this is settled: taken, or an address refused for good, which is said by its place and not named."""
        settled = True
        try:
            with self.server.opened() as session:
                for place, address in enumerate(to, 1):
                    settled &= self._send_one(session, self._message(address, subject, text), place)
                session.quit()
        except (OSError, smtplib.SMTPException, ValueError):
            return False
        return settled

    def _send_one(self, session: smtplib.SMTP, message: EmailMessage, place: int) -> bool:
        try:
            session.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            for_good = all(code >= 500 for code, _said in refused.recipients.values())
            if for_good:
                print(
                    f"Le serveur de courriel refuse l'adresse n° {place} de « {message['Subject']} ».", file=sys.stderr
                )
            return for_good
        return True

    def _message(self, address: str, subject: str, text: str) -> EmailMessage:
        link = f"\n\n{self.desk}/desk/" if self.desk and address in self.moderators else ""
        return self.server.message(address, subject, text + link + "\n")


def mail_of(said: Mapping[str, Any] | None, desk: str) -> Mail | None:
    """The setting ``NEWS`` read; None when there is none. ProblemsFound when it lacks something."""
    if not said:
        return None
    server = read_server("NEWS", said, ("host", "from", "to"))
    to = (said["to"],) if isinstance(said["to"], str) else tuple(said["to"])
    return Mail(server, to, desk)
