"""The words of a thesis kit, French or in another language by the site's own catalogue; what the study says stays."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from analysis.tables.cells import Cell, Masked, Text
from analysis.tables.table import Table
from divan.sources.french import within
from divan.sources.sentences import SOURCE_LANGUAGE, translations
from surveys.flow import REASONS, STEPS

HEADINGS = (
    "Méthodes", "Références des logiciels", "Tableaux", "Figures", "Annexe : les nombres derrière les figures",
    "Tableau", "Figure", " (analyse post hoc)", "Rien à montrer : aucune réponse.", "Sommaire", "Retour au sommaire",
    "Titre", "Lignes", ", %", ", de", ", à",
)  # fmt: skip
HEADS = (
    "Analyse", "Caractéristique", "Changement", "Groupe", "Question et réponse", "Question", "Réponse", "Vague",
    "Variable", "Étape", "n", "n (%)", "p", "%", "IC à {} %", "IC à {} % de la moyenne", "IC à {} % du changement",
    "Taille d'effet", "Différence", "DS", "Moyenne", "moyenne", "Médiane", "Écart-type", "écart-type",
    "Premier quartile", "Troisième quartile", "Personnes", "Total", "Part", "Avant", "Après", "au plus bas",
    "au plus haut", "Changement moyen", "Coefficient seul", "Coefficient ajusté", "OR seul", "OR ajusté", "IRR seul",
    "IRR ajusté", "p du niveau", "p de la variable", "p de différence", "p de tendance", "p de Holm", "Pente",
    "Pondéré", "Population", "Sans pondération", "Moyenne sans pondération", "Répondants", "Répondants pondérés",
    "Information manquante", "Valeur", "Inclus", "Perdus de vue", "N'ont pas rejoint le groupe", "Score complet",
    "Pas de réponse", "Réponses au-delà", "Moustache basse", "Moustache haute", "n = {}", "Mann-Whitney",
    "Rangs signés", "Signes",
)  # fmt: skip
ROWS = (
    "Réponses", "Non renseigné", "Cas complets", "Imputation multiple", "R²", "R² ajusté", "F du modèle",
    "Ordonnée à l'origine", "Cote de référence", "Nombre de référence", "Ont l'événement", "Pseudo R² (McFadden)",
    "Rapport de vraisemblance", "Test de Wald", "Écartées faute d'une réponse", "Différence des moyennes",
    "Son intervalle de confiance ({} %)", "taille d'effet", "Décalage médian (Hodges-Lehmann)", "En hausse",
    "Sans changement", "En baisse", "référence", "non demandé", "non estimable", "non calculé", "masqué", "{} ddl",
    "{} et {} ddl", "Médiane des changements (Hodges-Lehmann)", "Hodges-Lehmann parmi ceux qui ont changé",
    "Intervalle de confiance du changement moyen ({} %)", "score complet", *STEPS.values(), *REASONS.values(),
)  # fmt: skip
WORDS = (*HEADINGS, *HEADS, *ROWS)
SAME = frozenset(
    {"n", "n (%)", "p", "%", "Total", "Population", "Variable", "Figure", "Figures", "Question", "R²", "Mann-Whitney"}
)
_FIGURE = re.compile(r"\d+(?:[,.]\d+)?")
_APART = re.compile(r"( \(|\)|, | : )")


class KitWords:
    """What a kit says in a language; French is said as it is written."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._gettext: Callable[[str], str] = translations(language).gettext

    @property
    def french(self) -> bool:
        """Whether there is nothing to translate."""
        return self.language == SOURCE_LANGUAGE

    def say(self, words: str) -> str:
        """A heading or a label; piece by piece when it is made of several, as it is when nobody has translated it."""
        if self.french:
            return words
        return self._known(words) or "".join(
            piece if _APART.fullmatch(piece) else self._known(piece) or piece for piece in _APART.split(words)
        ).replace(" : ", ": ")

    def table(self, table: Table) -> Table:
        """The table with its words translated, its figures as English writes them, for what is printed."""
        if self.french:
            return table
        return replace(self.headed(table), rows=tuple(
            replace(row, cells=tuple(Text(self._figures(cell)) for cell in row.cells))
            for row in self.headed(table).rows))  # fmt: skip

    def headed(self, table: Table) -> Table:
        """The table with its words translated and its figures left as numbers, for what computes."""
        if self.french:
            return table
        columns = tuple(replace(one, label=self.say(one.label)) for one in table.columns)
        rows = tuple(replace(row, label=self.say(row.label), cells=tuple(map(self._word, row.cells)))
                     for row in table.rows)  # fmt: skip
        return replace(table, head=self.say(table.head), columns=columns, rows=rows)

    def _word(self, cell: Cell) -> Cell:
        return Text(self.say(cell.text())) if isinstance(cell, (Text, Masked)) else cell

    def _figures(self, cell: Cell) -> str:
        words = cell.text()
        return words if isinstance(cell, Text) else english_figures(self.say(words))

    def _known(self, words: str) -> str:
        """The translation of a sentence, or of the one that has these figures; empty when there is none."""
        plain = words.replace("\u00a0", " ")
        if within(plain) != plain and (found := self._known(within(plain))):
            return found[:1].upper() + found[1:]
        for asked, figures in ((plain, []), (_FIGURE.sub("{}", plain), _FIGURE.findall(plain))):
            found = self._gettext(asked)
            if found != asked or asked in SAME:
                return found.format(*(one.replace(",", ".") for one in figures)) if figures else found
        return ""


def english_figures(words: str) -> str:
    """« 1 234,5 % » as 1,234.5%, « 0,2 à 0,7 » as 0.2 to 0.7."""
    said = re.sub(r"(?<=\d),(?=\d)", ".", words)
    said = re.sub(r"(?<=\d)[\u202f\u00a0](?=\d{3})", ",", said)
    said = re.sub(r"(?<=\d)[\u202f\u00a0]%", "%", said)
    return re.sub(r"(?<=[\d∞%])\sà\s(?=[−\d∞])", " to ", said)
