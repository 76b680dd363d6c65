"""The collector signs what it does not see, as RFC 9474 says, number for number."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from divan.tokens.blind_signature import blind_sign, new_key, verifies
from tests.tokens.blinding_phone import Blinding

VECTOR = json.loads((Path(__file__).parent / "rfc9474.json").read_text(encoding="utf-8"))
P, Q, N, E, D = (int(VECTOR[name], 16) for name in ("p", "q", "n", "e", "d"))
MESSAGE, SALT, BLINDED, BLIND_SIGNATURE, SIGNATURE = (
    bytes.fromhex(VECTOR[name]) for name in ("msg", "salt", "blinded_msg", "blind_sig", "sig")
)


@pytest.fixture(scope="module")
def published() -> rsa.RSAPrivateKey:
    public = rsa.RSAPublicNumbers(E, N)
    one, other, inverse = rsa.rsa_crt_dmp1(D, P), rsa.rsa_crt_dmq1(D, Q), rsa.rsa_crt_iqmp(P, Q)
    return rsa.RSAPrivateNumbers(P, Q, D, one, other, inverse, public).private_key()


def test_a_blinded_message_is_signed_as_the_rfc_signs_it(published: rsa.RSAPrivateKey) -> None:
    assert blind_sign(published, BLINDED) == BLIND_SIGNATURE
    assert blind_sign(published, BLINDED) == BLIND_SIGNATURE  # asked again, the same


def test_the_phone_of_our_tests_blinds_and_unblinds_as_the_rfc_does() -> None:
    phone = Blinding(N, E, MESSAGE, pow(int(VECTOR["inv"], 16), -1, N), SALT)
    assert phone.blinded == BLINDED
    assert phone.unblinded(BLIND_SIGNATURE) == SIGNATURE


def test_the_signature_of_the_rfc_is_verified_and_no_other(published: rsa.RSAPrivateKey) -> None:
    public = published.public_key()
    assert verifies(public, MESSAGE, SIGNATURE)
    assert not verifies(public, MESSAGE + b"!", SIGNATURE)
    assert not verifies(public, MESSAGE, BLIND_SIGNATURE)
    assert not verifies(new_key().public_key(), MESSAGE, SIGNATURE)
    assert not verifies(public, MESSAGE, b"")


@pytest.mark.parametrize("number", [0, 1, N - 1, N, N + 5])
def test_a_number_that_would_tell_of_the_key_or_is_none_of_its_own_is_not_signed(
    published: rsa.RSAPrivateKey, number: int
) -> None:
    with pytest.raises(ValueError, match="out of range"):
        blind_sign(published, number.to_bytes(512, "big"))


@pytest.mark.parametrize("length", [0, 511, 513])
def test_what_has_not_the_length_of_the_key_is_not_signed(published: rsa.RSAPrivateKey, length: int) -> None:
    with pytest.raises(ValueError, match="out of range"):
        blind_sign(published, b"\1" * length)


def test_every_signing_could_be_that_of_every_token() -> None:
    """What the collector saw when it signed fits each token as well: for any pair there is a factor that hides it."""
    key = new_key()
    private, public = key.private_numbers(), key.public_key().public_numbers()
    phones = [Blinding(public.n, public.e, bytes([n]) * 32, 1234567 + n, bytes([n]) * 48) for n in range(4)]
    seen = [(phone.blinded, blind_sign(key, phone.blinded)) for phone in phones]
    for phone in phones:
        for blinded, signature in seen:
            ratio = int.from_bytes(blinded, "big") * pow(phone.message, -1, public.n) % public.n
            factor = pow(ratio, private.d, public.n)
            other = Blinding(public.n, public.e, phone.serial, factor, phone.salt)
            assert other.blinded == blinded
            assert verifies(key.public_key(), phone.serial, other.unblinded(signature))
