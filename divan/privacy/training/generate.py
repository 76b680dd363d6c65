"""Sentences with the tag of each word, made of templates, names drawn from the lists, and ways of typing."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from divan.privacy.training.lists import Names
from divan.sources.reader_text import as_read

_SLOT = re.compile(r"\{([A-Za-z])\}")
_TAG_OF = {"g": 1, "s": 2, "t": 3, "h": 4}
TITLES = (
    "M.", "M", "Mr", "Mr.", "mr", "Mme", "mme", "MME", "Mlle", "Monsieur", "monsieur", "Madame", "madame", "Dr", "Dr.",
    "dr", "DR", "docteur", "Docteur", "Pr", "pr", "professeur", "Professeur", "Me", "maître", "Mademoiselle", "Melle",
)  # fmt: skip
KIN = (
    "sa fille", "son fils", "sa femme", "son mari", "sa mère", "son père", "sa soeur", "son frère", "sa voisine",
    "son voisin", "sa compagne", "son conjoint", "sa petite-fille", "son petit-fils", "sa nièce", "son neveu",
    "son amie", "sa belle-fille", "ma collègue", "son épouse", "sa tante", "son oncle", "mon associé", "sa tutrice",
    "son aidante", "leur fille", "leur fils", "notre interne", "ma remplaçante", "son ex-mari", "sa grand-mère",
)  # fmt: skip
TRADES = (
    "boulanger", "institutrice", "agriculteur", "infirmière", "kiné", "maçon", "retraité", "médecin", "aide-soignante",
    "secrétaire", "éleveur", "plombier", "coiffeuse", "notaire", "facteur", "pharmacien", "orthophoniste", "routier",
    "chauffeur", "ouvrier", "sage-femme", "viticulteur", "comptable", "gendarme", "caissière", "interne", "cardiologue",
)  # fmt: skip
REASONS = (
    "tousse depuis 3 semaines", "a de la fièvre", "ne dort plus", "refuse l'insuline", "a chuté dans l'escalier",
    "douleur thoracique", "lombalgie chronique", "demande un arrêt", "sous Apixaban", "bilan normal", "HTA instable",
    "suspicion d'embolie", "perd du poids", "diabète découvert", "vertiges", "rash depuis hier", "BPCO stade 2",
    "pas de signe de gravité", "renouvellement", "veut changer de traitement", "céphalées", "dyspnée à l'effort",
    "se plaint du genou", "a un lumbago", "chute à domicile", "asthénie", "scan normal", "rentre demain", "va mieux",
    "retour à domicile", "en attente d'un avis", "certificat demandé", "plaie de jambe", "que faire ?",
)  # fmt: skip
DATES = ("12/03/2023", "3 mars", "12.01.24", "14 février 1951", "lundi", "12/04")
HOSPITALS = (
    "CHU", "CH", "ch", "chu", "CHR", "CHRU", "CHD", "GHT", "clinique", "Clinique", "polyclinique", "hôpital", "Hôpital",
    "hopital", "EHPAD", "ehpad", "Ehpad", "centre hospitalier", "Centre hospitalier", "SSR", "maison de retraite",
    "foyer", "maternité", "résidence", "Résidence", "centre", "Institut", "CHS", "HIA", "MSP", "maison de santé", "MAS",
    "centre de rééducation", "pôle santé", "Polyclinique", "Maison de santé", "hop", "clin.", "FAM", "IME", "CMP",
)  # fmt: skip
PLACES = (
    "Saint-Joseph", "Sainte-Anne", "Saint-Louis", "St Charles", "du Parc", "des Cèdres", "des Lilas", "Les Tilleuls",
    "Bellevue", "Pasteur", "Beau Soleil", "de l'Ormeau", "Les Jardins", "Bon Secours", "de la Source", "Les Acacias",
    "Notre-Dame", "du Val", "Les Glycines", "de l'Atlantique", "Mon Repos", "Les Hortensias", "du Grand Pré", "Tivoli",
    "Les Peupliers", "Belle Rive", "du Château", "Le Clos Fleuri", "Les Charmilles", "de la Vallée", "des Pins",
    "Lariboisière", "Cochin", "Necker", "Bichat", "Tenon", "Purpan", "Rangueil", "Pellegrin", "La Timone",
)  # fmt: skip


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is read, and the tag of what stands at each place that a slot filled: (start, end, tag)."""

    text: str
    spans: tuple[tuple[int, int, int], ...]


def positives(names: Names, folder: Path, count: int, seed: int, keep: float = 1.0) -> Iterator[Sentence]:
    """Sentences of the templates; ``keep`` is the share of the templates that are used, the first ones of a shuffle."""
    drawn = random.Random(seed)
    templates = _lines(folder / "templates.txt")
    random.Random(7).shuffle(templates)
    chosen = templates[: int(len(templates) * keep)] if keep > 0 else templates[int(len(templates) * -keep) :]
    for _ in range(count):
        yield _filled(drawn, names, " ".join(_joined(drawn, chosen)))


def negatives(names: Names, folder: Path, extra: list[str], count: int, seed: int) -> Iterator[Sentence]:
    """Sentences where nobody is named: lines of ``negatives.txt``, parts of them, and texts given as such;
    a name in a slot of ``negatives.txt`` is that of a disease, an author, a product."""
    drawn = random.Random(seed)
    lines = _lines(folder / "negatives.txt")
    for _ in range(count):
        line = drawn.choice(lines)
        if "{" in line:
            yield Sentence(_filled(drawn, names, " ".join(_joined(drawn, [line]))).text, ())
            continue
        if drawn.random() < 0.6:
            pieces = line.split(", ")
            drawn.shuffle(pieces)
            line = drawn.choice((", ", ". ", " ; ", " et ")).join(pieces[: drawn.randint(1, 4)])
        line = drawn.choice(("", "", "Vu ce jour : ", "- ", "Il dit que ", "Patient de 60 ans, ")) + line
        yield Sentence(as_read(_typed(drawn, line)).text, ())
    for text in extra:
        yield Sentence(as_read(text).text, ())


def nonsense(names: Names, calls: list[str], count: int, seed: int) -> Iterator[Sentence]:
    """Words of French that name nobody, after the very words that call a name, with capitals where people put some."""
    drawn = random.Random(seed)
    words = sorted(word for word in names.words if word.isascii() and 3 < len(word) < 13)
    common = sorted(word for word in names.common if len(word) > 3)
    small = ("le", "la", "les", "un", "une", "des", "du", "de", "et", "qui", "pour", "avec", "dans", "pas", "très")
    for _ in range(count):
        parts = []
        for _ in range(drawn.randint(1, 4)):
            way, word = drawn.random(), drawn.choice(common if drawn.random() < 0.7 else words)
            if way < 0.55:
                parts += [drawn.choice(calls), drawn.choice(small) if drawn.random() < 0.4 else "", word]
            elif way < 0.75:
                parts += [
                    drawn.choice((".", ":", "-", "\n\n", ",", "")),
                    word.capitalize(),
                    drawn.choice((":", "", ",")),
                ]
            elif way < 0.9:
                parts += [
                    "".join(drawn.choices("ABCDEFGHILMNOPRSTUV", k=drawn.randint(2, 5))),
                    drawn.choice((":", "", "12")),
                ]
            else:
                parts += [drawn.choice(small), word.upper()]
        yield Sentence(as_read(_typed(drawn, " ".join(part for part in parts if part))).text, ())


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def _joined(drawn: random.Random, templates: list[str]) -> list[str]:
    parts = [drawn.choice(templates)]
    if drawn.random() < 0.5:
        parts.append(drawn.choice(REASONS).capitalize() + ".")
    if drawn.random() < 0.3:
        parts.insert(0, drawn.choice(REASONS).capitalize() + drawn.choice((".", ",", " :")))
    return parts


def _filled(drawn: random.Random, names: Names, template: str) -> Sentence:
    text, spans, free_from = "", [], 0
    way = drawn.random()
    start = template if drawn.random() < 0.5 else template[0].upper() + template[1:]
    for match in _SLOT.finditer(start):
        text += _as_typed(way, start[free_from : match.start()])
        value = _as_typed(way, _value(drawn, names, match[1], way))
        read = as_read(text).text
        filled = as_read(value).text
        if match[1] in _TAG_OF:
            spans.append((len(read), len(read) + len(filled), _TAG_OF[match[1]]))
        text = read + filled
        free_from = match.end()
    return Sentence(as_read(text + _as_typed(way, start[free_from:])).text, tuple(spans))


def _as_typed(way: float, text: str) -> str:
    """As people type: as it should be, without any capital (one in four), all in capitals (one in twenty)."""
    return text.lower() if way < 0.27 else text.upper() if way > 0.93 else text


def _typed(drawn: random.Random, text: str) -> str:
    return _as_typed(drawn.random(), text)


def _value(drawn: random.Random, names: Names, slot: str, way: float) -> str:
    if slot == "g":
        return _given(drawn, names)
    if slot == "s":
        return _surname(drawn, names)
    if slot == "t":
        return _town(drawn, names)
    if slot == "h":
        return _hospital(drawn, names)
    if slot == "i":
        return _product(drawn, names)
    if slot == "n":
        return str(drawn.randint(2, 89))
    lists = {"M": TITLES, "k": KIN, "p": TRADES, "x": REASONS, "d": DATES}
    return drawn.choice(lists[slot])


def _given(drawn: random.Random, names: Names) -> str:
    way, name = drawn.random(), _often(drawn, names.given)
    if way < 0.06:
        return f"{drawn.choice(('Jean', 'Marie', 'Anne', 'Pierre', 'Abdel', 'Louis', 'M'))}-{name.split('-')[0]}"
    if way < 0.10:  # a short or doubled form: Momo, Jean-Mi, Domi
        syllable = name.split("-")[0][:2]
        return drawn.choice((syllable + syllable.lower(), f"Jean-{syllable}", name[:4], name[:3] + "o"))
    return _invented(drawn, name) if way < 0.13 else name


def _often(drawn: random.Random, names: tuple[str, ...]) -> str:
    """Frequent names more often than rare ones."""
    return names[int(len(names) * drawn.random() ** 2)]


def _surname(drawn: random.Random, names: Names) -> str:
    name = _often(drawn, names.surnames)
    way = drawn.random()
    if way < 0.25:
        return name.upper()
    if way < 0.33:
        return f"{name}-{_often(drawn, names.surnames)}"
    if way < 0.40:
        return drawn.choice(("Le ", "Da ", "De ", "Ben ", "El ", "Van ", "de ", "Di ", "O", "Mac", "N'")) + name
    return _invented(drawn, name) if way < 0.52 else name


def _invented(drawn: random.Random, name: str) -> str:
    """A name that no list holds: two halves of names."""
    endings = (
        "ek",
        "owski",
        "idze",
        "oui",
        "ane",
        "ault",
        "ichon",
        "eaud",
        "ez",
        "inho",
        "escu",
        "lmans",
        "oglu",
        "ine",
    )
    return name[: drawn.randint(3, 5)] + drawn.choice(endings)


def _town(drawn: random.Random, names: Names) -> str:
    name = drawn.choice(names.small_towns) if drawn.random() < 0.35 else _often(drawn, names.towns)
    way = drawn.random()
    if way < 0.15:
        return name.replace("-", " ")
    if way < 0.25:
        return name.replace("Saint-", "St ").replace("Sainte-", "Ste ").replace("-", " ")
    return name.upper() if way < 0.32 else name


def _product(drawn: random.Random, names: Names) -> str:
    """A name that could be a drug's or a germ's."""
    ends = (
        "ol",
        "ine",
        "ix",
        "an",
        "mab",
        "pril",
        "sartan",
        "xaban",
        "cline",
        "zole",
        "vir",
        "statine",
        "ium",
        "us",
        "um",
    )
    name = _often(drawn, names.surnames)[: drawn.randint(2, 5)] + drawn.choice(ends)
    return name.upper() if drawn.random() < 0.15 else name


def _hospital(drawn: random.Random, names: Names) -> str:
    kind = drawn.choice(HOSPITALS)
    if drawn.random() < 0.55:
        return kind + drawn.choice((" de ", " de ", " ", " à ")) + _town(drawn, names)
    place = drawn.choice(PLACES)
    if drawn.random() < 0.3:
        place = drawn.choice((_often(drawn, names.given) + "-", "", "Saint-")) + _often(drawn, names.surnames)
    return f"{kind} {place}" if drawn.random() < 0.75 else f"{kind} {place} de {_town(drawn, names)}"
