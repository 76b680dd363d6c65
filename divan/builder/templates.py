"""The theme's templates: what each one depends on, and how they are compiled to do less on each page.

A page has to be rendered again when its template changes, or one that it extends or imports, or a setting or static
file that they name. All this stands in the templates: ``{% extends %}``, ``site.name``, ``asset("style.css")``.

Jinja looks every sentence up in its catalogue each time it shows it, wraps every value in a ``Markup`` only to join it
with the others, and asks every macro what it wants; a page has hundreds of these. What never changes is settled here,
once, and the bytes are the same (tests/builder/test_compiling.py).
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeGuard

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.meta import find_referenced_templates
from markupsafe import Markup, escape

from divan.builder.digest import digest_of

EVERYTHING = "*"
OWN_FUNCTIONS = frozenset({"when", "asset", "once", "anywhere"})
_SPECIAL = re.compile("""[&<>'"]""").search
_PLACE = re.compile(r"%\((\w+)\)s|(%%)")


def uses_of_templates(env: Environment, folders: tuple[Path, ...]) -> dict[str, tuple[str, ...]]:
    """What each template names, itself and through the others it calls, as ``template:base.html``, ``site:url``...

    ``EVERYTHING`` stands for a name that is only known when the page is rendered.
    """
    direct = {name: frozenset(_names(_parsed(env, file))) for name, file in templates_of(folders).items()}
    return {name: tuple(sorted(_closure(name, direct))) for name in direct}


def templates_of(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Each template by its name: of several folders that hold one, the first has it."""
    return {
        file.relative_to(folder).as_posix(): file
        for folder in reversed(folders)
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def digest_of_uses(uses: tuple[str, ...], sources: Mapping[str, bytes], facts: Any, assets: Mapping[str, str]) -> bytes:
    """Digest of the present value of everything that a template names."""
    values: list[Any] = []
    for use in uses:
        kind, _, name = use.partition(":")
        known: Mapping[str, Any] = {"template": sources, "site": vars(facts), "asset": assets}[kind]
        values.append((use, sorted(known.items()) if name == EVERYTHING else known.get(name)))
    return digest_of(values)


def _parsed(env: Environment, file: Path) -> nodes.Template:
    """The tree of a template, kept for when it is compiled: that alters it, so it serves once."""
    source = file.read_text(encoding="utf-8")
    tree = env.parsed[source] = env.parse(source)  # type: ignore[attr-defined]
    return tree


def _names(tree: nodes.Template) -> Iterator[str]:
    for reference in find_referenced_templates(tree):
        yield f"template:{reference or EVERYTHING}"
    named = set()
    for node in tree.find_all((nodes.Getattr, nodes.Call, nodes.Name)):  # ce qui nomme vient avant le nom qu'il tient
        match node:
            case nodes.Getattr(node=nodes.Name(name="site") as site):
                named.add(id(site))
                yield f"site:{node.attr}"
            case nodes.Call(node=nodes.Name(name="asset") as asset):
                named.add(id(asset))
                first = node.args[0] if node.args else None
                yield f"asset:{first.value if isinstance(first, nodes.Const) else EVERYTHING}"
            case nodes.Name(name="site" | "asset") if id(node) not in named:
                yield f"{node.name}:{EVERYTHING}"


def _closure(name: str, direct: Mapping[str, frozenset[str]]) -> set[str]:
    found, waiting = {f"template:{name}"}, [name]
    while waiting:
        for use in direct.get(waiting.pop(), frozenset()) - found:
            found.add(use)
            kind, _, called = use.partition(":")
            if kind == "template":
                waiting += direct if called == EVERYTHING else [called]
    return found


def compile_quickly(env: Environment, gettext: Callable[[str], str]) -> None:
    """Have ``env`` compile its templates so, with the sentences of ``gettext``."""
    env.code_generator_class = Compiler
    parse, env.parsed = env._parse, {}  # type: ignore[attr-defined]

    def parsed(source: str, name: str | None, filename: str | None) -> nodes.Template:
        return env.parsed.pop(source, None) or parse(source, name, filename)  # type: ignore[attr-defined]

    env._parse = parsed  # type: ignore[method-assign]
    env.call_at_once = operator.call  # type: ignore[attr-defined]
    env.shown = shown  # type: ignore[attr-defined]
    env.sentence = gettext  # type: ignore[attr-defined]


def shown(value: Any) -> str:
    """What a page shows of a value: escaped unless it is Markup, as ``markupsafe.escape`` would."""
    kind = type(value)
    if kind is str:
        return escape(value) if _SPECIAL(value) else value
    return value if kind is Markup else escape(value)


class Compiler(CodeGenerator):
    """Jinja's, with sentences in place of calls to ``_`` and ``shown`` in place of ``escape``."""

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802 - le nom que Jinja cherche
        """Settle the sentences of an output before writing its code."""
        gettext = self.environment.sentence  # type: ignore[attr-defined]
        node.nodes = [part for child in node.nodes for part in _settled(child, gettext)]
        super().visit_Output(node, frame)

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        """Note which names are macros, of this template or of another."""
        imported = [name for part in node.find_all(nodes.FromImport) for name in part.names]
        self._direct = {name if isinstance(name, str) else name[1] for name in imported} | OWN_FUNCTIONS
        self._direct |= {macro.name for macro in node.find_all(nodes.Macro)}
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """Call macros and our own functions at once, where Jinja looks at each call whether they want its context."""
        if isinstance(node.node, nodes.Name) and node.node.name in self._direct:
            self.write("environment.call_at_once(")
            self.visit(node.node, frame)
            self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
            self.write(")")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write(f"environment.shown({finalize.src or ''}")


def _settled(node: Any, gettext: Callable[[str], str]) -> Iterator[nodes.Expr]:
    """``_("a %(b)s", b=c)`` as a text, an expression, a text; any other expression as it is."""
    if not _is_sentence(node):
        yield node
        return
    values = {word.key: word.value for word in node.kwargs}
    sentence: nodes.Const = node.args[0]  # type: ignore[assignment]
    *pieces, end = _PLACE.split(gettext(sentence.value))
    texts, names, percents = pieces[::3], pieces[1::3], pieces[2::3]
    if any("%" in text for text in (*texts, end)) or not {name for name in names if name} <= values.keys():
        yield node  # une traduction fautive : que Jinja le dise
        return
    for text, name, percent in zip(texts, names, percents, strict=True):
        yield nodes.TemplateData(text + (percent or "")[:1], lineno=node.lineno)
        if name:
            yield values[name]
    yield nodes.TemplateData(end, lineno=node.lineno)


def _is_sentence(node: nodes.Node) -> TypeGuard[nodes.Call]:
    if not isinstance(node, nodes.Call) or node.dyn_args or node.dyn_kwargs or len(node.args) != 1:
        return False
    first = node.args[0]
    named = isinstance(node.node, nodes.Name) and node.node.name == "_"
    return named and isinstance(first, nodes.Const) and isinstance(first.value, str)
