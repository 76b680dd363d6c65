"""The lines of an export, one by one, from a text file or from the zip that the telephone makes."""

from __future__ import annotations

import codecs
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from divan.sources.problem import Problem, ProblemsFound

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TEXTS = (".txt", ".json", ".jsonl")


@contextmanager
def opened(path: Path) -> Iterator[IO[str]]:
    """The text of an export, to be read line by line; ProblemsFound when there is none in there."""
    try:
        with _bytes(path) as source:
            encoding = _encoding(source)
            with io.TextIOWrapper(source, encoding=encoding) as text:
                yield text
    except UnicodeDecodeError:
        message = "ce fichier n'est pas du texte en UTF-8"
        raise ProblemsFound([Problem(path.name, None, message, "exportez à nouveau la discussion")]) from None
    except (zipfile.BadZipFile, RuntimeError, EOFError):
        message = "ce fichier zip ne s'ouvre pas"
        raise ProblemsFound([Problem(path.name, None, message, "exportez à nouveau la discussion")]) from None


def _encoding(source: IO[bytes]) -> str:
    start = source.read(4)
    source.seek(0)
    return next((name for mark, name in _MARKS if start.startswith(mark)), "utf-8")


@contextmanager
def _bytes(path: Path) -> Iterator[IO[bytes]]:
    if not path.is_file():
        raise ProblemsFound([Problem(path.name, None, "ce fichier n'existe pas", "donnez le chemin de l'export")])
    if not zipfile.is_zipfile(path):
        with path.open("rb") as plain:
            yield plain
        return
    with zipfile.ZipFile(path) as archive, archive.open(_inside(archive, path.name)) as member:
        yield member


def _inside(archive: zipfile.ZipFile, shown: str) -> zipfile.ZipInfo:
    """The thread of the archive: the largest text at its lowest level, beside the photographs and the documents."""
    texts = [one for one in archive.infolist() if one.filename.lower().endswith(_TEXTS) and not one.is_dir()]
    texts = [one for one in texts if "__MACOSX" not in one.filename]
    if not texts:
        message = "ce zip ne contient pas de discussion (.txt ou .json)"
        raise ProblemsFound([Problem(shown, None, message, "exportez la discussion, avec ou sans ses fichiers")])
    return min(texts, key=lambda one: (one.filename.count("/"), not one.filename.endswith("_chat.txt"), -one.file_size))
