"""Templates: how they are compiled, and what each one depends on, read from its own text.

A page has to be rendered again when its template changes, or one that it extends or imports, or a setting or static
file that they name. All this stands in the templates: ``{% extends %}``, ``site.name``, ``asset("style.css")``.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, nodes
from jinja2.meta import find_referenced_templates

from divan.builder import filters
from divan.builder.compiling import compile_quickly
from divan.builder.digest import digest_of
from divan.builder.fragments import Fragments
from divan.builder.inputs import Inputs
from divan.builder.settings import Settings
from divan.site.translation import translations

EVERYTHING = "*"


@dataclass(frozen=True)
class SiteFacts:
    """What templates know of the site as ``site``."""

    name: str
    tagline: str
    lang: str
    url: str
    audience: str
    repository_url: str
    contribute_url: str
    report_url: str


def site_facts(settings: Settings) -> SiteFacts:
    """The site as its settings describe it."""
    return SiteFacts(
        name=settings.get("SITENAME", ""),
        tagline=settings.get("SITESUBTITLE", ""),
        lang=settings.get("DEFAULT_LANG", "fr"),
        url=settings.url,
        audience=settings.audience,
        repository_url=settings.get("REPOSITORY_URL", ""),
        contribute_url=settings.get("CONTRIBUTE_URL", ""),
        report_url=settings.get("REPORT_URL", ""),
    )


def environment(settings: Settings) -> Environment:
    """Jinja as Pelican would set it up from the same settings, without Pelican."""
    loader = FileSystemLoader([str(folder) for folder in settings.template_folders])
    env = Environment(loader=loader, **(settings.get("JINJA_ENVIRONMENT") or {}))  # noqa: S701 - furnish s'en charge
    env.filters.update(settings.get("JINJA_FILTERS") or {})
    env.globals.update(settings.get("JINJA_GLOBALS") or {})
    env.tests.update(settings.get("JINJA_TESTS") or {})
    return env


def furnish(env: Environment, settings: Settings, inputs: Inputs) -> Fragments:
    """Give an environment, ours or one of Pelican's, what the theme's templates call; return its shared blocks."""
    env.autoescape = True
    lang = settings.get("DEFAULT_LANG", "fr")
    env.filters["longdate"] = partial(filters.longdate, lang=lang)
    env.filters["isodate"] = filters.isodate
    env.filters["rfc3339"] = partial(filters.rfc3339, zone=settings.get("TIMEZONE", "Europe/Paris"))
    env.filters["number"] = filters.number
    env.filters["plural"] = filters.plural
    env.globals["when"] = partial(filters.when, lang=lang)
    env.globals["site"] = site_facts(settings)
    env.globals["asset"] = inputs.assets.__getitem__
    fragments = Fragments()
    env.globals["once"], env.globals["anywhere"] = fragments.here, fragments.anywhere
    words = translations(lang)
    env.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    compile_quickly(env, words.gettext)
    env.bytecode_cache = FileSystemBytecodeCache(str(_compiled(settings.work, inputs.digests["rendering"])))
    return fragments


def _compiled(work: Path, rendering: bytes) -> Path:
    """Folder of compiled templates; they hold translated sentences, so another way to render has another folder."""
    folder = work / f"templates-{rendering.hex()}"
    if not folder.is_dir():
        for old in work.glob("templates-*"):
            shutil.rmtree(old, ignore_errors=True)
        folder.mkdir(parents=True)
    return folder


def uses_of_templates(env: Environment, folders: tuple[Path, ...]) -> dict[str, tuple[str, ...]]:
    """What each template names, itself and through the others it calls, as ``template:base.html``, ``site:url``...

    ``EVERYTHING`` stands for a name that is only known when the page is rendered.
    """
    direct = {}
    for folder in reversed(folders):
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                tree = env.parse(file.read_text(encoding="utf-8"))
                direct[file.relative_to(folder).as_posix()] = frozenset(_names(tree))
    return {name: tuple(sorted(_closure(name, direct))) for name in direct}


def digest_of_uses(
    uses: tuple[str, ...], sources: Mapping[str, bytes], site: SiteFacts, assets: Mapping[str, str]
) -> bytes:
    """Digest of the present value of everything that a template names."""
    values: list[Any] = []
    for use in uses:
        kind, _, name = use.partition(":")
        known: Mapping[str, Any] = {"template": sources, "site": vars(site), "asset": assets}[kind]
        values.append((use, sorted(known.items()) if name == EVERYTHING else known.get(name)))
    return digest_of(values)


def _names(tree: nodes.Template) -> Iterator[str]:
    for reference in find_referenced_templates(tree):
        yield f"template:{reference or EVERYTHING}"
    named = set()
    for attribute in tree.find_all(nodes.Getattr):
        if isinstance(attribute.node, nodes.Name) and attribute.node.name == "site":
            named.add(attribute.node)
            yield f"site:{attribute.attr}"
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "asset":
            named.add(call.node)
            first = call.args[0] if call.args else None
            yield f"asset:{first.value if isinstance(first, nodes.Const) else EVERYTHING}"
    for name in tree.find_all(nodes.Name):
        if name.name in ("site", "asset") and name not in named:
            yield f"{name.name}:{EVERYTHING}"


def _closure(name: str, direct: Mapping[str, frozenset[str]]) -> set[str]:
    found, waiting = {f"template:{name}"}, [name]
    while waiting:
        for use in direct.get(waiting.pop(), frozenset()) - found:
            found.add(use)
            kind, _, called = use.partition(":")
            if kind == "template":
                waiting += direct if called == EVERYTHING else [called]
    return found
