"""Passkeys, by the ``webauthn`` library: what the browser is asked, and whether what it answers holds."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import webauthn
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from divan.desk.sessions import Sessions, SignedIn

_VERIFIED = UserVerificationRequirement.REQUIRED  # a phone left unlocked on a desk is not enough


def to_register(sessions: Sessions, who: SignedIn, origin: str) -> str:
    """What ``navigator.credentials.create`` is given, in JSON."""
    options = webauthn.generate_registration_options(
        rp_id=_host(origin), rp_name="Divan", user_name=who.name, user_id=f"device-{who.device}".encode(),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
        ),
    )  # fmt: skip
    sessions.remember_challenge(bytes_to_base64url(options.challenge))
    return webauthn.options_to_json(options)


def register(sessions: Sessions, who: SignedIn, origin: str, answer: str) -> bool:
    """Take in a new passkey for this device."""
    challenge = _challenge(answer)
    if challenge is None or not sessions.use_challenge(challenge):
        return False
    try:
        made = webauthn.verify_registration_response(
            credential=answer, expected_challenge=base64url_to_bytes(challenge), expected_rp_id=_host(origin),
            expected_origin=origin, require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return False
    sessions.give_passkey(who, bytes_to_base64url(made.credential_id), made.credential_public_key, made.sign_count)
    return True


def to_sign_in(sessions: Sessions, origin: str) -> str:
    """What ``navigator.credentials.get`` is given, in JSON."""
    options = webauthn.generate_authentication_options(rp_id=_host(origin), user_verification=_VERIFIED)
    sessions.remember_challenge(bytes_to_base64url(options.challenge))
    return webauthn.options_to_json(options)


def sign_in(sessions: Sessions, origin: str, answer: str) -> str | None:
    """A session's secret when a known passkey answered our challenge."""
    challenge, credential = _challenge(answer), _read(answer).get("id")
    if challenge is None or not isinstance(credential, str) or not sessions.use_challenge(challenge):
        return None
    known = sessions.passkey(credential)
    if known is None:
        return None
    try:
        verified = webauthn.verify_authentication_response(
            credential=answer, expected_challenge=base64url_to_bytes(challenge), expected_rp_id=_host(origin),
            expected_origin=origin, credential_public_key=known[0], credential_current_sign_count=known[1],
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    return sessions.enter_by_passkey(credential, verified.new_sign_count)


def _challenge(answer: str) -> str | None:
    """The challenge that an answer says it is for."""
    try:
        client = json.loads(base64url_to_bytes(_read(answer)["response"]["clientDataJSON"]))
        challenge = client["challenge"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return challenge if isinstance(challenge, str) and challenge.isascii() else None


def _read(answer: str) -> dict[str, Any]:
    try:
        read = json.loads(answer)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _host(origin: str) -> str:
    return urlsplit(origin).hostname or ""
