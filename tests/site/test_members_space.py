"""The members' space: their whole edition, wrapped; the rest of the site is to the byte what it is without it."""

from datetime import timedelta
from pathlib import Path

import feedparser
import pytest

from divan.members.key_table import open_table
from divan.members.keyring import drawn, give_key, load_keyring
from divan.members.padding import is_step
from divan.members.path_register import CONTENTS, contents_of, place, read_shard, shard_path
from divan.members.where import keyring_file
from divan.site.build import build_editions
from divan.site.search.all_editions import index_editions
from tests import small_forum as forum

TITLE, SENTENCE = "Un sujet entre nous", "Une phrase rare que seuls les membres savent."
THREAD = "2026-03-09-dddd"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small forum with a thread for members; no key is given yet."""
    monkeypatch.setenv("DIVAN_TODAY", forum.TODAY.isoformat())
    forum.make_forum(tmp_path)
    forum.topic(tmp_path, THREAD, visibility="members", title=TITLE, text=SENTENCE, author="loriot")
    return tmp_path


def members(root: Path) -> Path:
    return root / "output" / "membres"


def give(root: Path, name: str = "Anne") -> bytes:
    """The root that opens, for a new holder."""
    file = keyring_file(root)
    key = give_key(file, name, forum.TODAY, drawn)
    known = load_keyring(file)
    assert known
    return key.root(known.site)


def opened(root: Path, member: bytes) -> dict[str, bytes]:
    """The edition that a member reads, from public files and her own key alone."""
    space = members(root)
    epoch = open_table((space / "keys").read_bytes(), member)
    assert epoch is not None
    found: dict[bytes, str] = {}
    for rank, identity in enumerate(contents_of(epoch, (space / CONTENTS).read_bytes()).shards):
        found |= read_shard(epoch.unwrap(epoch.name(shard_path(rank)), (space / place(identity)).read_bytes())[1])
    pairs = (epoch.unwrap(name, (space / place(identity)).read_bytes()) for name, identity in found.items())
    return dict(pairs)


def wrapped(root: Path) -> dict[str, bytes]:
    folder = members(root) / "f"
    return {file.name: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_without_a_key_there_is_no_space(root: Path) -> None:
    assert "Espace" not in build_editions(root)
    assert not members(root).exists()


def test_the_rest_of_the_site_weighs_no_byte_more(root: Path) -> None:
    build_editions(root)
    before = forum.site_of(root)
    give(root)
    build_editions(root)
    after = {path: content for path, content in forum.site_of(root).items() if not path.startswith("membres/")}
    assert (members(root) / "index.html").is_file()
    assert [path for path in forum.differences(before, after) if path != ".divan-pages"] == []


def test_a_member_reads_the_whole_edition_to_the_byte(root: Path) -> None:
    member = give(root)
    build_editions(root)
    index_editions(root)
    found = opened(root, member)
    edition = forum.site_of(root, ".divan/output/members/edition")
    del edition[".divan-pages"]
    assert found == edition
    assert SENTENCE.encode() in found[f"sujets/{THREAD}/index.html"]
    assert "chercher/index.json" in found


def test_nothing_of_it_is_read_without_a_key(root: Path) -> None:
    give(root)
    build_editions(root)
    index_editions(root)
    for path, content in forum.site_of(root).items():
        for word in (TITLE, "phrase rare", THREAD, "loriot", "Anne"):
            assert word.encode() not in content or (word == "Anne" and not path.startswith("membres/")), path
            assert word not in path


def test_one_change_wraps_only_what_it_changed_and_from_nothing_is_the_same(root: Path) -> None:
    give(root)
    build_editions(root)
    before = wrapped(root)
    assert build_editions(root).endswith("0 fichier chiffré.")
    forum.topic(root, THREAD, visibility="members", title=TITLE, text="Corrigé.", author="loriot")
    build_editions(root)
    after = wrapped(root)
    assert 0 < len(after.keys() - before.keys()) < len(after) / 4
    build_editions(root, full=True)
    assert wrapped(root) == after


def test_who_is_revoked_opens_nothing_and_no_file_is_the_same(root: Path) -> None:
    anne, basile = give(root, "Anne"), give(root, "Basile")
    build_editions(root)
    before = wrapped(root)
    old = open_table((members(root) / "keys").read_bytes(), anne)
    known = load_keyring(keyring_file(root))
    assert known
    known.revoke("Anne").save(keyring_file(root))
    build_editions(root)
    assert open_table((members(root) / "keys").read_bytes(), anne) is None
    assert not before.keys() & wrapped(root).keys()
    assert old and old.root != known.revoke("Anne").epoch.root
    assert f"sujets/{THREAD}/index.html" in opened(root, basile)


def test_sizes_go_by_steps_and_the_number_of_files_tells_64_at_a_time(root: Path) -> None:
    member = give(root)
    for thread in ("2026-03-10-eeee", "2026-03-11-ffff"):
        forum.topic(root, thread, visibility="members", title="Un autre", author="merle")
        build_editions(root)
        found = wrapped(root)
        assert all(is_step(len(content)) for content in found.values())
        epoch = open_table((members(root) / "keys").read_bytes(), member)
        assert epoch
        shards = len(contents_of(epoch, (members(root) / CONTENTS).read_bytes()).shards)
        assert (len(found) - shards) % 64 == 0


def test_a_stranger_s_file_among_them_goes(root: Path) -> None:
    give(root)
    build_editions(root)
    forum.write(root, "output/membres/f/titre-du-fil.html", SENTENCE)
    build_editions(root)
    assert not (members(root) / "f/titre-du-fil.html").exists()


def test_what_is_held_back_of_one_edition_holds_nothing_of_the_other(root: Path) -> None:
    member = give(root)
    forum.write(root, "content/topics/2026/2026-05-01-ffff.md", "---\ntitle: sans fin\n")
    from divan.site.build import HeldBack

    with pytest.raises(HeldBack) as told:
        build_editions(root)
    assert told.value.published
    assert f"sujets/{THREAD}/index.html" in opened(root, member)


def test_the_last_key_taken_back_closes_the_space_to_all(root: Path) -> None:
    give(root)
    build_editions(root)
    keyring_file(root).unlink()
    build_editions(root)
    assert not members(root).exists()


def test_a_build_is_never_dated_before_the_last(root: Path) -> None:
    member = give(root)
    made = []
    for day in range(2):
        forum.topic(root, THREAD, visibility="members", title=f"Le {forum.TODAY + timedelta(day)}", author="loriot")
        build_editions(root)
        epoch = open_table((members(root) / "keys").read_bytes(), member)
        assert epoch
        made.append(contents_of(epoch, (members(root) / CONTENTS).read_bytes()).made)
    assert made[0] < made[1]


def feeds(root: Path) -> list[Path]:
    return sorted((members(root) / "flux").glob("*"))


def test_a_feed_is_made_for_whoever_asked_holds_titles_alone_and_goes_when_taken_back(root: Path) -> None:
    give(root)
    build_editions(root, {"SITEURL": "https://forum.example"})
    assert feeds(root) == []
    ring = load_keyring(keyring_file(root))
    assert ring
    ring.with_feed("Anne", b"\x07" * 20).save(keyring_file(root))
    build_editions(root, {"SITEURL": "https://forum.example"})
    (file,) = feeds(root)
    assert file.name == "07" * 20 + ".xml"
    told = feedparser.parse(file.read_bytes())
    assert not told.bozo
    assert TITLE in [entry.title for entry in told.entries]
    assert f"https://forum.example/membres/#sujets/{THREAD}/" in [entry.link for entry in told.entries]
    assert not any(word in file.read_text(encoding="utf-8") for word in ("phrase rare", "loriot", "membres/lire"))
    ring.with_feed("Anne", b"").save(keyring_file(root))
    build_editions(root, {"SITEURL": "https://forum.example"})
    assert feeds(root) == []


def test_who_is_revoked_has_no_feed_any_more(root: Path) -> None:
    give(root, "Anne")
    give(root, "Basile")
    ring = load_keyring(keyring_file(root))
    assert ring
    ring.with_feed("Anne", b"\x07" * 20).save(keyring_file(root))
    build_editions(root)
    assert len(feeds(root)) == 1
    ring.revoke("Anne").save(keyring_file(root))
    build_editions(root)
    assert feeds(root) == []
