"""``divan image``: a photograph becomes an image that passes, beside those that are there, or the reason is said."""

from pathlib import Path

import pytest
from PIL import Image

from divan.commands.runs import main


def photograph(folder: Path, name: str, colour: str) -> str:
    Image.new("RGB", (40, 30), colour).save(folder / name)
    return str(folder / name)


def made(root: Path) -> list[str]:
    return sorted(file.name for file in (root / "content/images").glob("*"))


def test_two_photographs_of_one_name_are_two_images_and_the_same_one_twice_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for colour in ("red", "blue", "red", "blue"):
        assert main(["--root", str(tmp_path), "image", photograph(tmp_path, "trace.jpg", colour)]) == 0
    assert made(tmp_path) == ["trace-2.webp", "trace.webp"]
    assert "](../../images/trace-2.webp)" in capsys.readouterr().out


def test_what_is_no_image_is_said_after_the_others_were_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "faux.jpg").write_text("pas une image", encoding="utf-8")
    words = [str(tmp_path / "faux.jpg"), photograph(tmp_path, "vrai.png", "red")]
    assert main(["--root", str(tmp_path), "image", *words]) == 1
    assert made(tmp_path) == ["vrai.webp"]
    assert "faux.jpg" in capsys.readouterr().err
