"""Each holder opens the epoch with her own key; who is revoked opens nothing of the next one; nobody is named."""

import json
from base64 import b64decode
from datetime import date
from pathlib import Path

import pytest

from divan.members.key_table import ENTRY, open_table
from divan.members.keyring import Keyring, drawn, give_key, load_keyring, new_keyring
from divan.members.member_key import MemberKey, draw_key, key_of_phrase
from divan.members.where import keyring_file
from divan.sources.problem import ProblemsFound

TODAY = date(2026, 6, 1)


def ring(**keys: MemberKey) -> Keyring:
    found = new_keyring()
    for name, key in keys.items():
        found = found.admit(name, TODAY, key)
    return found


def entries(known: Keyring) -> list[bytes]:
    found = b64decode(json.loads(known.table())["entries"])
    return [found[start : start + ENTRY] for start in range(0, len(found), ENTRY)]


def test_each_holder_opens_the_epoch_and_a_stranger_does_not() -> None:
    anne, basile = draw_key(), draw_key()
    known = ring(anne=anne, basile=basile)
    for key in (anne, basile):
        assert open_table(known.table(), key.root(known.site)) == known.epoch
    assert open_table(known.table(), draw_key().root(known.site)) is None


def test_a_phrase_opens_too() -> None:
    known = new_keyring()
    key = key_of_phrase("cerise tambour pluie fenêtre marteau", known.site)
    known = known.admit("anne", TODAY, key)
    assert open_table(known.table(), key.root(known.site)) == known.epoch


def test_who_is_revoked_opens_nothing_new_and_nobody_else_changes_anything() -> None:
    anne, basile = draw_key(), draw_key()
    before = ring(anne=anne, basile=basile)
    after = before.revoke("anne")
    assert after.epoch.number == before.epoch.number + 1
    assert after.epoch.root != before.epoch.root
    assert open_table(after.table(), anne.root(after.site)) is None
    assert open_table(after.table(), basile.root(after.site)) == after.epoch
    assert open_table(after.table(), after.holders[0].root) == after.epoch


def test_the_table_names_nobody_rounds_their_number_and_no_entry_is_known_again() -> None:
    known = ring(anne=draw_key(), basile=draw_key(), claire=draw_key())
    assert b"anne" not in known.table()
    assert len(entries(known)) == 64
    assert entries(known) == sorted(entries(known))
    assert not set(entries(known)) & set(entries(known.revoke("claire")))
    many = ring(**{f"n{n}": draw_key() for n in range(65)})
    assert len(entries(many)) == len(set(entries(many))) == 128


def test_an_altered_entry_opens_nothing() -> None:
    anne = draw_key()
    known = ring(anne=anne)
    mark = open_table(known.table(), anne.root(known.site))
    about = json.loads(known.table())
    content = bytearray(b64decode(about["entries"]))
    for place in range(20, len(content), ENTRY):
        content[place] ^= 1
    from base64 import b64encode

    about["entries"] = b64encode(content).decode()
    assert mark is not None
    assert open_table(json.dumps(about).encode(), anne.root(known.site)) is None


def test_the_keyring_keeps_no_card_is_its_owner_s_alone_and_comes_back(tmp_path: Path) -> None:
    file = keyring_file(tmp_path)
    key = give_key(file, "anne", TODAY, drawn)
    known = load_keyring(file)
    assert known is not None
    assert known.holders[0].root == key.root(known.site)
    assert key.secret.hex() not in file.read_text() and key.words() not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    assert open_table(known.table(), key.root(known.site)) == known.epoch


def test_a_name_holds_one_key_and_a_stranger_has_none_to_lose(tmp_path: Path) -> None:
    file = keyring_file(tmp_path)
    give_key(file, "anne", TODAY, drawn)
    before = file.read_bytes()
    with pytest.raises(ProblemsFound):
        give_key(file, "anne", TODAY, drawn)
    with pytest.raises(ProblemsFound):
        new_keyring().revoke("anne")
    assert file.read_bytes() == before


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"epoch": 3, "holders": []}', "\x00"])
def test_a_keyring_that_does_not_read_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "keyring.key").write_text(text)
    with pytest.raises(ProblemsFound, match="sauvegarde"):
        load_keyring(tmp_path / "keyring.key")
    assert load_keyring(tmp_path / "none.key") is None
