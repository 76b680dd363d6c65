"""The days that a plan gives: none is to come, and a plan is older than the answers or says why it is not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from analysis.plan.loading import plan_path
from analysis.plan.specification import Plan
from divan.sources.french import civil_day, long_date
from divan.sources.problem import FaultKind, Problem
from divan.sources.utf8_text import read_text
from divan.sources.yaml_source import read_yaml
from surveys.model import Study

_FAULT = FaultKind("S02")


def date_problems(study: Study, plan: Plan, today: date | None = None) -> list[Problem]:
    """Every day of the plan that cannot be, on its line; ``today`` is the French civil day."""
    shown = f"surveys/{study.id}/plan.yaml"
    today = today or civil_day()
    faults = [*_to_come(plan, today), *_too_late(study, plan, today)]
    if not faults:
        return []
    source = read_yaml(shown, read_text(plan_path(study), shown))
    return [_FAULT(shown, source.line_of(place), message, remedy) for place, message, remedy in faults]


def _to_come(plan: Plan, today: date) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    for place, day in _days(plan):
        if day > today:
            message = (
                f"le {long_date(day)} est à venir : un plan ne se date pas d'avance (nous sommes le {long_date(today)})"
            )
            yield place, message, "donnez le jour où cela a été décidé"


def _days(plan: Plan) -> Iterator[tuple[tuple[str | int, ...], date]]:
    yield ("date",), plan.dated
    yield from ((("tables", n, "added"), one.added) for n, one in enumerate(plan.tables) if one.added)
    yield from ((("figures", n, "added"), one.added) for n, one in enumerate(plan.figures) if one.added)
    for n, table in enumerate(plan.tables):
        for m, test in enumerate(table.tests):
            if test.added:
                yield ("tables", n, "tests", m, "added"), test.added


def _too_late(study: Study, plan: Plan, today: date) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    wave = study.revealing
    if wave.opens < plan.dated <= today and not plan.late_reason:
        message = (
            f"un plan doit être arrêté avant l'ouverture de la vague « {wave.id} » ({long_date(wave.opens)}) ; "
            f"celui-ci est daté du {long_date(plan.dated)}"
        )
        yield ("date",), message, "datez d'« added: » ce qui fut ajouté, ou dites pourquoi par « late_reason: … »"
