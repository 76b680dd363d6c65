"""Two pages of one study side by side: what changed between them is a table of those who changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bench.attack.attacker import Attack, Claim, Page, attack
from bench.attack.publishing import Release
from bench.attack.told import Told

BY_RELEASES = "différence de deux pages"
BY_TWO_CUTS = "deux découpes des mêmes réponses"


def changed_people(earlier: Release, later: Release) -> int:
    """How many of those analysed are in one page and not as they are in the other."""
    before, after = ([tuple(sorted(person.items())) for person in one.referee.people] for one in (earlier, later))
    return max(
        len([one for one in before if before.count(one) > after.count(one)]),
        len([one for one in after if after.count(one) > before.count(one)]),
    )


def releases_apart(earlier: Release, later: Release, k: int) -> list[Claim]:
    """What one page says and the other says a little otherwise, when fewer than ``k`` people made the difference."""
    people = changed_people(earlier, later)
    if not 0 < people < k:
        return []
    return [Claim(new.group, new.who, 1, people, BY_RELEASES) for _, new in _moved(earlier, later)]


def _moved(earlier: Release, later: Release) -> Iterator[tuple[Told, Told]]:
    """The same exact figure in both pages, which is not the same."""
    known = {_name(one): one for one in earlier.page.figures if one.said is not None}
    for one in later.page.figures:
        before = known.get(_name(one))
        if before is not None and one.said is not None and one.said != before.said:
            yield before, one


def _name(one: Told) -> tuple[object, ...]:
    return one.measure, one.who, one.of, one.group


def two_cuts(earlier: Release, later: Release, k: int) -> Attack:
    """Both pages as one, where nobody changed: each may hide what the other lets out."""
    if changed_people(earlier, later):
        return Attack((), 0, 0)
    both: Page = replace(later.page, figures=tuple(dict.fromkeys((*earlier.page.figures, *later.page.figures))))
    found = attack(both, k, later.referee.count)
    return replace(found, claims=tuple(replace(one, how=BY_TWO_CUTS) for one in found.claims))
