"""What a model is fitted on: a frame of the outcome and of the variables, and the counts that its figures rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis, Spread
from analysis.people.respondents import GIVEN, INCLUDED, PRESENCE
from analysis.people.variable import NO, YES, Level, Variable, axis
from analysis.plan.specification import TableSpec
from analysis.statistics import Term
from analysis.tables.counting import EVERYBODY, wanted, wave_label
from divan.sources.french import within

# no variable of a plan can be called as the first two
OUTCOME, PERSON, TIME, BASELINE = ".outcome", ".person", "wave", "baseline"
ORDINAL, MIXED = "ordinal", "mixed"
MOST_LEVELS = 30


@dataclass(frozen=True, eq=False)
class ModelFrame:
    """``frame``: a row a person (an answer, when people answer several times); ``outcome``, then a column a variable.

    A variable of levels is a categorical of their ids, the reference first. ``scale``: the levels of an ordered
    outcome, from the lowest. ``bases``: what the figures of each variable alone rest on; ``basis``: those of the model,
    for which two variables are crossed too: intervals with and without a variable tell how it goes with the others.
    """

    frame: pd.DataFrame
    label: str
    variables: tuple[Variable, ...]
    bases: dict[str, Basis]
    scale: tuple[Level, ...] = ()
    event: str = ""
    crossed: Basis = ()

    @property
    def wide(self) -> str:
        """Why a variable has too many levels for a model, or nothing."""
        found = [(one.label, self.frame[one.id].nunique()) for one in self.variables if not one.is_number]
        return next((f"« {label} » a {n} niveaux, plus de {MOST_LEVELS} : regroupez-les dans le plan"
                     for label, n in found if n > MOST_LEVELS), "")  # fmt: skip

    @property
    def basis(self) -> Basis:
        """The counts under all variables together."""
        own = (one for basis in self.bases.values() for one in basis)
        return tuple(dict.fromkeys((*own, *self.crossed))) or (EVERYBODY,)

    def terms(self, *names: str) -> list[Term]:
        """The variables as a model takes them, all of them by default."""
        return [_term(name, self.frame[name]) for name in names or [one.id for one in self.variables]]


def _term(name: str, column: pd.Series) -> Term:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return Term(name, column.astype(object).where(column.notna(), "").tolist(), tuple(column.cat.categories))
    return Term(name, column.to_numpy(float, na_value=np.nan))


def model_frame(spec: TableSpec, cohort: Cohort) -> ModelFrame | None:
    """The frame of a planned model; None while nobody has answered its wave, or was asked its outcome."""
    if spec.model == MIXED:
        return _repeated(spec, cohort)
    wave = spec.wave or cohort.last
    outcome = _outcome(cohort, spec.outcome, wave) if wave in (one.id for one in cohort.answered) else None
    if outcome is None:
        return None
    variables = wanted(cohort, spec.variables, wave)
    answers = cohort.answers[outcome.wave][outcome.id][cohort.respondents.of(INCLUDED)]
    columns = {OUTCOME: _explained(spec, outcome, answers)}
    columns |= {one.id: _column(cohort, one, spec.reference.get(one.id)) for one in variables}
    score = cohort.plan.composite
    if spec.baseline and score is not None and wave != cohort.first:
        first = Variable(BASELINE, cohort.first, f"{score.label}, {within(wave_label(cohort, cohort.first))}", ())
        variables.insert(0, first)
        columns[BASELINE] = cohort.answers[cohort.first][score.id][cohort.respondents.of(INCLUDED)]
    bases = {one.id: _basis(cohort, one, [_counted(cohort, outcome)]) for one in variables}
    event = told.id if (told := outcome.level(spec.event or YES)) else YES
    named = next((level.label for level in outcome.levels if level.id == event), "") if not outcome.yes_no else ""
    scale = _scale(outcome) if spec.model == ORDINAL else ()
    return ModelFrame(pd.DataFrame(columns), outcome.label, tuple(variables), bases, scale, named,
                      _crossed(cohort, variables))  # fmt: skip


def _outcome(cohort: Cohort, name: str, wave: str) -> Variable | None:
    """The variable explained, or the score as a number, in the wave wanted, else in the first that asks it."""
    score = cohort.plan.composite
    if score is not None and name in ("", score.id):
        return Variable(score.id, wave, score.label, ()) if score.id in cohort.answers.get(wave, ()) else None
    return next(iter(wanted(cohort, [name], wave)), None)


def _explained(spec: TableSpec, outcome: Variable, answers: pd.Series) -> pd.Series:
    if spec.model == "logistic":
        event = outcome.level(spec.event or YES)
        return (answers == (event.id if event else YES)).astype(float).where(answers.notna())
    if spec.model == ORDINAL:
        places = {level.id: float(place) for place, level in enumerate(_scale(outcome))}
        return answers.astype(object).map(places).astype(float)
    return outcome.score(answers).astype(float)


def _scale(outcome: Variable) -> tuple[Level, ...]:
    """The levels from the lowest: by score where there are any, one without a score being off the scale."""
    scored = [level for level in outcome.levels if level.score is not None]
    return tuple(sorted(scored, key=lambda level: level.score or 0)) if scored else outcome.levels


def _column(cohort: Cohort, variable: Variable, reference: str | None) -> pd.Series:
    answers = cohort.answers[variable.wave][variable.id][cohort.respondents.of(INCLUDED)]
    if variable.is_number:
        return answers.astype(float)
    names = [level.id for level in variable.levels]
    told = variable.level(reference or (NO if variable.yes_no else names[0] if names else ""))
    first = told.id if told else ""
    return answers.cat.reorder_categories(sorted(names, key=lambda name: name != first))


def _repeated(spec: TableSpec, cohort: Cohort) -> ModelFrame | None:
    """One row an answer: waves one after the other, the first as reference, the same variables of people at each."""
    asked = [(one.id, found) for one in cohort.answered
             if (found := _outcome(cohort, spec.outcome, one.id)) is not None and found.wave == one.id]  # fmt: skip
    if len(asked) < 2:
        return None
    kept, variables = cohort.respondents.of(INCLUDED), wanted(cohort, spec.variables, None)
    own = pd.DataFrame({one.id: _column(cohort, one, spec.reference.get(one.id)) for one in variables},
                       index=cohort.people.index[kept])  # fmt: skip
    waves = [wave for wave, _ in asked]
    parts = []
    for wave, one in asked:
        time = pd.Categorical([wave] * len(own), waves)
        parts.append(own.assign(**{OUTCOME: one.score(cohort.answers[wave][one.id][kept]).astype(float),
                                   PERSON: own.index.to_series(), TIME: pd.Series(time, own.index)}))  # fmt: skip
    levels = tuple(Level(wave, wave_label(cohort, wave)) for wave in waves)
    waves_as_one = Variable(TIME, waves[0], "Vague", levels)
    present = [_counted(cohort, one) for _, one in asked]
    bases: dict[str, Basis] = {TIME: tuple(Spread(EVERYBODY, (one,)) for one in present)}
    bases |= {one.id: _basis(cohort, one, present) for one in variables}
    return ModelFrame(pd.concat(parts, ignore_index=True), asked[0][1].label, (waves_as_one, *variables), bases,
                      crossed=_crossed(cohort, variables))  # fmt: skip


def _crossed(cohort: Cohort, variables: Sequence[Variable]) -> Basis:
    own = [_counted(cohort, one) for one in variables]
    return tuple(Spread(EVERYBODY, tuple(sorted(pair))) for pair in combinations(dict.fromkeys(own), 2))


def _counted(cohort: Cohort, variable: Variable) -> str:
    """The axis whose counts tell who gave this answer: its levels, whether a number or a score is there."""
    if not variable.is_number:
        return variable.axis
    named = (
        f"{variable.id}{GIVEN}"
        if axis(f"{variable.id}{GIVEN}", variable.wave) in cohort.respondents.variables
        else PRESENCE
    )
    return axis(named, variable.wave)


def _basis(cohort: Cohort, variable: Variable, outcomes: Sequence[str]) -> Basis:
    """The counts of the variable, and, for each outcome, those of their cross table: a ratio gives its cells back."""
    own = _counted(cohort, variable)
    crossed = [Spread(EVERYBODY, tuple(sorted({own, one}))) for one in outcomes]
    return (Spread(EVERYBODY, (own,)), *(Spread(EVERYBODY, (one,)) for one in outcomes), *crossed)
