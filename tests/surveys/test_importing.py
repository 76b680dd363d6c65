"""An export becomes tidy answers: no row lost, every fault said at once, nothing written when there is one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from divan.sources.problem import ProblemsFound
from surveys.columns import match_columns
from surveys.decoding import UnknownAnswer, decode
from surveys.importing import ImportReport, import_wave
from surveys.model import Study
from surveys.questionnaire import Questionnaire
from surveys.responses import Responses, read_responses, responses_path, tidy_csv, write_responses
from surveys.shapes.exported_table import ExportedTable
from surveys.stamps import stamp_day, stamp_order
from surveys.study import load_study

Asking = Callable[[str], Questionnaire]
HEAD = "Horodateur,Votre code,Votre humeur,Votre ville\n"


def bring(site: Path, content: str | bytes, *, dry_run: bool = False) -> ImportReport:
    path = site / "export.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return import_wave(site, "essai", "before", path, dry_run=dry_run)


def held(site: Path) -> list[str]:
    study = load_study(site / "surveys" / "essai")
    return [" ".join(row.values()) for row in read_responses(study, "before").rows]


def said(site: Path, content: str | bytes) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        bring(site, content)
    assert not (site / "surveys/essai/responses").exists()
    return [str(problem) for problem in found.value.problems]


def test_rows_become_answers_with_codes_as_text_and_days_only(site: Path) -> None:
    bring(site, HEAD + "26/01/2026 20:03:10,0042,7,Niort\n27/01/2026 08:00:00,12a,,Poitiers\n")
    assert held(site) == ["before-0001 2026-01-26 0042 7 niort", "before-0002 2026-01-27 12a  poitiers"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "le fichier est vide"),
        (HEAD, "n'a pas de réponse sous ses en-têtes"),
        ("un texte\nsans question\n", "aucune n'a été reconnue"),
        (HEAD.replace("humeur", "humour") + "26/01/2026,1,7,Niort\n", "« mood » ; « Votre humour » lui ressemble"),
        ("Horodateur,Votre code,Votre ville\n26/01/2026,1,Niort\n", "il manque la colonne de la question « mood »"),
        (HEAD.strip() + ",Autre\n26/01/2026,1,7,Niort,x\n", "la colonne « Autre » n'est pas une question"),
        (HEAD.strip() + ",Votre ville\n26/01/2026,1,7,Niort,Niort\n", "« Votre ville » est donnée deux fois"),
        (HEAD + "26/01/2026,1,7\n", "export.csv:2: cette ligne a 3 cellules au lieu de 4"),
        (HEAD + '26/01/2026,1,7,"Niort\n', "un guillemet n'est pas fermé"),
        (HEAD + "hier,1,7,Niort\n", "export.csv:2: l'horodatage"),
        (HEAD + "26/01/2026,1,7,Niort\n26/01/2026,2,7,Niorte\n", "export.csv:3: question « town » : « Niorte »"),
        (HEAD + "26/01/2026,1,11,Niort\n", "export.csv:2: question « mood » : un nombre entier de 0 à 10"),
    ],
)
def test_a_fault_is_said_where_it_is(site: Path, content: str, expected: str) -> None:
    assert any(expected in line for line in said(site, content))


def test_a_spoilt_byte_is_said_along_with_the_other_faults(site: Path) -> None:
    content = (HEAD + "26/01/2026,1,é,Niort\nhier,1,7,Niort\n").encode("utf-8").replace(b"1,7,N", b"1,7,N\xe9")
    lines = said(site, content)
    assert len(lines) == 4  # the byte 0xE9, the humour that is no number, the day that is none, the town
    assert "0xE9" in "".join(lines)


def test_an_unknown_answer_that_resembles_none_is_never_quoted(site: Path) -> None:
    assert "secret" not in "".join(said(site, HEAD + "26/01/2026,1,7,Un secret écrit dans la mauvaise colonne\n"))


def test_a_dry_run_says_the_same_and_writes_nothing(site: Path) -> None:
    report = bring(site, HEAD + "26/01/2026,0001,7,Niort\n", dry_run=True)
    assert "1\u00a0réponse lue" in str(report)
    assert "rien n'est encore écrit" in str(report)
    assert held(site) == []


def test_importing_again_keeps_numbers_and_says_what_changed(site: Path) -> None:
    bring(site, HEAD + "26/01/2026,0001,7,Niort\n26/01/2026,0002,5,Niort\n26/01/2026,0003,5,Niort\n")
    report = bring(site, HEAD + "26/01/2026,0003,5,Niort\n26/01/2026,0002,9,Niort\n27/01/2026,0004,1,Niort\n")
    changes = report.changes
    assert (changes.kept, changes.changed, changes.added, changes.removed) == (1, 1, 1, 1)
    assert [line[:11] for line in held(site)] == ["before-0003", "before-0002", "before-0004"]


def test_a_column_of_addresses_is_dropped_on_sight(site: Path) -> None:
    rows = "26/01/2026,0001,7,Niort,a@b.fr\n26/01/2026,0002,7,Niort,c@d.fr\n"
    for header in ("Adresse e-mail", "Nom d'utilisateur", "Contact"):
        report = bring(site, HEAD.strip() + f",{header}\n" + rows)
        assert report.dropped == (header,)
    assert "@" not in (site / "surveys/essai/responses/before.csv").read_text(encoding="utf-8")


def test_free_answers_that_may_name_someone_are_counted_and_never_quoted(site: Path) -> None:
    asked = site / "surveys/essai/before.yaml"
    other = "{id: niort, label: Niort}, {id: other, label: Autre, other: true}"
    asked.write_text(asked.read_text("utf-8").replace("{id: niort, label: Niort}", other), encoding="utf-8")
    rows = "26/01/2026,0001,7,chez le Dr Moreau\n26/01/2026,0002,7,au 06 39 98 12 34\n26/01/2026,0003,7,Niort\n"
    report = str(bring(site, HEAD + rows))
    assert "« town_other » : 2 réponse(s) libre(s) à relire" in report and "un numéro de téléphone" in report
    assert "Moreau" not in report and "06 39" not in report


def test_a_file_that_a_spreadsheet_saved_again_is_read_and_remarked(site: Path) -> None:
    report = bring(site, HEAD.replace(",", ";") + "26/01/2026;42;7;Niort\n")
    assert any("tableur a sans doute réenregistré" in note for note in report.notes)
    assert any("retirer des zéros" in note for note in report.notes)


@pytest.mark.parametrize(
    ("joiner", "cell", "ids", "other"),
    [
        (";", "Seul;En groupe", "alone;group", ""),
        (", ", "En groupe, Seul", "alone;group", ""),  # in the order declared
        (", ", "En groupe, avec des associés", "partners", ""),  # the longest label wins
        (", ", "Seul, En groupe, avec des associés, À l'hôpital", "alone;partners;other", "À l'hôpital"),
        (", ", " seul ,  EN GROUPE", "alone;group", ""),
        (";", "", "", ""),
        (";", "alone;group", "alone;group", ""),
    ],
)
def test_ticked_choices_are_matched_longest_first(asking: Asking, joiner: str, cell: str, ids: str, other: str) -> None:
    item = asking("""
        - id: q
          type: several
          text: Q
          choices:
            - {id: alone, label: Seul}
            - {id: group, label: En groupe}
            - {id: partners, label: "En groupe, avec des associés"}
            - {id: other, label: Autre, other: true}
    """).item("q")
    assert decode(item, cell, joiner) == {"q": ids, "q_other": other}


def test_a_choice_that_is_not_offered_is_refused_when_there_is_no_other(asking: Asking) -> None:
    item = asking("- {id: q, type: several, text: Q, choices: [{id: a, label: A}]}").item("q")
    with pytest.raises(UnknownAnswer):
        decode(item, "A;B", ";")


def test_headers_are_matched_whatever_their_spaces_and_two_alike_go_in_order(asking: Asking) -> None:
    items = "".join(f"- {{id: {name}, type: short_text, text: {name}, headers: [Précisez]}}\n" for name in "ab")
    table = ExportedTable("", ";", ("  Pre\u0301cisez\u00a0", "PRÉCISEZ"), ())
    columns, problems = match_columns(table, asking(items), "x.csv")
    assert (columns.positions, problems) == ({"a": 0, "b": 1}, [])


@pytest.mark.parametrize(
    ("stamps", "days"),
    [
        (["2023/03/26 8:03:10 PM UTC+2"], ["2023-03-26"]),
        (["2023-03-26 20:03:10"], ["2023-03-26"]),
        (["05/04/2023 20:03:10"], ["2023-04-05"]),  # French when nothing says otherwise
        (["3/26/2023 20:03:10", "4/5/2023 1:00:00"], ["2023-03-26", "2023-04-05"]),
        (["26.03.2023"], ["2023-03-26"]),
        (["26/03/23 20:03"], ["2023-03-26"]),
        (["26-03-2023 20:03"], ["2023-03-26"]),
        (["1/5/2026", "2/5/2026"], ["2026-01-05", "2026-02-05"]),  # French as well as American: the wave is in January
        (["45011.8355"], ["2023-03-26"]),  # a spreadsheet's own number
    ],
)
def test_time_stamps_are_kept_to_the_day(site: Path, stamps: list[str], days: list[str]) -> None:
    wave = load_study(site / "surveys" / "essai").wave("before")
    order = stamp_order(stamps, (), wave)
    assert [str(stamp_day(stamp, order.american)) for stamp in stamps] == days


def test_answers_read_back_as_they_were_written(pilot: Study) -> None:
    for wave in ("before", "after"):
        assert tidy_csv(read_responses(pilot, wave)) == responses_path(pilot, wave).read_text(encoding="utf-8")


def test_answers_received_by_the_collector_stay_when_an_export_is_imported(site: Path) -> None:
    bring(site, HEAD + "2026-01-02,0042,7,Niort\n")
    study = load_study(site / "surveys" / "essai")
    imported = read_responses(study, "before")
    received = {"response": "before-c0001", "date": "2026-01-05", "code": "0043", "mood": "3", "town": "poitiers"}
    write_responses(study, Responses(imported.wave, (*imported.rows, received)))
    bring(site, HEAD + "2026-01-02,0042,7,Niort\n2026-01-03,0044,5,Niort\n")
    assert [row.split()[0] for row in held(site)] == ["before-0001", "before-0002", "before-c0001"]


def test_a_roster_that_the_study_has_no_place_for_is_said(site: Path, tmp_path: Path) -> None:
    path = site / "surveys/essai/study.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("roster: roster.csv\n", ""), encoding="utf-8")
    export, roster = tmp_path / "export.csv", tmp_path / "members.csv"
    export.write_text("date,code,mood,town\n2026-01-12,0042,7,niort\n", encoding="utf-8")
    roster.write_text("code\n0042\n", encoding="utf-8")
    with pytest.raises(ProblemsFound, match="n'a pas de liste de membres"):
        import_wave(site, "essai", "before", export, roster=roster)
    assert not (site / "surveys/essai/responses").exists()
