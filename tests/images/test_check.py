"""An image is published for its pixels alone: whatever else a file is or carries is said, and stays out."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, PngImagePlugin

from divan.commands.runs import main
from divan.images.check import HEAVIEST, check_image, look_at
from divan.images.making import image_name, make_image
from divan.sources.problem import ProblemsFound

PATH = "content/images/trace.{}"


def picture(size: tuple[int, int] = (40, 20), mode: str = "RGB") -> Image.Image:
    return Image.radial_gradient("L").resize(size).convert(mode)


def saved(kind: str, size: tuple[int, int] = (40, 20), **more: object) -> bytes:
    made = BytesIO()
    picture(size).save(made, kind, **more)
    return made.getvalue()


def exif_with_place() -> bytes:
    exif = Image.Exif()
    exif[0x013B] = "Jeanne Martin"
    exif.get_ifd(0x8825)[2] = (46.0, 19.0, 30.0)
    return exif.tobytes()


def png_part(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def said(path: str, content: bytes) -> str:
    return "\n".join(map(str, check_image(path, content)))


@pytest.mark.parametrize(("kind", "suffix"), [("JPEG", "jpg"), ("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp")])
def test_pixels_alone_pass(kind: str, suffix: str) -> None:
    assert said(PATH.format(suffix), saved(kind)) == ""
    assert look_at("x", saved(kind))[0] is not None


def test_progressive_grey_and_palette_images_pass() -> None:
    assert said(PATH.format("jpg"), saved("JPEG", progressive=True, restart_marker_rows=1)) == ""
    for mode in ("L", "P", "1", "RGBA"):
        made = BytesIO()
        picture(mode=mode).save(made, "PNG")
        assert said(PATH.format("png"), made.getvalue()) == ""


def _text() -> PngImagePlugin.PngInfo:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Jeanne Martin")
    return text


@pytest.mark.parametrize(
    ("suffix", "content", "what"),
    [
        ("jpg", saved("JPEG", exif=exif_with_place()), "EXIF"),
        ("jpg", saved("JPEG", comment=b"Jeanne"), "commentaire"),
        ("jpg", saved("JPEG", xmp=b"<x:xmpmeta/>"), "XMP"),
        ("jpg", saved("JPEG") + b"\0\0ftypmp42", "après la fin"),
        ("jpg", saved("JPEG")[:2] + b"\xff\xed\0\x10Photoshop 3.0\0" + saved("JPEG")[2:], "IPTC"),
        ("jpg", saved("JPEG")[:2] + b"\xff\xe5\0\x08Jeanne" + saved("JPEG")[2:], "une partie inconnue"),
        ("png", saved("PNG", pnginfo=_text()), "texte"),
        ("png", saved("PNG", exif=exif_with_place()), "EXIF"),
        ("png", saved("PNG") + b"PK\3\4", "après la fin"),
        ("png", saved("PNG")[:33] + png_part(b"caNv", b"Jeanne") + saved("PNG")[33:], "une partie inconnue"),
        ("webp", saved("WEBP", exif=exif_with_place()), "EXIF"),
        ("webp", saved("WEBP", xmp=b"<x:xmpmeta/>"), "XMP"),
        ("webp", saved("WEBP") + b"Jeanne", "après la fin"),
        ("webp", saved("WEBP", save_all=True, append_images=[Image.new("RGB", (40, 20))]), "animation"),
    ],
)  # fmt: skip
def test_what_is_carried_beside_the_pixels_is_named_and_never_quoted(suffix: str, content: bytes, what: str) -> None:
    message = said(PATH.format(suffix), content)
    assert what in message and "divan image" in message
    assert "Jeanne" not in message


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("radio.jpg", b"\0" * 128 + b"DICM" + b"\2\0\0\0UL\4\0", "DICOM"),
        ("schema.png", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        ("schema.svg", b"\xef\xbb\xbf <svg onload='alert(1)'/>", "SVG"),
        ("courrier.jpg", b"%PDF-1.7", "PDF"),
        ("photo.jpg", b"\0\0\0\x18ftypheic", "HEIC"),
        ("anime.gif", b"GIF89a", "GIF"),
        ("page.png", b"<!DOCTYPE html><script>", "du code"),
        ("document.png", b"PK\3\4", "bureautique"),
        ("vide.png", b"", "n'en est pas une"),
        ("texte.webp", b"RIFF\0\0\0\0WAVE", "n'en est pas une"),
    ],
)  # fmt: skip
def test_what_is_no_image_is_named_for_what_it_is(name: str, content: bytes, what: str) -> None:
    assert what in said(f"content/images/{name}", content)


def test_a_suffix_that_lies_is_said() -> None:
    assert "le nom d'un PNG finit par .png" in said(PATH.format("jpg"), saved("PNG"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_cut_passes(kind: str) -> None:
    content = saved(kind)
    suffix = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp"}[kind]
    for end in range(0, len(content), 13):
        assert said(PATH.format(suffix), content[:end])


def test_too_large_or_too_heavy_is_said_with_its_figures() -> None:
    assert "1601 × 10" in said(PATH.format("png"), saved("PNG", (1601, 10)))
    assert said(PATH.format("png"), saved("PNG", (1600, 10))) == ""
    noise = BytesIO()
    Image.effect_noise((900, 900), 90).save(noise, "PNG")
    assert noise.tell() > HEAVIEST and "au plus 500 ko" in said(PATH.format("png"), noise.getvalue())


def test_a_bomb_is_not_decoded() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n"
        + png_part(b"IHDR", header)
        + png_part(b"IDAT", zlib.compress(b"\0" * 1000))
        + png_part(b"IEND", b"")
    )
    assert "abîmée, ou immense" in said(PATH.format("png"), bomb)


@pytest.mark.parametrize(
    ("name", "better"),
    [("Éruption du bras.PNG", "eruption-du-bras.png"), ("2026/ECG_1.png", "2026/ecg-1.png"), ("..png", "image.png")],
)
def test_a_name_of_another_house_gets_one_of_this(name: str, better: str) -> None:
    assert f"« {better} »" in said(f"content/images/{name}", saved("PNG"))


@pytest.mark.parametrize("name", ["img-20260314-182011.png", "dossier-004512.png", "2026/1770314182011.png"])
def test_a_name_says_neither_when_it_was_taken_nor_whose_file_it_is(name: str) -> None:
    assert "ni jour, ni heure, ni numéro" in said(f"content/images/{name}", saved("PNG"))


@pytest.mark.parametrize("name", ["ecg-v2-v3.png", "2026/2026-03-14-k7f2-1.png", "qt-530.png"])
def test_a_year_a_measure_or_a_message_may_be_in_a_name(name: str) -> None:
    assert said(f"content/images/{name}", saved("PNG")) == ""


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("IMG_20260314_182011.jpg", "image.webp"), ("PXL_20260314_182011123~2.jpg", "image.webp"),
        ("2.png", "image.webp"),
        ("WhatsApp Image 2026-03-14 at 18.20.11.jpeg", "image.webp"), ("Éruption 2.PNG", "eruption-2.webp"),
    ],
)  # fmt: skip
def test_an_image_loses_the_name_that_a_telephone_gave_it(file: str, name: str) -> None:
    assert image_name(Path(file)) == name


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "BMP", "HEIF"])
def test_what_divan_makes_passes(kind: str, tmp_path: Path) -> None:
    pillow_heif.register_heif_opener()
    more = {} if kind in ("GIF", "BMP") else {"exif": exif_with_place()}
    source = tmp_path / "photo"
    source.write_bytes(saved(kind, (2400, 1800), **more))
    made = make_image(source)
    assert said(PATH.format("webp"), made) == ""
    assert Image.open(BytesIO(made)).size == (1600, 1200)


def test_a_heavy_image_is_made_light(tmp_path: Path) -> None:
    Image.effect_noise((1000, 1000), 120).save(tmp_path / "bruit.png")
    assert len(make_image(tmp_path / "bruit.png")) <= HEAVIEST


def test_a_photo_taken_sideways_is_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    (tmp_path / "photo.jpg").write_bytes(saved("JPEG", (200, 100), exif=exif.tobytes()))
    assert Image.open(BytesIO(make_image(tmp_path / "photo.jpg"))).size == (100, 200)


def test_what_cannot_be_made_an_image_is_said(tmp_path: Path) -> None:
    (tmp_path / "radio.dcm").write_bytes(b"\0" * 128 + b"DICM")
    with pytest.raises(ProblemsFound, match="DICOM"):
        make_image(tmp_path / "radio.dcm")


def test_the_command_writes_and_gives_the_line_to_paste(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "Éruption du bras.JPG").write_bytes(saved("JPEG", exif=exif_with_place()))
    run: Callable[..., int] = lambda *words: main(["--root", str(tmp_path), "image", *words])  # noqa: E731
    assert run(str(tmp_path / "Éruption du bras.JPG"), str(tmp_path / "absente.jpg")) == 1
    assert "](../../images/eruption-du-bras.webp)" in capsys.readouterr().out
    made = tmp_path / "content/images/eruption-du-bras.webp"
    assert check_image("content/images/eruption-du-bras.webp", made.read_bytes()) == []
