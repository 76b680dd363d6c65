"""What a proposal changes is read whole on one page, from a disk, on a phone, with nothing fetched and nothing run."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from divan.commands.runs import main
from divan.site.proposal_page import MOST_LINES
from tests import small_forum as forum

THREAD = "2026-02-01-aaaa"
SIZES = 1_000_000  # octets : une page d'un fil et d'une image


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return forum.make_forum(tmp_path / "forum", theme=False)


def page_of(root: Path, *words: str) -> str:
    target = root.parent / "apercu.html"
    assert main(["--root", str(root), "preview", "--output", str(target), *words]) == 0
    return target.read_text("utf-8")


def test_a_new_reply_is_shown_in_its_thread_and_marked(root: Path) -> None:
    forum.reply(root, THREAD, "2026-05-20-dddd", text="Voyez [ce fil](../../cases/2026/2026-02-02-aaaa.md), #toux.")
    page = page_of(root)
    article = re.search(rf'<article[^>]* id="{THREAD}-r-2026-05-20-dddd"[^>]*>(.*?)</article>', page, re.DOTALL)
    assert article and "<mark>ajouté</mark>" in article[1] and "Voyez" in article[1]
    assert page.count("<mark>") == 1 and "Une réponse du 11" in page
    assert f'<a href="#{THREAD}-r-2026-05-20-dddd">content/replies/{THREAD}/2026-05-20-dddd.md</a> ajouté' in page


def test_the_page_stands_without_the_site(root: Path) -> None:
    forum.image(root, "trace.png", width=30)
    forum.topic(root, "2026-05-01-dddd", text="![un tracé](../../images/trace.png) et #toux.")
    page = page_of(root)
    assert len(page) < SIZES and "<script" not in page and "<form" not in page and "<link" not in page
    assert '<img width="30" height="4" src="data:image/png;base64,' in page and 'alt="un tracé"' in page
    assert {address[:4] for address in re.findall(r' src="([^"]*)"', page)} == {"data"}
    assert {address[:1] for address in re.findall(r' href="([^"]*)"', page)} == {"#"}  # aucun site connu
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids)) and {*re.findall(r' href="#([^"]*)"', page)} <= {*ids}
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style and f"style-src 'sha256-{b64encode(sha256(style[1].encode()).digest()).decode()}'" in page
    assert "default-src 'none'" in page and "url(" not in style[1]


def test_links_lead_to_the_site_where_it_is_known(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITEURL", "https://forum.example/essai")
    page = page_of(root, THREAD)
    assert 'href="https://forum.example/essai/mots/toux/"' in page
    assert 'href="https://forum.example/essai/charte/"' in page


def test_what_was_removed_or_changed_says_its_lines_and_hides_no_sign(root: Path) -> None:
    (root / f"content/replies/{THREAD}/2026-04-11-cccc.md").unlink()
    forum.member(root, "m1", "Basile Bouleau", town="Poi\u202etiers")
    page = page_of(root)
    assert f"content/replies/{THREAD}/2026-04-11-cccc.md</a> supprimé" in page and "-Une réponse du 11" in page
    assert "-town: Niort" in page and "+town: Poi⟦202E⟧tiers" in page and "\u202e" not in page


def test_a_long_change_is_cut(root: Path) -> None:
    forum.write(root, "surveys/aide/long.yaml", "x\n" * 2000)
    page = page_of(root)
    assert page.count("\n+x") <= MOST_LINES and "lignes de plus" in page


def test_a_fault_is_said_above_and_the_text_is_still_there(root: Path) -> None:
    forum.topic(root, "2026-05-01-dddd", text="Appelez le 06 39 98 12 34.")
    page = page_of(root)
    assert "À corriger" in page and "content/topics/2026/2026-05-01-dddd.md:" in page and "identifie" in page
    assert 'id="fil-2026-05-01-dddd"' not in page and "+Appelez" in page


def test_a_fault_hides_its_own_file_alone(root: Path) -> None:
    forum.reply(root, THREAD, "2026-05-20-dddd", text="Merci, #toux.")
    forum.reply(root, THREAD, "2026-05-20-eeee", text="Appelez le 06 39 98 12 34.")
    page = page_of(root)
    assert f'id="{THREAD}-r-2026-05-20-dddd"' in page and f'id="{THREAD}-r-2026-05-20-eeee"' not in page
    assert page.count("<mark>") == 1 and "À corriger" in page
    assert {*re.findall(r' href="#([^"]*)"', page)} <= {*re.findall(r' id="([^"]*)"', page)}


def test_an_image_that_is_refused_is_not_carried(root: Path) -> None:
    (root / "content/images").mkdir()
    (root / "content/images/radio.png").write_bytes(b"\0" * 128 + b"DICM" + b"Jeanne Martin")
    forum.topic(root, "2026-05-01-dddd", text="![une radio](../../images/radio.png)")
    (root / "content/images/lien.png").symlink_to("/etc/hostname")
    page = page_of(root)
    assert "image retenue" in page and "DICOM" in page and "lien symbolique" in page
    assert "Jeanne" not in page and "data:image" not in page
    assert Path("/etc/hostname").read_text().strip() not in page


def test_a_picture_that_no_thread_shows_is_shown_with_the_files(root: Path) -> None:
    forum.image(root, "seule.png")
    assert page_of(root).count("data:image/png") == 1
    forum.topic(root, "2026-05-01-dddd", text="![un tracé](../../images/seule.png)")
    assert page_of(root).count("data:image/png") == 1


def test_only_what_changed_since_the_branches_parted_is_shown(root: Path) -> None:
    git = forum.git_in(root)
    git("branch", "base")
    forum.topic(root, "2026-05-01-dddd", text="Proposé.")
    forum.commit(root)
    git("checkout", "-q", "base")
    forum.topic(root, "2026-05-02-eeee", text="Publié entre-temps.")
    forum.commit(root)
    git("checkout", "-q", "-")
    page = page_of(root, "--since", "base")
    assert "Proposé." in page and "2026-05-02-eeee" not in page


@pytest.mark.parametrize("words", [["--since", "nulle-part"], ["pas-un-fil"], ["2030-01-01-aaaa"]])
def test_what_cannot_be_shown_is_said_in_french(words: list[str], root: Path, tmp_path: Path,
                                                capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    status = main(["--root", str(root), "preview", "--output", str(tmp_path / "apercu.html"), *words])
    told = capsys.readouterr().err + ((tmp_path / "apercu.html").read_text("utf-8") if status == 0 else "")
    assert re.search("échoué|identifiant", told) and "Traceback" not in told
