"""A coding goes to other software and comes back; a tree changes without losing what was given."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from divan.sources.problem import ProblemsFound
from surveys.coding.code_tree import load_tree
from surveys.coding.coder_file import Coding, read_coder
from surveys.coding.exchange import change_tree, export_coding, import_coding
from surveys.coding.text_units import read_units
from tests.imported_thread import write_thread
from tests.surveys.chat.conftest import CLOSING, STUDY

TREE = "codes:\n- id: humour\n  label: Humour\n- id: savoir\n  label: Savoir\n"
TEXTS = ("Bonjour à tous", "Qui a des masques ?", "Moi")
TODAY = date(2026, 3, 1)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    posts = [f"{n},2020-03-17,08:0{n},Citron,text,,,,{text}" for n, text in enumerate(TEXTS, 1)]
    files = {
        "study.yaml": STUDY, "closing.yaml": CLOSING, "codes.yaml": TREE,
        "coding/coder-A.csv": "unit,codes,memo,review\n1,humour,à voir,yes\n2,savoir,,\n",
        "coding/coder-B.csv": "unit,codes,memo,review\n1,savoir,,\n",
        "coding/consensus.csv": "unit,codes,followed\n1,humour,A\n",
    }  # fmt: skip
    return write_thread(tmp_path, files, posts, ["Citron,user,F,MG,,"])


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in (root / "surveys").rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", [".qdc", ".qdpx"])
def test_what_is_exported_then_imported_changes_no_file(kind, root):
    before, file = files(root), root / f"fil{kind}"
    export_coding(root, "fil", file)
    import_coding(root, "fil", file, "A")
    assert files(root) == before


def test_a_project_gives_everything_back_to_an_empty_coding(root):
    folder, file = root / "surveys" / "fil", root / "fil.qdpx"
    export_coding(root, "fil", file)
    before = files(root)
    for path in (folder / "coding").iterdir():
        path.unlink()
    import_coding(root, "fil", file, "A")
    assert files(root) == before


def test_highlights_of_taguette_become_units_where_their_words_are(root):
    file = root / "tags.csv"
    file.write_text("id,document,tag,content\n1,fil,Humour,des masques\n2,fil,Nouveau thème,Moi\n", encoding="utf-8")
    import_coding(root, "fil", file, "C")
    folder = root / "surveys" / "fil"
    own = read_coder(folder, "C")
    assert own == {"2-6": Coding(("humour",)), "3": Coding(("nouveau-theme",))}
    posts = dict(enumerate(TEXTS, 1))
    from surveys.chat.store import read_posts

    units = {one.id: one.text(posts) for one in read_units(folder, read_posts(folder))}
    assert units["2-6"] == "des masques"


@pytest.mark.parametrize("kind", [".csv", ".xlsx"])
@pytest.mark.parametrize("only_tree", [True, False])
def test_what_goes_to_taguette_and_comes_back_changes_no_file(kind, only_tree, root):
    before, file = files(root), root / f"fil{kind}"
    export_coding(root, "fil", file, only_tree=only_tree)
    import_coding(root, "fil", file, "C")
    assert files(root) == before


def test_taguette_is_given_the_columns_that_it_knows(root):
    tree, coded = root / "tree.csv", root / "coded.csv"
    export_coding(root, "fil", tree, only_tree=True)
    export_coding(root, "fil", coded)
    assert tree.read_text(encoding="utf-8") == (
        "tag,description,number of highlights,number of documents\nhumour,,1,1\nsavoir,,2,1\n"
    )
    assert coded.read_text(encoding="utf-8").splitlines()[:2] == [
        "id,document,tag,content,coder,unit", "1,Un fil d'essai,humour,Bonjour à tous,A,1",
    ]  # fmt: skip


def test_a_codebook_of_taguette_adds_its_tags_under_those_they_begin_with(root):
    file = root / "codebook.csv"
    file.write_text("tag,description\nhumour,Faire rire\nhumour.noir,\nnouveau,À part\n", encoding="utf-8")
    import_coding(root, "fil", file, "A")
    tree = load_tree(root / "surveys" / "fil")
    assert [(one.id, one.label, one.memo, depth) for depth, one in tree.walk()] == [
        ("humour", "Humour", "Faire rire", 0), ("humour.noir", "noir", "", 1), ("savoir", "Savoir", "", 0),
        ("nouveau", "nouveau", "À part", 0),
    ]  # fmt: skip


def test_a_project_of_taguette_is_read_by_the_bytes_of_its_text(root):
    file = root / "project.sqlite3"
    contents = "<p>Bonjour &agrave; tous</p>\n<p>Qui a des <b>masques</b>&nbsp;? &eacute;</p>"
    text = "Bonjour à tous\nQui a des masques\u00a0? é".encode()
    start = text.index(b"masques")
    with closing(sqlite3.connect(file)) as base:
        base.executescript("""
            create table documents (id integer, name text, contents text);
            create table highlights (id integer, document_id integer, start_offset integer, end_offset integer);
            create table tags (id integer, path text, description text);
            create table highlight_tags (highlight_id integer, tag_id integer);
            insert into tags values (1, 'savoir', 'Ce que l''on sait'), (2, 'inutile', '');
            insert into highlight_tags values (1, 1), (2, 2);
        """)
        base.execute("insert into documents values (1, 'fil', ?)", [contents])
        base.executemany("insert into highlights values (?, 1, ?, ?)", [(1, start, start + 7), (2, 0, 15), (3, 0, 7)])
        base.commit()
    import_coding(root, "fil", file, "C")
    folder = root / "surveys" / "fil"
    assert read_coder(folder, "C") == {"2-10": Coding(("savoir",)), "1": Coding(("inutile",))}
    assert load_tree(folder).by_id["savoir"].memo == "Ce que l'on sait"


@pytest.mark.parametrize("name", ["x.xlsx", "x.sqlite3", "x.csv"])
def test_a_file_that_is_not_taguette_s_is_told(name, root):
    before = files(root)
    (root / name).write_text("n'importe quoi", encoding="utf-8")
    with pytest.raises(ProblemsFound):
        import_coding(root, "fil", root / name, "A")
    assert files(root) == before


def test_words_that_are_nowhere_are_told_and_nothing_is_written(root):
    before, file = files(root), root / "tags.csv"
    file.write_text("id,document,tag,content\n1,fil,Humour,ailleurs\n", encoding="utf-8")
    with pytest.raises(ProblemsFound):
        import_coding(root, "fil", file, "C")
    assert files(root) == before


def test_a_change_of_the_tree_leaves_what_coders_gave(root):
    folder = root / "surveys" / "fil"
    change_tree(root, "fil", "merge", ["savoir", "humour"], today=TODAY)
    assert load_tree(folder).today("savoir") == ("humour",)
    assert read_coder(folder, "B")["1"].codes == ("savoir",)


@pytest.mark.parametrize(
    ("did", "words"), [("merge", ["savoir"]), ("split", ["savoir", "a=A"]), ("rename", ["savoir"])]
)
def test_a_change_that_is_not_said_whole_is_refused(did, words, root):
    before = files(root)
    with pytest.raises(ProblemsFound):
        change_tree(root, "fil", did, words, today=TODAY)
    assert files(root) == before


def test_a_codebook_that_drops_a_code_in_use_is_refused(root):
    file = root / "fil.qdc"
    export_coding(root, "fil", file)
    file.write_text(file.read_text(encoding="utf-8").replace('name="Savoir"', 'name="Autre"').replace(
        "<Code guid", "<Code  guid"), encoding="utf-8")  # fmt: skip
    import_coding(root, "fil", file, "A")  # a new name for the same guid is the same code
    assert load_tree(root / "surveys" / "fil").by_id["savoir"].label == "Autre"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if "Autre" not in line]
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ProblemsFound, match="déjà donné"):
        import_coding(root, "fil", file, "A")
