"""The attacker finds what older pages gave back, of each kind, and finds nothing in the pages of random studies."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import rankdata, wilcoxon

from bench.attack.__main__ import score
from bench.attack.asked import MISSING, SCORE, read_asked
from bench.attack.attacker import Page, attack, read_page
from bench.attack.differences import releases_apart
from bench.attack.equations import Equations, first_lines
from bench.attack.invented import THRESHOLD
from bench.attack.known_leaks import known_leak
from bench.attack.publishing import Release
from bench.attack.ranks import RankTest
from bench.attack.referee import Referee, referee
from bench.attack.solver import Solver
from bench.attack.spreads import spread_lines
from bench.attack.told import Answer, Told
from bench.attack.writing_studies import later, write_study

WAVES = ("autumn", "winter")


def study_of(tmp_path: Path, kind: str, seed: int = 0, how: str = "") -> tuple[Equations, Referee]:
    """A study of this kind, written, then read as everybody may; and who knows the truth of it."""
    one = known_leak(kind, seed)
    folder = write_study(tmp_path, later(one, how, seed) if how else one)
    asked = read_asked(folder)
    knows = referee(folder, asked)
    return Equations(asked, len(knows.people)), knows


def answers(question: str, *waves: str, degrees: int = 4) -> list[Answer]:
    return [Answer(question, wave, frozenset({str(one)})) for wave in waves for one in range(1, degrees + 1)]


def counted(knows: Referee, *who: Answer, shown: bool = True) -> Told:
    return Told("count", who, float(knows.count(who)) if shown else None)


def mean(knows: Referee, question: str, wave: str) -> Told:
    """Its mean, of two decimals."""
    values = [int(one[question, wave]) for one in knows.people if one.get((question, wave), MISSING) != MISSING]
    return Told("mean", (), round(sum(values) / len(values), 2), 0.005, (question, wave))


def found_in(read: Equations, knows: Referee, figures: list[Told], ranks: tuple[RankTest, ...] = ()) -> set[str]:
    """How small counts were got back, each of them confirmed."""
    page = Page(read.asked, tuple(figures), ranks, len(knows.people))
    claims = attack(page, THRESHOLD, knows.count).claims
    assert all(1 <= one.low <= knows.count(one.who) <= one.high < THRESHOLD for one in claims)
    return {one.how for one in claims}


def test_two_masked_counts_are_the_rest_of_their_margins(tmp_path):
    read, knows = study_of(tmp_path, "one_value")
    # 6 people chose c1; those who chose it and did not tick are what the others leave
    ticked = {level: Answer("ticked", "autumn", frozenset({level})) for level in ("yes", "no")}
    chosen = [Answer("choice1", "autumn", frozenset({f"{letter}1"})) for letter in "abc"]
    shown = [counted(knows, one) for one in (*ticked.values(), *chosen)]
    crossed = [counted(knows, one, tick, shown=one != chosen[2]) for one in chosen for tick in ticked.values()]
    assert found_in(read, knows, [*shown, *crossed]) == {"sommes et différences"}


def test_a_sum_of_ranks_with_its_p_gives_small_moves_back(tmp_path):
    read, knows = study_of(tmp_path, "ranks", 4)
    moves = np.array([int(one["item1", "winter"]) - int(one["item1", "autumn"]) for one in knows.people])
    moved = moves[moves != 0]
    p = float(f"{wilcoxon(moved, correction=True, method='asymptotic').pvalue:.12g}")
    ranks, still = float(rankdata(abs(moved))[moved > 0].sum()), int((moves == 0).sum())
    margins = [counted(knows, one) for one in answers("item1", *WAVES)]
    pairs = [(one, other) for one in answers("item1", "autumn") for other in answers("item1", "winter")]
    # who did not move, and nobody, are shown; the others are masked
    shown = {pair: pair[0].levels == pair[1].levels or not knows.count(pair) for pair in pairs}
    crossed = [replace(counted(knows, *pair, shown=shown[pair]), masked=not shown[pair]) for pair in pairs]
    assert not found_in(read, knows, [*margins, *crossed])
    test = RankTest("item1", p, 5e-12 * p, ranks, None, 0, still, len(moves))
    assert found_in(read, knows, [*margins, *crossed], (test,)) == {"tests de rangs, p et ex æquo"}


def test_the_score_is_the_sum_of_its_questions_whoever_else_left_one_blank(tmp_path):
    read, knows = study_of(tmp_path, "unanalysed", 0)
    figures = []
    for wave in WAVES:
        small = [one for item in read.asked.items for one in answers(item, wave) if knows.count([one]) < THRESHOLD + 3]
        figures += [
            counted(knows, one, shown=one not in small) for item in read.asked.items for one in answers(item, wave)
        ]
        figures += [mean(knows, "item1", wave), mean(knows, SCORE, wave)]
    assert found_in(read, knows, figures) == {"moyennes × n, score et questions"}


def test_who_went_up_and_down_gives_masked_transitions_back_in_a_study_of_three_waves(tmp_path):
    read, knows = study_of(tmp_path, "third_wave", 2)
    pairs = [(one, other) for one in answers("item1", "autumn") for other in answers("item1", "winter")]
    shown = {pair: not 0 < knows.count(pair) < THRESHOLD for pair in pairs}
    # who did not move is masked; of the pairs that go down, all but one are shown
    shown |= {pair: False for pair in pairs if pair[0].levels == pair[1].levels}
    down = [pair for pair in pairs if min(pair[0].levels) > min(pair[1].levels)]
    hidden = min(down, key=lambda pair: (knows.count(pair) == 0, knows.count(pair)))
    shown |= {pair: pair != hidden for pair in down}
    ways = {"down": sum(knows.count(pair) for pair in down)}
    figures = [counted(knows, *pair, shown=shown[pair]) for pair in pairs]
    figures += [Told("moved", (), float(n), 0, ("item1", way)) for way, n in ways.items()]
    assert found_in(read, knows, figures) == {"sens des changements"}


def test_six_people_and_a_mean_without_an_sd_is_one_score(tmp_path):
    folder = write_study(tmp_path, known_leak("one_value", 0))
    published = tmp_path / "content"
    published.mkdir()
    asked = read_asked(folder)
    knows = referee(folder, asked)
    chosen = Answer("choice1", "autumn", frozenset({"c1"}))
    scored = next(
        int(one[SCORE, "autumn"])
        for one in knows.people
        if one["choice1", "autumn"] == "c1" and (SCORE, "autumn") in one
    )
    (published / "t3.csv").write_text(
        f"row,level,label,n,mean,sd\nchoice1,c1,Choix c,{knows.count([chosen])},{scored}.0,\n"
    )
    (published / "report.json").write_text('{"tests": []}')
    (published / "index.md").write_text(f"---\nn: {len(knows.people)}\n---\n")
    page = read_page(folder, published)
    claims = attack(page, THRESHOLD, knows.count).claims
    assert (chosen, Answer(SCORE, "autumn", frozenset({str(scored)}))) in [one.who for one in claims]


def test_five_people_s_quartiles_mean_and_sd_are_their_five_values(tmp_path):
    read, _ = study_of(tmp_path, "one_value", 0)
    # 8, 9, 11, 13, 14 : moyenne 11, écart-type racine de 6,5 ; les rangs 2, 3 et 4 sont les quartiles
    values = read.values((), ("years", "autumn"), "five")
    read.puzzle.line([(place, 1.0) for place in values], 5, 5)

    of = ("years", "autumn")
    figures = [
        Told(name, (), said, width, of, "five")
        for name, said, width in (
            ("n", 5, 0),
            ("mean", 11.0, 0.005),
            ("sd", 2.55, 0.005),
            ("q1", 9, 0.05),
            ("median", 11, 0.05),
            ("q3", 13, 0.05),
        )
    ]
    first_lines(read, figures)
    spread_lines(read, figures, Solver(read.puzzle))
    solver = Solver(read.puzzle)
    assert sorted(worth for place, worth in values.items() if solver.small({place: 1.0}, THRESHOLD)) == [
        8,
        9,
        11,
        13,
        14,
    ]


@pytest.mark.parametrize("how", ["more", "erased", "changed"])
def test_two_pages_a_person_apart_show_that_person(tmp_path, how):
    releases = []
    for step in ("", how):
        read, knows = study_of(tmp_path / (step or "first"), "unanalysed", 3, step)
        figures = [counted(knows, one) for item in read.asked.items for one in answers(item, *WAVES)]
        page = Page(read.asked, tuple(figures), (), len(knows.people))
        releases.append(Release("one", step, tmp_path, page, knows))
    assert releases_apart(*releases, THRESHOLD)
    assert not releases_apart(releases[0], releases[0], THRESHOLD)


@pytest.mark.slow
def test_nothing_is_got_back_from_random_studies_nor_from_their_next_page(tmp_path):
    found = score((0, 1, 5, 6, 7), tmp_path)
    assert not found.leaks, "\n".join(found.examples)
    assert not found.refuted
    assert found.pages >= 5
    assert found.tried > 100
