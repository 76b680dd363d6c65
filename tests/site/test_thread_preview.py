"""The page of a thread as a proposal will make it: what it names is looked for where it already is."""

from pathlib import Path

import pytest

from divan.builder.settings import load_settings
from divan.site.thread_preview import render_thread
from divan.sources.problem import ProblemsFound
from tests import small_forum as forum

THREAD = "2026-02-01-aaaa"
PATH = f"content/replies/{THREAD}/2026-05-20-dddd.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = forum.make_forum(tmp_path / "forum", git=False, theme=False)
    forum.image(root, "trace.png", width=30)
    return root


def previewed(root: Path, text: str, **files: bytes) -> str:
    reply = f"---\ndate: 2026-05-20 12:00\nauthor: grive\n---\n\n{text}\n".encode()
    page = render_thread(load_settings(root, today=forum.TODAY), root, {PATH: reply, **files})
    assert page is not None
    return page.decode()


def test_an_image_that_is_there_is_shown_sized_late_and_described(root: Path) -> None:
    page = previewed(root, "![un tracé net](../../images/trace.png)")
    assert '<img width="30" height="4" loading="lazy" src="../../images/trace.png" alt="un tracé net">' in page


def test_an_image_that_comes_with_the_proposal_is_sized_too(root: Path) -> None:
    sent = (root / "content/images/trace.png").read_bytes()
    page = previewed(root, "![un tracé net](../../images/envoi.png)", **{"content/images/envoi.png": sent})
    assert '<img width="30" height="4" loading="lazy" src="../../images/envoi.png"' in page


def test_a_link_to_another_thread_leads_there(root: Path) -> None:
    page = previewed(root, "Voyez [ce fil](../../cases/2026/2026-02-02-aaaa.md).")
    assert 'href="../../cas/2026-02-02-aaaa/"' in page


def test_a_link_beside_from_one_case_to_another_leads_there(root: Path) -> None:
    forum.case(root, THREAD, tags=["toux"], text="Voyez [ce fil](2026-02-02-aaaa.md) pour la suite")
    assert 'href="../../cas/2026-02-02-aaaa/"' in previewed(root, "Merci.")


def test_what_is_nowhere_is_still_a_fault(root: Path) -> None:
    with pytest.raises(ProblemsFound, match=r"l'image content/images/absente\.png n'existe pas"):
        previewed(root, "![un tracé net](../../images/absente.png)")
