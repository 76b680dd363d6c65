"""How each program that computes a report asks to be cited."""

from __future__ import annotations

from collections.abc import Mapping

NAMES = {"python": "Python", "numpy": "NumPy", "pandas": "pandas", "scipy": "SciPy", "statsmodels": "statsmodels"}
CITATIONS = {
    "numpy": "Harris CR, Millman KJ, van der Walt SJ, et al. Array programming with NumPy. Nature. 2020;585:357-362. "
    "doi:10.1038/s41586-020-2649-2",
    "pandas": "McKinney W. Data structures for statistical computing in Python. Proceedings of the 9th Python in "
    "Science Conference. 2010:56-61. doi:10.25080/Majora-92bf1922-00a",
    "scipy": "Virtanen P, Gommers R, Oliphant TE, et al. SciPy 1.0: fundamental algorithms for scientific computing "
    "in Python. Nature Methods. 2020;17:261-272. doi:10.1038/s41592-019-0686-2",
    "statsmodels": "Seabold S, Perktold J. statsmodels: econometric and statistical modeling with Python. Proceedings "
    "of the 9th Python in Science Conference. 2010:92-96. doi:10.25080/Majora-92bf1922-011",
}


def cited(software: Mapping[str, str]) -> list[str]:
    """« SciPy 1.17.1 [2] » for each program that computed, in the order of the references."""
    numbers = {name: place for place, name in enumerate(sources(software), 1)}
    return [f"{label}\u00a0{software[name]}" + (f" [{numbers[name]}]" if name in numbers else "")
            for name, label in NAMES.items() if name in software]  # fmt: skip


def sources(software: Mapping[str, str]) -> list[str]:
    """The programs that have a reference, in order."""
    return [name for name in NAMES if name in software and name in CITATIONS]


def references(software: Mapping[str, str]) -> list[str]:
    """« [1] Harris CR… »."""
    return [f"[{place}] {CITATIONS[name]}" for place, name in enumerate(sources(software), 1)]
