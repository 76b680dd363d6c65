"""Hashtags of a case that give its answer away: those whose words stand in what is folded, and not before."""

from __future__ import annotations

from collections.abc import Iterator

from divan.forum.case_parts import find_case_part
from divan.forum.markdown import split_at_titles
from divan.forum.vocabulary import Vocabulary
from divan.sources.problem import FaultKind, Problem, ProblemsFound
from divan.sources.slug import slug, slugs_of
from divan.sources.yaml_source import read_yaml, split_front_matter

_FAULT = FaultKind("N03")


def revealing(path: str, text: str, vocabulary: Vocabulary) -> Iterator[Problem]:
    """A notice for each hashtag in the head of a case that its author could list in ``reveals``."""
    try:
        front, body, _ = split_front_matter(path, text)
        source = read_yaml(path, front, first_line=2, aliases=False)
    except ProblemsFound:
        return
    head = source.value if isinstance(source.value, dict) else {}
    hidden = {slug(str(word)) for word in head.get("reveals") or ()}
    said = slugs_of(body)
    parts: tuple[str, str] | None = None
    for index, word in enumerate(head.get("hashtags") or ()):
        entry = vocabulary.find(str(word))
        if entry is None or entry.slug in hidden or slug(str(word)) in hidden:
            continue
        words = [f"-{slug(one)}-" for one in (entry.name, *entry.synonyms)]
        if not any(one in said for one in words):
            continue
        parts = parts or _parts("\n".join(map(str, (head.get("title", ""), *(head.get("choices") or ())))), body)
        before, after = parts
        if any(one in after for one in words) and not any(one in before for one in words):
            yield _FAULT(path, source.line_of(("hashtags", index)),
                          f"« #{entry.name} » n'est dit que dans la réponse, et le montrer au-dessus peut la dévoiler",
                          "mettez-le dans « reveals » plutôt que dans « hashtags »")  # fmt: skip


def _parts(above: str, body: str) -> tuple[str, str]:
    """The words that are read first, and those that are folded."""
    shown: list[str] = []
    folded: list[str] = []
    for part in split_at_titles(body)[1:]:
        known = find_case_part(part.title)
        (folded if known and known.folded else shown).append(part.text)
    return slugs_of("\n".join((above, *shown))), slugs_of("\n".join(folded))
