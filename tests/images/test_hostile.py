"""Whatever a poster calls an image: refused in French with what to do, or made into one; none reaches the site."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from divan.commands.runs import main
from divan.images.check import check_image
from divan.images.making import made_from
from divan.sources.problem import ProblemsFound
from tests import small_forum as forum

NAMES = "Jeanne Martin"


def picture(mode: str = "RGB") -> Image.Image:
    return Image.radial_gradient("L").resize((60, 40)).convert(mode)


def saved(kind: str, mode: str = "RGB", **more: object) -> bytes:
    made = BytesIO()
    picture(mode).save(made, kind, **more)
    return made.getvalue()


def part(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(width: int, height: int, packed: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", packed) + part(b"IEND", b"")


def placed() -> bytes:
    exif = Image.Exif()
    exif[0x0112], exif[0x013B] = 6, NAMES
    exif.get_ifd(0x8825)[2] = (46.0, 19.0, 30.0)
    return exif.tobytes()


def texts() -> PngImagePlugin.PngInfo:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", NAMES)
    text.add_text("Comment", NAMES, zip=True)
    text.add_itxt("Title", NAMES)
    return text


JPEG, PNG, WEBP = saved("JPEG"), saved("PNG"), saved("WEBP")
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
TWICE = {"save_all": True, "append_images": [picture().rotate(90)]}
SAID_NAME = NAMES.encode()

MADE_AGAIN: dict[str, bytes] = {  # of these « divan image » makes one that passes
    "lieu-et-nom.jpg": saved("JPEG", exif=placed()),
    "lieu-et-nom.webp": saved("WEBP", exif=placed()),
    "textes.png": saved("PNG", pnginfo=texts()),
    "tournee.png": saved("PNG", exif=placed()),
    "commentaire.jpg": saved("JPEG", comment=SAID_NAME),
    "profil.jpg": saved("JPEG", icc_profile=PROFILE),
    "profil.png": saved("PNG", icc_profile=PROFILE),
    "profil.webp": saved("WEBP", icc_profile=PROFILE),
    "deux-images.jpg": saved("MPO", **TWICE),
    "animee.png": saved("PNG", **TWICE),
    "animee.webp": saved("WEBP", **TWICE),
    "archive.jpg": JPEG + b"PK\3\4" + SAID_NAME,
    "page.jpg": JPEG[:2] + b"\xff\xfe\0\x1d<script>x('Jeanne')</script>" + JPEG[2:],
    "cachee.png": png_of(60, 40, zlib.compress(picture().tobytes()[:0] + b"".join(
        b"\0" + picture().tobytes()[row * 180 : row * 180 + 180] for row in range(40))) + SAID_NAME),
    "trop-de-pixels.png": png_of(10, 10, zlib.compress(b"\0" * 3_000_000)),
    "lourde.jpg": JPEG + b"\0" * 20_000_000,
    "menteuse.jpg": PNG,
    "Échographie du genou.PNG": PNG,
}  # fmt: skip

REFUSED: dict[str, tuple[bytes, str]] = {  # nothing can be made of these
    "radio.png": (b"\0" * 128 + b"DICM\2\0\0\0UL\4\0" + SAID_NAME, "DICOM"),
    "sans-entete.png": (b"\x08\0\x05\0CS\x0a\0ISO_IR 100\x10\0\x10\0PN" + SAID_NAME, "DICOM"),
    "implicite.jpg": (b"\x08\0\x05\0\x0a\0\0\0ISO_IR 100" + SAID_NAME, "DICOM"),
    "schema.svg": (b"<svg onload='alert(1)'>Jeanne Martin</svg>", "SVG"),
    "deguise.webp": (b"<svg xmlns='http://www.w3.org/2000/svg'>Jeanne Martin</svg>", "SVG"),
    "courrier.jpg": (b"%PDF-1.7 " + SAID_NAME, "PDF"),
    "document.png": (b"PK\3\4" + SAID_NAME, "bureautique"),
    "page.webp": (b"<!DOCTYPE html><script>Jeanne Martin</script>", "du code"),
    "coupee.jpg": (JPEG[: len(JPEG) // 2], "abîmée"),
    "coupee.webp": (WEBP[:-40], "abîmée"),
    "bombe.png": (png_of(60_000, 60_000, zlib.compress(b"\0" * 1000)), "trop grande"),
    "texte.png": (SAID_NAME, "n'en est pas une"),
    "vide.png": (b"", "n'en est pas une"),
}


@pytest.mark.parametrize("name", MADE_AGAIN)
def test_what_carries_more_than_pixels_is_said_and_made_again(name: str) -> None:
    problems = check_image(f"content/images/{name}", MADE_AGAIN[name])
    assert problems and all(problem.remedy for problem in problems)
    assert not any("Jeanne" in str(problem) for problem in problems)
    made = made_from(MADE_AGAIN[name], name)
    assert check_image("content/images/refaite.webp", made) == [] and b"Jeanne" not in made


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_image_can_be_made_of_is_said_with_what_to_do(name: str) -> None:
    content, what = REFUSED[name]
    assert check_image(f"content/images/{name}", content)
    with pytest.raises(ProblemsFound) as found:
        made_from(content, name)
    said = str(found.value)
    assert what in said and all(problem.remedy for problem in found.value.problems)
    assert "Jeanne" not in said and "ce fichier est pas" not in said


def test_none_of_them_reaches_the_site(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path / "forum")
    contents = {**MADE_AGAIN, **{name: content for name, (content, _) in REFUSED.items()}}
    folder = root / "content/images"
    folder.mkdir()
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "lien.png").symlink_to("/etc/hostname")
    forum.image(root, "saine.png")
    shown = "\n\n".join(f"![un essai de plus](../../images/{name})" for name in (*contents, "saine.png"))
    forum.topic(root, "2026-05-01-dddd", text=shown.replace("(../../images/Échographie du genou.PNG)", "(x)"))
    with pytest.raises(ProblemsFound) as found:
        forum.settle(root)
    assert {problem.path.rpartition("/")[2] for problem in found.value.problems} >= {*contents, "lien.png"}
    for path, content in forum.site_of(root).items():
        assert not path.startswith("images/") and SAID_NAME not in content, path


@pytest.mark.parametrize("highest", [4095, 65535])
def test_a_radiograph_of_thousands_of_greys_keeps_its_greys(highest: int) -> None:
    """A ramp from black to white keeps its middle: (0 + 255) / 2."""
    ramp = Image.new("I;16", (256, 8))
    ramp.putdata([highest * (place % 256) // 255 for place in range(256 * 8)])
    source = BytesIO()
    ramp.save(source, "PNG")
    made = Image.open(BytesIO(made_from(source.getvalue(), "radio"))).convert("L")
    assert [abs(made.getpixel((x, 4)) - x) <= 6 for x in (8, 64, 128, 192, 248)] == [True] * 5


@pytest.mark.parametrize(
    ("words", "name"),
    [("", "trace.png"), (" ", "trace.png"), ("trace", "trace.png"), ("Trace.PNG", "trace.png"), ("image", "trace.png"),
     ("Photo 2", "trace.png"), ("IMG_2041", "trace.png"), ("ecg-v2-v3", "ecg-v2-v3.png"),
     ("DSC00012.jpg", "trace.png")],
)  # fmt: skip
def test_an_image_without_words_or_with_its_name_for_words_is_a_fault(words: str, name: str, tmp_path: Path,
                                                                      check: Callable[..., str]) -> None:  # fmt: skip
    assert "doit dire en mots ce qu'elle montre" in check(f"![{words}](../../images/{name})", name)


@pytest.mark.parametrize("words", ["ECG V2 V3", "photo d'un genou gonflé", "un tracé", "image en verre dépoli", "T4"])
def test_words_that_say_what_it_shows_pass(words: str, check: Callable[..., str]) -> None:
    assert check(f"![{words}](../../images/ecg-v2-v3.png)", "ecg-v2-v3.png") == ""


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    root = forum.make_forum(tmp_path / "forum", git=False, theme=False)

    def told(text: str, *images: str) -> str:
        for name in images:
            forum.image(root, name)
        forum.topic(root, "2026-05-01-dddd", text=text)
        main(["--root", str(root), "check"])
        said = capsys.readouterr()
        return "\n".join(
            line for line in (said.out + said.err).splitlines() if "2026-05-01-dddd" in line or "images/" in line
        )

    return told


def test_an_image_that_nothing_shows_is_told_and_stays_out(check: Callable[..., str]) -> None:
    said = check("Rien à montrer.", "oubliee.png")
    assert said.startswith("à regarder : content/images/oubliee.png: aucune page ne montre cette image")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("![](../images/trace.png)", "doit dire en mots"),
        ("![un tracé net](../images/absente.png)", "n'y est pas"),
        ("![un tracé net](https://ailleurs.example/trace.png)", "n'y est pas"),
        ("`![](../images/absente.png)`\n\n![un tracé net](../images/trace.png)", ""),
    ],
)
def test_an_image_of_a_page_is_ours_and_described_too(text: str, what: str, tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path / "forum", theme=False)
    forum.image(root, "trace.png", width=30)
    forum.page(root, "a-propos", text)
    if what:
        with pytest.raises(ProblemsFound, match=what):
            forum.settle(root)
    else:
        forum.settle(root)
        page = forum.site_of(root)["a-propos/index.html"].decode()
        assert '<img width="30" height="4" loading="lazy" alt="un tracé net" src="../images/trace.png"' in page
        assert "images/trace.png" in forum.site_of(root)
