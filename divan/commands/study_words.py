"""The words of the commands that make a study: draft it, bring its answers in, say how many, publish."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from divan.commands.speech import between, whole


def study_commands(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add them, each by ``command``, which takes a name and what its help says."""
    draft = command("draft", "ébauche le questionnaire d'une vague d'après un export, à relire avant de l'importer")
    study_and_wave(draft)
    draft.add_argument(
        "source",
        type=Path,
        metavar="FICHIER",
        help="un export de réponses (CSV, classeur), ou un questionnaire : XLSForm, REDCap, .lss",
    )

    form = command("form", "écrit le questionnaire d'une vague pour un autre outil : XLSForm (.xlsx) ou REDCap (.csv)")
    study_and_wave(form)
    form.add_argument("to", type=Path, metavar="FICHIER", help="kobo.xlsx, redcap.csv…")

    imported = command("import", "lit l'export d'un formulaire et en fait les réponses d'une vague")
    study_and_wave(imported)
    said = "un CSV, un classeur .xlsx, ou un dossier de fichiers de réponse"
    imported.add_argument("source", type=Path, metavar="FICHIER", help=said)
    imported.add_argument("--roster", type=Path, metavar="CSV", help="les codes des membres admis")
    imported.add_argument("--dry-run", action="store_true", help="dit ce qui serait fait, sans rien écrire")
    asked = "l'ordre du jour et du mois, quand le fichier ne le dit pas"
    imported.add_argument("--dates", choices=["day-first", "month-first"], metavar="ORDRE", help=asked)

    chat = command(
        "chat", "lit un fil de messagerie pour une étude, sous pseudonymes, et vérifie qu'il n'en reste rien"
    )
    chat.add_argument("action", choices=["import", "audit"], metavar="ACTION", help="import ou audit")
    chat.add_argument("study", metavar="ETUDE", help="un dossier de surveys/ dont study.yaml a une partie « chat »")
    chat.add_argument("file", type=Path, metavar="FICHIER", help="l'export de l'application : .txt, .zip ou .json")
    chat.add_argument("--members", type=Path, metavar="CSV", help="les membres : name, gender, specialty, aliases")
    chat.add_argument("--dates", choices=["day-first", "month-first"], metavar="ORDRE", help=asked)

    report = command("report", "calcule les résultats d'une étude et écrit leur page")
    report.add_argument("study", nargs="?", metavar="ETUDE", help="toutes par défaut")
    report.add_argument("--stale", action="store_true", help="si ses réponses, son plan ou le code ont changé")
    outside = "écrit là l'édition des chercheurs, exacte, hors de tout dépôt git"
    report.add_argument("--exact", type=Path, metavar="DOSSIER", help=outside)
    taken = "écrit là le nécessaire d'une thèse (Word, Excel, LaTeX, figures), masqué comme la page"
    report.add_argument("--kit", type=Path, metavar="DOSSIER", help=taken)
    said = "avec --kit : la langue des titres, des colonnes et des nombres ; ce que dit l'étude reste comme il est"
    report.add_argument("--lang", choices=["fr", "en"], default="fr", help=said)
    why = "corrige une page définitive, et y dit pourquoi"
    report.add_argument("--correct", metavar="RAISON", help=why)
    gone = "avec --correct : les versions d'avant ne se lisent plus, ni leurs chiffres"
    report.add_argument("--withdraw-earlier", action="store_true", help=gone)

    plan = command("plan", "arrête le plan d'une étude : l'empreinte à déposer avant les réponses")
    plan.add_argument("action", choices=["freeze"], metavar="freeze", help="la seule action, pour l'instant")
    plan.add_argument("study", metavar="ETUDE", help="un dossier de surveys/")
    plan.add_argument("--deposit", default="", metavar="OÙ", help="où l'empreinte est déposée : registre et numéro")

    power = command("power", "dit combien de personnes demande le test principal d'un plan, ou ce que tant permettent")
    power.add_argument("study", metavar="ETUDE", help="un dossier de surveys/")
    spread = "l'écart-type des changements, d'une vague à l'autre, que l'on suppose"
    power.add_argument("--sd", type=between(0, 1e9), required=True, metavar="X", help=spread)
    shift = "la différence à voir (« smallest_important » du plan)"
    power.add_argument("--difference", type=between(0, 1e9), metavar="X", help=shift)
    power.add_argument("--power", type=between(0, 1), default=0.8, metavar="X", help="0,8 par défaut")
    power.add_argument("--people", type=whole(2, 1_000_000), metavar="N", help="dit la puissance de N personnes")


def study_and_wave(parser: argparse.ArgumentParser) -> None:
    """The two words that name a wave."""
    parser.add_argument("study", metavar="ETUDE", help="un dossier de surveys/")
    parser.add_argument("wave", metavar="VAGUE", help="before, after… comme dans study.yaml")
