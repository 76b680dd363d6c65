"""A problem found in something people wrote: where it is, what must hold, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One fault, in French: ``message`` says what must hold and what was found, ``remedy`` what to do.

    ``code`` is the kind of fault that the guide explains, "" for one that only this command could meet.
    """

    path: str
    line: int | None
    message: str
    remedy: str = ""
    code: str = field(default="", compare=False)

    def __str__(self) -> str:
        place = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{place}: {self.message}" + (f" ; {self.remedy}" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class FaultKind:
    """A kind of fault, by its code; called, it makes a problem of that kind."""

    code: str

    def __call__(self, path: str, line: int | None, message: str, remedy: str = "") -> Problem:
        """One fault of this kind."""
        return Problem(path, line, message, remedy, self.code)


class ProblemsFound(Exception):
    """Bad input, all of it at once; the command line prints the problems and exits with status 1."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems), key=lambda p: (p.path, p.line or 0, p.message)))
        super().__init__("\n".join(map(str, self.problems)))


def stop_if(problems: Iterable[Problem]) -> None:
    """Raise ``ProblemsFound`` when there is at least one problem."""
    found = tuple(problems)
    if found:
        raise ProblemsFound(found)


@contextmanager
def noted(problems: list[Problem]) -> Iterator[None]:
    """What is wrong in there is added to ``problems``, and what comes after goes on."""
    try:
        yield
    except ProblemsFound as found:
        problems += found.problems
