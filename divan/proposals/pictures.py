"""Images as a phone sends them, re-encoded whatever the device did: what is kept holds pixels and nothing else."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from threading import Semaphore

import pillow_heif
from PIL import Image, ImageOps

from divan.proposals.model import Picture

MOST = 4
LARGEST_FILE = 25 * 1024 * 1024
MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 2000
_ONE_AT_A_TIME = Semaphore(1)  # a decoded photograph takes 200 MB
_TOO_MANY = "Cette image a trop de points (plus de 60 millions) : réduisez-la, ou photographiez-la de nouveau."
_KINDS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")

pillow_heif.register_heif_opener()


class UnusableImageError(Exception):
    """An image that can't be kept; the argument is a French sentence for its sender."""


def re_encode(content: bytes, alt: str) -> Picture:
    """The same image, upright, at most 2,000 pixels a side, without metadata; UnusableImageError when it is none."""
    if len(content) > LARGEST_FILE:
        raise UnusableImageError("Cette image dépasse 25 Mo : réduisez-la, ou photographiez-la de nouveau.")
    with _ONE_AT_A_TIME:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return _decoded(content, alt)
        except UnusableImageError:
            raise
        except Image.DecompressionBombError:
            raise UnusableImageError(_TOO_MANY) from None
        except Exception:  # decoders may break anywhere on a forged file
            raise UnusableImageError("Cette image ne se lit pas : envoyez-la en JPEG ou en PNG.") from None


def _decoded(content: bytes, alt: str) -> Picture:
    with Image.open(io.BytesIO(content), formats=_KINDS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise UnusableImageError(_TOO_MANY)
        image.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
        pixels = upright.convert("RGBA" if _is_transparent(upright) else "RGB")
    kind, suffix = ("PNG", ".png") if pixels.mode == "RGBA" else ("JPEG", ".jpg")
    fresh = Image.new(pixels.mode, pixels.size)
    fresh.paste(pixels)
    out = io.BytesIO()
    fresh.save(out, kind, **({"quality": 82, "optimize": True} if kind == "JPEG" else {"optimize": True}))
    return Picture(out.getvalue(), suffix, alt)


def _is_transparent(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def re_encode_all(files: Sequence[bytes], alts: Sequence[str]) -> tuple[list[Picture], list[tuple[str, str]]]:
    """The images, and the faults of those that can't be kept, each with its field."""
    pictures, faults = [], []
    if len(files) > MOST:
        return [], [("image", f"Quatre images au plus ; il y en a {len(files)}.")]
    for number, content in enumerate(files, 1):
        alt = alts[number - 1].strip() if number <= len(alts) else ""
        try:
            pictures.append(re_encode(content, alt))
        except UnusableImageError as unusable:
            faults.append(("image", f"Image {number} : {unusable}"))
        if not alt:
            faults.append(("image_alt", f"Image {number} : dites en quelques mots ce qu'elle montre."))
    return pictures, faults
