"""``divan chat audit``: look for every name, number and place of an export in everything that a study has written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path

from divan.privacy.detect import find_identifiers
from divan.sources.french import plural
from divan.sources.problem import Problem
from divan.sources.reader_text import fold
from surveys.chat.chat_rules import ChatRules
from surveys.chat.day_order import DayOrder
from surveys.chat.declared import known_rules
from surveys.chat.exported import open_export
from surveys.chat.gathering import gather_group
from surveys.chat.known_names import KnownNames, known_names
from surveys.chat.learning import NAMING
from surveys.chat.listed_words import is_common, is_town
from surveys.chat.members import MemberList, read_members
from surveys.chat.message import Message
from surveys.chat.naming_people import PARTICLES, TITLES, digits_of, parts_of
from surveys.chat.pseudonyms import load_pseudonyms
from surveys.chat.store import chat_folder
from surveys.chat.trimming import trimmed
from surveys.chat.unsure import KEPT, Doubts, read_decisions
from surveys.chat.written_files import lines_of, written_files
from surveys.model import Study
from surveys.study import load_study

_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\+?\d(?:[\s.\-/()\u00a0\u202f]{0,2}\d){7,14}")
_SET_APART = re.compile(r"(?<![0-9A-Za-z])[^\W\d_]+(?![0-9])")  # not the letters of « 3luc9f », a file's mark
_SHORT = 4
_TELEPHONE = frozenset(("phone",))


@dataclass(frozen=True, slots=True)
class Originals:
    """``names`` of people; ``places`` and other names that messages hold; ``numbers`` by their last digits."""

    names: KnownNames
    places: frozenset[str]
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What was sought, where, and what is left."""

    names: int
    numbers: int
    places: int
    files: int
    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        cited = plural(self.places, "lieu ou nom cité", "lieux ou noms cités")
        sought = f"{plural(self.names, 'nom')}, {plural(self.numbers, 'numéro')} et {cited}"
        return f"Cherchés dans {plural(self.files, 'fichier')} : {sought}. Il n'en reste aucun."


def audit_chat(
    root: Path, study_id: str, file: Path, *, members: Path | None = None, order: DayOrder | None = None
) -> AuditReport:
    """Read the export again, and every file of the study, its results and its pages, for what should be in none."""
    study = load_study(root / "surveys" / study_id)
    rules = known_rules(study)
    listed = read_members(members, rules) if members else MemberList()
    export = open_export(file, order)
    group = gather_group(export.entries(), listed, rules)
    cited = _cited(one.text for one in export.entries() if isinstance(one, Message))
    numbers = group.numbers | cited.numbers
    names = known_names(group.all_names, rules.mask)
    sought = Originals(names, _places(group.learned.mostly_names | cited.words, study, rules), numbers)
    paths = [*_written(root, study)]
    problems = tuple(one for path in paths for one in _left(path, root, study, sought))
    return AuditReport(len({*group.all_names}), len(numbers), len(sought.places), len(paths), problems)


@dataclass(slots=True)
class _Cited:
    """What the detector finds in the messages themselves, each looked at: an import only looks at some twice."""

    numbers: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def look_at(self, text: str) -> None:
        for one in find_identifiers(text, ("care_date", "great_age")):
            start, end = trimmed(text, one)
            if one.rule.id in _TELEPHONE:
                self.numbers.add(digits_of(text[start:end]))
            elif one.rule.id in NAMING:
                words = set(map(fold, _WORD.findall(text[start:end]))) - TITLES - PARTICLES
                self.words |= {word for word in words if len(word) > 2 and (is_town(word) or not is_common(word))}


def _cited(texts: Iterable[str]) -> _Cited:
    found = _Cited()
    for text in set(texts):
        found.look_at(text)
    return found


def _places(words: Set[str], study: Study, rules: ChatRules) -> frozenset[str]:
    """Words that messages name somebody or somewhere with, less what somebody decided to keep."""
    doubts = Doubts(load_pseudonyms(study.folder, f"surveys/{study.id}"))
    decided = {mark for mark, said in read_decisions(study.folder, f"surveys/{study.id}").items() if said == KEPT}
    kept = {part for word in rules.keep for part in (fold(word), *parts_of(word))}
    return frozenset(word for word in words - kept if not decided or doubts.mark(word) not in decided)


def _written(root: Path, study: Study) -> Iterator[Path]:
    made = sorted((root / "output").glob(f"**/{study.id}"))
    return written_files(study.folder, root / "content" / "results" / study.id, *made)


def _left(path: Path, root: Path, study: Study, sought: Originals) -> Iterator[Problem]:
    """Where something is left. In the thread and its coding nothing may be; elsewhere « petit » is a French word."""
    strict = {chat_folder(study.folder), study.folder / "coding"} & {*path.parents}
    shown = path.relative_to(root).as_posix()
    for number, line in ((0, path.stem), *lines_of(path)):
        for match in _WORD.finditer(line) if strict else _SET_APART.finditer(line):
            what = _of(match[0], sought, bool(strict))
            if what:
                told = f"« {match[0][:2]}… »" if len(match[0]) > 3 else "un mot court"
                yield Problem(shown, number or None, f"{what} de l'export s'y lit encore : {told}", _REMEDY)
        if any(True for _ in sought.names.hidden.spelt(line, sought.names.parts)) and strict:
            yield Problem(shown, number or None, "un nom de l'export s'y lit encore, lettre à lettre", _REMEDY)
        for match in _DIGITS.finditer(line):
            if digits_of(match[0]) in sought.numbers:
                yield Problem(shown, number or None, "un numéro de l'export s'y lit encore", _REMEDY)


_REMEDY = "ajoutez-le à « chat: mask » de study.yaml, puis refaites l'import et le rapport"


def _of(word: str, sought: Originals, strict: bool) -> str:
    low = fold(word)
    if not strict and (is_common(low) or (word[:1].islower() and len(low) < _SHORT)):
        return ""
    if sought.names.names(low):
        return "un nom"
    return "un lieu ou un nom cité" if low in sought.places else ""
