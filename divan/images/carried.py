"""What an image file carries beside its pixels: place, device, names, texts, whatever follows its end.

A list of what pixels need is held against the file's own parts, so that a kind of metadata that nobody has thought of
is found too. Parts after the specifications of JPEG (ITU T.81), PNG (third edition) and WebP (RFC 9649).
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

_PLACE, _COLOURS, _MOVES = "EXIF : lieu, heure, appareil", "profil de couleurs", "animation"
_KNOWN = {
    b"Exif": _PLACE, b"eXIf": _PLACE, b"EXIF": _PLACE, b"XMP ": "XMP", b"http": "XMP", b"Phot": "IPTC",
    b"tEXt": "texte", b"zTXt": "texte", b"iTXt": "texte", b"tIME": "heure",
    b"ICCP": _COLOURS, b"iCCP": _COLOURS, b"ICC_": _COLOURS,
    b"ANIM": _MOVES, b"ANMF": _MOVES, b"acTL": _MOVES, b"fcTL": _MOVES, b"fdAT": _MOVES,
}  # fmt: skip
_OF_PNG = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"pHYs", b"bKGD", b"sBIT"))
_OF_WEBP = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH"))
_OF_JPEG = frozenset(((0xE0, b"JFIF\0", 14), (0xEE, b"Adobe", 12)))  # marker, first bytes, length
_COMMENT, _END, _SCAN = 0xFE, 0xD9, 0xDA
AFTER_THE_END = "des octets après la fin de l'image"
_MOST_UNPACKED = 30_000_000
_CUT = "un fichier coupé ou mal formé"


def carried(kind: str, content: bytes) -> list[str]:
    """In French and without its content, each thing carried beside the pixels of a JPEG, PNG or WEBP; [] when clean."""
    parts = {"JPEG": _of_jpeg, "PNG": _of_png, "WEBP": _of_webp}[kind]
    return list(dict.fromkeys(parts(content)))


def _of_png(content: bytes) -> Iterator[str]:
    place, pixels = 8, b""
    while place + 12 <= len(content):
        length, kind = int.from_bytes(content[place : place + 4]), content[place + 4 : place + 8]
        if kind not in _OF_PNG:
            yield _KNOWN.get(kind, "une partie inconnue")
        if kind == b"IDAT":
            pixels += content[place + 8 : place + 8 + length]
        place += 12 + length
        if kind == b"IEND":
            if length or place != len(content) or _more_than_pixels(content, pixels):
                yield AFTER_THE_END
            return
    yield _CUT


def _more_than_pixels(content: bytes, packed: bytes) -> bool:
    """Whether bytes hide behind the compressed pixels, or more of them than any image of that size has."""
    width, height, depth = int.from_bytes(content[16:20]), int.from_bytes(content[20:24]), content[24]
    most = height * (width * max(depth, 8) // 8 * 4 + 2) + 16 * (width + height)  # rouge, vert, bleu, transparence
    pixels = zlib.decompressobj()
    try:
        unpacked = pixels.decompress(packed, min(most, _MOST_UNPACKED) + 1)
    except zlib.error:
        return False  # abîmée : le décodage le dit
    return bool(pixels.unused_data) or len(unpacked) > most


def _of_webp(content: bytes) -> Iterator[str]:
    end = 8 + int.from_bytes(content[4:8], "little")
    if end + end % 2 < len(content):
        yield AFTER_THE_END
    place = 12
    while place + 8 <= min(end, len(content)):
        kind, length = content[place : place + 4], int.from_bytes(content[place + 4 : place + 8], "little")
        if kind not in _OF_WEBP:
            yield _KNOWN.get(kind, "une partie inconnue")
        place += 8 + length + length % 2
    if place < end or end > len(content) + 1:
        yield _CUT


def _of_jpeg(content: bytes) -> Iterator[str]:
    place = 2
    while place + 2 <= len(content):
        if content[place] != 0xFF:
            yield _CUT
            return
        marker = content[place + 1]
        if marker == _END:
            if place + 2 != len(content):
                yield AFTER_THE_END
            return
        if marker == 0xFF or 0xD0 <= marker <= 0xD8:
            place += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(content[place + 2 : place + 4])
        yield from _segment(marker, content[place + 4 : place + 2 + length])
        place += 2 + max(length, 2)
        if marker == _SCAN:
            place = _after_scan(content, place)
    yield _CUT


def _segment(marker: int, body: bytes) -> Iterator[str]:
    if marker == _COMMENT:
        yield "commentaire"
    elif 0xE0 <= marker <= 0xEF and (marker, body[:5], len(body)) not in _OF_JPEG:
        yield "vignette" if body[:4] in (b"JFIF", b"JFXX") else _KNOWN.get(body[:4], "une partie inconnue")


def _after_scan(content: bytes, place: int) -> int:
    """Where the next marker stands after compressed pixels, in which 0xFF is followed by 0 or a restart."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            return len(content)
        following = content[place + 1]
        if following and not 0xD0 <= following <= 0xD7:
            return place
        place += 2
