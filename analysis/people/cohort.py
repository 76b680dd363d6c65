"""Who is analysed at this stage of a study, and the flow that accounts for everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from analysis.people.chat_members import CHAT_MEMBERS
from analysis.people.coded_thread import CodedThread
from analysis.people.respondents import GROUP_LABELS, INCLUDED, MOVED, Respondents
from analysis.people.thread import StudiedThread
from analysis.people.variable import Variable, axis
from analysis.people.wave_frame import labelled
from analysis.plan.specification import Plan
from surveys.flow import Flow
from surveys.model import Study, Wave
from surveys.pairing import Pairing
from surveys.responses import Responses


@dataclass(frozen=True, slots=True)
class WaveCount:
    """Answers a wave received, and those that can serve."""

    received: int
    usable: int


@dataclass(frozen=True, eq=False, repr=False)
class Cohort:
    """A study at one stage, as frames of pandas, and its plan: what a table is made from.

    ``answered``: its waves with answers, in order; ``paired``: both sides are there. Waves other than the two that are
    paired are joined by code to those who answered the first.

    ``thread`` is what the group wrote to one another, when the study reads it; ``members`` those who were in it;
    ``coded`` the codes that its units were given. ``merged``: levels that few gave are told together, as the public
    edition does.
    """

    study: Study
    plan: Plan
    answered: tuple[Wave, ...]
    respondents: Respondents
    flow: Flow
    counts: Mapping[str, WaveCount]
    data_cut: date | None
    paired: bool
    pairing: Pairing | None
    responses: Mapping[str, Responses]
    thread: StudiedThread | None = None
    members: Respondents | None = None
    coded: CodedThread | None = None
    merged: bool = False

    @property
    def people(self) -> pd.DataFrame:
        """A row a person who answered the first wave, indexed by the name of that answer.

        ``group`` says who is analysed, ``paired`` whose two waves are; ``<wave>`` names their answer in another wave;
        ``<score>_<wave>`` is the composite of the plan, in points, ``<score>_change`` the last wave less the first.
        """
        return self.respondents.people

    @property
    def answers(self) -> Mapping[str, pd.DataFrame]:
        """By wave, the rows of ``people``, a column a variable of the plan: ids of its levels, or numbers.

        The composite and its items are there too; ``answers["change"]`` says which way each moved (down, stable, up).
        """
        return self.respondents.answers

    @property
    def included(self) -> Mapping[str, pd.DataFrame]:
        """``answers`` of those analysed alone: what most tables are made from."""
        return self.by_group[INCLUDED]

    @cached_property
    def by_group(self) -> Mapping[str, Mapping[str, pd.DataFrame]]:
        """``answers`` of each group alone, the frames of a group with one index, which pandas then need not compare."""
        kept = {group: self.respondents.of(group) for group in GROUP_LABELS}
        names = {group: self.people.index[one] for group, one in kept.items()}
        return {group: {wave: frame[one].set_axis(names[group]) for wave, frame in self.answers.items()}
                for group, one in kept.items()}  # fmt: skip

    def scores(self, wave: str, *groups: str) -> pd.DataFrame:
        """What each item of the composite adds at a wave, and their sum, in points: a row a person analysed.

        Or a row a person of these ``groups``.
        """
        composite = self.plan.composite
        kept = self.answers[wave][self.people["group"].isin(groups)] if groups else self.included[wave]
        items = [one for item, _ in composite.items if (one := self.variable(item, wave))] if composite else []
        points = pd.DataFrame({one.id: one.score(kept[one.id]) for one in items}, index=kept.index)
        return points.assign(**{composite.id: kept[composite.id]}) if composite and composite.id in kept else points

    def item_means(self, wave: str) -> pd.Series:
        """The mean of each question of the score among those analysed, in points."""
        told = self.respondents.means
        items = [item for item, _ in self.plan.composite.items] if self.plan.composite else []
        return told[wave] if wave in told else self.scores(wave)[items].mean()

    def moves(self, item: str) -> pd.Series:
        """By how many points each of those analysed moved between the two paired waves, on a question of the score."""
        moved = self.respondents.variables[axis(item, MOVED)]
        return moved.score(self.included[MOVED][item])

    def variable(self, variable_id: str, *waves: str) -> Variable | None:
        """What is known of a column of ``answers``: its label, its levels; in the first of these waves that has it."""
        return self.respondents.variable(variable_id, *waves)

    @cached_property
    def waves(self) -> Mapping[str, pd.DataFrame]:
        """By wave, all its answers as the questionnaire words them: a row a respondent, a column an item."""
        ordered = {spec.item for spec in self.plan.variables if spec.ordered}
        return {wave: labelled(answers, ordered) for wave, answers in self.responses.items()}

    @property
    def n(self) -> int:
        """People analysed."""
        return int((self.people["group"] == INCLUDED).sum())

    def population(self, name: str) -> Respondents:
        """Whom the counts of a table are of."""
        return self.members if name == CHAT_MEMBERS and self.members is not None else self.respondents

    @property
    def first(self) -> str:
        """The wave that describes people: the before one."""
        return self.study.pairing.before if self.study.pairing else self.answered[0].id

    @property
    def scored_waves(self) -> tuple[str, ...]:
        """Those with answers that ask all that the composite sums."""
        score = self.plan.composite
        return tuple(one.id for one in self.answered if score and score.id in self.answers[one.id])

    @property
    def last(self) -> str:
        """The latest wave with answers."""
        return self.answered[-1].id
