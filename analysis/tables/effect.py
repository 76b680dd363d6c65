"""The size of an effect beside its p: a column of each table that tests."""

from __future__ import annotations

from analysis.people.cohort import Cohort
from analysis.people.counted import Basis
from analysis.statistics import Result
from analysis.tables.cells import Cell, Effect, Text
from analysis.tables.table import Column
from divan.sources.french import percent

SYMBOLS = {
    "matched_rank_biserial": "r", "rank_biserial": "r", "cohen_d": "d", "cohen_dz": "d", "epsilon_squared": "ε²",
    "eta_squared": "η²", "rho": "ρ", "cramer_v": "V",
    "net_share_up": "hausses − baisses", "odds_ratio": "rapport de cotes", "slope": "pente", "cohen_w": "w",
    "partial_eta_squared": "η² partiel",
}  # fmt: skip
SAID = {
    "r": "r, corrélation bisérielle des rangs, de -1 à 1", "d": "d de Cohen, en écarts-types",
    "ε²": "ε², part de la dispersion des rangs, de 0 à 1", "η²": "η², part de la variance, de 0 à 1",
    "ρ": "ρ de Spearman, de -1 à 1", "V": "V de Cramér, de 0 à 1",
    "pente": "pente, ce que la part gagne ou perd d'un niveau au suivant", "w": "w de Cohen, 0 si rien n'a bougé",
    "η² partiel": "η² partiel, part de la variance que les autres variables laissent, de 0 à 1",
}  # fmt: skip


def effect_column(cohort: Cohort, name: str = "effect") -> Column:
    """The column's head, with the level of its intervals."""
    return Column(name, f"Taille d'effet (IC à {percent(cohort.plan.confidence, 0)})", "effect")


def effect_cell(result: Result, basis: Basis) -> Cell:
    """The effect size of a test with its interval, or the odds ratio; blank when it has none."""
    symbol = SYMBOLS.get(str(result.detail.get("effect", "")))
    if symbol and result.effect_size is not None and result.p_value is not None:
        return Effect(symbol, result.effect_size, result.effect_low, result.effect_high, basis)
    if result.detail.get("estimate") == "odds_ratio" and result.p_value is not None:
        return Effect(SYMBOLS["odds_ratio"], result.estimate, result.ci_low, result.ci_high, basis)
    return Text()


def effect_note(results: list[Result]) -> tuple[str, ...]:
    """One sentence on the letters used, none when no letter is."""
    used = dict.fromkeys(
        SYMBOLS.get(str(one.detail.get("effect", "")), "") for one in results if one.p_value is not None
    )
    told = [SAID[symbol] for symbol in used if symbol in SAID]
    return (f"Taille d'effet : {' ; '.join(told)}.",) if told else ()
