"""The letter says what came in a week, with its links, and nothing that is folded, reserved or counted on who reads."""

import re
from datetime import date
from pathlib import Path

import pytest

from divan.builder.settings import load_settings
from divan.commands.runs import main
from divan.letter.letter_text import days_of, write_letter
from divan.letter.week import ForumWeek, LetterLine, monday_of, read_week
from divan.members.keyring import new_keyring
from divan.members.where import keyring_file
from divan.site.members_space import build_for_members
from divan.sources.problem import ProblemsFound
from tests.letter.conftest import SITEURL, WEEK

MONDAY = date(2026, 2, 23)
NONE: tuple[LetterLine, ...] = ()


def week_of(root: Path, monday: date = MONDAY) -> ForumWeek:
    return read_week(load_settings(root), monday)


def made(monday: date = MONDAY, cases: int = 0, waiting: int = 0) -> ForumWeek:
    told = tuple(LetterLine(f"Cas {n}", f"https://forum.example/cas/{n}/") for n in range(max(cases, waiting)))
    return ForumWeek(monday, told[:cases], NONE, NONE, NONE, NONE, told[:waiting], waiting)


def test_new_cases_topics_and_resolutions_of_the_week_and_of_no_other(root: Path) -> None:
    week = week_of(root)
    assert [one.title for one in week.cases] == ["Une toux <vive> & sèche"]
    assert [one.title for one in week.topics] == ["Titre de 2026-03-01-bbbb"]
    assert [one.title for one in week.resolutions] == ["Titre de 2026-02-02-aaaa"]


def test_the_questions_that_waited_most_come_with_the_specialty_that_they_lack(root: Path) -> None:
    week = week_of(root)
    # sept cas, moins deux qui ont une réponse et un qui est clos, et le nouveau ; le sujet du 1er mars a sa réponse
    assert week.waiting_count == 5
    assert (week.waiting[0].title, week.waiting[0].about) == ("Titre de 2026-02-03-aaaa", "pneumologie")


def test_a_survey_is_told_in_the_week_when_it_opens_and_with_its_last_day(root: Path) -> None:
    week = week_of(root, date(2026, 4, 27))
    assert [one.title.replace("\u00a0", " ") for one in week.surveys] == ["Le groupe vous aide-t-il ? : Cet hiver"]
    letter = write_letter(week, "Le forum", SITEURL, "x")
    assert "jusqu'au 1er juillet 2026" in letter.text


def test_no_word_of_a_resolution_nor_of_a_member_s_thread_is_in_the_letter(root: Path) -> None:
    letter = write_letter(week_of(root), "Le forum", SITEURL, "https://forum.example/letter/leave/x")
    for said in (letter.subject, letter.text, letter.html):
        assert "ygomorphe" not in said
        assert "Entre nous" not in said
        assert "deuil" not in said


def test_the_members_letter_says_what_is_theirs_behind_their_door_and_is_never_sent(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new_keyring().save(keyring_file(root))
    build_for_members(root)
    words = ["--root", str(root), "digest", "--members", "--week", WEEK]
    assert main(words) == 0
    text = (root / ".divan/letters" / f"{WEEK}-membres.txt").read_text("utf-8")
    assert "Entre nous" in text and "Une toux <vive> & sèche" in text
    assert set(re.findall(r"https://\S+", text)) >= {f"{SITEURL}/membres/#cas/2026-02-25-cccc/", f"{SITEURL}/membres/"}
    assert "Ne plus recevoir" not in text and f"{SITEURL}/cas/" not in text
    assert main([*words, "--send"]) == 1
    assert "messagerie chiffrée" in capsys.readouterr().err


def test_html_escapes_titles_and_the_text_does_not(root: Path) -> None:
    letter = write_letter(week_of(root), "Le forum", SITEURL, "x")
    assert "Une toux <vive> & sèche" in letter.text
    assert "Une toux &lt;vive&gt; &amp; sèche" in letter.html


def test_nothing_is_fetched_nor_told_when_the_letter_is_opened(root: Path) -> None:
    letter = write_letter(week_of(root), "Le forum", f"{SITEURL}/", "https://forum.example/letter/leave/x")
    assert not re.search(r"<(?:img|script|link|iframe)|url\(|src=", letter.html)
    addresses = set(re.findall(r'href="([^"]+)"', letter.html))
    assert all(one.startswith(SITEURL) and "?" not in one for one in addresses)
    assert "prefers-color-scheme: dark" in letter.html


@pytest.mark.parametrize(("cases", "said"), [(1, "1 nouveau cas"), (2, "2 nouveaux cas"), (21, "21 nouveaux cas")])
def test_french_numbers(cases: int, said: str) -> None:
    letter = write_letter(made(cases=cases), "Le forum", SITEURL, "x")
    assert said in letter.html.replace("\u00a0", " ")
    assert letter.subject.replace("\u00a0", " ").endswith(f"2026 : {cases} cas")


@pytest.mark.parametrize(
    ("monday", "said"),
    [
        (date(2026, 11, 23), "du 23 au 29 novembre 2026"),
        (date(2026, 9, 28), "du 28 septembre au 4 octobre 2026"),
        (date(2026, 12, 28), "du 28 décembre 2026 au 3 janvier 2027"),
        (date(2026, 6, 1), "du 1er au 7 juin 2026"),
    ],
)
def test_days_in_words(monday: date, said: str) -> None:
    assert days_of(made(monday)) == said


def test_the_last_week_that_is_over_unless_one_is_asked() -> None:
    assert monday_of(None, date(2026, 11, 30)) == date(2026, 11, 23)  # un lundi
    assert monday_of(None, date(2026, 11, 29)) == date(2026, 11, 16)  # un dimanche
    assert monday_of("2026-W53", date(2026, 1, 1)) == date(2026, 12, 28)
    for wrong in ("2026-48", "2025-W53", "lundi"):
        with pytest.raises(ProblemsFound):
            monday_of(wrong, date(2026, 11, 30))


def test_old_questions_alone_make_no_letter(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert made(waiting=3).is_empty
    assert main(["--root", str(root), "digest", "--week", "2026-W20"]) == 0
    assert "pas de lettre" in capsys.readouterr().out
    assert not (root / ".divan/letters").exists()


def test_the_command_writes_both_forms_to_be_read_first(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "digest", "--week", WEEK]) == 0
    assert "1 cas, 1 sujet et 1 résolution" in capsys.readouterr().out.replace("\u00a0", " ")
    assert "https://forum.example/cas/2026-02-24-cccc/" in (root / f".divan/letters/{WEEK}.txt").read_text("utf-8")
    assert (root / f".divan/letters/{WEEK}.html").is_file()


def test_without_a_site_or_a_server_the_command_says_what_to_do(tmp_path: Path, root: Path) -> None:
    conf = root / "pelicanconf.py"
    conf.write_text(conf.read_text("utf-8") + "LETTER = {}\n", encoding="utf-8")
    assert main(["--root", str(root), "digest", "--week", WEEK, "--send"]) == 1
    (root / ".divan/output/state").unlink()
    assert main(["--root", str(root), "digest", "--week", WEEK]) == 1
