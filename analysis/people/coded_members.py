"""Who wrote what bears a code: each member does or does not, so that a small count of them is masked as any other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import pandas as pd

from analysis.people.chat_members import CHAT, who
from analysis.people.coded_thread import CodedThread
from analysis.people.counted import Basis, Key
from analysis.people.respondents import Respondents
from analysis.people.thread import StudiedThread
from analysis.people.variable import NO, YES, Level, Variable, axis

_LEVELS = (Level(YES, "Oui"), Level(NO, "Non"))


def wrote(*what: str) -> Key:
    """The members whose words bear a code: ``code``, or a theme with a day or a month, or two themes."""
    return who((axis("/".join(what), CHAT), YES))


def with_codes(members: Respondents, thread: StudiedThread, coded: CodedThread) -> Respondents:
    """The members, and for each code, each theme of each day and month, each pair of themes, whether they wrote so."""
    found = dict(_authors(coded))
    variables = {axis(name, CHAT): Variable(name, CHAT, name, _LEVELS, yes_no=True) for name in found}
    names = [one.name for one in thread.members]
    answers = {
        name: pd.Categorical([YES if one in authors else NO for one in names], categories=[YES, NO])
        for name, authors in found.items()
    }
    frame = pd.concat([members.answers[CHAT], pd.DataFrame(answers)], axis=1)
    return Respondents(members.people, {**members.answers, CHAT: frame}, {**members.variables, **variables})


def _authors(coded: CodedThread) -> Iterator[tuple[str, frozenset[str]]]:
    passages, themes = coded.passages, coded.of_themes
    for code in coded.tree.by_id:
        yield f"code/{code}", frozenset(passages["member"][passages["code"].isin(coded.under(code))])
    yield "coded", frozenset(passages["member"])
    for column in ("month", "day"):
        for (theme, when), rows in themes.groupby(["theme", column], observed=True):
            yield f"{theme}/{when}", frozenset(rows["member"])
    by_theme = {theme.id: themes[themes["theme"] == theme.id] for theme in coded.tree.themes}
    for first, second in combinations(by_theme, 2):
        both = by_theme[first]["unit"].isin(by_theme[second]["unit"])
        yield f"{first}+{second}", frozenset(by_theme[first]["member"][both])


def guarded(cells: Sequence[tuple[int, Key]], people: Respondents | None, threshold: int) -> list[Basis]:
    """What each number of a sum rests on; a number alone to be withheld takes the least of the others with it.

    ``cells`` are numbers of units with those who wrote them.
    """
    bases: list[Basis] = [(whom,) if n else () for n, whom in cells]
    if people is None:
        return bases
    small = [n for n, (units, whom) in enumerate(cells) if units and people.count(whom) < threshold]
    others = sorted((cells[n][0], n) for n in range(len(cells)) if n not in small and cells[n][0])
    if len(small) == 1 and others:
        place = others[0][1]
        bases[place] = (*bases[place], cells[small[0]][1])
    return bases
