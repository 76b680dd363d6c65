"""The methods and the limits of a report, in sentences drawn from the plan and from what happened."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from analysis.people.respondents import LOST
from analysis.people.stacking import not_asked
from analysis.report.publication import Publication
from analysis.report.score_scale import question_scales
from analysis.report.thread_figures import thread_methods
from analysis.tables.wording import NAMES
from divan.sources.french import enumeration, number, percent, plural, typographic, within
from surveys.model import FEWEST_SHOWN, Wave
from surveys.quotas import quotas_of

MULTIPLICITY = {"holm": "p corrigés par la méthode de Holm", "none": "p non corrigés pour leur nombre"}


def methods(publication: Publication) -> list[str]:
    """What was computed, on whom, and how."""
    return [
        typographic(one)
        for part in (_design, thread_methods, _endpoint, _statistics, _threshold)
        for one in part(publication)
    ]


def limits(publication: Publication) -> list[str]:
    """What the plan says, then what the answers show."""
    return [typographic(one) for one in (*publication.cohort.plan.limits, *_found(publication))]


def _quotas(wave: Wave) -> Iterator[str]:
    """What a wave took, when it was not whoever came: its shares are those that were wanted."""
    declared = quotas_of(wave.questionnaire)
    whole = [f"{plural(quota.most, 'réponse')} en tout" for quota in declared if not quota.item]
    parts = [f"{number(quota.most)} «\u00a0{quota.label}\u00a0»" for quota in declared if quota.item]
    if declared:
        yield (
            f"Quotas de la vague «\u00a0{wave.label}\u00a0» : au plus {enumeration([*whole, *parts])} ; elle se "
            "fermait ensuite à ces réponses, dont les parts sont donc celles que l'étude a voulues."
        )


def _design(publication: Publication) -> Iterator[str]:
    cohort = publication.cohort
    study = cohort.study
    if study.pairing:
        yield (
            "Les deux réponses d'une personne sont rapprochées par son code. Sont analysées celles qui figurent sur la "
            "liste des membres et dont les deux questionnaires ont toutes les questions du score."
            if study.roster
            else "Les deux réponses d'une personne sont rapprochées par son code."
        )
    if study.stacked:
        yield (
            f"Les {number(len(study.stacked))} vagues ont interrogé des personnes différentes, que rien ne rapproche : "
            "leurs réponses sont mises bout à bout et la vague est une variable. Qui a répondu à deux vagues compte "
            "deux fois."
        )
    yield from (sentence for wave in study.fielded for sentence in _quotas(wave))
    others = [f"«\u00a0{wave.label}\u00a0»" for wave in study.waves if study.pair and wave.id not in study.pair]
    if others:
        yield (
            f"{enumeration(others)} : réponses rapprochées, par le même code, de celles de la première vague ; "
            "y répondre n'est pas demandé pour être analysé."
        )
    yield (
        "Les réponses manquantes ne sont remplacées que dans l'analyse de sensibilité, par imputation multiple ; "
        "ailleurs, chaque test dit combien il en écarte."
        if publication.table("imputed")
        else "Une réponse manquante n'est jamais remplacée ; chaque test dit combien il en écarte."
    )


def _endpoint(publication: Publication) -> Iterator[str]:
    plan = publication.cohort.plan
    if plan.composite:
        labels = enumeration([within(label) for _, label in plan.composite.items])
        yield (
            f"« {plan.composite.label} » : somme des réponses{_each(publication)}, à "
            f"{number(len(plan.composite.items))} questions ({labels})."
        )
    if plan.primary:
        yield (
            f"Critère principal : {_primary_of(publication)} ; {within(NAMES[plan.primary.test])}, bilatéral, seuil "
            f"{number(plan.alpha, 2)}."
        )


def _primary_of(publication: Publication) -> str:
    plan = publication.cohort.plan
    by = plan.variable(plan.primary.by).label if plan.primary and plan.primary.by else ""
    return f"ce score selon « {by} »" if by else "le changement de ce score"


def _each(publication: Publication) -> str:
    """« , de 1 à 5 » when every question of the score has the same degrees."""
    scales = set(question_scales(publication.cohort))
    return ", de {:g} à {:g}".format(*scales.pop()) if len(scales) == 1 else ""


def _statistics(publication: Publication) -> Iterator[str]:
    plan = publication.cohort.plan
    yield (
        f"Tests bilatéraux, calculés comme le fait R ; intervalles à {percent(plan.confidence, 0)} ; quartiles de type "
        f"{plan.quantile_type} ; écarts-types à n - 1."
    )
    if plan.weights:
        margins = enumeration([f"« {plan.variable(name).label} »" for name in plan.weights.margins])
        yield (
            f"Pondération par ratissage (raking) sur {margins} ; marges : {plan.weights.source}. Intervalles par "
            "linéarisation, de ce que les marges n'expliquent pas ; seuls les tableaux qui le disent sont pondérés."
        )
    if plan.composite:
        yield (
            f"Tests des {number(len(plan.composite.items))} questions : {MULTIPLICITY[plan.multiplicity]}. "
            "Les autres p ne sont pas corrigés."
        )


def _threshold(publication: Publication) -> Iterator[str]:
    plan = publication.cohort.plan
    if plan.threshold > 1:
        yield (
            f"Une réponse que moins de {plan.threshold} personnes ont donnée est réunie à une voisine, dans un ordre "
            "fixé, le même dans tous les tableaux ; tableaux, figures et tests sont faits de ces réponses, et ce que "
            "nul regroupement ne rend assez nombreux n'est pas publié. Les quartiles sont des réponses données. "
            f"Moins de {plan.threshold} personnes qui ont laissé une question y comptent partout avec la réponse la "
            "plus fréquente."
        )
    if plan.threshold_reason:
        lower = " (plus bas que d'habitude)" if plan.threshold < FEWEST_SHOWN else ""
        yield f"Seuil de {plan.threshold}{lower} : {plan.threshold_reason}"


def _found(publication: Publication) -> Iterator[str]:
    cohort = publication.cohort
    for item, waves in not_asked(cohort.study):
        absent = enumeration([f"« {wave.label} »" for wave in waves])
        said = "qui y a répondu compte parmi les non-réponses"
        yield f"« {item.text} » n'a pas été demandé à la vague {absent} : {said}."
    pairing = cohort.pairing
    if pairing is None or not cohort.paired:
        return
    quality = pairing.quality
    shared = sum(loss.n for step in cohort.flow.steps for loss in step.excluded if loss.reason == "shared_code")
    if shared:
        yield (
            f"{plural(shared, 'réponse')} avaient un code donné par plusieurs personnes ; aucune n'a été "
            "appariée au hasard. "
            f"Avec {number(quality.code_space)} codes possibles, {number(quality.expected_shared, 1)} "
            f"{'rencontre' if quality.expected_shared < 2 else 'rencontres'} de ce genre "
            f"{'était attendue' if quality.expected_shared < 2 else 'étaient attendues'}."
        )
    if quality.expected_false_pairs >= 0.005:
        pairs = "paire fausse est attendue" if quality.expected_false_pairs < 2 else "paires fausses sont attendues"
        yield f"{number(quality.expected_false_pairs, 2)} {pairs} par le seul hasard des codes."
    for one in quality.agreements:
        changed = one.n - one.agreeing
        if one.n and not 0 < changed < cohort.plan.threshold:
            yield (
                f"Question stable « {one.item} » : même réponse aux deux vagues dans "
                f"{percent(Fraction(one.agreeing, one.n))} des paires."
            )
    lost = int((cohort.people["group"] == LOST).sum())
    if lost:
        share = Fraction(lost, lost + cohort.n)
        have = "n'a" if lost < 2 else "n'ont"
        yield (f"{plural(lost, 'personne')} ({percent(share)}) {have} pas répondu à la seconde vague.")
