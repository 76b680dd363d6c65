"""The server that takes our mails, by SMTP with STARTTLS; the password stays in the environment."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any

from divan.builder.settings import SETTINGS_FILE
from divan.sources.problem import Problem, ProblemsFound

PASSWORD = "DIVAN_SMTP_PASSWORD"  # noqa: S105 - the variable's name, not its value
_PATIENCE = 20
_HERE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class MailServer:
    """A server and who writes. ``starttls`` is only False on the machine itself."""

    host: str
    port: int
    sender: str
    user: str = ""
    starttls: bool = True

    @contextmanager
    def opened(self) -> Iterator[smtplib.SMTP]:
        """A session, entered when a user is told; OSError or SMTPException when it cannot be had."""
        with closing(smtplib.SMTP(self.host, self.port, timeout=_PATIENCE)) as session:
            if self.starttls:
                session.starttls(context=ssl.create_default_context())
            if self.user:
                session.login(self.user, os.environ.get(PASSWORD, ""))
            yield session

    def message(self, to: str, subject: str, text: str) -> EmailMessage:
        """A mail of ours in plain text, with an id that does not name this machine."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=self.sender.rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text, cte="quoted-printable")
        return message


def read_server(name: str, said: Mapping[str, Any], needed: Sequence[str]) -> MailServer:
    """The setting ``name`` read; ProblemsFound when it lacks one of the ``needed``."""
    lacking = [one for one in needed if not said.get(one)]
    local = said.get("host") in _HERE
    if lacking or (said.get("starttls") is False and not local):
        unsafe = "sans STARTTLS, seulement sur la machine même"
        message = f"{name} demande « {lacking[0]} »" if lacking else f"{name} : {unsafe}"
        to = ', "to": ["a@exemple.fr"]' if "to" in needed else ""
        example = f'exemple : {{"host": "smtp.exemple.fr", "from": "forum@exemple.fr"{to}}}'
        raise ProblemsFound([Problem(SETTINGS_FILE, None, message, example)])
    starttls = bool(said.get("starttls", not local))
    return MailServer(said["host"], int(said.get("port", 587)), said["from"], said.get("user", ""), starttls)
