"""Mails by SMTP with STARTTLS, one a person, from the settings ``NEWS``; the password stays in the environment."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
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
        """Whether the server took it for everybody; nothing is said of the addresses when it did not."""
        try:
            with smtplib.SMTP(self.host, self.port, timeout=_PATIENCE) as server:
                if self.starttls:
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, os.environ.get(PASSWORD, ""))
                for address in to:
                    server.send_message(self._message(address, subject, text))
        except (OSError, smtplib.SMTPException, ValueError):
            return False
        return True

    def _message(self, address: str, subject: str, text: str) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, address, subject
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
