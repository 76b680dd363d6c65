"""The audit looks for the people of an export in everything that its study has written."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from surveys.chat.audit import audit_chat
from surveys.chat.chat_import import import_chat
from tests.surveys.chat.invented_thread import invented_thread


def test_the_audit_finds_nothing_after_an_import_and_what_is_put_back(study_root, export):
    path = export(invented_thread(3).text)
    import_chat(study_root, "fil", path)
    report = audit_chat(study_root, "fil", path)
    assert report.problems == ()
    assert report.names == 12
    assert report.numbers >= 2
    posts = study_root / "surveys" / "fil" / "chat" / "posts.csv"
    whole = posts.read_text(encoding="utf-8")
    for said in ("merci hennebelle", "les Lamberts", "à douai", "06.39.98.10."):
        if said.endswith("."):
            said += re.search(r"39 98 10 (\d\d)", path.read_text(encoding="utf-8"))[1]
        posts.write_text(whole + f"9999,2020-03-17,08:00,Citron,text,,,,{said}\n", encoding="utf-8")
        assert len(audit_chat(study_root, "fil", path).problems) == 1, said


def word(text: str) -> bytes:
    document = Document()
    first, *others = text.split("|")
    paragraph = document.add_paragraph(first)
    for one in others:
        paragraph.add_run(one)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def sheet(text: str) -> bytes:
    book = Workbook()
    book.active["B2"] = text
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return held.getvalue()


@pytest.mark.parametrize(("name", "content"), [
    ("index.md", "Merci à Hennebelle.\n".encode()),
    ("index.html", b"<p>N&#39;Guyen et H&#101;nnebelle</p>"),
    ("report.json", b'{"label": "\\u0048ennebelle"}'),
    ("t10.csv", b"word,hennebelle,12\n"),
    ("f7.svg", b"<svg><text>hennebelle</text></svg>"),
    ("f7.svg", b"<svg><title>Hennebelle</title></svg>"),
    ("t1.tex", b"\\textbf{Hennebelle}"),
    ("thesis.docx", word("Le docteur Hennebelle")),
    ("thesis.docx", word("Le docteur Henne|belle")),
    ("tables.xlsx", sheet("hennebelle")),
    ("project.qdpx", zipped("sources/a.txt", b"vu par hennebelle")),
    ("all.zip", zipped("inside.docx", word("Hennebelle"))),
    ("hennebelle.csv", b"a,b\n"),
    ("notes", b"appeler leclercqk"),
])  # fmt: skip
def test_a_name_is_found_in_every_kind_of_file(name, content, study_root, export):
    path = export(invented_thread(3).text)
    import_chat(study_root, "fil", path)
    results: Path = study_root / "content" / "results" / "fil"
    results.mkdir(parents=True)
    assert audit_chat(study_root, "fil", path).problems == ()
    (results / name).write_bytes(content)
    found = audit_chat(study_root, "fil", path).problems
    assert found
    assert {one.path for one in found} == {f"content/results/fil/{name}"}
    assert "ennebelle" not in "".join(one.message for one in found)


def test_a_number_is_found_whatever_its_spaces(study_root, export):
    text = invented_thread(3).text
    path = export(text)
    import_chat(study_root, "fil", path)
    page = study_root / "output" / "resultats" / "fil" / "index.html"
    page.parent.mkdir(parents=True)
    number = re.search(r"39 98 10 (\d\d)", text)[1]
    page.write_text(f"<p>06-39-98-10-{number}</p>", encoding="utf-8")
    (problem,) = audit_chat(study_root, "fil", path).problems
    assert "numéro" in problem.message
