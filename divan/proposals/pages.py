"""What the author of a proposal is shown: the same words as a page or, for the site's script, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from divan.collector.pages import FOLDER as TOLD
from divan.collector.pages import home_of
from divan.forum.proposal import is_on_topic, load_kinds
from divan.forum.proposal.kinds import Field
from divan.proposals.model import Fields

_LONG = 80
_ABOUT = ("target", "folder")  # what it is about, that its author does not change
FOLDER = Path(__file__).parent / "templates"
_PAGE = Environment(loader=FileSystemLoader([FOLDER, TOLD]), autoescape=True).get_template("page.html")
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # a form sent without it would come from « null »
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
ANY_ORIGIN = {"Access-Control-Allow-Origin": "*"}  # no cookie, no credential: any page may post, as any form may


@dataclass(frozen=True, slots=True)
class TypedField:
    """A field as it was typed; ``declared`` is what its kind says of it, None for those of the envelope."""

    name: str
    label: str
    value: str
    declared: Field | None

    @property
    def is_checked(self) -> bool:
        """Whether its text may not say who someone is."""
        return self.declared is not None and self.declared.checked

    @property
    def is_long(self) -> bool:
        """Whether it takes several lines."""
        several = self.declared is not None and self.declared.type in ("text", "lines", "words")
        return several or "\n" in self.value or len(self.value) > _LONG


@dataclass(frozen=True, slots=True)
class TypedForm:
    """A form shown again as it was typed."""

    action: str
    hidden: Sequence[tuple[str, str]]
    shown: Sequence[TypedField]
    images: bool = True
    kept: bool = False
    on_topic: bool = False


@dataclass(frozen=True, slots=True)
class AuthorPage:
    """``said`` is what JSON answers with; the rest is the page's."""

    status: int
    title: str
    sentences: Sequence[str] = ()
    said: Mapping[str, Any] = field(default_factory=dict)
    faults: Sequence[tuple[str, str]] = ()
    receipt: str = ""
    words: str = ""
    link: str = ""
    form: TypedForm | None = None
    asks_receipt: bool = False
    may_complete: str = ""
    author: str = ""
    may_withdraw: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


def respond(request: Request, page: AuthorPage) -> Response:
    """The page as HTML, or as JSON when the sender's script asked for it."""
    headers = {**HEADERS, **ANY_ORIGIN, **page.headers}
    if "application/json" in request.headers.get("accept", ""):
        said = page.said or {"message": " ".join(page.sentences) or page.title}
        return JSONResponse(said, page.status, headers)
    home = home_of(request)
    html = _PAGE.render(page=page, base="/proposals/", home=home, labels=labels())
    return HTMLResponse(html, page.status, headers)


def received(receipt: str) -> AuthorPage:
    """The proposal is on disk."""
    keep = (
        "Gardez ce reçu : il ouvre « Où en est ma proposition », où vous pourrez la corriger ou la retirer. "
        "Il ne dit rien de vous."
    )
    said = {"receipt": receipt}
    sentences = ("Les modérateurs la lisent avant qu'elle ne paraisse ; rien n'est public d'ici là.", keep)
    return AuthorPage(201, "Votre proposition est arrivée", sentences, said, receipt=receipt)


def to_correct(faults: Sequence[tuple[str, str]], form: TypedForm) -> AuthorPage:
    """Some fields do not hold; what was typed is shown again."""
    said = {"faults": [{"field": name, "message": message} for name, message in faults]}
    one = "Un point est à corriger" if len(faults) == 1 else f"{len(faults)} points sont à corriger"
    sentences = (f"{one} ; ce que vous aviez écrit est là, rien n'est perdu.",)
    return AuthorPage(422, "Votre proposition n'est pas encore partie", sentences, said, faults=faults, form=form)


def refused(status: int, sentence: str) -> AuthorPage:
    """The request can't be taken as it is."""
    wait = {"Retry-After": "60"} if status in (429, 503) else {}
    sentences = (sentence, "Revenez en arrière : votre navigateur a gardé ce que vous aviez écrit.")
    return AuthorPage(status, "Votre proposition n'est pas partie", sentences, {"message": sentence}, headers=wait)


def ask_receipt(status: int = 200, sentence: str = "") -> AuthorPage:
    """The page with one field."""
    sentences = (sentence,) if sentence else ("Écrivez le reçu que vous avez gardé.",)
    return AuthorPage(status, "Où en est ma proposition", sentences, asks_receipt=True)


def typed(
    kind: str, action: str, fields: Fields, hidden: Sequence[tuple[str, str]], *, kept: bool = False
) -> TypedForm:
    """The form for these fields; a field sent several times is there several times."""
    unseen = [*hidden, *((name, value) for name in _ABOUT for value in fields.get(name, ()))]
    shown = [one for one in typed_fields(kind, fields) if one.name not in _ABOUT]
    return TypedForm(action, unseen, shown, kept=kept, on_topic=is_on_topic(kind, fields))


def typed_fields(kind: str, fields: Fields) -> list[TypedField]:
    """What was sent, in the order that its kind declares, what it does not declare last."""
    known = load_kinds().get(kind)
    declared = {field.name: field for field in known.fields} if known else {}
    names = [*(name for name in declared if name in fields), *(name for name in fields if name not in declared)]
    said = labels() | {name: field.label for name, field in declared.items()}
    return [TypedField(one, said.get(one, one), value, declared.get(one)) for one in names for value in fields[one]]


@cache
def labels() -> dict[str, str]:
    """What each field is called, whatever the kind."""
    named = {field.name: field.label for kind in load_kinds().values() for field in kind.fields}
    return {
        **named,
        "target": "À propos de",
        "image": "Images",
        "image_alt": "Ce que montre l'image",
        "email": "Adresse pour les nouvelles",
    }
