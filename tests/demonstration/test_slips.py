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
        ("percent", "T9", "age"),  # 28.7 % for 6 of 21
        ("cut_off", "T9", "time"),  # 90.4 % for 19 of 21
        ("impossible_sd", "T5", "family"),  # 0.0 for a single parent
        ("impossible_sd", "T6", "family"),
        ("p_value", "T9", "referral"),  # < .01 where the counts give .014
        ("p_value", "T9", "sex"),  # .276 where the counts give .2772
        ("model", "T8", "composite"),  # R² = .382 with F = .861 and p = .656
        ("method", "T8", "composite"),  # two p-values for one coefficient
    }


def test_r_squared_gives_the_f_that_was_not_printed(publication: Publication) -> None:
    slips = find_slips(load_printed(publication.cohort.plan, publication.cohort.study))
    said = [one.message for one in slips if one.kind == "model"]
    assert (
        said
        == [  # R: pf(2.615, 13, 55, lower.tail = FALSE) = 0.00664; pf(0.861, 13, 55, lower.tail = FALSE) = 0.597
            "R² = 0,382 donne F = 2,62 sur 13 et 55 degrés de liberté (p = 0,00664), et non F = 0,861.",
            "F = 0,861 sur 13 et 55 degrés de liberté donne p = 0,597, et non 0,656.",
        ]
    )


def test_the_verdicts_on_the_counts_of_the_study(publication: Publication) -> None:
    compared = [one for one in publication.audit.compared if one.statistic in ("count", "percent")]
    differing = {(one.table, one.row) for one in compared if one.verdict == "differs"}
    assert differing == {("T3", "moral"), ("T6", "uses"), ("T9", "age"), ("T9", "time")}
    assert not [one for one in compared if one.verdict == "rounding"]


def test_the_verdicts_on_the_means_of_the_study(publication: Publication) -> None:
    compared = [one for one in publication.audit.compared if one.table in ("T2", "T3", "T4", "T10")]
    means = [one for one in compared if one.statistic in ("mean", "sd")]
    rounding = {(one.table, one.row) for one in means if one.verdict == "rounding"}
    assert rounding == {("T2", "composite"), ("T3", "composite"), ("T4", "moral")}
    assert {one.verdict for one in means} == {"equal", "rounding"}


def test_every_printed_test_of_five_tables_is_transcribed(publication: Publication) -> None:
    printed = load_printed(publication.cohort.plan, publication.cohort.study)
    count = {name: sum(bool(one.p) for one in printed.tests if one.table == name) for name in ("T5", "T6", "T8", "T9")}
    assert count == {"T5": 15, "T6": 21, "T8": 7, "T9": 11}
    assert len(printed.estimates) == 14  # thirteen coefficients and the intercept
