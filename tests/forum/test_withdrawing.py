"""Withdrawing: nothing of what was written is left in the files, and nothing else has to be right."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from divan.commands.runs import main
from divan.forum.check import check_content, check_paths
from divan.forum.model import Kind, Status
from divan.forum.reading import read_opening, read_reply
from divan.forum.vocabulary import Vocabulary
from divan.forum.withdrawing import withdraw
from divan.sources.problem import ProblemsFound
from tests.forum.conftest import CASE, CASE_PATH, REPLY_PATH, TOPIC, TOPIC_PATH

Write = Callable[[str, str | bytes], Path]


def carry_out(root: Path, name: str, reason: str | None = None) -> dict[str, str | None]:
    changes = dict(withdraw(root, name, reason).changes)
    for path, text in changes.items():
        (root / path).unlink() if text is None else (root / path).write_text(text, encoding="utf-8")
    return changes


@pytest.mark.parametrize(
    "name",
    ["2026-03-14-k7f2", CASE_PATH, f"./{CASE_PATH}", "https://forum.example/cas/2026-03-14-k7f2/",
     "https://forum.example/sous/cas/2026-03-14-k7f2/?x=1"],
)  # fmt: skip
def test_a_thread_leaves_a_tombstone_and_no_reply(write: Write, tmp_path: Path, name: str) -> None:
    assert carry_out(tmp_path, name, "patient") == {
        CASE_PATH: "---\ndate: 2026-03-14\nstatus: withdrawn\nreason: patient\n---\n",
        REPLY_PATH: None,
    }
    assert check_paths(tmp_path) == []


@pytest.mark.parametrize(
    "name",
    ["2026-03-15-c4tq", REPLY_PATH, "https://forum.example/cas/2026-03-14-k7f2/#r-2026-03-15-c4tq",
     "#r-2026-03-15-c4tq"],
)  # fmt: skip
def test_a_reply_leaves_a_tombstone_and_its_thread_as_it_is(write: Write, tmp_path: Path, name: str) -> None:
    assert carry_out(tmp_path, name) == {REPLY_PATH: "---\ndate: 2026-03-15\nstatus: withdrawn\n---\n"}
    assert check_paths(tmp_path) == []


def test_a_members_thread_stays_out_of_the_public_edition(write: Write, tmp_path: Path) -> None:
    write(CASE_PATH, CASE.replace("status: open", "status: open\nvisibility: members"))
    assert "visibility: members" in str(carry_out(tmp_path, "2026-03-14-k7f2")[CASE_PATH])


def test_neither_does_a_topic_of_an_area_kept_to_members(write: Write, tmp_path: Path) -> None:
    write(TOPIC_PATH, TOPIC.replace("area: admin", "area: moral"))
    assert "area: moral" in (tmp_path / TOPIC_PATH).read_text(encoding="utf-8")
    assert "visibility: members" in str(carry_out(tmp_path, Path(TOPIC_PATH).stem)[TOPIC_PATH])


def test_withdrawn_twice_it_keeps_the_reason_first_given(write: Write, tmp_path: Path) -> None:
    first = carry_out(tmp_path, "2026-03-15-c4tq", "author")
    assert carry_out(tmp_path, "2026-03-15-C4TQ") == first
    assert "reason: rule" in str(carry_out(tmp_path, "2026-03-15-c4tq", "rule")[REPLY_PATH])


def test_an_entry_is_deleted(write: Write, tmp_path: Path) -> None:
    write("content/members/anne-aulne.yaml", "rien de juste\n")
    write("content/services/toux.yaml", "name: Toux\n")
    assert carry_out(tmp_path, "anne-aulne") == {"content/members/anne-aulne.yaml": None}
    assert carry_out(tmp_path, "services/toux") == {"content/services/toux.yaml": None}


def test_an_image_goes_with_its_description(write: Write, tmp_path: Path) -> None:
    write("content/images/eruption.webp", b"RIFF")
    write(TOPIC_PATH, TOPIC + '\n![le dos de (Jean)](../../images/eruption.webp "Jean")\n')
    changes = carry_out(tmp_path, "eruption.webp")
    assert changes == {"content/images/eruption.webp": None, TOPIC_PATH: TOPIC + "\n*Image retirée.*\n"}


def test_images_that_only_the_withdrawn_post_showed_go_with_it(write: Write, tmp_path: Path) -> None:
    for name in ("seule.webp", "autre.webp"):
        write(f"content/images/{name}", b"RIFF")
    write(CASE_PATH, f"{CASE}\n![a](../../images/seule.webp) ![b](../../images/autre.webp)\n")
    write(TOPIC_PATH, f"{TOPIC}\n![b](../../images/autre.webp)\n")
    changes = carry_out(tmp_path, "2026-03-14-k7f2")
    assert changes["content/images/seule.webp"] is None and "content/images/autre.webp" not in changes


@pytest.mark.parametrize("name", ["", "2026-03-14", "k7f2", "../secret", "2026-01-01-zzzz", "/", "hashtags"])
def test_what_is_not_there_is_said_and_nothing_is_changed(write: Write, tmp_path: Path, name: str) -> None:
    with pytest.raises(ProblemsFound, match="rien ne porte ce nom"):
        withdraw(tmp_path, name)


def test_a_name_that_means_several_files_asks_which(write: Write, tmp_path: Path) -> None:
    for folder in ("members", "services"):
        write(f"content/{folder}/niort.yaml", "name: x\n")
    with pytest.raises(ProblemsFound, match=r"désigne plusieurs fichiers : content/members/niort\.yaml"):
        withdraw(tmp_path, "niort")


@pytest.mark.parametrize("broken", ["---\nstatus: [\n", "\ud83d".encode("utf-16", "surrogatepass"), b"\xff\xfe", b""])
def test_a_post_that_cannot_be_read_is_withdrawn_all_the_same(
    write: Write, tmp_path: Path, broken: str | bytes
) -> None:
    write(CASE_PATH, broken)
    write("content/hashtags.yaml", "- [\n")
    assert main(["--root", str(tmp_path), "withdraw", "2026-03-14-k7f2", "--reason", "author"]) == 0
    assert (tmp_path / CASE_PATH).read_text("utf-8").startswith("---\ndate: 2026-03-14\nstatus: withdrawn\n")
    assert not (tmp_path / REPLY_PATH).exists()


@pytest.mark.parametrize(
    "head",
    ["status: withdrawn", "status: withdrawn\nclé: inconnue", "title: [\nstatus: 'withdrawn'", "status : Withdrawn"],
)
def test_withdrawn_by_hand_whatever_else_the_head_holds(vocabulary: Vocabulary, head: str) -> None:
    text = f"---\n{head}\n---\nUn secret, 06 39 98 00 01.\n"
    opening = read_opening(Kind.CASE, CASE_PATH, text, vocabulary)
    assert opening.thread.status is Status.WITHDRAWN and "secret" not in repr(opening)
    reply = read_reply(REPLY_PATH, text, vocabulary)
    assert reply.info.withdrawn and "secret" not in repr(reply)


def test_text_left_under_a_tombstone_is_looked_at_and_does_not_wait(write: Write, tmp_path: Path) -> None:
    write(CASE_PATH, "---\nstatus: withdrawn\n---\nAppelez le 06 39 98 00 01.\n")
    write(REPLY_PATH, "---\ntitle: secret\nstatus: withdrawn\n---\n")
    assert check_paths(tmp_path) == []
    assert [found.path for found in check_content(tmp_path, today=date(2026, 6, 1)).notices] == [CASE_PATH, REPLY_PATH]


def test_an_answer_to_a_reply_deleted_by_hand_is_looked_at_and_does_not_wait(write: Write, tmp_path: Path) -> None:
    answer = "content/replies/2026-03-14-k7f2/2026-03-16-aaaa.md"
    write(answer, "---\ndate: 2026-03-16\nauthor: merle\nin_reply_to: 2026-03-15-c4tq\n---\nOui.\n")
    (tmp_path / REPLY_PATH).unlink()
    assert check_paths(tmp_path) == []
    assert [(found.path, found.line) for found in check_content(tmp_path, today=date(2026, 6, 1)).notices] == [
        (answer, 4)
    ]
