"""A real mail server on this machine, with STARTTLS and a password, that keeps what it is given."""

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bench.collector import free_port

USER, PASSWORD = "forum", "un mot de passe"


@dataclass
class Postbox:
    """``received`` are mails with whom they were for; an address in ``refused`` answers with its code."""

    received: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refused: dict[str, int] = field(default_factory=dict)
    encrypted: list[bool] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, to: str, _options: object) -> str:  # noqa: N802
        if to in self.refused:
            return f"{self.refused[to]} no"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        read = message_from_bytes(envelope.content or b"", policy=policy.default)
        self.received += [(to, read) for to in envelope.rcpt_tos]
        self.encrypted.append(session.ssl is not None)
        return "250 OK"


def _authenticate(_server: SMTP, _session: Session, _envelope: Envelope, _way: str, sent: object) -> AuthResult:
    given = (sent.login, sent.password) if isinstance(sent, LoginPassword) else ()
    return AuthResult(success=given == (USER.encode(), PASSWORD.encode()), handled=False)


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for ``localhost``, signed by itself."""
    made, key = folder / "certificate.pem", folder / "key.pem"
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    words = ["openssl", "req", "-x509", *curve, "-nodes", "-days", "2", *name, "-keyout", str(key), "-out", str(made)]
    subprocess.run(words, check=True, capture_output=True)
    return made, key


@contextmanager
def postbox(pair: tuple[Path, Path] | None = None) -> Iterator[Postbox]:
    """With a certificate, nothing is taken before STARTTLS and the password."""
    kept = Postbox()
    secured: dict[str, object] = {}
    if pair:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*pair)
        secured = {"tls_context": context, "require_starttls": True, "authenticator": _authenticate,
                   "auth_required": True}  # fmt: skip
    kept.port = free_port()
    server = Controller(kept, hostname="127.0.0.1", port=kept.port, **secured)
    server.start()
    yield kept
    server.stop()
