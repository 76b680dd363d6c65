"""The keys that give a code: a letter for its theme, one more for its branch, taken from their labels if they can."""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_lowercase, ascii_uppercase, digits

from divan.sources.reader_text import fold
from surveys.coding.code_tree import CodeTree

_KEYS = ascii_lowercase + digits + ascii_uppercase


def code_keys(tree: CodeTree) -> Mapping[str, str]:
    """The keys of each code that can be given, by its id: ``b`` of a theme alone, ``lh`` of a branch.

    Beyond 62 in a theme, a code has no key: it is found by its name.
    """
    themes = _letters([(theme.id, theme.label) for theme in tree.themes])
    found: dict[str, str] = {}
    for theme in tree.themes:
        given = [one for _, one in theme.walk() if not one.grouping]
        own = {} if [one.id for one in given] == [theme.id] else _letters([(one.id, one.label) for one in given])
        if theme.id in themes:
            found |= {one.id: themes[theme.id] + own.get(one.id, "") for one in given if not own or one.id in own}
    return found


def _letters(named: list[tuple[str, str]]) -> dict[str, str]:
    """A key each: the first free letter of the label, else the first free one."""
    found: dict[str, str] = {}
    for name, label in named:
        wanted = [sign for sign in fold(label) if sign in ascii_lowercase]
        free = next((sign for sign in (*wanted, *_KEYS) if sign not in found.values()), "")
        if free:
            found[name] = free
    return found
