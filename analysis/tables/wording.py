"""A test in words: its name, and a sentence with its exact parameters."""

from __future__ import annotations

from analysis.statistics import Result
from analysis.tables.effect import effect_cell
from divan.sources.french import enumeration, number, p_sentence, plural

NAMES = {
    "sign": "Test des signes",
    "signed_rank": "Test des rangs signés de Wilcoxon",
    "paired_t": "Test t apparié",
    "mann_whitney": "Test de Mann-Whitney",
    "welch_t": "Test t de Welch",
    "kruskal_wallis": "Test de Kruskal-Wallis",
    "one_way_anova": "Analyse de variance",
    "spearman": "Corrélation de Spearman",
    "chi_square": "Test du chi-deux",
    "fisher_exact": "Test exact de Fisher",
    "proportion_trend": "Test de tendance de Cochran-Armitage",
    "marginal_homogeneity": "Test d'homogénéité marginale de Stuart-Maxwell",
    "linear_regression": "Régression linéaire",
    "mixed_model": "Modèle linéaire mixte",
    "logistic_regression": "Régression logistique",
    "ordinal_regression": "Régression ordinale à cotes proportionnelles",
    "poisson_regression": "Régression de Poisson",
    "negative_binomial": "Régression binomiale négative",
    "brant": "Test de Brant",
    "overdispersion": "Dispersion de Pearson",
    "against_poisson": "Rapport de vraisemblance contre une loi de Poisson",
    "shapiro_wilk": "Test de Shapiro-Wilk",
    "breusch_pagan": "Test de Breusch-Pagan",
}
METHODS = {
    "exact": "calcul exact",
    "asymptotic": "approximation normale avec correction de continuité et des ex æquo",
    "yates": "avec la correction de Yates",
    "monte_carlo": "tirage au sort de tableaux",
}
LETTERS = {"signed_rank": "V", "mann_whitney": "W", "kruskal_wallis": "H", "chi_square": "χ²", "one_way_anova": "F",
           "welch_t": "t", "paired_t": "t", "proportion_trend": "χ²", "marginal_homogeneity": "χ²", "shapiro_wilk": "W",
           "breusch_pagan": "χ²", "mixed_model": "χ²", "spearman": "S",
           "logistic_regression": "χ²", "ordinal_regression": "χ²", "poisson_regression": "χ²",
           "negative_binomial": "χ²", "brant": "χ²", "overdispersion": "χ²", "against_poisson": "χ²"}  # fmt: skip


def sentence(result: Result) -> str:
    """« Test des signes : 37 en hausse, 11 en baisse, 21 sans changement ; calcul exact ; n = 69 ; p < 0,001. »."""
    name = NAMES.get(result.test, result.test)
    if result.undefined:
        return f"{name} : non calculé, {result.undefined}."
    parts = [*_parameters(result), f"n\u00a0=\u00a0{number(result.n)}"]
    if result.p_value is not None:
        parts.append(p_sentence(result.p_value))
    size = effect_cell(result, ()).text()
    return f"{name} : {' ; '.join([*parts, size] if size else parts)}."


def _parameters(result: Result) -> list[str]:
    detail = result.detail
    found = []
    if result.test == "sign":
        found.append(enumeration([f"{number(detail['up'])} en hausse", f"{number(detail['down'])} en baisse",
                                  f"{number(detail['equal'])} sans changement"]))  # fmt: skip
    elif result.statistic is not None and result.test in LETTERS and detail.get("part") != "coefficient":
        letter = LETTERS[result.test]
        found.append(f"{letter}\u00a0=\u00a0{number(result.statistic, 2)}")
    if result.dof is not None:
        several = result.dof if isinstance(result.dof, tuple) else (result.dof,)
        shown = enumeration([number(one, 0 if float(one).is_integer() else 1) for one in several])
        found.append(f"{shown} degrés de liberté" if several != (1,) else "1\u00a0degré de liberté")
    method = METHODS.get(str(detail.get("method", "")))
    if method:
        found.append(method + _simulation(result))
    if detail.get("zeros"):
        found.append(f"{plural(int(detail['zeros']), 'différence')} nulle{'s' if detail['zeros'] > 1 else ''} écartée"
                     f"{'s' if detail['zeros'] > 1 else ''}")  # fmt: skip
    if detail.get("missing"):
        found.append(f"{plural(int(detail['missing']), 'réponse')} manquante{'s' if detail['missing'] > 1 else ''}")
    return found


def _simulation(result: Result) -> str:
    detail = result.detail
    if detail.get("method") != "monte_carlo":
        return ""
    return (f" ({number(detail['draws'])} tirages, graine {detail['seed']}, p entre {number(detail['p_low'], 4)} et "
            f"{number(detail['p_high'], 4)})")  # fmt: skip
