"""What a file really is, by its first bytes, and what to do with those that a page cannot show."""

from __future__ import annotations

import re

SUFFIXES = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",)}

_SHOWN = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"))
_OTHERS = (
    (b"%PDF", "un PDF"),
    (b"GIF8", "une image GIF"),
    (b"BM", "une image BMP"),
    (b"II*\0", "une image TIFF"),
    (b"MM\0*", "une image TIFF"),
    (b"PK\3\4", "une archive ou un document de bureautique"),
    (b"\x7fELF", "un programme"),
    (b"MZ", "un programme"),
)
_PICTURE_BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"hevc": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC", b"avif": "AVIF"}
_BARE_DICOM = re.compile(rb"[\x02\x08]\0.\0(?:[A-Z]{2}|..\0\0)", re.DOTALL)  # without its preamble
_TEXT = re.compile(rb"\s*<(?:\?xml|!doctype|svg|html|script)", re.IGNORECASE)


def real_format(content: bytes) -> str | None:
    """JPEG, PNG or WEBP; None for everything else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    return next((name for start, name in _SHOWN if content.startswith(start)), None)


def said_to_be(content: bytes) -> tuple[str, str]:
    """What a file that cannot be shown is, in French after « ce fichier », and the remedy."""
    make = "« divan image FICHIER » en fait une image du site"
    if content[128:132] == b"DICM" or _BARE_DICOM.match(content):
        what, remedy = "est un fichier DICOM, qui porte l'identité du patient", "exportez la coupe sans identité, puis"
        return what, f"{remedy} {make}"
    if content[4:8] == b"ftyp" and (name := _PICTURE_BRANDS.get(content[8:12])):
        return f"est une photo {name}", make
    if _TEXT.match(content.removeprefix(b"\xef\xbb\xbf")[:400]):
        return "est un dessin SVG ou une page, qui peut contenir du code", f"enregistrez-le en PNG, puis {make}"
    what = next((f"est {what}" for start, what in _OTHERS if content.startswith(start)), "n'en est pas une")
    return what, f"enregistrez-en l'image en PNG ou en JPEG, puis {make}"


def readable(content: bytes) -> bool:
    """Whether its first bytes are those of an image that « divan image » reads."""
    return (
        real_format(content) is not None
        or content[4:8] == b"ftyp"
        or content.startswith((b"GIF8", b"BM", b"II*\0", b"MM\0*"))
    )
