"""Read one post: front matter, Markdown, hashtags; pure functions of the text, all faults at once.

``path`` is the file's, from the repository's root and with slashes: it names the post and places messages.
Links in the HTML fit any page two levels deep (``cas/<id>/``, ``sujets/<id>/``).
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import PurePosixPath
from typing import Any

from divan.forum.body import Body, unknown_hashtag
from divan.forum.case_parts import case_problems, find_case_part
from divan.forum.excerpt import excerpt
from divan.forum.front_matter import one_line, read_date, read_day, read_front_matter, read_line
from divan.forum.lossless import losses
from divan.forum.markdown import split_at_titles, without_titles
from divan.forum.model import Hashtag, Kind, Named, Opening, Reply, ReplyInfo, Section, Status, Thread, Visibility
from divan.forum.naming import reply_name
from divan.forum.tombstone import day_of, is_withdrawn, was_for_members
from divan.forum.vocabulary import Vocabulary
from divan.sources.problem import FaultKind, Problem, ProblemsFound, stop_if
from divan.sources.yaml_source import YamlSource

_FAULT = FaultKind("F04")

_SCHEMA = {Kind.CASE: "case", Kind.TOPIC: "topic"}
_TOP_HEADING = {Kind.CASE: 3, Kind.TOPIC: 2}
_TOP_HEADING_OF_REPLY = 4


def read_opening(kind: Kind, path: str, text: str, vocabulary: Vocabulary) -> Opening:
    """Read a case or a topic; a withdrawn one comes back empty. Raises ProblemsFound."""
    if is_withdrawn(text):
        return _withdrawn(kind, path, text)
    problems: list[Problem] = []
    source, written, first_line = read_front_matter(path, text, vocabulary.group.schema(_SCHEMA[kind]), problems)
    body = Body(path, vocabulary)
    sections = _sections(kind, written, first_line, body, problems)
    sources = _sources(source, body, problems) if source else ()
    problems += body.problems(text, len(text) - len(written))
    if not problems:
        problems += _lost(
            path,
            "\n".join(section.html for section in sections),
            written if kind is Kind.TOPIC else without_titles(written),
            first_line,
        )
    if source is None:
        raise ProblemsFound(problems)
    head = source.value
    if not read_line(head, "title").strip("\u00a0\u202f \u2800\u3164"):
        problems.append(_FAULT(path, source.line_of(("title",)), "ce titre est vide", "écrivez-le"))
    revealing = _head_hashtags("reveals", source, vocabulary, problems)
    tags = [*_head_hashtags("hashtags", source, vocabulary, problems), *body.hashtags[: body.folded_from]]
    shown = [tag.name for tag in tags if tag not in revealing]
    folded = body.hashtags[body.folded_from :] if body.folded_from is not None else []
    area = vocabulary.group.area(head["area"]) if head.get("area") else None
    written_on = read_date(source, _stem(path), problems)
    thread = Thread(
        id=_stem(path),
        kind=kind,
        title=read_line(head, "title"),
        author=head["author"],
        date=written_on,
        hashtags=tuple(dict.fromkeys(shown)),
        specialty=read_line(head, "specialty"),
        departement=head.get("departement") or "",
        area=area,
        status=Status(head["status"]),
        visibility=_visibility(head, area),
        excerpt=_excerpt(kind, sections),
        waited=head.get("waited"),
        reveals=tuple(dict.fromkeys(tag.name for tag in (*revealing, *folded) if tag.name not in shown)),
        choices=tuple(map(one_line, head.get("choices") or ())),
        resolved=read_day(source, "resolved", written_on, problems),
        modified=read_day(source, "modified", written_on, problems),
    )
    stop_if(problems)
    return Opening(thread, sections, sources)


def _visibility(head: dict[str, Any], area: Named | None) -> Visibility:
    """What the head says, but in an area that the group keeps to its members."""
    return Visibility.MEMBERS if area and area.members_only else Visibility(head.get("visibility", "public"))


def read_reply(path: str, text: str, vocabulary: Vocabulary) -> Reply:
    """Read a reply; its thread is the folder it lies in. Raises ProblemsFound."""
    if is_withdrawn(text):
        return withdrawn_reply(PurePosixPath(path).parent.name, _stem(path))
    problems: list[Problem] = []
    source, written, first_line = read_front_matter(path, text, vocabulary.group.schema("reply"), problems)
    body = Body(path, vocabulary)
    html = body.render(written, _stem(path), _TOP_HEADING_OF_REPLY)
    problems += body.problems(text, len(text) - len(written))
    if not written.strip():
        problems.append(_FAULT(path, first_line, "la réponse est vide", "écrivez-la sous l'en-tête"))
    if not problems:
        problems += _lost(path, html, written, first_line)
    if source is None:
        raise ProblemsFound(problems)
    name = reply_name(path)
    written_on = read_date(source, _stem(path), problems)
    info = ReplyInfo(
        id=_stem(path),
        thread=name.thread if name else PurePosixPath(path).parent.name,
        author=source.value["author"],
        date=written_on,
        in_reply_to=source.value.get("in_reply_to") or "",
        waited=source.value.get("waited"),
        modified=read_day(source, "modified", written_on, problems),
    )
    stop_if(problems)
    return Reply(info, html)


def _stem(path: str) -> str:
    return path[path.rfind("/") + 1 :].removesuffix(".md")


def _sections(kind: Kind, text: str, first_line: int, body: Body, problems: list[Problem]) -> tuple[Section, ...]:
    post_id = _stem(body.path)
    if kind is Kind.TOPIC:
        if not text.strip():
            problems.append(_FAULT(body.path, first_line, "le sujet est vide", "écrivez-le sous l'en-tête"))
        return (Section("", "", body.render(text, post_id, _TOP_HEADING[kind])),)
    parts = split_at_titles(text)
    problems += case_problems(body.path, parts, first_line)
    sections = []
    for part in parts[1:]:
        known = find_case_part(part.title)
        if known:
            if known.folded and body.folded_from is None:
                body.folded_from = len(body.hashtags)
            html = body.place(part.html, f"{post_id}-{known.id}", _TOP_HEADING[kind])
            sections.append(Section(known.id, known.title, html, known.folded))
    return tuple(sections)


def _lost(path: str, html: str, written: str, first_line: int) -> Iterator[Problem]:
    """Lines of which the page would not show every word and every sign."""
    for line, lost in losses(written, html):
        yield _FAULT(path, first_line + line - 1, f"tout ce qui est écrit doit se lire, et la page perdrait {lost}",
                      "mettez « \\ » devant le signe pris pour une marque, ou tournez la ligne autrement")  # fmt: skip


def _head_hashtags(key: str, source: YamlSource, vocabulary: Vocabulary, problems: list[Problem]) -> list[Hashtag]:
    found = []
    for index, word in enumerate(source.value.get(key) or ()):
        entry = vocabulary.find(word)
        if entry:
            found.append(entry)
        else:
            line = source.line_of((key, index))
            problems.append(_FAULT(source.path, line, *unknown_hashtag(word.lstrip("#"), vocabulary)))
    return found


def _sources(source: YamlSource, body: Body, problems: list[Problem]) -> tuple[str, ...]:
    rendered = []
    for index, text in enumerate(source.value.get("sources") or ()):
        html = body.render(text, f"{_stem(body.path)}-source", 3).strip()
        if html.startswith("<p>") and html.find("</p>") == len(html) - 4:
            rendered.append(html[3:-4])
        else:
            rendered.append(escape(text))
            line = source.line_of(("sources", index))
            message = "une source est un texte d'un seul tenant"
            problems.append(_FAULT(source.path, line, message, "retirez-en titres et listes"))
    return tuple(rendered)


def _excerpt(kind: Kind, sections: tuple[Section, ...]) -> str:
    if kind is Kind.TOPIC:
        return excerpt(sections[0].html, first_paragraph=True)
    return next((excerpt(part.html, first_paragraph=False) for part in sections if part.id == "question"), "")


def withdrawn_reply(thread: str, reply_id: str) -> Reply:
    """What stands where a reply was, whether its file is a tombstone or has been deleted."""
    return Reply(ReplyInfo(reply_id, thread, "", day_of(reply_id), "", withdrawn=True), "")


def _withdrawn(kind: Kind, path: str, text: str) -> Opening:
    """Nothing of a withdrawn post leaves its file, so that no page can show it by mistake."""
    thread = Thread(
        id=_stem(path), kind=kind, title="Message retiré", author="", date=day_of(_stem(path)), hashtags=(),
        specialty="", departement="", area=None, status=Status.WITHDRAWN,
        visibility=Visibility.MEMBERS if was_for_members(text) else Visibility.PUBLIC, excerpt="",
    )  # fmt: skip
    return Opening(thread, (), ())
