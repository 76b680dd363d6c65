# ruff: noqa: E501 - lines of a Markdown table
"""Compare every statistic with R's figures: `python -m bench.parity` writes docs/parity.md.

R's figures are committed (tests/analysis/r/parity.json, made by parity.R beside it); this needs no R.
"""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bench.parity_figures import figures_of

ROOT = Path(__file__).resolve().parents[1]
R_FOLDER = ROOT / "tests" / "analysis" / "r"
TOLERANCE = 1e-7
ROUNDING = 1e-14

_REMARKS = {
    "anova": "référence : `anova(lm())`",
    "anova_welch": "référence : `oneway.test`",
    "clopper_pearson": "référence : `binom.test`",
    "cohen_kappa": "pas de fonction dans R de base : formule écrite case par case dans le script",
    "cronbach_alpha": "pas de fonction dans R de base : formule et intervalle de Feldt écrits dans le script",
    "describe": "moyenne, écart-type, cinq quantiles de types 7, 2 et 6",
    "fisher_exact": "tableaux de 5 × 2",
    "fisher_exact_2x2": "rapport de cotes conditionnel et son intervalle compris",
    "fisher_exact_large": "tableaux de 5 × 5, jusqu'à 40 réponses",
    "fisher_exact_levels": "tableaux de 5 × 2, niveaux de Likert",
    "holm": "p de trois tests de rangs signés, réponses manquantes comprises",
    "linear_regression": "coefficients, erreurs, intervalles, tableau de type II, R², F, et contrôles des résidus",
    "mann_whitney": "W, p exact ou asymptotique, décalage de Hodges-Lehmann et son intervalle",
    "marginal_homogeneity": "pas de fonction dans R de base : formule écrite dans le script",
    "logistic_regression": "référence : `glm(binomial)`, `car::Anova` (rapport de vraisemblance), `car::vif`",
    "mixed_model": "référence : `lme4::lmer`, `car::Anova`, `car::vif` ; quatre réponses par personne",
    "negative_binomial": "référence : `MASS::glm.nb`, modèles emboîtés à `theta` refait",
    "ordinal_regression": "référence : `MASS::polr` mené à son maximum ; test de Brant d'après sa formule",
    "poisson_regression": "référence : `glm(poisson)`, `car::Anova`, `car::vif`, χ² de Pearson",
    "mcnemar": "Bowker ; les paires de niveaux qui n'ont échangé personne sont écartées des deux côtés",
    "shapiro_wilk": "réponses",
    "shapiro_wilk_change": "changements",
    "signed_rank": "V, p exact ou asymptotique, pseudomédiane et son intervalle",
    "signed_rank_all_changes": "intervalle de tous les changements, nuls compris ; R les reçoit plus 64, "
    "ce qui lui coûte deux chiffres près de zéro",
    "spearman": "p exact, en série ou de Student, comme R choisit",
    "wilson": "référence : `prop.test`, sans correction",
    "wilson_continuity": "référence : `prop.test`",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure on one data set; ``difference`` is relative, None when neither side can compute it."""

    data_set: str
    statistic: str
    figure: str
    expected: float | None
    found: float | None
    difference: float | None


def read_r() -> tuple[dict[str, str], dict[str, dict[str, dict[str, Any]]]]:
    """Versions of R and of its packages, and its figures: data set, statistic, figure."""
    loaded = json.loads((R_FOLDER / "parity.json").read_text(encoding="utf-8"))
    return loaded["software"], loaded["figures"]


def read_columns(data_set: str) -> dict[str, list[str | None]]:
    """A data set by column; an empty cell is None."""
    with (R_FOLDER / "data" / f"{data_set}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: [row[name] or None for row in rows] for name in rows[0]}


@cache
def found_in(data_set: str) -> dict[str, dict[str, Any]]:
    """Our figures on a data set, by statistic."""
    return figures_of(read_columns(data_set))


def compare_all() -> Iterator[Compared]:
    """Every figure that R or we give on every data set."""
    for data_set, expected in read_r()[1].items():
        found = found_in(data_set)
        for statistic, figures in expected.items():
            ours = dict(_flat(found[statistic]))
            theirs = dict(_flat(figures))
            if not ours and "p_value" not in theirs:
                continue  # R has degrees of freedom, but no p-value either
            for figure in sorted(theirs.keys() | ours.keys()):
                a, b = theirs.get(figure), ours.get(figure)
                yield Compared(data_set, statistic, figure, a, b, relative_difference(a, b, _nothing(figure)))


def relative_difference(expected: float | None, found: float | None, nothing: float = 0.0) -> float | None:
    """|found - expected| / |expected|; None when both are missing, infinity when one is; 0 below ``nothing``."""
    if expected is None or found is None:
        return None if expected is found else math.inf
    if expected == found or max(abs(expected), abs(found)) < nothing:
        return 0.0
    return abs(found - expected) / abs(expected) if expected and math.isfinite(expected) else math.inf


def _nothing(figure: str) -> float:
    """A p-value is compared however small; a sum or a slope of 1e-15 is the rounding of a zero."""
    return 0.0 if figure in ("p_value", "breusch_pagan_p", "residual_p", "first", "second", "third") else ROUNDING


def _flat(figures: Any) -> Iterator[tuple[str, float | None]]:
    """Figures one by one: lists are numbered, R's errors and names left out, "Inf" is infinity."""
    for name, value in figures.items():
        if name in ("error", "aliased"):
            continue
        for place, one in enumerate(value if isinstance(value, list | tuple) else [value]):
            key = f"{name}[{place}]" if isinstance(value, list | tuple) else name
            if one is not None and one != {}:
                yield key, float(one)


def table(compared: Iterable[Compared]) -> str:
    """The Markdown table of docs/parity.md, one line a statistic."""
    by_statistic: dict[str, list[Compared]] = {}
    for one in compared:
        by_statistic.setdefault(one.statistic, []).append(one)
    lines = ["| statistique | jeux de données | chiffres comparés | plus grand écart relatif | remarque |",
             "| --- | ---: | ---: | ---: | --- |"]  # fmt: skip
    for statistic, several in sorted(by_statistic.items()):
        known = [one for one in several if one.difference is not None]
        worst = max((one.difference or 0.0 for one in known), default=0.0)
        sets = len({one.data_set for one in known})
        remark = _REMARKS.get(statistic, "")
        lines.append(f"| `{statistic}` | {sets} | {len(known)} | {worst:.1e} | {remark} |".replace("0.0e+00", "0"))
    return "\n".join(lines)


def main() -> None:
    """Write docs/parity.md."""
    compared = list(compare_all())
    (ROOT / "docs" / "parity.md").write_text(page(compared), encoding="utf-8")
    worst = max(one.difference or 0.0 for one in compared)
    print(f"docs/parity.md : {len(compared)} chiffres, plus grand écart relatif {worst:.1e}")


def page(compared: Sequence[Compared]) -> str:
    """The whole page."""
    software, figures = read_r()
    return _PAGE.format(
        versions=", ".join(f"{name} {version}" for name, version in software.items()),
        sets=len(figures),
        figures=sum(one.difference is not None for one in compared),
        worst=f"{max(one.difference or 0.0 for one in compared):.1e}",
        table=table(compared),
    )


_PAGE = """\
# Les chiffres de Divan à côté de ceux de R

Page écrite par `python -m bench.parity` ; ne pas la corriger à la main. Référence : {versions}. Les chiffres de R
sont dans `tests/analysis/r/parity.json`, écrits par `tests/analysis/r/parity.R` ; les tests les relisent et n'ont pas
besoin de R.

{sets} jeux de données : neuf tirés de l'étude Poitou-Charentes (score, chacun des sept items, inclus face aux
non-inscrits) et des jeux tirés au sort une fois pour toutes (`generate.py`), qui ont des ex æquo, des zéros, un, deux
ou trois répondants, des groupes d'une personne, des niveaux vides, des réponses manquantes, des colonnes redondantes,
des nombres très grands et très petits. Chaque statistique est calculée sur chacun.

**{figures} chiffres comparés ; plus grand écart relatif : {worst}** (exigé : 1e-7). Un zéro connu à 1e-14 près vaut
zéro, sauf pour un p. Quand un calcul n'a pas de sens (une personne, des réponses toutes égales), R s'arrête ou rend
NaN et Divan dit pourquoi en français : les tests vérifient que les deux renoncent aux mêmes endroits.

{table}

## Où Divan s'écarte de R, et pourquoi

| où | R | Divan |
| --- | --- | --- |
| toutes les réponses égales, analyse de variance | un F fait du bruit d'arrondi | « toutes égales », sans p |
| McNemar-Bowker, deux niveaux sans échange | NaN | cette paire est écartée, avec son degré de liberté |
| Fisher, 2 × 2 dont une ligne ou une colonne est vide | p = 1 | la marge vide est écartée, pas de test |
| Fisher, au-delà du budget | s'arrête (`workspace`) | tirage au sort à graine fixe, annoncé, avec l'intervalle du p |
| Wilcoxon, intervalle hors d'atteinte | bornes de niveau 0 et un avertissement | pas d'intervalle, `level` 0 |
| modèle dont une variable prédit la réponse sans exception | un rapport de cotes de 1e9 et un avertissement, ou rien | le modèle n'est pas donné, et la variable est nommée |
| modèle mixte, autant de coefficients que de personnes | un écart-type entre personnes qui dépend du départ | « autant de coefficients que de personnes » |
| binomiale négative, réponses pas plus dispersées que selon Poisson | `theta` monte jusqu'à la limite des tours | le modèle n'est pas donné |
| pseudomédiane | celle des changements non nuls | la même, et à côté celle de tous les changements |

R cherche les bornes de Hodges-Lehmann et du rapport de cotes à 1e-4 près, et publie ce qu'il trouve (1,00003 pour 1). Ici on lui
demande le dernier chiffre : `wilcox.test(tol.root = 1e-13)`, et `fisher.test` avec un `uniroot` aussi fin. Divan rend la
somme de deux réponses qui est la borne, exactement ; quand la statistique est nulle sur tout un intervalle, son milieu.

De même pour les modèles, dont R cherche le maximum par pas. À 300 réponses, `polr` s'arrête à 2e-5 de ses coefficients et prend leurs
erreurs-types par différences, à 1,3e-4 près (`OrderedModel` de statsmodels : 1e-5 et 2e-5) ; le script reprend `polr` là où il s'arrête et va au maximum par
pas de Newton, où Divan le retrouve à 1e-7. `glm` et `glm.nb` repartent d'où ils s'arrêtent, `lmer` va où la pente de sa propre déviance est nulle.

## Qui calcule

| statistique | calculée par | avec |
| --- | --- | --- |
| Mann-Whitney, rangs signés | `scipy.stats.mannwhitneyu`, `wilcoxon` | `use_continuity=True` ; `zero_method="wilcox", correction=True` ; exact sans ex æquo ni zéro sous 50 |
| Hodges-Lehmann et ses intervalles | Divan (`location.py`) | aucune bibliothèque ne les donne |
| Kruskal-Wallis | `scipy.stats.kruskal` | |
| signes, Clopper-Pearson, Wilson | `scipy.stats.binomtest` | `proportion_ci("exact")`, `"wilson"`, `"wilsoncc"` (sans correction quand la part est la moitié) |
| t apparié, de Welch | `scipy.stats.ttest_1samp`, `ttest_ind` | `equal_var=False` |
| analyse de variance | `scipy.stats.f_oneway` ; Welch : `statsmodels` `anova_oneway` | `use_var="unequal"` |
| Spearman | `scipy.stats.spearmanr` ; sans ex æquo, Divan (`trend.py`) | le p exact, puis la série d'Edgeworth de R |
| chi-deux | `scipy.stats.chi2_contingency` | `correction=True` en 2 × 2 seulement, marges vides ôtées |
| Fisher 2 × 2 | `scipy.stats.fisher_exact`, `contingency.odds_ratio` | `kind="conditional"` |
| Fisher r × c | Divan (`fisher_network.py`) | scipy tire au sort 9 999 tableaux |
| McNemar-Bowker | Divan (`contingency.py`) | les paires de niveaux sans échange sont écartées |
| Stuart-Maxwell | `statsmodels` `SquareTable.homogeneity` | `method="stuart_maxwell"`, `shift_zeros=False`, niveaux sans mouvement ôtés |
| tendance de Cochran-Armitage | Divan (`trend.py`) | statsmodels en prend la variance par permutation |
| kappa | `statsmodels` `cohens_kappa` | intervalle ramené dans [-1, 1] |
| alpha de Cronbach | Divan (`agreement.py`) | |
| Holm | Divan (`multiplicity.py`) | `multipletests` de statsmodels donne les mêmes, et vide le ramasse-miettes à chaque appel |
| moyenne, quartiles | `numpy.quantile` | `method="linear"` (type 7), `"averaged_inverted_cdf"` (2), `"weibull"` (6) |
| score sur plusieurs vagues, modèle mixte | Divan (`models/repeated.py`) | statsmodels `MixedLM` : mêmes estimations, autres erreurs-types quand une réponse manque, et une boucle par personne |
| régression logistique, de Poisson | `statsmodels` `GLM`, puis deux pas de Newton | intervalles et p des niveaux de Wald (`confint.default`), p d'une variable par rapport de vraisemblance |
| binomiale négative | `statsmodels` `GLM(NegativeBinomial)` ; `theta` : Divan (`models/negative_binomial.py`) | tour à tour, comme `glm.nb` ; statsmodels joint `theta` aux erreurs-types |
| régression ordinale, test de Brant | Divan (`models/ordinal_regression.py`, `proportional_odds.py`) | `OrderedModel` s'arrête près du maximum |
| variable qui prédit sans exception | `scipy.optimize.linprog` (Divan, `models/separation.py`) | le programme linéaire de Konis |
| régression linéaire | `numpy.linalg.qr`, `scipy.stats.f`, `t` | `OLS(…).fit(method="qr")` de statsmodels donne les mêmes, et une pseudo-inverse de plus à chaque modèle |
| colonnes redondantes | Divan (`design_matrix.py`) | dans l'ordre de R ; statsmodels les garde toutes |
| résidus | `statsmodels` `het_breuschpagan`, `OLSInfluence` ; GVIF : Divan | `robust=True` |
| Shapiro-Wilk | Divan (`shapiro_wilk.py`) | les quantiles normaux de scipy n'ont que sept chiffres : son p s'écarte de R de 1,5e-7 à n = 1 000 |
| GRIM, GRIMMER | Divan (`audit/granularity.py`) | |
| intervalles des tailles d'effet | Divan (`effect_interval.py`), lois décentrées de `scipy.special` | contre `pt`, `pf`, `pchisq(ncp = )` de R inversés par `uniroot` |
| poids, parts et moyennes pondérées | Divan (`raking.py`, `weighted.py`) ; R : `survey` 4.1.1 | statsmodels n'a pas de variance de calage ; `calibrate(calfun = "raking")`, `svymean`, `svyciprop(method = "logit")`, à 1e-12 |
| réponses manquantes complétées | Divan (`imputation.py`) ; R : `mice` 3.15.0 | `MICEData` de statsmodels tire d'une graine globale ; `pool.scalar` à 1e-10, `pmm` à l'erreur de tirage près |
"""

if __name__ == "__main__":
    main()
