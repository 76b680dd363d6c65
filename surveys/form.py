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
from surveys.form_addresses import form_action, form_without_script
from surveys.kinds import KINDS
from surveys.kinds.random_order import stays
from surveys.model import Sending, Study, Wave
from surveys.questionnaire import FREE, CodeFormat, FormSection, Item, ItemType, Questionnaire
from surveys.quotas import quotas_of
from surveys.recall import RECALL, neutral_words
from surveys.wording import typeset, wording

_RADIOS = {ItemType.SINGLE, ItemType.LIKERT, ItemType.SCALE}


def render_form(
    study: Study, wave: Wave, *, sending: Sending, thanks_url: str = "merci/",
    others: Mapping[str, str] | None = None, served: bool = False,
) -> str:  # fmt: skip
    """The form of a wave as an HTML fragment; it is the caller's to show it only while the wave is open.

    ``sending.url`` of a collector is its root (``https://collecte.example``), or empty when the site's own address
    takes what is sent to the page (deploy/nginx.conf). ``thanks_url`` is relative to the page, as are the addresses
    of the same form in ``others``, by language. ``served``: by the collector itself, which numbers it.
    """
    asked = wave.questionnaire
    elsewhere = {wording(language)["this_language"]: (language, url) for language, url in (others or {}).items()}
    action = form_action(study, wave, sending, thanks_url.partition("merci/")[0] or "./")
    page = environment(asked.language).get_template("link.html" if sending.way == "link" else "form.html")
    return page.render(
        study=study, wave=wave, asked=asked, sending=sending, thanks_url=thanks_url, others=elsewhere,
        action=action, served=served,
        numbered="" if served else form_without_script(wave, sending, action),
        quotas=f"{action.partition('?')[0]}formulaire/complet" if _closes(asked, sending) and not served else "",
        challenge=f"{sending.url.rstrip('/')}/altcha" if sending.way == "collector" else "",
        condition=lambda item: item.fallback or _in_words(item, asked),
        described_by=_described_by,
        images=f"{thanks_url.partition('merci')[0]}../images/",
        tree=lambda item: json.dumps(item.shown_if.tree, ensure_ascii=False) if item.shown_if else "",
    )  # fmt: skip


def render_notice(study: Study, language: str = "fr") -> str:
    """Who asks, why, what is kept, which rights: what is read before the first question, as an HTML fragment."""
    return environment(language).get_template("notice.html").render(notice=study.notice)


def form_scripts(questionnaire: Questionnaire, sending: Sending, *, by_token: bool = False) -> tuple[str, ...]:
    """Names in theme/static of the scripts that the form is better with."""
    if sending.way == "link":
        return ()
    phrase = any(item.format is CodeFormat.PHRASE for item in questionnaire.items)
    received = sending.way == "collector"
    free = any(item.type in FREE or any(choice.other for choice in item.choices) for item in questionnaire.items)
    return (
        "form.js",
        *(["form-untick.js"] if any(item.type in _RADIOS for item in questionnaire.items) else []),
        *(["form-code.js"] if phrase else []),
        *(["form-token.js" if by_token else "form-proof.js"] if received else []),
        *(["form-hint.js"] if free else []),
        *(["form-recall.js"] if any(map(_recalls, questionnaire.items)) else []),
        *(["form-order.js"] if any(item.type is ItemType.ORDER for item in questionnaire.items) else []),
        *(["form-full.js"] if _closes(questionnaire, sending) else []),
        *(["form-list.js"] if any(item.dropdown for item in questionnaire.items) else []),
        "form-keep.js",
        *(["form-sent.js"] if received else []),
        "form-send.js",
    )


def _closes(asked: Questionnaire, sending: Sending) -> bool:
    """Whether categories of answers may be full, which a collector alone knows."""
    return sending.way == "collector" and bool(quotas_of(asked))


def _recalls(item: Item) -> bool:
    return bool(item.told or item.formula or (item.matrix and RECALL.search(item.matrix.text)))


def _described_by(item: Item) -> str:
    """Ids of the texts that explain a question: its condition in words, its help."""
    if item.matrix:
        return ""  # its matrix says it once
    named = ((item.shown_if, "if"), (item.help, "help"))
    return " ".join(f"q-{item.id}-{part}" for text, part in named if text)


def _blocks(section: FormSection) -> list[list[Item]]:
    """What is shown together: the rows of a matrix, or a question alone."""
    found: list[list[Item]] = []
    for item in section.items:
        if item.matrix and found and found[-1][0].matrix and found[-1][0].matrix.id == item.matrix.id:
            found[-1].append(item)
        else:
            found.append([item])
    return found


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
        script_words=_script_words(words, invitation=False),
        invitation_words=_script_words(words, invitation=True),
        grouped=lambda item: KINDS[item.type].grouped and not item.dropdown,
        macro_of=lambda item: KINDS[item.type].macro,
        blocks=_blocks,
        stays=stays,
    )
    environment.filters["typeset"] = lambda text: typeset(text, language)
    environment.filters["recalling"] = lambda text, asked: _recalling(text, asked, language)
    environment.filters["paragraphs"] = lambda text: _paragraphs(typeset(text, language))
    return environment


def _script_words(words: dict[str, Any], *, invitation: bool) -> str:
    """The words of the scripts; those of an invitation stand apart, for the forms that ask for one."""
    chosen = {key: text for key, text in words["script"].items() if key.startswith("invitation_") == invitation}
    return json.dumps(chosen, ensure_ascii=False)


def _recalling(text: str, asked: Questionnaire, language: str) -> Markup:
    """The text with a place for each answer that it recalls, neutral words in it until a script knows better."""
    texts = {item.id: item.text for item in asked.items}
    found, start = Markup(), 0
    for match in RECALL.finditer(text):
        found += typeset(text[start : match.start()], language) if text[start : match.start()].strip() else ""
        found += " " if text[start : match.start()].endswith(" ") else ""
        span = Markup('<span class="recall" data-recall="{}">{}</span>')
        found += span.format(match["item"], typeset(neutral_words(match, texts), language))
        start = match.end()
        found += " " if text[start:].startswith(" ") else ""
    return found + (typeset(text[start:], language) if text[start:].strip() else "")


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
