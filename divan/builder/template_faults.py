"""What is wrong with a theme's templates, said as any other fault: which file, which line, never a traceback."""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from divan.builder.settings import Settings
from divan.sources.problem import FaultKind, Problem

_FAULT = FaultKind("G02")

_REMEDY = "corrigez cette ligne ; « theme/README.md » dit ce qu'un modèle reçoit"
_SUFFIXES = (".html", ".xml", ".json", ".txt")


def syntax_faults(env: Environment, settings: Settings) -> list[Problem]:
    """Every template that cannot be read, or that calls a template or a filter that is not there."""
    found: dict[str, list[Problem]] = {}
    for folder in reversed(settings.template_folders):
        for file in sorted(folder.rglob("*")):
            if file.suffix in _SUFFIXES and file.is_file():
                found[file.relative_to(folder).as_posix()] = _faults(env, settings, file)
    return [problem for name in sorted(found) for problem in found[name]]


def _faults(env: Environment, settings: Settings, file: Path) -> list[Problem]:
    place = _place(settings, file)
    try:
        read = env.parse(file.read_text(encoding="utf-8"))
        called = sorted(name for name in find_referenced_templates(read) if name)
        env.compile(read, raw=True)
    except TemplateSyntaxError as error:
        return [_FAULT(place, error.lineno, f"ce modèle de page ne se lit pas ({error.message})", _REMEDY)]
    except UnicodeDecodeError:
        return [_FAULT(place, None, "ce modèle de page n'est pas en UTF-8", "enregistrez-le en UTF-8")]
    missing = (name for name in called if not _exists(settings, name))
    return [_FAULT(place, None, f"ce modèle appelle {name}, qui n'existe pas", _REMEDY) for name in missing]


def _exists(settings: Settings, name: str) -> bool:
    return any((folder / name).is_file() for folder in settings.template_folders)


def rendering_fault(settings: Settings, name: str, error: Exception) -> Problem:
    """A page that its template could not make: the last line of a template that was being carried out."""
    if isinstance(error, TemplateNotFound):
        return _FAULT(_named(settings, name), None, f"le modèle {error.name} n'existe pas", _REMEDY)
    if isinstance(error, TemplateSyntaxError):
        named = _named(settings, error.name or name)
        return _FAULT(named, error.lineno, f"ce modèle de page ne se lit pas ({error.message})", _REMEDY)
    folders = tuple(f"{folder}/" for folder in settings.template_folders)
    lines = [(frame.filename, frame.lineno) for frame in extract_tb(error.__traceback__)]
    file, line = next(((file, line) for file, line in reversed(lines) if file.startswith(folders)), (name, None))
    return _FAULT(
        _place(settings, Path(file)), line, f"ce modèle de page s'arrête ({type(error).__name__} : {error})", _REMEDY
    )


def _named(settings: Settings, name: str) -> str:
    files = (folder / name for folder in settings.template_folders)
    return _place(settings, next((file for file in files if file.is_file()), Path(name)))


def _place(settings: Settings, file: Path) -> str:
    whole = file.resolve() if file.is_absolute() else file
    return whole.relative_to(settings.root).as_posix() if whole.is_relative_to(settings.root) else str(file)
