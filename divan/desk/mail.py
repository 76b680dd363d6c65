"""Mails by SMTP with STARTTLS, one a person, from the settings ``NEWS``; the password stays in the environment."""

from __future__ import annotations

import os
import smtplib
import ssl
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any

from divan.builder.settings import SETTINGS_FILE
from divan.sources.problem import Problem, ProblemsFound

PASSWORD = "DIVAN_SMTP_PASSWORD"  # noqa: S105 - the variable's name, not its value
_PATIENCE = 20


@dataclass(frozen=True)
class Mail:
    """A server, who writes, and the moderators' addresses. ``starttls`` is only False on the machine itself."""

    host: str
    port: int
    sender: str
    moderators: tuple[str, ...]
    user: str = ""
    starttls: bool = True
    desk: str = ""

    def send(self, to: Sequence[str], subject: str, text: str) -> bool:
        """Whether this is settled: taken, or an address refused for good, which is said by its place and not named."""
        settled = True
        try:
            with closing(smtplib.SMTP(self.host, self.port, timeout=_PATIENCE)) as server:
                if self.starttls:
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, os.environ.get(PASSWORD, ""))
                for place, address in enumerate(to, 1):
                    settled &= self._send_one(server, self._message(address, subject, text), place)
                server.quit()
        except (OSError, smtplib.SMTPException, ValueError):
            return False
        return settled

    def _send_one(self, server: smtplib.SMTP, message: EmailMessage, place: int) -> bool:
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            for_good = all(code >= 500 for code, _said in refused.recipients.values())
            if for_good:
                print(
                    f"Le serveur de courriel refuse l'adresse n° {place} de « {message['Subject']} ».", file=sys.stderr
                )
            return for_good
        return True

    def _message(self, address: str, subject: str, text: str) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, address, subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=self.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        link = f"\n\n{self.desk}/desk/" if self.desk and address in self.moderators else ""
        message.set_content(text + link + "\n")
        return message


def mail_of(said: Mapping[str, Any] | None, desk: str) -> Mail | None:
    """The setting ``NEWS`` read; None when there is none. ProblemsFound when it lacks something."""
    if not said:
        return None
    lacking = [name for name in ("host", "from", "to") if not said.get(name)]
    local = said.get("host") in ("localhost", "127.0.0.1", "::1")
    if lacking or (said.get("starttls") is False and not local):
        message = f"NEWS demande « {lacking[0]} »" if lacking else "NEWS : sans STARTTLS, seulement sur la machine même"
        example = 'exemple : {"host": "smtp.exemple.fr", "from": "forum@exemple.fr", "to": ["a@exemple.fr"]}'
        raise ProblemsFound([Problem(SETTINGS_FILE, None, message, example)])
    to = (said["to"],) if isinstance(said["to"], str) else tuple(said["to"])
    starttls = bool(said.get("starttls", not local))
    return Mail(said["host"], int(said.get("port", 587)), said["from"], to, said.get("user", ""), starttls, desk)
