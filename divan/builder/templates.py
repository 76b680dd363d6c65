"""What each template depends on, read from its own text.

A page has to be rendered again when its template changes, or one that it extends or imports, or a setting or static
file that they name. All this stands in the templates: ``{% extends %}``, ``site.name``, ``asset("style.css")``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes
from jinja2.meta import find_referenced_templates

from divan.builder.digest import digest_of

EVERYTHING = "*"


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


def digest_of_uses(uses: tuple[str, ...], sources: Mapping[str, bytes], facts: Any, assets: Mapping[str, str]) -> bytes:
    """Digest of the present value of everything that a template names."""
    values: list[Any] = []
    for use in uses:
        kind, _, name = use.partition(":")
        known: Mapping[str, Any] = {"template": sources, "site": vars(facts), "asset": assets}[kind]
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
