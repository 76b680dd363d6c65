"""The fixed parts of a structured case, in the order in which a reader should meet them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from divan.forum.markdown import BodyPart
from divan.sources.problem import FaultKind, Problem
from divan.sources.slug import slug

_FAULT = FaultKind("F05")


@dataclass(frozen=True, slots=True, eq=False)
class CasePart:
    """A part of a case: the ``id`` of its section, the title authors write, and how it is shown."""

    id: str
    title: str
    required: bool = False
    folded: bool = False


CASE_PARTS = (
    CasePart("question", "Question", required=True),
    CasePart("context", "Contexte", required=True),
    CasePart("findings", "Constatations", required=True),
    CasePart("management", "Conduite tenue"),
    CasePart("resolution", "Résolution", folded=True),
    CasePart("note", "Note", folded=True),
)
_BY_SLUG = {slug(part.title): part for part in CASE_PARTS}
_ORDER = {part: index for index, part in enumerate(CASE_PARTS)}
_TITLES = ", ".join(part.title for part in CASE_PARTS)


def find_case_part(title: str) -> CasePart | None:
    """The part that a heading announces; case, accents and a final colon do not matter."""
    return _BY_SLUG.get(slug(title))


def case_problems(path: str, parts: tuple[BodyPart, ...], first_line: int) -> Iterator[Problem]:
    """Parts that are missing, empty, unknown, repeated, out of order, and text before the first."""
    if parts[0].text.strip():
        yield _FAULT(path, first_line, "le texte d'un cas commence par « ## Question »",
                      "mettez ce qui précède sous un des titres")  # fmt: skip
    seen: list[CasePart] = []
    for part in parts[1:]:
        line = first_line + part.line - 1
        known = find_case_part(part.title)
        if known is None:
            yield _FAULT(path, line, f"les titres d'un cas sont {_TITLES}, et « {part.title[:40]} » n'en est pas un",
                          "changez-le, ou faites-en un sous-titre avec ###")  # fmt: skip
        elif known in seen:
            yield _FAULT(path, line, f"la partie « {known.title} » est écrite deux fois", "réunissez-les")
        else:
            if seen and _ORDER[known] < _ORDER[seen[-1]]:
                yield _FAULT(path, line, f"« {known.title} » vient avant « {seen[-1].title} »",
                              f"remettez les parties dans l'ordre : {_TITLES}")  # fmt: skip
            if not part.text.strip():
                yield _FAULT(path, line, f"la partie « {known.title} » est vide", "écrivez-la"
                              + ("" if known.required else " ou retirez son titre"))  # fmt: skip
            seen.append(known)
    for required in CASE_PARTS:
        if required.required and required not in seen:
            yield _FAULT(path, first_line, f"il manque la partie « {required.title} »",
                          f"ajoutez une ligne « ## {required.title} » et son texte")  # fmt: skip
