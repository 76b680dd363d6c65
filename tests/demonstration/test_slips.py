"""The audit of the first study's publication finds its slips, and no other."""

from analysis.audit import find_slips
from analysis.audit.printed import load_printed
from analysis.report.publication import Publication


def test_the_study_slips_and_no_other(publication: Publication) -> None:
    found = {
        (one.kind, one.table, one.row)
        for one in find_slips(load_printed(publication.cohort.plan, publication.cohort.study))
    }
    assert found == {
        ("swapped_labels", "T3", "moral"),  # 19 and 8
        ("cut_off", "T2", "composite"),  # 25.34 for 25.348
        ("cut_off", "T4", "moral"),  # 3.2 for 3.29
        ("subtotal", "T6", "uses"),  # 12 + 18 = 30
        ("conflict", "T6", "uses"),  # 57 elsewhere
        ("conflict", "T3", "composite"),  # SD 1.5 and 1.6
        ("labels_differ", "F3", "time"),
        ("repeated_level", "T9", "time"),
        ("method", "T4", "cases"),  # paired data as two samples, seven tests uncorrected
    }


def test_the_verdicts_on_the_study(publication: Publication) -> None:
    compared = publication.audit.compared
    by = {name: [one for one in compared if one.verdict == name] for name in ("equal", "rounding", "differs")}
    assert {(one.table, one.row) for one in by["differs"]} == {("T3", "moral"), ("T6", "uses")}
    assert {(one.table, one.row) for one in by["rounding"]} == {
        ("T2", "composite"),
        ("T3", "composite"),
        ("T4", "moral"),
    }
    assert len(by["equal"]) == len(compared) - 7
