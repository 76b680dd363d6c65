"""What each kind of fault asks, by its code: the words of ``divan check --explain`` and of the guide."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from divan.commands.tongue import in_our_language


@dataclass(frozen=True, slots=True)
class ExplainedFault:
    """A ``family`` of faults, what must hold, and what to do when it does not."""

    family: str
    holds: str
    remedy: str


def explained_faults() -> Mapping[str, ExplainedFault]:
    """Every kind of fault that ``divan check`` says, by its code."""
    written = yaml.safe_load((Path(__file__).parent / "fault_kinds.yaml").read_text(encoding="utf-8"))
    return {code: ExplainedFault(family, *told) for family, codes in written.items() for code, told in codes.items()}


def explanation(code: str) -> str:
    """Three lines on a code that is known."""
    found = explained_faults()[code]
    return "\n  ".join(
        [f"{code} : {in_our_language(found.family)}", in_our_language(found.holds), in_our_language(found.remedy)]
    )


def known_code(text: str) -> str:
    """A code as it is typed, brackets or not; one that nothing says is refused."""
    code = text.strip("[]").upper()
    if code not in explained_faults():
        raise ArgumentTypeError(
            in_our_language("attend le code d'une faute, comme F06, pas {text!r}").format(text=text)
        )
    return code
