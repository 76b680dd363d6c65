"""Only images that pass, and that something shown names, reach the site."""

from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from divan.sources.problem import ProblemsFound
from tests import small_forum as forum


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return forum.make_forum(tmp_path / "forum")


def show(root: Path, name: str, **head: str) -> None:
    forum.topic(root, "2026-05-01-dddd", text=f"Voici : ![un tracé](../../images/{name})", **head)


def test_an_image_that_passes_is_published_with_its_size(root: Path) -> None:
    forum.image(root, "trace.png", width=30)
    show(root, "trace.png")
    forum.settle(root)
    site = forum.site_of(root)
    assert site["images/trace.png"] == (root / "content/images/trace.png").read_bytes()
    tag = '<img width="30" height="4" loading="lazy" src="../../images/trace.png" alt="un tracé">'
    assert tag in site["sujets/2026-05-01-dddd/index.html"].decode()
    forum.image(root, "trace.png", width=12)
    forum.settle(root)
    assert b'width="12"' in forum.site_of(root)["sujets/2026-05-01-dddd/index.html"]
    assert forum.site_of(root) == forum.from_nothing(root)


def test_an_image_that_only_members_see_stays_out_of_the_public_edition(root: Path) -> None:
    forum.image(root, "trace.png")
    show(root, "trace.png", visibility="members")
    forum.settle(root)
    assert "images/trace.png" not in forum.site_of(root)
    forum.settle(root, AUDIENCE="members")
    assert "images/trace.png" in forum.site_of(root)
    show(root, "trace.png", status="withdrawn")
    forum.settle(root, AUDIENCE="members")
    assert "images/trace.png" not in forum.site_of(root)


def _with_place() -> Image.Exif:
    exif = Image.Exif()
    exif[0x013B] = "Jeanne Martin"
    exif.get_ifd(0x8825)[2] = (46.0, 19.0, 30.0)
    return exif


def _with_text() -> PngImagePlugin.PngInfo:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Jeanne Martin")
    return text


def test_a_place_a_text_and_a_disguise_never_reach_the_site(root: Path) -> None:
    forum.image(root, "photo.jpg", exif=_with_place())
    forum.image(root, "trace.png", pnginfo=_with_text())
    (root / "content/images/radio.jpg").write_bytes(b"\0" * 128 + b"DICM" + b"Jeanne Martin")
    (root / "content/images/lien.png").symlink_to("/etc/passwd")
    (root / "content/images/schema.svg").write_text("<svg onload='Jeanne Martin'/>", encoding="utf-8")
    names = ("photo.jpg", "trace.png", "radio.jpg", "lien.png")
    forum.topic(root, "2026-05-01-dddd", text="".join(f"![x](../../images/{name})" for name in names))
    with pytest.raises(ProblemsFound) as found:
        forum.settle(root)
    said = {problem.path.rpartition("/")[2] for problem in found.value.problems}
    assert {*names, "schema.svg"} <= said
    for path, content in forum.site_of(root).items():
        assert not path.startswith("images/") and b"Jeanne Martin" not in content
