"""A page of the site: a title, an address of its own inside the site, no day to come, our images, nothing active."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from divan.forum.active_content import active_content
from divan.forum.reserved import for_members
from divan.forum.site_page import page_problems
from divan.forum.vocabulary import load_vocabulary
from tests.places import GROUP

HEAD = "Title: Lire\nSlug: lire\nURL: lire/\nSave_as: lire/index.html\n"
PATH = "content/pages/lire.md"
SOON, LATE = (date.today() + timedelta(days=days) for days in (1, 3))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("pages", "images"):
        (tmp_path / "content" / folder).mkdir(parents=True)
    Image.new("RGB", (4, 4)).save(tmp_path / "content/images/trace.png")
    (tmp_path / "content/pages/autre.md").write_text(HEAD.replace("lire", "autre"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("Slug: lire\n\nTexte.\n", 1, "« Title: »"),
        ("Title: \u00a0\nSlug: lire\n\nTexte.\n", 1, "« Title: »"),
        (f"{HEAD}\n".replace("URL: lire/", "URL: /lire/"), 3, "« url » en sort"),
        (f"{HEAD}\n".replace("Save_as: lire", "Save_as: ../lire"), 4, "« save_as » en sort"),
        (f"{HEAD}\n".replace("Slug: lire", "Slug: https://ailleurs.example"), 2, "« slug » en sort"),
        (f"{HEAD}Date: {LATE}\n\nTexte.\n", 5, "« Date » est au plus demain"),
        (f"{HEAD}Modified: {str(LATE).replace('-', '/')}\n\nTexte.\n", 5, "« Modified » est au plus demain"),
        (f"{HEAD.replace('lire', 'autre')}\nTexte.\n", 4, "cette adresse est déjà celle de content/pages/autre.md"),
        (f"{HEAD}\nUn.\n\n![un tracé](../images/absent.png)\n", 8, "une image vient de content/images/"),
        (f"{HEAD}\nUn.\n\n![un tracé](https://ailleurs.example/a.png)\n", 8, "une image vient de content/images/"),
        (f"{HEAD}\n```\n![](x)\n```\n\n<iframe>\n", 10, "un contenu ne fait que dire"),
    ],
)
def test_a_fault_is_said_on_its_line(text: str, line: int, says: str, root: Path) -> None:
    found = [*page_problems(root, PATH, text)]
    assert [(problem.line, says in problem.message) for problem in found] == [(line, True)]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\nTexte.\n",
        f"{HEAD}Date: {SOON}\n\nTexte.\n",
        f"{HEAD}\n![un tracé](../images/trace.png)\n",
        f"{HEAD}\n`![](ailleurs.png)` et `<script>`\n\n    ![](ailleurs.png)\n",
    ],
)
def test_a_page_without_a_fault_has_none(text: str, root: Path) -> None:
    assert [*page_problems(root, PATH, text)] == []


def test_what_would_run_is_found_where_it_stands() -> None:
    lines = ["<p>un</p>", "<img src=x onerror=a>", "<p>deux</p>", '<p style="color:red">', "<iframe>"]
    assert sorted({problem.line for problem in active_content("content/results/a/index.md", "\n".join(lines))}) == [
        2, 4, 5,
    ]  # fmt: skip
    drawing = '<svg>\n<textPath href="#a"/>\n<textPath href="https://ailleurs.example/a"/>\n</svg>'
    assert [problem.line for problem in active_content("a.svg", drawing)] == [3]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("---\ntitle: a\nvisibility: members\n---\n\nTexte.\n", True),
        ("---\nvisibility: 'members'\n---\n", True),
        ("---\nvisibility: public\n---\n\nvisibility: members\n", False),
        ("---\ntitle: a\n---\n", False),
        ("---\ntitle: a\narea: moral\n---\n", True),
        ("---\ntitle: a\narea: local\n---\n", False),
    ],
)
def test_a_thread_for_members_says_so_in_its_head_or_by_its_area(text: str, kept: bool, tmp_path: Path) -> None:
    group = load_vocabulary(GROUP).group
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    assert for_members(str(tmp_path / "a.md"), group) is kept
    assert for_members(str(tmp_path / "absent.md"), group) is False
