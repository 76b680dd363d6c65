"""What a founder is asked, in order; the same names are options of ``divan init`` and keys of an answers file."""

from __future__ import annotations

from collections.abc import Mapping

from divan.founding.sending_ways import usual_surveys, usual_ways, wants_collector

YES = "oui"
NO = "non"

#: Each question: its name, its words, and what is taken when nothing is said ("" for nothing).
QUESTIONS = (
    ("name", "Comment s'appelle le groupe ?", ""),
    ("trade", "Qui en est ? Au pluriel : sages-femmes, enseignants, vétérinaires…", ""),
    ("country", "Où ? fr, be, ch, qc, ou « free » pour des secteurs à vous", "fr"),
    ("territory", "Comment nommez-vous votre région ?", ""),
    ("places", "Quelles parties ? Codes séparés par des virgules ; « free » : nord=Secteur nord, …", ""),
    (
        "areas",
        "Pour quoi y vient-on ? Séparé par des virgules",
        "Questions du métier, Questions administratives, Soutien",
    ),
    ("contact", "À quelle adresse écrit-on aux modérateurs ?", ""),
    ("url", "À quelle adresse le site sera-t-il ?", "https://forum.example"),
    ("repository", "Où sera le dépôt ? Vide s'il n'est sur aucune forge", ""),
    ("forge", "Quelle forge ? github, gitlab, forgejo, none", "none"),
    (
        "edition",
        "Que voit le public ? « closed » : la charte et de quoi entrer ; « members » : tout sauf les fils ; "
        "« public » : tout ce qui n'est pas réservé",
        "closed",
    ),
    (
        "sending",
        "Comment propose-t-on un texte ? Séparé par des virgules : « collector », un service à vous, sans compte ; "
        "« forge », avec un compte ; « mail » ; « file », un fichier que l'on confie, toujours offert",
        "",
    ),
    (
        "surveys",
        "Où partent les réponses aux questionnaires ? « collector » ; « file » ; ou l'adresse https:// d'un service "
        "qui reçoit des formulaires",
        "",
    ),
    ("collector", "À quelle adresse sera le collecteur ? Vide si DIVAN_COLLECTOR doit le dire", ""),
    (
        "pseudonyms",
        "Sous quel nom écrit-on ? « required » : un pseudonyme, demandé à l'entrée ; « free » : celui que l'on veut ; "
        "« undecided » : la charte le laisse à décider",
        "undecided",
    ),
    ("language", "Quelle langue parlent les menus et les boutons ? fr, en", "fr"),
    ("example", "Un forum déjà rempli d'un exemple, qui s'ôte d'une commande ? oui, non", NO),
)
NAMES = tuple(name for name, _, _ in QUESTIONS)


def default_of(name: str, default: str, given: Mapping[str, str]) -> str:
    """What is taken when nothing is said, after the questions that came before."""
    usual = {"sending": usual_ways, "surveys": usual_surveys}
    return usual[name](given) if name in usual else default


def is_asked(name: str, given: Mapping[str, str]) -> bool:
    """Whether the question means something, after the questions that came before."""
    return name != "collector" or wants_collector(given)
