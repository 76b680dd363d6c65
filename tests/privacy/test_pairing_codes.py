"""A phrase always makes the same code, whatever its dress; a number's hash says nothing without the key."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from divan.privacy.pairing_codes import keyed_hash, phrase_code, plain_phrase, read_key


@pytest.mark.parametrize(
    "phrase", ["Demain, dès l'aube !", "demain dès l’aube", "  DEMAIN DES LAUBE", "Demain, de\u0300s l'aube…"]
)
def test_case_accents_spaces_and_punctuation_do_not_count(phrase: str) -> None:
    assert plain_phrase(phrase) == "demaindeslaube"


def test_a_phrase_is_the_one_that_a_reader_sees() -> None:
    assert (
        plain_phrase("L\u2019œil du Łosoś, à la ﬁn\u00ad")
        == plain_phrase("l'oeil du losos a la fin")
        == "loeildulososalafin"
    )


def test_a_phrase_keeps_its_own_alphabet() -> None:
    assert plain_phrase("Мама ο ٠٦") == "мамаο٠٦"


def test_a_code_depends_on_the_phrase_and_on_the_study() -> None:
    # openssl kdf -keylen 5 -kdfopt digest:SHA256 -kdfopt pass:demaindeslaube -kdfopt salt:sel-de-l-essai \
    #   -kdfopt iter:600000 PBKDF2, its five bytes then in base 32
    assert phrase_code("Demain, dès l'aube !", "sel-de-l-essai") == "vszb2mng"
    assert phrase_code("Demain, dès l'aube !", "autre-etude") != phrase_code("Demain, dès l'aube !", "sel-de-l-essai")


def test_a_phrase_too_short_makes_no_code() -> None:
    with pytest.raises(ValueError, match="huit lettres"):
        phrase_code("l'aube !", "sel-de-l-essai")


def test_a_hash_needs_its_key_and_ignores_spaces(tmp_path: Path) -> None:
    key, other = read_key(tmp_path / "a"), read_key(tmp_path / "b")
    assert keyed_hash("1000 1234 565", key) == keyed_hash("10001234565", key) != keyed_hash("10001234565", other)
    assert read_key(tmp_path / "a") == key


def test_only_its_owner_reads_the_key(tmp_path: Path) -> None:
    read_key(tmp_path / "key")
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_the_folder_of_a_key_is_made_with_it(tmp_path: Path) -> None:
    key = read_key(tmp_path / "not" / "yet" / "key")
    assert read_key(tmp_path / "not" / "yet" / "key") == key
