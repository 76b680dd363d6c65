"""« divan report », « divan plan » et « divan power » : ce qu'une étude calcule, promet et demande."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from divan.commands.arguments import Words
from divan.commands.own_analysis import join_analysis
from divan.commands.speech import show_problems
from divan.sources.problem import Problem, noted, stop_if
from divan.workers import without_collecting


def run_report(words: Words) -> int:
    """Make the reports that are asked for, or those that are outdated; each fault is said, and the others go on."""
    from analysis.report.building import studies_to_report

    stop_if(_ill_asked(words))
    join_analysis(words.root)
    problems: list[Problem] = []
    for study in [words.study] if words.study else studies_to_report(words.root):
        with noted(problems):
            if words.exact:
                _write_exact(words, study)
            elif words.kit:
                _write_kit(words, study)
            elif not words.stale or _is_outdated(words.root, study):
                _publish(words, study)
    return show_problems(problems) if problems else 0


def _ill_asked(words: Words) -> Iterator[Problem]:
    if words.withdraw_earlier and words.correct is None:
        remedy = 'dites pourquoi elles se retirent : --correct "…" --withdraw-earlier'
        yield Problem("--withdraw-earlier", None, "des versions ne se retirent pas sans raison", remedy)
    if words.exact and (words.stale or words.correct is not None):
        yield Problem("--exact", None, "l'édition exacte ne se publie ni ne se corrige", "demandez-la seule")
    if words.kit and (words.stale or words.correct is not None or words.exact):
        yield Problem("--kit", None, "le nécessaire d'une thèse ne change aucune page", "demandez-le seul")
    if words.lang != "fr" and not words.kit:
        yield Problem("--lang", None, "la page est en français ; seul le nécessaire d'une thèse se traduit",
                      "ajoutez --kit DOSSIER")  # fmt: skip
    if words.correct is not None and not words.study and not words.stale:
        remedy = "nommez l'étude, ou ajoutez --stale pour toutes celles qui ont changé"
        yield Problem("--correct", None, "une raison est celle d'une page", remedy)


def run_plan(words: Words) -> int:
    """Freeze a plan, and say its digest."""
    from analysis.plan.freezing import freeze

    join_analysis(words.root)
    print(freeze(words.root, words.study, words.deposit))
    return 0


def run_power(words: Words) -> int:
    """Say how many people a plan asks for."""
    from analysis.plan.loading import load_plan
    from analysis.plan.study_size import Wanted, study_size
    from surveys.study import load_study

    plan = load_plan(load_study(words.root / "surveys" / words.study))
    wanted = Wanted(words.sd, words.difference, words.power, words.people)
    print(study_size(plan, f"surveys/{words.study}/plan.yaml", wanted))
    return 0


def _publish(words: Words, study: str) -> None:
    from analysis.report.correcting import Correction, publish_report
    from analysis.report.interim import waiting

    correction = None if words.correct is None else Correction(words.correct, words.withdraw_earlier)
    with without_collecting():
        done = publish_report(words.root, study, correction)
    rest = waiting(words.root, study)
    print(f"{study} : {len(done.files)} fichiers dans content/results/{study}/{rest}", flush=True)
    if done.new:
        print(f"{study} : page définitive, version {done.versions[-1].number} ; committez aussi "
              f"surveys/{study}/versions/.", flush=True)  # fmt: skip
    elif correction and not done.versions:
        print(f"{study} : la page n'est pas définitive, la raison n'y paraît pas.", flush=True)
    elif correction:
        withdrawn = " ; celles d'avant sont retirées" if correction.withdraw else ""
        print(f"{study} : rien n'a changé, la version {done.versions[-1].number} reste{withdrawn}.", flush=True)


def _write_exact(words: Words, study: str) -> None:
    from analysis.report.building import write_exact
    from divan.collector.forgetting import note_edition

    written = write_exact(words.root, study, words.exact)
    note_edition(words.root, study, words.exact / study)
    print(
        f"{study} : {len(written)} fichiers dans {words.exact / study}/, l'édition exacte : ne la publiez pas",
        flush=True,
    )


def _write_kit(words: Words, study: str) -> None:
    from analysis.report.building import write_kit

    with without_collecting():
        written = write_kit(words.root, study, words.kit, words.lang)
    print(f"{study} : {len(written)} fichiers dans {written[0].parent}/", flush=True)


def _is_outdated(root: Path, study: str) -> bool:
    """Whether a report is to be made again; the reason is said, even when the answers to do so are not here."""
    from analysis.report.staleness import staleness

    found = staleness(root, study)
    if found.reasons:
        rest = "" if found.answered else " ; les réponses ne sont pas ici, la page reste comme elle est"
        print(f"{study} : {', et '.join(found.reasons)}{rest}.", flush=True)
    return found.rebuildable
