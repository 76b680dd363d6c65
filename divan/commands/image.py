"""« divan image »: makes images that pass, and prints the line that shows each one in a post."""

from __future__ import annotations

from pathlib import Path

from divan.commands.arguments import Words
from divan.sources.problem import Problem, ProblemsFound, noted


def run_image(words: Words) -> int:
    """Make each file an image of ``content/images/``; those that cannot be are said together, after the others."""
    problems: list[Problem] = []
    for source in words.files:
        with noted(problems):
            print(_made(words.root, source))
    if problems:
        raise ProblemsFound(problems)
    return 0


def _made(root: Path, source: Path) -> str:
    from divan.images.making import image_name, make_image
    from divan.sources.writing import write_beside

    made = make_image(source)
    name = image_name(source)
    target = root / "content" / "images" / name
    number = 2
    while target.exists() and target.read_bytes() != made:
        target = target.with_name(f"{Path(name).stem}-{number}.webp")
        number += 1
    write_beside(target, made)
    return "\n".join((
        f"content/images/{target.name} : {round(len(made) / 1000)} ko, sans métadonnées.",
        "Regardez-la : ni visage, ni nom, ni étiquette. À coller dans le message :",
        f"![Dites ici ce que l'image montre](../../images/{target.name})",
    ))  # fmt: skip
