"""Who is analysed at this stage of a study, and the flow that accounts for everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import pandas as pd

from analysis.people.chat_members import CHAT_MEMBERS, members_of
from analysis.people.coded_members import with_codes
from analysis.people.coded_thread import CodedThread, read_coded
from analysis.people.planned_answers import respondents
from analysis.people.reading_answers import read_answers
from analysis.people.respondents import GROUP_LABELS, INCLUDED, LEFT_OUT, LOST, NOT_JOINED, Respondents
from analysis.people.stacking import WAVE, stacked, stacked_answers
from analysis.people.thread import StudiedThread, read_thread
from analysis.people.variable import Variable
from analysis.people.wave_frame import labelled
from analysis.plan.specification import Plan
from surveys.flow import Flow, Loss, Step
from surveys.model import Study, Wave
from surveys.pairing import Pairing, by_code, pair
from surveys.responses import Responses, Row
from surveys.roster import read_roster


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
    ``coded`` the codes that its units were given.
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
        """``answers`` of each group alone."""
        kept = {group: self.people["group"] == group for group in GROUP_LABELS}
        return {group: {wave: frame[one] for wave, frame in self.answers.items()} for group, one in kept.items()}

    def scores(self, wave: str, *groups: str) -> pd.DataFrame:
        """What each item of the composite adds at a wave, and their sum, in points: a row a person analysed.

        Or a row a person of these ``groups``.
        """
        composite = self.plan.composite
        kept = self.answers[wave][self.people["group"].isin(groups)] if groups else self.included[wave]
        items = [one for item, _ in composite.items if (one := self.variable(item, wave))] if composite else []
        points = pd.DataFrame({one.id: one.score(kept[one.id]) for one in items}, index=kept.index)
        return points.assign(**{composite.id: kept[composite.id]}) if composite and composite.id in kept else points

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


def gather(study: Study, plan: Plan) -> Cohort:
    """Read every wave's answers and sort people into groups; waves that have not begun are left aside.

    Waves of different people are put end to end.
    """
    received, whole = read_answers(study), stacked(study)
    received = stacked_answers(whole, received) if whole.stacked else received
    cohort = assemble(whole, plan, received, read_roster(study) if study.roster else ())
    thread = read_thread(study)
    if thread is None:
        return cohort
    cut = max(day for day in (cohort.data_cut, thread.last_day) if day)
    coded = read_coded(study)
    members = members_of(thread) if coded is None else with_codes(members_of(thread), thread, coded)
    return replace(cohort, thread=thread, members=members, coded=coded, data_cut=cut)


def assemble(study: Study, plan: Plan, received: Mapping[str, Responses], roster: tuple[str, ...]) -> Cohort:
    """The cohort that these answers make."""
    answered = tuple(wave for wave in study.waves if received[wave.id].rows) or study.waves[:1]
    days = [row["date"] for one in received.values() for row in one.rows if row.get("date")]
    if study.pairing is None:
        first, paired = answered[0].id, False
        people = [(INCLUDED if any(_answers(row)) else LEFT_OUT, {first: row}) for row in received[first].rows]
        pairing, flow = None, _plain_flow(first, [group for group, _ in people])
    else:
        rule = study.pairing
        pairing = pair(study, received[rule.before], received[rule.after], roster)
        first, paired = rule.before, bool(received[rule.before].rows and received[rule.after].rows)
        people = _grouped(pairing, received, rule.before, rule.after, rule.complete, paired)
        people = _followed(study, received, roster, people)
        flow = pairing.flow if paired else _before_only(pairing.flow, people)
    return Cohort(
        study=study,
        plan=plan,
        answered=answered,
        respondents=respondents(study, plan, people, first, paired),
        flow=flow,
        counts={wave.id: _counted(study, received[wave.id], pairing, people) for wave in answered},
        data_cut=date.fromisoformat(max(days)) if days else None,
        paired=paired,
        pairing=pairing,
        responses=received,
    )


def _answers(row: Row) -> list[str]:
    return [cell for name, cell in row.items() if name not in ("response", "date", WAVE) and cell]


def _grouped(
    pairing: Pairing,
    received: Mapping[str, Responses],
    before: str,
    after: str,
    complete: tuple[str, ...],
    paired: bool,
) -> list[tuple[str, dict[str, Row]]]:
    """Everyone who answered before, with their group. Before the second wave, members who answered all are included."""
    partner = {one.before["response"]: one.after for one in pairing.pairs}
    outside = {row["response"] for row in pairing.never_joined}
    waiting = {row["response"] for row in pairing.lost_to_follow_up}
    people = []
    for row in received[before].rows:
        name = row["response"]
        answers = {before: row}
        if name in partner:
            people.append((INCLUDED, answers | {after: partner[name]}))
        elif name in outside:
            people.append((NOT_JOINED, answers))
        elif name in waiting and paired:
            people.append((LOST, answers))
        else:
            whole = name in waiting and all(row.get(item) for item in complete)
            people.append((INCLUDED if whole else LEFT_OUT, answers))
    return people


def _followed(
    study: Study, received: Mapping[str, Responses], roster: tuple[str, ...], people: list[tuple[str, dict[str, Row]]]
) -> list[tuple[str, dict[str, Row]]]:
    """The same people, with their answers in every wave that is not one of the pair."""
    rule = study.pairing
    later = [] if rule is None else [wave.id for wave in study.waves if wave.id not in (rule.before, rule.after)]
    if rule is None or not later:
        return people
    known = {wave: by_code(study, received[wave], roster) for wave in later}
    whose = {row["response"]: code for code, row in by_code(study, received[rule.before], roster).items()}
    return [
        (group, answers | {wave: rows[code] for wave, rows in known.items()
                           if (code := whose.get(answers[rule.before]["response"], "")) in rows})
        for group, answers in people
    ]  # fmt: skip


def _counted(
    study: Study, responses: Responses, pairing: Pairing | None, people: list[tuple[str, dict[str, Row]]]
) -> WaveCount:
    wave, rule = responses.wave.id, study.pairing
    if pairing is None or rule is None:
        return WaveCount(len(responses.rows), sum(group != LEFT_OUT for group, _ in people))
    side = {rule.before: "before", rule.after: "after"}.get(wave)
    usable = pairing.flow.n(f"{side}_usable") if side else sum(wave in answers for _, answers in people)
    return WaveCount(len(responses.rows), usable)


def _plain_flow(wave: str, groups: list[str]) -> Flow:
    kept = groups.count(INCLUDED)
    return Flow((Step("received", len(groups), (Loss("empty", len(groups) - kept),)), Step("included", kept, ())))


def _before_only(flow: Flow, people: list[tuple[str, dict[str, Row]]]) -> Flow:
    """The flow as it stands before the second wave: nobody is lost yet, only incomplete."""
    included = sum(group == INCLUDED for group, _ in people)
    steps = {step.id: step for step in flow.steps}
    members = steps["before_members"]
    return Flow((
        steps["before_received"],
        steps["before_usable"],
        replace(members, excluded=(Loss("incomplete_before", members.n - included),)),
        Step("included", included, ()),
    ))  # fmt: skip
