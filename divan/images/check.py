"""Whether an image of ``content/images/`` may be published: its name, what it really is, its size, what it carries."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from io import BytesIO

from divan.images.carried import carried
from divan.images.formats import SUFFIXES, real_format, said_to_be
from divan.sources.problem import FaultKind, Problem
from divan.sources.slug import slug

_FAULT = FaultKind("M01")

LONGEST_SIDE = 1600
HEAVIEST = 500_000
_MAKE = "« divan image FICHIER » en fait une qui passe"
NUMBER = re.compile(r"[0-9]{5}")  # une année y tient, pas un jour, une heure ni un numéro de dossier
_NAME = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*[a-z0-9]+(?:-[a-z0-9]+)*\.(?:jpe?g|png|webp)")


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int


def check_image(path: str, content: bytes) -> list[Problem]:
    """Everything that keeps the image at ``path`` (from the repository's root) from being published."""
    return [*_name_problems(path), *look_at(path, content)[1]]


def may_be_published(path: str, content: bytes) -> Size | None:
    """The size of an image that passes; None for one that does not."""
    size, problems = look_at(path, content)
    return size if size and not problems and not _name_problems(path) else None


def look_at(path: str, content: bytes) -> tuple[Size | None, list[Problem]]:
    """The size of an image, as far as it can be read, and the faults of its content."""
    kind = real_format(content)
    if kind is None:
        what, remedy = said_to_be(content)
        return None, [_FAULT(path, None, f"une image est un JPEG, un PNG ou un WebP, et ce fichier {what}", remedy)]
    faults: list[tuple[str, str]] = []
    if not path.lower().endswith(SUFFIXES[kind]):
        faults.append((f"le nom d'un {kind} finit par {' ou '.join(SUFFIXES[kind])}", "renommez-la"))
    if len(content) > HEAVIEST:
        faults.append((f"une image pèse au plus 500 ko, et celle-ci {round(len(content) / 1000)}", _MAKE))
    if found := carried(kind, content):
        faults.append((f"une image ne porte que ses pixels, et celle-ci garde encore : {', '.join(found)}", _MAKE))
    size = _size(kind, content)
    if size is None:
        faults.append(("cette image est abîmée, ou immense : elle ne se laisse pas lire jusqu'au bout", "refaites-la"))
    elif max(size.width, size.height) > LONGEST_SIDE:
        faults.append((f"une image a au plus {LONGEST_SIDE} pixels de côté, et celle-ci {size.width} × {size.height}",
                       _MAKE))  # fmt: skip
    return size, [_FAULT(path, None, *fault) for fault in faults]


def _size(kind: str, content: bytes) -> Size | None:
    """Width and height, once every pixel has been decoded; one that is too large is not decoded."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # une image énorme : dite ci-dessus, jamais décodée
            with Image.open(BytesIO(content), formats=[kind]) as image:
                if max(image.size) <= LONGEST_SIDE:
                    image.load()
                return Size(*image.size)
    except Exception:
        return None  # un fichier abîmé peut lever n'importe quoi


def _name_problems(path: str) -> list[Problem]:
    name = path.removeprefix("content/images/")
    stem, _, suffix = name.rpartition(".")
    folders = (stem or name).split("/")
    if not _NAME.fullmatch(name):
        better = "/".join(slug(part) or "image" for part in folders)
        remedy = f"renommez-la, par exemple « {better}.{slug(suffix) or 'webp'} »"
        return [_FAULT(path, None, "le nom d'une image est en minuscules, sans accent ni espace, et finit par .jpg, "
                        ".png ou .webp", remedy)]  # fmt: skip
    if NUMBER.search(stem):
        return [_FAULT(path, None, "le nom d'une image se lit dans son adresse : ni jour, ni heure, ni numéro",
                        "renommez-la d'après ce qu'elle montre")]  # fmt: skip
    return []
