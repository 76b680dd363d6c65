"""No primitive is ours: those that we call answer as the published vectors say."""

import hmac
from hashlib import pbkdf2_hmac, sha256

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

from divan.members.derivation import hkdf


def test_hkdf_answers_as_rfc_5869_says() -> None:
    """Appendix A.1."""
    found = hkdf(bytes([0x0B] * 22), bytes(range(13)), bytes(range(0xF0, 0xFA)), 42)
    assert found.hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )  # fmt: skip


def test_key_wrap_answers_as_rfc_3394_says() -> None:
    """Section 4.6: 256 bits of key data with a 256-bit key."""
    wrapping = bytes(range(32))
    data = bytes.fromhex("00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f")
    wrapped = bytes.fromhex("28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21")
    assert aes_key_wrap(wrapping, data) == wrapped
    assert aes_key_unwrap(wrapping, wrapped) == data


def test_aes_gcm_answers_as_its_authors_say() -> None:
    """McGrew and Viega, The Galois/Counter Mode of Operation, test case 16: 256 bits, with associated data."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    about = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    assert AESGCM(key).encrypt(nonce, plain, about).hex() == (
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )


def test_pbkdf2_answers_as_rfc_7914_says() -> None:
    """Section 11."""
    assert pbkdf2_hmac("sha256", b"passwd", b"salt", 1, 64).hex() == (
        "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc"
        "49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783"
    )


def test_hmac_answers_as_rfc_4231_says() -> None:
    """Test case 2."""
    found = hmac.digest(b"Jefe", b"what do ya want for nothing?", sha256)
    assert found.hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
