"""What is written is what is read: every word and every sign, or the author is told on the line."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from divan.forum.as_written import as_written
from divan.forum.body import Body
from divan.forum.lossless import losses
from divan.forum.markdown import to_html
from divan.forum.model import Kind
from divan.forum.reading import read_opening, read_reply
from divan.forum.sanitising import clean
from divan.forum.typed_text import as_markdown
from divan.forum.vocabulary import Vocabulary
from divan.sources.problem import ProblemsFound
from tests.forum.conftest import CASE, CASE_PATH, REPLY, REPLY_PATH

LINES = {
    f"{kind}: {line}": line
    for kind, lines in json.loads((Path(__file__).parent / "medical_lines.json").read_text("utf-8")).items()
    if kind != "what"
    for line in lines
}


def read(markdown: str, vocabulary: Vocabulary) -> str:
    """The signs that a reader sees, without spaces."""
    html = Body(CASE_PATH, vocabulary).render(markdown, "k", 3)
    return "".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_medical_line_is_read_sign_for_sign(line: str, vocabulary: Vocabulary) -> None:
    assert read(line, vocabulary) == "".join(line.split())
    assert not [*losses(line, Body(CASE_PATH, vocabulary).render(line, "k", 3))]


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_the_same_line_typed_on_the_page_is_read_sign_for_sign(line: str, vocabulary: Vocabulary) -> None:
    typed = re.sub(r"^\s*- (?=.*[^\W_])", "", line, flags=re.MULTILINE)  # sur la page, « - » est une puce
    assert read(as_markdown(typed), vocabulary) == "".join(typed.split())


NUMBER = st.sampled_from(["1", "2,5", "38,5", "140", "10 000", "0.5", "3"])
UNIT = st.sampled_from(["mg", "g", "%", "N", "mmHg", "/j", "mg/kg", "°C", "UI", "ans", "kg"])
WORD = st.sampled_from(["TSH", "T3", "T4", "ASAT", "ALAT", "âge", "poids", "PAS", "FC", "K+", "HLA-B", "dose", "puis"])
TAG = st.sampled_from(["<patient>", "<nom", "<N", "</x>", "<i", "<p T2>", "<à voir>", "<3>"])
SIGN = st.sampled_from(["<", ">", "<=", ">=", "=", "~", "*", "+", "-", "/", "±", "≈", ">>", "<<", " > ", " < ", " * "])
PIECE = st.one_of(NUMBER, UNIT, WORD, TAG, SIGN, st.sampled_from([" ", " ", " ", ", ", " : ", " (", ") "]))
ENDS = st.sampled_from(["N", "mg", "3"])
LINE = st.builds(lambda start, pieces, end: start + "".join(pieces) + end,
                 st.sampled_from(["", "> ", ">", "- ", "+ ", "    ", "-", "Si "]).flatmap(
                     lambda sign: NUMBER.map(lambda number: sign + number)),
                 st.lists(PIECE, max_size=12), ENDS)  # fmt: skip


NUMBERED = re.compile(r"^\s*\d+[.)] ", re.MULTILINE)  # « 1) » commence une liste numérotée, qui montre son numéro


# d'un blanc à un autre, ce qui est serré entre deux mêmes marques est appuyé : « 1 *N1* N »
STRESSED = re.compile(r"(?<![^\s(])([*_]{1,3}|~~)(?=\S).*?(?<=\S)\1(?![^\s.,;:)])", re.DOTALL)


@given(
    st.lists(LINE, min_size=1, max_size=4)
    .map("\n".join)
    .filter(lambda text: not NUMBERED.search(text) and not STRESSED.search(text))
)
def test_random_medical_lines_are_read_sign_for_sign(vocabulary: Vocabulary, text: str) -> None:
    assert read(text, vocabulary) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "html", "line"),
    [
        ("un\n\nT3<T4 et TSH>4", "<p>un</p>\n<p>T34</p>\n", 3),
        ("a\nb 5~10 et 20~30", "<p>a\nb 5<del>10 et 20</del>30</p>\n", 2),
        ("1g*3/j et 2*4", "<p>1g<em>3/j et 2</em>4</p>\n", 1),
        ("mot\n\n> 65 ans", "<p>mot</p>\n<blockquote>\n<p>65 ans</p>\n</blockquote>\n", 3),
        ("dose de 5 mg", "<p>dose de 5</p>\n", 1),
        ("| a |\n|---|\n| 1 | 2 |", "<table>\n<tr><th>a</th></tr>\n<tr><td>1</td></tr>\n</table>\n", 3),
        ("texte\n\n<!-- fin", "<p>texte</p>\n", 3),
    ],
)
def test_a_loss_that_no_rule_foresaw_is_placed_on_its_line(text: str, html: str, line: int) -> None:
    assert line in {number for number, _ in losses(text, html)}


@pytest.mark.parametrize(
    "text",
    [
        "*un* et **deux**, ~~trois~~",
        "- un\n- deux\n\n1. trois\n2. quatre",
        "> il a dit\n> ceci",
        "| a | b |\n|:-:|---|\n| 1 | 2 |",
        "Un fait[^1].\n\n[^1]: La source.",
        '[HAS](https://www.has-sante.fr "le site") et <https://exemple.example>',
        "`a < b` et \\*ceci\\*, &eacute;",
        "<details>\n<summary>Suite</summary>\n\nH<sub>2</sub>O\n\n</details>",
        "> [!WARNING]\n> Contre-indiqué.\n\n- [ ] à faire\n- [x] fait",
        "### Titre\n\nTexte\n\n---\n\nfin",
        "```\ncode *brut* <N\n```",
    ],
)
def test_marks_that_are_meant_are_no_loss(text: str, vocabulary: Vocabulary) -> None:
    assert [*losses(text, Body(CASE_PATH, vocabulary).render(text, "k", 3))] == []


def test_the_author_of_a_case_is_told_the_line(vocabulary: Vocabulary) -> None:
    lost = CASE.replace("Examen normal.", "| a |\n|---|\n| 1 | 2 |")
    with pytest.raises(ProblemsFound) as found:
        read_opening(Kind.CASE, CASE_PATH, lost, vocabulary)
    assert [(problem.line, "1 mot" in problem.message) for problem in found.value.problems] == [(19, True)]


def test_a_reply_with_a_note_nobody_calls_is_told_the_line(vocabulary: Vocabulary) -> None:
    with pytest.raises(ProblemsFound) as found:
        read_reply(REPLY_PATH, f"{REPLY}\n[^1]: Une source.\n", vocabulary)
    assert [problem.line for problem in found.value.problems] == [8]


def test_an_html_comment_is_not_for_the_reader() -> None:
    assert [*losses("avant <!-- caché --> après", clean("<p>avant  après</p>"))] == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<sub>2</sub>", True),
        ('<a href="https://x.fr">x</a>', True),
        ("<sub onclick=a>2</sub>", False),  # an attribute that is not listed
        ("<b 3 mg>x</b>", False),  # words that are no attributes
        ("<p <0,05>", False),
        ("<sup>2", False),  # never closed
    ],
)
def test_a_listed_tag_is_one_and_what_only_looks_like_it_is_text(typed: str, kept: bool) -> None:
    assert (as_written(typed) == typed) is kept


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("50\\,5 mg", True),
        ("x\\%y", True),
        ("C:\\Program Files\\(x86)", True),
        ("[a]\\(b)", False),
        ("5 \\* 3", False),
        ("\\# titre", False),
        ("a\\\\,b", False),
    ],
)
def test_a_backslash_that_markdown_drops_before_a_sign_that_is_no_mark_is_told(text: str, lost: bool) -> None:
    assert [*losses(text, to_html(text))] == ([(1, "le signe « \\ »")] if lost else [])
