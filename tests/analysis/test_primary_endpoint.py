"""What may be said of the primary endpoint, from its interval."""

from dataclasses import replace

import pytest

from analysis.report.primary_endpoint import primary_endpoint
from analysis.tables.cells import Interval


def told(publication, bounds, smallest):
    """The sentences, were the interval of the mean change these ``bounds`` and ``smallest`` declared to matter."""
    table = publication.table("composite_change")
    rows = tuple(
        replace(row, cells=(*row.cells[:2], Interval(*bounds))) if row.level == "mean_interval" else row
        for row in table.rows
    )
    plan = publication.cohort.plan
    cohort = replace(publication.cohort, plan=replace(plan, primary=replace(plan.primary, smallest_important=smallest)))
    tables = [replace(one, rows=rows) if one.id == table.id else one for one in publication.tables]
    return " ".join(primary_endpoint(replace(publication, cohort=cohort, tables=tables)))


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ((1.2, 3.0), "Il atteint l'écart"),
        ((1.0, 3.0), "Il atteint l'écart"),
        ((-3.0, -1.2), "Il atteint l'écart"),
        ((0.8, 3.0), "Rien ne permet de dire s'il atteint"),  # a mean of 1.9 alone would have « reached » it
        ((-1.5, 2.0), "Rien ne permet de dire s'il atteint"),
        ((0.1, 0.9), "Il n'atteint pas"),
        ((-0.9, 0.9), "Il n'atteint pas"),
    ],
)
def test_the_important_difference_is_reached_only_by_a_whole_interval(publication, bounds, said):
    assert said in told(publication, bounds, 1.0)


def test_a_plan_without_an_important_difference_says_so(publication):
    assert "Aucune taille d'écart n'avait été fixée" in told(publication, (0.2, 0.8), None)


def test_the_mean_change_has_its_interval_whatever_test_is_planned(cohort):
    from analysis.statistics import paired_t
    from analysis.tables.composite_change import composite_change

    spec = next(one for one in cohort.plan.tables if one.show == "composite_change")
    found = composite_change(replace(spec, tests=()), cohort)[0].cell(
        cohort.plan.composite.id, "mean_interval", "change"
    )
    before, after = (cohort.included[wave.id][cohort.plan.composite.id] for wave in cohort.answered)
    expected = paired_t(before, after)
    assert (found.low, found.high) == (expected.ci_low, expected.ci_high)
