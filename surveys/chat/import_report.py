"""What an import of a thread says of itself: counts and remarks, nobody's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from divan.sources.french import number, plural

KIND_WORDS = {
    "text": "textes", "link": "textes avec un lien", "photo": "photos", "video": "vidéos", "audio": "messages vocaux",
    "document": "documents", "sticker": "autocollants", "media": "fichiers omis par l'export", "contact": "contacts",
    "location": "positions", "poll": "sondages", "call": "appels", "deleted": "messages supprimés",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChatImportReport:
    """``counts`` are those of import.json; ``lines`` the first unread ones, masked; ``renamed``: the key was new."""

    study_id: str
    counts: Mapping[str, Any]
    doubts: int
    lines: tuple[tuple[int, str], ...]
    renamed: bool

    def __str__(self) -> str:
        said = f"{self.study_id} : {plural(self.counts['posts'], 'message')} ({self.counts['application']}"
        return "\n".join([f"{said}, dates {self.counts['dates']})", *(f"  {one}" for one in self._remarks())])

    def _remarks(self) -> Iterator[str]:
        counts = self.counts
        yield ", ".join(f"{KIND_WORDS[kind]} : {number(n)}" for kind, n in counts["kinds"].items())
        yield f"relayés : {number(counts['relayed'])}, modifiés : {number(counts['edited'])}"
        if counts["outside_window"]:
            yield f"hors de la fenêtre de l'étude, écartés : {number(counts['outside_window'])}"
        for kind, n in counts["left_out"].items():
            yield f"écartés d'après study.yaml ({KIND_WORDS[kind]}) : {number(n)}"
        said = f" (dont {number(counts['notices_not_understood'])} non comprises)"
        yield f"notifications du groupe : {number(counts['notices'])}{said if counts['notices_not_understood'] else ''}"
        if counts["not_listed"]:
            yield f"membres absents de la liste donnée : {number(counts['not_listed'])}"
        yield f"lignes qui n'ont pas pu être lues : {number(counts['unread_lines'])}"
        for line, text in self.lines:
            yield f"  ligne {line} : {text[:80]}"
        if self.doubts:
            yield f"{plural(self.doubts, 'mot')} à revoir dans surveys/{self.study_id}/review/chat.csv"
        if self.renamed:
            yield "la clé des pseudonymes manquait : tous les noms sont nouveaux"
