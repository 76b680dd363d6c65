"""How many did not answer each question, wave by wave."""

from __future__ import annotations

from analysis.people.cohort import Cohort
from analysis.people.respondents import GIVEN, MISSING, PRESENCE, SCORED
from analysis.people.variable import NO, axis
from analysis.plan.specification import TableSpec
from analysis.tables.by_wave import NOT_ASKED
from analysis.tables.cells import Cell, Count, Text
from analysis.tables.counting import EVERYBODY, wave_label
from analysis.tables.family import Family, ReportHeading
from analysis.tables.table import Column, Table, TableRow
from divan.sources.french import enumeration, typographic


def missing_answers(spec: TableSpec, cohort: Cohort) -> list[Table]:
    """One row a variable (those named, else all, then the questions of the score), n (%) missing of everybody."""
    composite = cohort.plan.composite
    labels = {one.id: one.label for one in cohort.plan.variables if not spec.variables or one.id in spec.variables}
    labels |= dict(composite.items) if composite and not spec.variables else {}
    waves = [wave.id for wave in cohort.answered]
    rows = [TableRow(name, typographic(label), tuple(_cell(cohort, name, wave) for wave in waves))
            for name, label in labels.items()]  # fmt: skip
    if composite and not spec.variables:
        cells = tuple(_whole(cohort, wave) for wave in waves)
        rows.append(TableRow(composite.id, f"{typographic(composite.label)}, score complet", cells, SCORED, "total"))
    columns = tuple(Column(wave, wave_label(cohort, wave), "count", wave) for wave in waves)
    return [Table(spec.id, spec.title, "Question", columns, tuple(rows), _notes(cohort, labels), added=spec.added)]


def _cell(cohort: Cohort, name: str, wave: str) -> Cell:
    people = cohort.respondents
    variable = people.variables.get(axis(name, wave))
    if variable is None:
        return Text(NOT_ASKED)
    given = axis(f"{name}{GIVEN}", wave)
    who = EVERYBODY | ({(given, NO)} if variable.is_number else {(variable.axis, MISSING)})
    return Count(people.count(who), cohort.n, who)


def _whole(cohort: Cohort, wave: str) -> Cell:
    presence = axis(PRESENCE, wave)
    if presence not in cohort.respondents.variables:
        return Text(NOT_ASKED)
    who = EVERYBODY | {(presence, SCORED)}
    return Count(cohort.respondents.count(who), cohort.n, who)


def _notes(cohort: Cohort, labels: dict[str, str]) -> tuple[str, ...]:
    """Questions asked to some only: who had not to answer them counts as missing, and the reader must know."""
    items = {one.id: one.item for one in cohort.plan.variables} | {name: name for name in labels}
    asked = {item.id for wave in cohort.answered for item in wave.questionnaire.items if item.shown_if}
    some = [f"« {typographic(label)} »" for name, label in labels.items() if items[name] in asked]
    said = ["Pourcentages de toutes les personnes analysées."]
    if some:
        said.append(f"{enumeration(some)} : question posée à certains seulement, les autres comptent ici.")
    if cohort.merged:
        said.append(f"Moins de {cohort.plan.threshold} non-réponses ne sont pas dites : zéro veut dire ici « peu ».")
    return (" ".join(said),)


FAMILIES = (Family("missing_answers", missing_answers, heading=ReportHeading.PARTICIPANTS, strobe=("12", "14")),)
