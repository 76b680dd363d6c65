"""A public repository shows posts for members as files that moderators alone open; all else works the same."""

import subprocess
from datetime import date
from pathlib import Path
from shutil import copytree

import pyrage
import pytest

from divan.builder.settings import load_settings
from divan.commands.runs import main
from divan.desk.showing import difference
from divan.forum.check import check_content
from divan.forum.proposal import files_of, read_proposal
from divan.forum.sealing import seal_posts, sealed_files
from divan.forum.withdrawing import withdraw
from divan.members.keyring import drawn, give_key
from divan.members.where import keyring_file
from divan.site.build import HeldBack, build_editions
from divan.site.search.all_editions import index_editions
from divan.site.thread_preview import render_thread
from divan.sources.problem import ProblemsFound
from divan.sources.sealed import IDENTITY, draw_identity, is_sealed
from tests import small_forum as forum

THREAD = "2026-03-09-dddd"
OPENING = f"content/topics/2026/{THREAD}.md"
REPLY = f"content/replies/{THREAD}/2026-03-10-eeee.md"
TITLE, SENTENCE, ANSWER = "Un sujet entre nous", "Une phrase rare que seuls les membres savent.", "Une réponse à part."


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small forum, which seals what members read, with a thread for them still in the clear."""
    monkeypatch.setenv("DIVAN_TODAY", forum.TODAY.isoformat())
    forum.make_forum(tmp_path)
    forum.topic(tmp_path, THREAD, visibility="members", title=TITLE, text=SENTENCE, author="loriot")
    forum.reply(tmp_path, THREAD, "2026-03-10-eeee", text=ANSWER)
    sealed_for(tmp_path, draw_identity(tmp_path / IDENTITY))
    return tmp_path


def sealed_for(root: Path, *recipients: str) -> None:
    group = (root / "content/forum.yaml").read_text(encoding="utf-8").partition("sealed_for:")[0]
    forum.write(root, "content/forum.yaml", f"{group}sealed_for: [{', '.join(recipients)}]\n")


@pytest.fixture
def sealed(root: Path) -> Path:
    """The same, sealed."""
    assert set(seal_posts(root, [])) == {OPENING, REPLY}
    return root


def pages(root: Path, output: str) -> dict[str, bytes]:
    """Without what is wrapped anew each time, nor the stamp of the search index."""
    made = forum.site_of(root, output)
    return {path: text for path, text in made.items() if not path.startswith(("membres/", "chercher/index.json"))}


def told(root: Path) -> set[str]:
    return {f"{one.path}: {one.message}" for one in check_content(root, today=forum.TODAY).problems}


def test_what_members_read_is_refused_in_the_clear(root: Path) -> None:
    found = told(root)
    assert {fault.partition(":")[0] for fault in found} == {OPENING, REPLY}
    assert all("un message pour les membres est chiffré, et celui-ci se lit" in fault for fault in found)
    with pytest.raises(HeldBack):
        build_editions(root)


def test_once_sealed_no_word_of_it_is_in_the_file_and_check_finds_nothing_to_say(sealed: Path) -> None:
    for path in (OPENING, REPLY):
        content = (sealed / path).read_bytes()
        assert is_sealed(content)
        assert not any(word.encode() in content for word in (TITLE, "phrase", "loriot", "Une réponse", "members"))
    assert told(sealed) == set()


def test_a_sealed_file_opens_with_age_and_tells_its_length_by_1024_bytes(sealed: Path) -> None:
    identity = pyrage.x25519.Identity.from_str((sealed / IDENTITY).read_text().splitlines()[1])
    plain = pyrage.decrypt((sealed / OPENING).read_bytes(), [identity])
    assert SENTENCE.encode() in plain
    assert len(plain) % 1024 == 0


def test_a_sealed_forum_makes_the_same_sites_as_in_the_clear(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plain = copytree(root, tmp_path_factory.mktemp("plain"), dirs_exist_ok=True)
    group = (plain / "content/forum.yaml").read_text(encoding="utf-8").partition("sealed_for:")[0]
    forum.write(plain, "content/forum.yaml", group)
    seal_posts(root, [])
    sites = []
    for one in (plain, root):
        give_key(keyring_file(one), "Anne", forum.TODAY, drawn)
        build_editions(one)
        index_editions(one)
        sites.append((pages(one, "output"), pages(one, ".divan/output/members/edition")))
    assert SENTENCE.encode() in sites[1][1][f"sujets/{THREAD}/index.html"]
    assert [forum.differences(*pair) for pair in zip(*sites, strict=True)] == [[], []]


def test_without_an_identity_check_says_what_it_did_not_read(sealed: Path) -> None:
    (sealed / IDENTITY).unlink()
    found = check_content(sealed, today=forum.TODAY)
    assert found.problems == []
    assert [one.message for one in found.notices if "chiffrés" in one.message] != []


def test_without_an_identity_the_public_site_is_built_and_says_what_it_leaves_out(sealed: Path) -> None:
    (sealed / IDENTITY).rename(sealed / "apart")
    assert "Les messages chiffrés sont laissés de côté" in build_editions(sealed)
    assert (sealed / "output/cas/index.html").is_file()
    assert not (sealed / f"output/sujets/{THREAD}").exists()
    (sealed / "apart").rename(sealed / IDENTITY)
    give_key(keyring_file(sealed), "Anne", forum.TODAY, drawn)
    assert "laissés de côté" not in build_editions(sealed)
    assert (sealed / f".divan/output/members/edition/sujets/{THREAD}/index.html").is_file()


def test_without_an_identity_the_members_edition_is_refused(sealed: Path) -> None:
    give_key(keyring_file(sealed), "Anne", forum.TODAY, drawn)
    (sealed / IDENTITY).unlink()
    with pytest.raises(HeldBack, match="il n'y a pas ici d'identité qui l'ouvre"):
        build_editions(sealed)


def test_the_identity_of_another_group_or_an_altered_file_is_told(sealed: Path) -> None:
    (sealed / IDENTITY).unlink()
    draw_identity(sealed / IDENTITY)
    assert {fault.partition(": ")[2] for fault in told(sealed)} == {
        "ce message chiffré ne s'ouvre pas : il l'a été pour d'autres, ou il est altéré"
    }


def test_a_moderator_who_comes_opens_once_it_is_sealed_again_and_one_who_leaves_no_more(sealed: Path) -> None:
    first = (sealed / IDENTITY).read_bytes()
    other = draw_identity(sealed / "other.key")
    sealed_for(sealed, other)
    seal_posts(sealed, [])
    assert told(sealed) != set()
    (sealed / IDENTITY).write_bytes((sealed / "other.key").read_bytes())
    assert told(sealed) == set()
    assert first != (sealed / IDENTITY).read_bytes()


def test_a_sealed_post_for_all_is_told(root: Path) -> None:
    forum.topic(root, THREAD, title=TITLE, text=SENTENCE, author="loriot")
    seal_posts(root, [root / OPENING, root / REPLY])
    assert f"{OPENING}: un message chiffré est pour les membres, et celui-ci est pour tous" in told(root)


def test_a_proposal_to_a_sealed_thread_is_previewed_in_clear_and_committed_sealed(sealed: Path) -> None:
    said = {"target": [THREAD], "author": ["merle"], "text": ["Une suite que personne d'autre ne lit."]}
    files = files_of(read_proposal("reply", said), sealed, date(2026, 6, 1))
    page = render_thread(load_settings(sealed), sealed, files)
    assert page and "Une suite que personne" in page.decode()
    assert SENTENCE in page.decode()
    assert "Une suite" in "".join(line.text for lines in difference(sealed, files).values() for line in lines)
    hidden = sealed_files(files, sealed)
    assert hidden.keys() == files.keys()
    assert all(is_sealed(content or b"") for content in hidden.values())


def test_a_proposal_to_a_public_thread_is_not_sealed(sealed: Path) -> None:
    said = {"target": ["2026-02-01-aaaa"], "author": ["merle"], "text": ["Une suite."]}
    assert sealed_files(files_of(read_proposal("reply", said), sealed, date(2026, 6, 1)), sealed) == {}


def test_a_sealed_thread_is_withdrawn_as_any_other(sealed: Path) -> None:
    changes = withdraw(sealed, THREAD).changes
    assert changes[REPLY] is None
    assert "visibility: members" in (changes[OPENING] or "")


def test_what_is_no_recipient_is_told(root: Path) -> None:
    sealed_for(root, "age1nimporte")
    assert any("ce n'est pas une clé publique d'« age »" in fault for fault in told(root))


def test_the_commands_draw_seal_open_and_edit(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(root)
    assert main(["members", "identity"]) == 0
    assert "age1" in capsys.readouterr().out
    assert main(["members", "seal"]) == 0
    assert "2\u00a0messages chiffrés" in capsys.readouterr().out
    assert main(["members", "open", OPENING]) == 0
    assert SENTENCE in capsys.readouterr().out
    monkeypatch.setenv("EDITOR", "sed -i 's/rare/rarissime/'")
    assert main(["members", "edit", OPENING]) == 0
    capsys.readouterr()
    main(["members", "open", OPENING])
    assert "Une phrase rarissime" in capsys.readouterr().out
    assert is_sealed((root / OPENING).read_bytes())
    left = subprocess.run(["grep", "-rl", "rarissime", "."], cwd=root, capture_output=True, check=False).stdout
    assert left == b""


def test_nothing_is_sealed_for_nobody(root: Path) -> None:
    group = (root / "content/forum.yaml").read_text(encoding="utf-8").partition("sealed_for:")[0]
    forum.write(root, "content/forum.yaml", group)
    with pytest.raises(ProblemsFound, match="ne dit pas qui ouvre"):
        seal_posts(root, [])
