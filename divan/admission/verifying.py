"""``divan members verify``: who asks to enter the group, held against the public directory.

What stays afterwards is the pairing code, on the rosters of the studies with the same salt, and a keyed hash of the
RPPS number, which keeps anyone from entering twice. The two lists are sorted apart: neither tells the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from divan.admission.register import PHYSICIAN, Register
from divan.privacy.pairing_codes import keyed_hash, read_key
from divan.sources.problem import Problem, stop_if
from divan.sources.reader_text import fold
from divan.sources.utf8_text import read_text
from divan.sources.writing import write_beside
from surveys.codes import valid_rpps
from surveys.model import Study
from surveys.responses import Responses, Row, read_responses, write_responses
from surveys.roster import read_roster
from surveys.study import load_study, study_folders

ENTRY = "entree"
WAVE = "demande"


@dataclass(frozen=True, slots=True)
class AdmissionVerdict:
    """What becomes of one request: admitted when no reason holds against it, or a moderator looked and said so."""

    response: str
    reasons: tuple[str, ...]
    pseudonym: str
    contact: str
    already: bool = False
    refused: bool = False

    @property
    def admitted(self) -> bool:
        """True for a new member."""
        return not (self.reasons or self.already or self.refused)

    @property
    def settled(self) -> bool:
        """True when nothing is left to decide, so that the request can be forgotten."""
        return self.admitted or self.already or self.refused

    def __str__(self) -> str:
        if self.refused:
            return f"{self.response} : refusé ; écrire à {self.contact}"
        if self.already:
            return f"{self.response} : déjà membre"
        if self.reasons:
            return f"{self.response} : à voir ({' ; '.join(self.reasons)})"
        return f"{self.response} : admis ; écrire à {self.contact} ({self.pseudonym or 'sans pseudonyme'})"


def verify(
    root: Path,
    index: Path,
    key_file: Path,
    *,
    admit: Collection[str] = (),
    refuse: Collection[str] = (),
    dry_run: bool = False,
) -> list[AdmissionVerdict]:
    """Judge each request; unless ``dry_run``, admit those without a reason against them and forget their answers.

    ``admit`` and ``refuse`` are what moderators decided of the others, by response.
    """
    entry = load_study(root / "surveys" / ENTRY)
    requests = read_responses(entry, WAVE)
    stop_if(_unknown(requests, {*admit, *refuse}))
    key = read_key(key_file)
    known = _lines(_hashes(entry))
    asked = Counter(row.get("rpps", "") for row in requests.rows)
    repeated = frozenset(number for number, times in asked.items() if times > 1)
    register = Register(index)
    try:
        verdicts = [
            _judge(row, register, keyed_hash(row.get("rpps", ""), key) in known, repeated, entry)
            for row in requests.rows
        ]
    finally:
        register.close()
    verdicts = [_decided(verdict, admit, refuse) for verdict in verdicts]
    if not dry_run:
        _settle(root, entry, requests, verdicts, key)
    return verdicts


def _unknown(requests: Responses, named: set[str]) -> Iterator[Problem]:
    for name in sorted(named - {row["response"] for row in requests.rows}):
        yield Problem(name, None, "aucune demande ne porte ce nom", "« divan members verify --dry-run » les nomme")


def _decided(verdict: AdmissionVerdict, admit: Collection[str], refuse: Collection[str]) -> AdmissionVerdict:
    if verdict.response in refuse:
        return replace(verdict, refused=True)
    return replace(verdict, reasons=()) if verdict.response in admit else verdict


def _judge(row: Row, register: Register, already: bool, repeated: frozenset[str], entry: Study) -> AdmissionVerdict:
    reasons = tuple(_against(row, register, repeated, entry))
    return AdmissionVerdict(row["response"], reasons, row.get("pseudonym", ""), row.get("contact", ""), already)


def _against(row: Row, register: Register, repeated: frozenset[str], entry: Study) -> Iterator[str]:
    rpps = row.get("rpps", "")
    if not valid_rpps(rpps):
        yield "numéro RPPS mal formé"
        return
    if rpps in repeated:
        yield "plusieurs demandes donnent ce numéro"
    entries = register.find(rpps)
    places = {place for one in entries for place in one.departements}
    said = row.get("departement", "").removeprefix("d")
    if not entries:
        yield "inconnu de l'annuaire"
    elif not any(one.profession == PHYSICIAN for one in entries):
        yield "l'annuaire lui donne un autre métier"
    elif said != "elsewhere" and places and said not in places:
        yield f"l'annuaire le situe ailleurs ({', '.join(sorted(places))})"
    if not row.get("charter"):
        yield "n'a pas accepté la charte"
    accepted = _lines(entry.folder / "received" / "enigme.txt")
    if accepted and not any(fold(word) in fold(row.get("riddle", "")) for word in accepted):
        yield "énigme : à lire"
    if row.get("survey_done") != "yes":
        yield "n'a pas répondu au questionnaire d'arrivée"


def _settle(root: Path, entry: Study, requests: Responses, verdicts: list[AdmissionVerdict], key: bytes) -> None:
    """Codes go to the rosters, hashes to the members' list, and the answers of those admitted are forgotten."""
    settled = {verdict.response for verdict in verdicts if verdict.settled}
    entering = {verdict.response for verdict in verdicts if verdict.admitted}
    admitted = [row for row in requests.rows if row["response"] in entering]
    codes = {row["code"] for row in admitted if row.get("code")}
    for study in map(load_study, study_folders(root)):
        if study.roster and study.salt == entry.salt and codes:
            write_beside(study.roster, "code\n" + "".join(f"{one}\n" for one in sorted({*read_roster(study), *codes})))
    hashes = _lines(_hashes(entry)) | {keyed_hash(row["rpps"], key) for row in admitted}
    write_beside(_hashes(entry), "".join(f"{one}\n" for one in sorted(hashes)))
    write_responses(
        entry, Responses(requests.wave, tuple(row for row in requests.rows if row["response"] not in settled))
    )


def _hashes(entry: Study) -> Path:
    return entry.folder / "received" / "membres.txt"


def _lines(path: Path) -> set[str]:
    if not path.is_file():
        return set()
    return {line.strip() for line in read_text(path, path.name).splitlines() if line.strip()}
