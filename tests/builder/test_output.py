"""The site's folder: what is new first, what is gone last, nothing that is not ours, and the same when begun again."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from divan.builder.memory import Store
from divan.builder.output import (
    INVENTORY,
    Staging,
    files_in,
    fresh_folder,
    inventory,
    inventory_seal,
    publish,
    seal_of,
)
from divan.builder.site_files import Published, Written, lost_pages


def staged(tmp_path: Path, pages: dict[str, str]) -> Staging:
    staging = Staging(fresh_folder(tmp_path / "staging"), Published(None, ()))
    for path, text in pages.items():
        staging.add(path, b"key", text.encode())
    return staging


def carry(tmp_path: Path, pages: dict[str, str], gone: tuple[str, ...] = (), owned: list[str] | None = None) -> Path:
    """Publish these pages; ``owned`` are all that we then have."""
    output, staging = tmp_path / "output", staged(tmp_path, pages)
    ours = sorted(owned or pages)
    publish(staging.folder, output, staging.moved, gone, lambda: ours, seal_of(ours))
    assert not staging.folder.exists()
    assert inventory(output) == ours
    assert inventory_seal(output) == seal_of(ours)
    return output


def read(output: Path) -> dict[str, str]:
    return {path: (output / path).read_text() for path in sorted(files_in(output)) if path != INVENTORY}


def test_the_first_site_takes_its_place_at_once(tmp_path: Path) -> None:
    output = carry(tmp_path, {"index.html": "a", "cas/x/index.html": "b"})
    assert read(output) == {"cas/x/index.html": "b", "index.html": "a"}
    assert (output / INVENTORY).read_text() == "cas/x/index.html\nindex.html\n"


def test_what_is_gone_leaves_with_the_folders_that_it_emptied_and_nothing_of_others(tmp_path: Path) -> None:
    output = carry(tmp_path, {"index.html": "a", "cas/x/index.html": "b", "cas/y/index.html": "c"})
    (output / "cas/y/to-keep.txt").write_text("à quelqu'un d'autre")
    carry(tmp_path, {"index.html": "A", "new/n.html": "n"}, ("cas/x/index.html", "cas/y/index.html", "never/was.html"),
          ["index.html", "new/n.html"])  # fmt: skip
    assert read(output) == {"cas/y/to-keep.txt": "à quelqu'un d'autre", "index.html": "A", "new/n.html": "n"}
    assert not (output / "cas/x").exists()


def test_a_publication_begun_again_ends_the_same(tmp_path: Path) -> None:
    output = carry(tmp_path, {"index.html": "a", "b.html": "b"})
    staging = staged(tmp_path, {"index.html": "A", "c.html": "c"})
    os.replace(staging.folder / "c.html", output / "c.html")  # a kill after the first move
    ours = ["c.html", "index.html"]
    publish(staging.folder, output, staging.moved, ["b.html"], lambda: ours, seal_of(ours))
    assert read(output) == {"c.html": "c", "index.html": "A"}


def test_from_another_disk_each_file_is_copied_beside_then_renamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def refused(source: str, target: str) -> None:
        if "/staging/" in str(source):
            raise OSError(errno.EXDEV, "un autre disque")
        real(source, target)

    output = carry(tmp_path, {"index.html": "a"})
    monkeypatch.setattr(os, "replace", refused)
    carry(tmp_path, {"index.html": "A", "cas/x.html": "x"})
    assert read(output) == {"cas/x.html": "x", "index.html": "A"}


def test_any_other_refusal_of_the_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    carry(tmp_path, {"index.html": "a"})

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "plus de place")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="plus de place"):
        carry(tmp_path, {"index.html": "A"})


def test_the_pages_that_people_read_are_readable_by_the_web_server(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        output = carry(tmp_path, {"index.html": "a"})
    finally:
        os.umask(before)
    assert (output / "index.html").stat().st_mode & 0o777 == 0o644


def test_an_inventory_that_cannot_be_read_owns_nothing(tmp_path: Path) -> None:
    assert (inventory(tmp_path), inventory_seal(tmp_path)) == ([], b"")
    (tmp_path / INVENTORY).write_bytes(b"\xff")
    assert inventory(tmp_path) == []


def test_what_someone_else_wrote_is_taken_once(tmp_path: Path) -> None:
    theirs = tmp_path / "pelican"
    (theirs / "guides").mkdir(parents=True)
    (theirs / "guides/a.html").write_text("a")
    staging = staged(tmp_path, {})
    assert staging.adopt(theirs, b"theirs", str) == ["guides/a.html"]
    assert staging.adopt(theirs, b"theirs", str) == []
    assert (staging.moved, staging.written["guides/a.html"].key) == (["guides/a.html"], b"theirs")
    other = staged(tmp_path / "other", {})
    other.merge(*staging.plain())
    assert (other.moved, other.written) == (staging.moved, staging.written)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path, None, "")


def about(size: int = 1, time: int = 1, content: bytes = b"c") -> Written:
    return Written(b"k", content, size, time)


def test_the_files_of_the_site_are_known_by_part(store: Store) -> None:
    files = store.pages
    files.put("cas/", [("cas/index.html", about()), ("cas/atom.xml", about(2))])
    files.put("mots/", [("mots/index.html", about())])
    assert files.get("cas/atom.xml") == about(2)
    assert (files.get("cas"), files.part_of("cas/index.html"), files.part_of("rien")) == (None, "cas/", None)
    assert (files.of("cas/"), files.parts()) == ({"cas/index.html", "cas/atom.xml"}, {"cas/", "mots/"})
    assert (files.paths(), files.html()) == (["cas/atom.xml", "cas/index.html", "mots/index.html"], 2)
    assert [files.holds(name) for name in ("cas", "cas/index.html", "ca", "cas0", "mots")] == [
        True, True, False, False, True,
    ]  # fmt: skip
    files.put("mots/", [("cas/atom.xml", about(3))])
    assert (files.part_of("cas/atom.xml"), len(files.paths())) == ("mots/", 3)
    files.remove(["cas/atom.xml"])
    assert files.paths() == ["cas/index.html", "mots/index.html"]
    store.close()


def test_a_page_that_is_not_as_it_was_written_is_lost(store: Store, tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    staging = staged(tmp_path, {name: name * 3 for name in "abcde"})
    for name in "abcde":
        os.replace(staging.folder / name, output / name)
    store.pages.put("a", staging.written.items())
    store.seal()
    (output / "b").unlink()
    (output / "c").write_text("ccc")  # the same words at another hour
    (output / "d").write_text("DDD")
    os.utime(output / "e", ns=(0, staging.written["e"].time))
    (output / "e").write_text("longer")
    os.utime(output / "e", ns=(0, staging.written["e"].time))
    assert sorted(lost_pages(output, store.file)) == ["b", "d", "e"]
    published = Published(store.file, ["b"])
    assert (published.get("b"), published.get("a")) == (None, staging.written["a"])
    published.close()


def test_what_is_published_as_it_is_is_not_written_again(store: Store, tmp_path: Path) -> None:
    first = staged(tmp_path, {"a": "a", "b": "b"})
    store.pages.put("p", first.written.items())
    store.seal()
    second = Staging(fresh_folder(tmp_path / "staging"), Published(store.file, ["b"]))
    second.add("a", b"new key", b"a")
    second.add("b", b"new key", b"b")
    assert second.moved == ["b"]
    assert second.written["a"] == first.written["a"]._replace(key=b"new key")
    second.published.close()


def test_with_no_store_nothing_is_known() -> None:
    assert Published(None, ()).get("a") is None
