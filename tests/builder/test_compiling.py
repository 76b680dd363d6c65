"""Templates compiled quickly say, byte for byte, what Jinja says."""

from gettext import NullTranslations
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, UndefinedError
from markupsafe import Markup, escape

from divan.builder.templates import compile_quickly, shown, uses_of_templates

NASTY = ["<b>", "a & b", "l'été", '"', "", "simple", 3, None, Markup("<i>sûr</i>"), ["<"], 1.5, True]
TEMPLATES = [
    "{{ value }}",
    "<p title=\"{{ value }}\">{{ _('Bonjour') }}</p>",
    "{{ _('Bonjour %(name)s, <b>oui</b>&nbsp;!', name=value) }}",
    "{{ _('%(a)s et %(b)s à 100&nbsp;%%', a=value, b=value ~ '<') }}",
    "{{ _('Rien à mettre', name=value) }}",
    "{{ _('Bonjour') ~ value }}",
    "{% set said = _('Bonjour %(name)s', name=value) %}{{ said }}",
    "{% macro say(x) %}[{{ _('Bonjour %(name)s', name=x) }}]{% endmacro %}{{ say(value) }}",
    "{{ ngettext('%(n)s mot', '%(n)s mots', 2, n=value) }}",
    "{{ value|upper if value is string else value }}",
    "{% autoescape false %}{{ value }}{% endautoescape %}",
]


class English(NullTranslations):
    def gettext(self, message: str) -> str:
        return {"Bonjour %(name)s, <b>oui</b>&nbsp;!": "%(name)s, <b>yes</b>, hello!", "Bonjour": "Hello"}.get(
            message, message
        )


def environment(*, quick: bool) -> Environment:
    env = Environment(autoescape=True, extensions=["jinja2.ext.i18n"])
    env.install_gettext_translations(English(), newstyle=True)
    if quick:
        compile_quickly(env, English().gettext)
    return env


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_same_bytes(template: str) -> None:
    plain, quick = (environment(quick=quick).from_string(template) for quick in (False, True))
    for value in NASTY:
        assert quick.render(value=value) == plain.render(value=value)


@pytest.mark.parametrize("value", NASTY)
def test_shown_escapes_as_markupsafe(value: Any) -> None:
    assert shown(value) == escape(value)


def test_a_sentence_that_lacks_its_word_still_fails() -> None:
    for quick in (False, True):
        with pytest.raises((KeyError, UndefinedError)):
            environment(quick=quick).from_string("{{ _('Bonjour %(name)s, <b>oui</b>&nbsp;!') }}").render()


def test_a_template_that_was_read_for_its_names_is_compiled_as_any_other(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        "{% extends 'base.html' %}{% block a %}{{ site.name }} {{ asset('style.css') }} {{ asset(one) }}{% endblock %}"
    )
    (tmp_path / "base.html").write_text("<p>{{ _('Bonjour') }} {{ site }}{% block a %}{% endblock %}</p>")
    env = environment(quick=True)
    env.loader = FileSystemLoader(tmp_path)
    uses = uses_of_templates(env, (tmp_path,))
    assert uses["page.html"] == ("asset:*", "asset:style.css", "site:*", "site:name", "template:base.html",
                                 "template:page.html")  # fmt: skip
    assert uses["base.html"] == ("site:*", "template:base.html")
    for _ in range(2):
        env.cache.clear()  # type: ignore[union-attr]
        written = env.get_template("page.html").render(site="Nous", asset=str.upper, one="a.js")
        assert written == "<p>Hello Nous STYLE.CSS A.JS</p>"
