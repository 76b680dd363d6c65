"""Make an image that passes: upright, small enough, in WebP, and nothing but its pixels."""

from __future__ import annotations

import re
import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, cast

from divan.images.check import HEAVIEST, LONGEST_SIDE, NUMBER
from divan.images.formats import readable, said_to_be
from divan.sources.problem import Problem, ProblemsFound
from divan.sources.slug import slug

if TYPE_CHECKING:
    from PIL import Image

_TELEPHONES = frozenset(("img", "image", "dsc", "dscn", "pxl", "photo", "whatsapp", "screenshot", "capture", "signal"))
_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_READ = ("JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "HEIF", "AVIF")
_QUALITIES = (85, 75, 65, 50, 35)
MOST_PIXELS = 80_000_000


def image_name(source: Path) -> str:
    """The name that an image of the site takes from a file's, less what a telephone calls it and when."""
    name = slug(source.stem)
    words = name.split("-")
    if NUMBER.search(name) or _DAY.search(name) or not _TELEPHONES.isdisjoint(words):
        words = [word for word in words if word.isalpha() and len(word) > 2 and word not in _TELEPHONES]
    told = "-".join(words)
    return f"{told if any(map(str.isalpha, told)) else 'image'}.webp"


def make_image(source: Path) -> bytes:
    """The WebP made of a photo or a drawing; raises ProblemsFound when the file is none that can be read."""
    return made_from(source.read_bytes(), str(source))


def made_from(content: bytes, place: str) -> bytes:
    """The same from an image's bytes; ``place`` is what problems call it."""
    image = _upright(content, place)
    side = LONGEST_SIDE
    while True:
        image.thumbnail((side, side))
        for quality in _QUALITIES:
            made = BytesIO()
            image.save(made, "WEBP", quality=quality, method=6, exif=b"", xmp=b"", icc_profile=None)
            if made.tell() <= HEAVIEST:
                return made.getvalue()
        side = side * 3 // 4


def _upright(content: bytes, place: str) -> Image.Image:
    """The first picture of a file as people see it, in plain colours, freed of all that came with it."""
    from PIL import Image, ImageOps
    from pillow_heif import register_heif_opener

    register_heif_opener()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(content), formats=_READ) as found:
                if found.width * found.height > MOST_PIXELS:
                    raise ProblemsFound([_too_large(place, found.size)])
                turned = ImageOps.exif_transpose(found)
                plain = _plain_colours(turned)
    except ProblemsFound:
        raise
    except Image.DecompressionBombError:
        raise ProblemsFound([_too_large(place)]) from None
    except Exception:
        raise ProblemsFound([_unreadable(place, content)]) from None
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean


def _plain_colours(image: Image.Image) -> Image.Image:
    from PIL import ImageCms

    if image.mode[0] in "IF":
        image = _in_256_greys(image)
    transparent = "A" in image.getbands() or "transparency" in image.info
    profile = image.info.get("icc_profile")
    plain = image.convert("RGBA" if transparent else "RGB")
    if profile and image.mode in ("RGB", "RGBA"):
        try:
            known = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(plain.convert("RGB"), known, ImageCms.createProfile("sRGB"))
        except ImageCms.PyCMSError:
            return plain
        if converted is not None and not transparent:
            return converted
    return plain


def _in_256_greys(image: Image.Image) -> Image.Image:
    """A radiograph's thousands of greys, from its darkest to its lightest; Pillow alone would cut them at 255."""
    greys = image if image.mode == "F" else image.convert("I").convert("F")
    low, high = cast(tuple[float, float], greys.getextrema())
    scale = 255 / (high - low) if high > low else 0
    return greys.point(lambda grey: grey * scale + -low * scale).convert("L")


def _unreadable(place: str, content: bytes) -> Problem:
    if readable(content):
        return Problem(place, None, "cette image est abîmée : elle ne se laisse pas lire jusqu'au bout",
                       "reprenez-la où elle a été faite")  # fmt: skip
    what, remedy = said_to_be(content)
    return Problem(place, None, f"une image est attendue, et ce fichier {what}", remedy)


def _too_large(place: str, size: tuple[int, int] | None = None) -> Problem:
    known = f" ({size[0]} × {size[1]} pixels)" if size else ""
    return Problem(place, None, f"cette image est trop grande{known}",
                   "enregistrez-la plus petite, puis recommencez")  # fmt: skip
