"""From every wave's answers to a cohort: who is analysed, who is not and why, and the flow that counts them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from analysis.people.chat_members import members_of
from analysis.people.coded_members import with_codes
from analysis.people.coded_thread import read_coded
from analysis.people.cohort import Cohort, WaveCount
from analysis.people.planned_answers import respondents
from analysis.people.reading_answers import read_answers
from analysis.people.respondents import INCLUDED, LEFT_OUT, LOST, NOT_JOINED
from analysis.people.stacking import WAVE, stacked, stacked_answers
from analysis.people.thread import read_thread
from analysis.plan.specification import Plan
from surveys.flow import Flow, Loss, Step
from surveys.model import Study
from surveys.pairing import Pairing, by_code, pair
from surveys.responses import ADMISSION, Responses, Row
from surveys.roster import read_roster


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
    return [cell for name, cell in row.items() if name not in ("response", "date", ADMISSION, WAVE) and cell]


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
