"""A study that asks for tokens, its invitations, and phones that answer: what the tests of tokens share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from starlette.testclient import TestClient

from divan.collector.answer_admission import unpacked
from divan.collector.app import CollectorSettings, create_app
from divan.collector.identity import Key
from divan.collector.spending import hand_out
from divan.collector.store import AnswerStore
from divan.tokens.blind_signature import new_key
from divan.tokens.invitation_code import draw_code
from divan.tokens.signing_key import SigningKey, make_signing_key
from tests.collector.sending import ADDRESS, ANSWER, DURING, STUDY
from tests.tokens.blinding_phone import Blinding, blinding, packed

KEY = Key("secret")
SCRIPT = {"accept": "application/json"}
INVITED = replace(STUDY, waves=tuple(replace(wave, by_token=True) for wave in STUDY.waves))


@dataclass
class Invitations:
    """A wave that is open to whoever holds one of ``codes``."""

    store: AnswerStore
    signing: SigningKey
    codes: list[str]
    client: TestClient

    def sign(self, code: str, phone: Blinding):  # type: ignore[no-untyped-def]
        asked = {"invitation": code, "blinded": packed(phone.blinded)}
        return self.client.post(f"{ADDRESS}jeton", data=asked, headers=SCRIPT)

    def token(self, code: str) -> str:
        """What a phone sends with its answer once its code is changed."""
        phone = blinding(self.signing.public)
        return phone.token(unpacked(self.sign(code, phone).json()["signature"]))

    def answer(self, **fields: str):  # type: ignore[no-untyped-def]
        return self.client.post(ADDRESS, data={**ANSWER, **fields}, headers=SCRIPT)

    def admitted(self, *, quarantined: bool = False) -> list[str]:
        return [answer.admission for answer in self.store.kept("pilote", "before", quarantined=quarantined)]


@cache
def signing_pem() -> bytes:
    """One key for every test: two large primes take a while to be found."""
    return new_key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def invite(
    store: AnswerStore, folder: Path, people: int, codes: list[str] | None = None, **settings: object
) -> Invitations:
    """A collector of this wave, and as many codes as people; the client is to be entered."""
    codes = codes or [draw_code() for _ in range(people)]
    hand_out(store.engine, "pilote", "before", [KEY.invitation("pilote", "before", code) for code in codes])
    place = folder / "pilote" / "before.key"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(signing_pem())
    signing = make_signing_key(folder, "pilote", "before")
    known = CollectorSettings(
        {"pilote": INVITED},
        store,
        KEY,
        signing_keys=folder,
        today=lambda: DURING,
        **settings,  # type: ignore[arg-type]
    )
    return Invitations(store, signing, codes, TestClient(create_app(known), client=("127.0.0.1", 50000)))
