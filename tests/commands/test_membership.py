"""« divan members » gives, lists and takes back keys, and says in French what it cannot do."""

from pathlib import Path

import pytest

from divan.commands.runs import main
from divan.members.keyring import load_keyring
from divan.members.member_key import key_of_phrase, key_of_words
from divan.members.where import keyring_file
from tests.small_forum import write


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "pelicanconf.py", 'SITEURL = "https://divan.example/groupe"\n')
    return tmp_path


def divan(root: Path, *words: str) -> int:
    return main(["--root", str(root), "members", *words])


def test_a_card_has_a_link_and_the_same_key_in_words(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert divan(root, "key", "Anne Aulne") == 0
    said = capsys.readouterr().out
    link = next(line for line in said.splitlines() if "#cle=" in line)
    words = link.partition("#cle=")[2]
    assert "https://divan.example/groupe/membres/#cle=" in link
    assert said.count(words) == 2
    known = load_keyring(keyring_file(root))
    assert known and [one.root for one in known.holders] == [key_of_words(words).root(known.site)]


def test_who_holds_a_key_is_listed_and_one_is_taken_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert divan(root, "list") == 0
    assert "Personne" in capsys.readouterr().out
    for name in ("Basile", "Anne"):
        divan(root, "key", name)
    capsys.readouterr()
    assert divan(root, "revoke", "Basile") == 0
    assert "divan build" in capsys.readouterr().out
    divan(root, "list")
    said = capsys.readouterr().out
    assert "Anne, depuis le" in said and "Basile" not in said


def test_a_phrase_is_read_from_a_file_and_never_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    phrase = "cerise tambour pluie fenêtre marteau"
    write(root, "phrase", phrase + "\n")
    assert divan(root, "key", "Anne", "--phrase", str(root / "phrase")) == 0
    assert "cerise" not in capsys.readouterr().out
    known = load_keyring(keyring_file(root))
    assert known and known.holders[0].root == key_of_phrase(phrase, known.site).root(known.site)


@pytest.mark.parametrize(
    ("words", "told"),
    [(["key"], "NOM"), (["revoke", "Anne"], "personne ne tient"), (["key", "Anne", "--phrase", "court"], "mots"),
     (["key", "Anne", "--phrase", "vide"], "manque")],
)  # fmt: skip
def test_what_cannot_be_done_is_told(root: Path, words: list[str], told: str,
                                     capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    write(root, "court", "azerty")
    write(root, "vide", "\n")
    assert divan(root, *(str(root / word) if word in ("court", "vide") else word for word in words)) == 1
    assert told in capsys.readouterr().err
    assert load_keyring(keyring_file(root)) is None


def test_the_same_name_twice_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    divan(root, "key", "Anne")
    assert divan(root, "key", " Anne ") == 1
    assert "a déjà une clé" in capsys.readouterr().err
