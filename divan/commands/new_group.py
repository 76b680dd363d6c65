"""Begin a group's folder: the three files without which there is no forum, ready to be made one's own."""

from __future__ import annotations

from pathlib import Path

from divan.builder.settings import SETTINGS_FILE
from divan.commands.arguments import Words
from divan.forum.group import GROUP_PATH
from divan.forum.vocabulary import VOCABULARY_PATH
from divan.sources.problem import Problem, stop_if
from divan.sources.writing import write_beside

_SETTINGS = """\
\"""Ce que ce groupe a de propre ; une nouvelle version de Divan apporte le reste.\"""

from divan.settings import *

SITENAME = "Notre forum"
SITESUBTITLE = "Un forum d'entraide entre confrères."
# SITEURL = "https://forum.example"         # l'adresse publique, pour les flux
# REPOSITORY_URL = "https://github.com/…"   # la forge où l'on propose ; FORGE = "github", "gitlab" ou "forgejo"
# PLUGINS = [*PLUGINS, "plugins.by_year"]   # les vôtres, dans plugins/
# MENU = [("Par année", "annees/")]         # leurs pages, au bas de toutes les autres
"""
_FACTS = """\
# Ce que ce groupe a de particulier : remplacez tout par ce qui est le vôtre.
territory: Notre région
place: Secteur
places:
  nord: Secteur nord
areas:                    # ce pour quoi l'on vient ; chaque sujet est rangé dans l'un d'eux
  - {id: admin, label: Questions administratives, page: administratif}
  - {id: moral, label: Soutien moral, page: soutien-moral, members_only: true}
services:                 # ce que range l'annuaire des services
  - {id: etp, label: Éducation thérapeutique, page: education-therapeutique}
"""
_VOCABULARY = """\
# Un mot par sujet ; les synonymes mènent à la même page.
- name: toux
  synonyms: [tousser]
"""
_FILES = {SETTINGS_FILE: _SETTINGS, GROUP_PATH: _FACTS, VOCABULARY_PATH: _VOCABULARY}


def run_new_group(words: Words) -> int:
    """Say what was written, and what comes next."""
    written = ", ".join(str(path.relative_to(words.root)) for path in new_group(words.root))
    print(f"{written} : changez-les, puis « divan check » et « divan build ».")
    return 0


def new_group(root: Path) -> list[Path]:
    """Write the first files of a group's folder and return them; raises ProblemsFound when one of them is there."""
    stop_if([Problem(path, None, "ce fichier est déjà là", "« divan new group » commence un dossier ; changez-le")
             for path in _FILES if (root / path).exists()])  # fmt: skip
    for path, text in _FILES.items():
        write_beside(root / path, text)
    return [root / path for path in _FILES]
