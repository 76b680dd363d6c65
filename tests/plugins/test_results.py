"""Results: an index of studies, and for each one the page and the files that « divan report » wrote."""

from datetime import date
from pathlib import Path

from plugins.long_tables import part_long_tables
from tests import small_forum as forum
from tests.plugins.conftest import Built


def test_a_studys_page_and_its_files(built: Built) -> None:
    assert "Résultats de aide" in built.words("resultats/")
    assert "resultats/aide/" in built.links("resultats/")
    assert "Résultats" in built.words("resultats/aide/")
    assert built.files["resultats/aide/report.json"].startswith(b'{"files": ')


def test_the_latest_results_come_first_and_three_of_them_on_the_home_page(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path)
    for study, day in (("un", "2026-01-02"), ("deux", "2026-03-04"), ("trois", "2026-02-03")):
        head = f"---\ntitle: Résultats {study}\nsummary: En bref.\nupdated: {day}\n---\n"
        forum.write(root, f"content/results/{study}/index.md", f"{head}<p>Dit</p>\n")
    forum.write(root, "content/results/sans-titre/index.md", "---\nsummary: En bref.\n---\n<p>Dit</p>\n")
    for study in ("un", "deux", "trois", "sans-titre"):
        forum.seal(root, study)
    forum.settle(root, date(2026, 6, 1))
    site = Built(forum.site_of(root))
    names = [link.split("/")[1] for link in site.links("resultats/") if link.startswith("resultats/")]
    assert names == ["deux", "trois", "un", "sans-titre", "aide"]  # those without a day come last
    for url in ("resultats/", "resultats/sans-titre/"):
        assert "sans-titre" in site.words(url)
    home = [link.split("/")[1] for link in site.links("") if link.startswith("resultats/") and link.count("/") == 2]
    assert [*dict.fromkeys(home)] == ["deux", "trois", "un"]


def test_an_earlier_version_of_a_page_is_a_page_that_nobody_finds_by_chance(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path)
    forum.write(root, "content/results/aide/version-1.md", "---\ntitle: Avant\nsummary: Dit.\n---\n<p>Ce fut dit</p>\n")
    forum.write(root, "content/results/aide/version-1.json", "{}\n")
    forum.seal(root, "aide")
    forum.settle(root, date(2026, 6, 1))
    site = Built(forum.site_of(root))
    assert "Ce fut dit" in site.words("resultats/aide/version-1/")
    assert b'<meta name="robots" content="noindex">' in site.files["resultats/aide/version-1/index.html"]
    assert "resultats/aide/version-1.json" in site.files
    assert b"version-1" not in site.files["sitemap.xml"]
    assert "Avant" not in site.words("resultats/")


def _table(rows: int, form: str = "<details>") -> str:
    body = "".join(f"<tr><th>T1, ligne {one}</th><td>{one}</td></tr>" for one in range(rows))
    head = '<caption id="t1-caption">T1. <em>Tous</em> les chiffres</caption><thead><tr><th>Chiffre</th></tr></thead>'
    table = f'<div class="table"><table class="stacked">{head}<tbody>{body}</tbody></table></div>'
    return f"{form}\n<summary>Les voir</summary>\n{table}\n</details>"


def test_a_table_of_hundreds_of_rows_has_a_page_of_its_own_and_loses_none(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path)
    head = "---\ntitle: Aide\nsummary: Dit.\n---\n"
    page = f"{head}<p>Avant</p>\n{_table(300)}\n<p>Après</p>\n"
    for name in ("index", "version-1"):
        forum.write(root, f"content/results/aide/{name}.md", page)
    forum.seal(root, "aide")
    forum.settle(root, date(2026, 6, 1))
    site = Built(forum.site_of(root))
    assert "ligne 7" not in site.words("resultats/aide/")
    assert "Avant Les voir Après" in " ".join(site.words("resultats/aide/").split())
    for place in ("resultats/aide/", "resultats/aide/version-1/"):
        assert b'<p><a href="t1/">Les voir</a></p>' in site.files[f"{place}index.html"]
        alone = site.words(f"{place}t1/")
        assert all(f"T1, ligne {one}" in alone for one in range(300))
        assert "T1. Tous les chiffres" in alone
        assert place in site.links(f"{place}t1/")
    assert b"noindex" in site.files["resultats/aide/version-1/t1/index.html"]
    assert b"noindex" not in site.files["resultats/aide/t1/index.html"]


def test_a_table_that_is_read_stays_where_it_stands() -> None:
    short, open_one = _table(150, '<details class="table-fold">'), _table(300, "<section>")
    assert part_long_tables(short + open_one) == (short + open_one, ())
    several = short + _table(300) + short
    content, tables = part_long_tables(several)
    assert content == f'{short}<p><a href="t1/">Les voir</a></p>{short}'
    assert [table.title for table in tables] == ["T1. Tous les chiffres"]
