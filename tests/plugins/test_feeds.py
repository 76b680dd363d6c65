"""Atom feeds: what was written last comes first; ids never change, or every reader would see everything anew."""

import shutil
from pathlib import Path

import feedparser
import pytest

from tests import small_forum as forum
from tests.plugins.conftest import Built


def test_a_feed_follows_activity_newest_first(built: Built) -> None:
    feed = feedparser.parse(built.text("atom.xml"))
    assert [entry.link.rsplit("/", 2)[1] for entry in feed.entries] == [
        "2026-03-01-bbbb", "2026-02-05-aaaa", "2026-02-01-aaaa", "2026-03-04-bbbb",
    ]  # fmt: skip
    assert feed.entries[0].updated == "2026-04-14T12:00:00+02:00"
    assert feed.entries[0].published == "2026-03-01T10:00:00+01:00"


@pytest.mark.parametrize(
    ("path", "feed_id"),
    [
        ("atom.xml", "tag:localhost,2026:forum"),
        ("sans-reponse/atom.xml", "tag:localhost,2026:sans-reponse/"),
        ("mots/toux/atom.xml", "tag:localhost,2026:mots/toux/"),
    ],
)
def test_the_id_of_a_feed_is_for_ever(path: str, feed_id: str, built: Built) -> None:
    assert feedparser.parse(built.text(path)).feed.id == feed_id


def test_the_id_of_an_entry_is_for_ever(built: Built) -> None:
    first = feedparser.parse(built.text("atom.xml")).entries[0]
    assert first.id == "tag:localhost,2026:sujets/2026-03-01-bbbb/"


def test_no_feed_holds_what_only_members_read(built: Built) -> None:
    feeds = [text for path, text in built.files.items() if path.endswith("atom.xml")]
    assert len(feeds) > 3
    assert all(b"2026-03-20-dddd" not in text and b"effraie" not in text for text in feeds)


def test_a_feed_that_has_nothing_yet_has_a_date_that_never_moves(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path)
    for kind in ("cases", "topics", "replies"):
        shutil.rmtree(root / "content" / kind)
    forum.settle(root)
    feed = feedparser.parse((root / "output/atom.xml").read_text(encoding="utf-8"))
    assert feed.entries == []
    assert feed.feed.updated.startswith("2000-01-01T00:00:00")


def test_the_feed_of_a_thread_says_who_answered_and_when_and_never_a_word_of_it(built: Built) -> None:
    text = built.text("cas/2026-02-01-aaaa/atom.xml")
    feed = feedparser.parse(text)
    assert [entry.title for entry in feed.entries] == [
        "Réponse de merle", "Réponse de grive", "Titre de 2026-02-01-aaaa",
    ]  # fmt: skip
    assert feed.entries[0].link.endswith("/cas/2026-02-01-aaaa/#r-2026-04-12-cccc")
    assert feed.entries[0].updated == "2026-04-12T12:00:00+02:00"
    assert "Une réponse du" not in text
    assert "de Résolution" not in text


def test_a_thread_withdrawn_or_of_members_has_no_feed(built: Built) -> None:
    assert "sujets/2026-03-20-dddd/atom.xml" not in built.files
    assert "sujets/2026-03-21-dddd/atom.xml" not in built.files


def test_a_thread_leads_to_its_feed(built: Built) -> None:
    assert "cas/2026-02-01-aaaa/atom.xml" in built.links("cas/2026-02-01-aaaa/")
