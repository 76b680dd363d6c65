"""The page that asks: plain HTML from a questionnaire, complete without script, better with theme/static/form.js."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from surveys.condition import Tree
from surveys.model import Sending, Study, Wave
from surveys.questionnaire import FREE, CodeFormat, Item, ItemType, Questionnaire
from surveys.wording import typeset, wording

_GROUPED = {ItemType.SINGLE, ItemType.SEVERAL, ItemType.LIKERT, ItemType.SCALE, ItemType.CONSENT}


def render_form(
    study: Study, wave: Wave, *, sending: Sending, thanks_url: str = "merci/", others: Mapping[str, str] | None = None
) -> str:
    """The form of a wave as an HTML fragment; it is the caller's to show it only while the wave is open.

    ``sending.url`` of a collector is its root (``https://collecte.example``), or empty when the site's own address
    takes what is sent to the page (deploy/nginx.conf). ``thanks_url`` is relative to the page, as are the addresses
    of the same form in ``others``, by language.
    """
    asked = wave.questionnaire
    elsewhere = {wording(language)["this_language"]: (language, url) for language, url in (others or {}).items()}
    page = environment(asked.language).get_template("link.html" if sending.way == "link" else "form.html")
    return page.render(
        study=study, wave=wave, asked=asked, sending=sending, thanks_url=thanks_url, others=elsewhere,
        action=_action(study, wave, sending, thanks_url.removesuffix("merci/") or "./"),
        challenge=f"{sending.url.rstrip('/')}/altcha" if sending.way == "collector" else "",
        condition=lambda item: item.fallback or _in_words(item, asked),
        described_by=_described_by,
        tree=lambda item: json.dumps(item.shown_if.tree, ensure_ascii=False) if item.shown_if else "",
    )  # fmt: skip


def render_notice(study: Study, language: str = "fr") -> str:
    """Who asks, why, what is kept, which rights: what is read before the first question, as an HTML fragment."""
    return environment(language).get_template("notice.html").render(notice=study.notice)


def form_scripts(questionnaire: Questionnaire, sending: Sending) -> tuple[str, ...]:
    """Names in theme/static of the scripts that the form is better with."""
    if sending.way == "link":
        return ()
    phrase = any(item.format is CodeFormat.PHRASE for item in questionnaire.items)
    proof = sending.way == "collector"
    free = any(item.type in FREE or any(choice.other for choice in item.choices) for item in questionnaire.items)
    return (
        "form.js",
        *(["form-code.js"] if phrase else []),
        *(["form-proof.js"] if proof else []),
        *(["form-hint.js"] if free else []),
        "form-keep.js",
        "form-send.js",
    )


def _action(study: Study, wave: Wave, sending: Sending, here: str) -> str:
    if sending.way == "collector":
        return f"{sending.url.rstrip('/')}/enquetes/{study.id}/{wave.id}/" if sending.url else here
    return sending.url if sending.way == "endpoint" else ""


def _described_by(item: Item) -> str:
    """Ids of the texts that explain a question: its condition in words, its help."""
    named = ((item.shown_if, "if"), (item.help, "help"))
    return " ".join(f"q-{item.id}-{part}" for text, part in named if text)


@cache
def environment(language: str) -> Environment:
    """Jinja with the form's own words in a language, and its typography."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    words = wording(language)
    environment.globals.update(
        words=words,
        script_words=json.dumps(words["script"], ensure_ascii=False),
        grouped=lambda item: item.type in _GROUPED,
    )
    environment.filters["typeset"] = lambda text: typeset(text, language)
    environment.filters["paragraphs"] = lambda text: _paragraphs(typeset(text, language))
    return environment


def _paragraphs(text: str) -> Markup:
    return Markup("").join(Markup("<p>{}</p>").format(part.strip()) for part in text.split("\n\n") if part.strip())


def _in_words(item: Item, asked: Questionnaire) -> str:
    """A condition as a reader says it: « Seulement si Fumez-vous ? Oui »; empty when there is none."""
    if item.shown_if is None:
        return ""
    words = wording(asked.language)
    return f"{words['only_if']} {_said(item.shown_if.tree, asked, words)}"


def _said(tree: Tree, asked: Questionnaire, words: dict[str, Any]) -> str:
    op = tree["op"]
    if op in ("and", "or"):
        return f" {words[op]} ".join(_said(part, asked, words) for part in tree["of"])
    if op == "not":
        return f"{words['not']} {_said(tree['of'][0], asked, words)}"
    item = asked.item(tree["item"])
    if op == "answered":
        return f"« {item.text} » : {words['answered']}"
    label = item.choice(tree["value"]).label if item.choices else tree["value"]
    sign = "" if op == "=" else {"!=": "≠ ", "<=": "≤ ", ">=": "≥ "}.get(op, f"{op} ")
    return f"« {item.text} » : {sign}{label}"
