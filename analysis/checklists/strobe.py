"""What a study's own files and results say of each point of STROBE."""

from __future__ import annotations

from analysis.report.publication import Publication
from analysis.report.summary import summary
from analysis.tables.families import families
from divan.sources.french import long_date, number, plural
from surveys.flow import REASONS


def strobe(publication: Publication) -> dict[str, str]:
    """An answer by point id; points that only people can answer are absent."""
    cohort = publication.cohort
    study, plan = cohort.study, cohort.plan
    opened = min(wave.opens for wave in study.waves)
    closed = max(wave.closes for wave in study.waves)
    paired = study.pairing is not None
    said = {
        "1": f"{study.title}. Résumé en tête de page.",
        "2": study.about,
        "4": "Étude avant/après, appariée, d'un seul groupe." if paired else "Enquête descriptive, en une seule fois.",
        "5": f"Collecte en ligne du {long_date(opened)} au {long_date(closed)}.",
        "7": f"{plural(len(plan.variables), 'variable')} déclarées dans le plan ; dictionnaire à télécharger.",
        "8": "Réponses des personnes à un questionnaire en ligne.",
        "10": f"Toutes les réponses reçues ; {plural(cohort.n, 'personne')} analysée{'s' if cohort.n > 1 else ''}.",
        "11": "Recodages déclarés dans le plan et repris dans le dictionnaire.",
        "12": "Voir « Méthodes ».",
        "13": _participants(publication),
        "18": " ".join(summary(publication)[:3]),
    }
    if paired:
        said["6"] = (
            "Inclus : présents sur la liste des membres, deux questionnaires complets, un code qui n'est qu'à eux."
        )
        said["9"] = "Les perdus de vue et ceux qui n'ont pas rejoint le groupe sont décrits à part."
    if plan.primary and plan.composite:
        by = plan.variable(plan.primary.by).label if plan.primary.by else ""
        moves = f"diffère selon « {by} »" if by else "change entre les deux vagues"
        said["3"] = f"Dire si « {plan.composite.label} » {moves}."
    if plan.limits:
        said["19"] = "Voir « Limites »."
    return said | _tables(publication)


def _participants(publication: Publication) -> str:
    lost = [f"{number(one.n)} : {REASONS.get(one.reason, one.reason)}"
            for step in publication.cohort.flow.steps for one in step.excluded if one.n]  # fmt: skip
    return f"{plural(publication.cohort.n, 'personne')} en fin de parcours. Écartées : {' ; '.join(lost) or 'aucune'}."


def _tables(publication: Publication) -> dict[str, str]:
    shown = {table.id for table in publication.tables}
    named: dict[str, list[str]] = {}
    for spec in publication.cohort.plan.tables:
        for point in families()[spec.show].strobe if spec.id in shown else ():
            named.setdefault(point, []).append(spec.id)
    return {point: f"Tableau{'x' if len(ids) > 1 else ''} {', '.join(ids)}." for point, ids in named.items()}
