"""What every test gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """One test: its plain name, what it found, and on how many people.

    ``n`` counts the answers kept (pairs, for paired tests); ``estimate`` with its interval is what the test is
    about, named in ``detail["estimate"]``; ``effect_size``, with an interval of its own, is named in
    ``detail["effect"]``; ``detail["method"]`` says which variant was used (``exact``, ``asymptotic``,
    ``monte_carlo``) and the rest of ``detail`` what was left out. What cannot be computed is None, and ``undefined``
    says why in French.
    """

    test: str
    n: int
    statistic: float | None = None
    dof: float | tuple[float, float] | None = None
    p_value: float | None = None
    estimate: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    effect_size: float | None = None
    effect_low: float | None = None
    effect_high: float | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    undefined: str = ""
