"""The agenda shows what comes, then what is over, and leads to a calendar that holds both; alone, surveys fill it."""

from datetime import date
from pathlib import Path

import icalendar
import pytest

from divan.sources.problem import ProblemsFound
from tests import small_forum as forum
from tests.plugins.conftest import Built

AGENDA = """- {id: passe, title: Réunion passée, day: 2026-05-02}
- {id: douleur, title: La douleur, day: 2026-06-10, from: "20:00", to: "22:00", place: Lezay}
"""


def test_the_windows_of_surveys_are_in_the_agenda(built: Built) -> None:
    assert "Enquête : Le groupe vous aide-t-il ? : Cet hiver Du 1ᵉʳ mai 2026 au 1ᵉʳ juillet 2026" in built.words(
        "agenda/"
    ).replace("\u00a0", " ").replace("\u202f", " ")
    assert "enquetes/aide/hiver/" in built.links("agenda/")
    (event,) = icalendar.Calendar.from_ical(built.text("agenda.ics")).walk("VEVENT")
    assert (event["UID"], event.start, event.end) == ("aide-hiver@localhost", date(2026, 5, 1), date(2026, 7, 2))
    assert event["URL"].endswith("/enquetes/aide/hiver/")


def test_what_is_over_stands_apart_from_what_comes(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path / "forum")
    forum.write(root, "content/agenda.yaml", AGENDA)
    forum.settle(root, date(2026, 6, 1))
    built = Built(forum.site_of(root))
    coming, _, past = built.words("agenda/").partition("Ce qui est passé")
    assert "La douleur Le 10 juin 2026 , de 20:00 à 22:00 · Lezay" in coming
    assert "Réunion passée" in past
    assert len(icalendar.Calendar.from_ical(built.text("agenda.ics")).walk("VEVENT")) == 3


def test_a_group_without_a_date_says_so(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path / "forum", git=False)
    (root / "surveys/aide/study.yaml").unlink()
    (root / "surveys/aide/hiver.yaml").unlink()
    forum.settle(root)
    built = Built(forum.site_of(root))
    assert "Rien de prévu" in built.words("agenda/")
    assert icalendar.Calendar.from_ical(built.text("agenda.ics")).walk("VEVENT") == []


def test_an_appointment_that_cannot_be_stops_the_build_with_its_line(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path / "forum")
    forum.write(root, "content/agenda.yaml", "- {id: a, title: Un, day: 2026-06-10, until: 2026-06-01}\n")
    with pytest.raises(ProblemsFound) as found:
        forum.settle(root)
    assert [(problem.path, problem.line) for problem in found.value.problems] == [("content/agenda.yaml", 1)]
