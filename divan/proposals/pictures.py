"""Images as a phone sends them, made again here whatever the device did: what is kept holds pixels and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Semaphore

from divan.forum.proposal import Picture
from divan.images.making import made_from
from divan.sources.problem import ProblemsFound

MOST = 4
LARGEST_FILE = 25 * 1024 * 1024
_ANOTHER = "choisissez une autre photographie, ou une capture d'écran"  # who sends it has no command to type
_ONE_AT_A_TIME = Semaphore(1)  # a decoded photograph takes 200 MB


class UnusableImageError(Exception):
    """An image that can't be kept; the argument is a French sentence for its sender."""


def re_encode(content: bytes, alt: str) -> Picture:
    """The same image as the site may show it; UnusableImageError when it is none, or is too large to be read."""
    if len(content) > LARGEST_FILE:
        raise UnusableImageError("cette image dépasse 25 Mo ; réduisez-la, ou photographiez-la de nouveau")
    with _ONE_AT_A_TIME:
        try:
            return Picture(made_from(content, "image"), ".webp", alt)
        except ProblemsFound as found:
            (problem,) = found.problems
            raise UnusableImageError(f"{problem.message} ; {_ANOTHER}") from None


def re_encode_all(files: Sequence[bytes], alts: Sequence[str]) -> tuple[list[Picture], list[tuple[str, str]]]:
    """The images, and the faults of those that can't be kept, each with its field."""
    pictures, faults = [], []
    if len(files) > MOST:
        return [], [("image", f"quatre images au plus ; il y en a {len(files)}")]
    for number, content in enumerate(files, 1):
        alt = alts[number - 1].strip() if number <= len(alts) else ""
        try:
            pictures.append(re_encode(content, alt))
        except UnusableImageError as unusable:
            faults.append(("image", f"image {number} : {unusable}"))
        if not alt:
            faults.append(("image_alt", f"image {number} : dites en quelques mots ce qu'elle montre"))
    return pictures, faults
