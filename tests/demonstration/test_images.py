"""The images of the demonstration are ours, weigh little, say in words what they show, and stand in a case."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from divan.images.check import check_image
from docs.drawings.__main__ import DRAWINGS, drawn

HOUSE = Path(__file__).resolve().parents[2]
FOLDER = HOUSE / "content" / "images"
LIGHT = 60_000


def plain(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


def test_an_image_is_one_that_we_drew_or_a_screen_that_a_guide_shows() -> None:
    guides = "\n".join(file.read_text("utf-8") for file in (HOUSE / "content/pages/guides").glob("*.md"))
    screens = set(re.findall(r"\.\./images/([a-z-]+\.webp)", guides))
    assert {file.name for file in FOLDER.iterdir()} == {f"{name}.webp" for name in DRAWINGS} | screens


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_drawn_again_as_it_stands(name: str) -> None:
    """Encoders differ from one release to the next by a shade; a moved line would differ by tens."""
    here, again = (plain(content) for content in ((FOLDER / f"{name}.webp").read_bytes(), drawn(name)))
    assert here.size == again.size
    assert max(ImageStat.Stat(ImageChops.difference(here, again)).mean) < 1


@pytest.mark.parametrize("name", DRAWINGS)
def test_an_image_passes_is_light_and_is_described_in_a_case(name: str) -> None:
    content = (FOLDER / f"{name}.webp").read_bytes()
    assert check_image(f"content/images/{name}.webp", content) == [] and len(content) <= LIGHT
    image = re.compile(rf"!\[([^\]]+)\]\(\.\./\.\./images/{name}\.webp\)")
    cases = (HOUSE / "content" / "cases").rglob("*.md")
    shown = [words for file in cases for words in image.findall(file.read_text("utf-8"))]
    assert len(shown) == 1 and len(shown[0].split()) >= 12
