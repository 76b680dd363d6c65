"""The quick reader of plain YAML says what the real parser says, or nothing."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from divan.sources.plain_yaml import plain_mapping
from divan.sources.problem import ProblemsFound
from divan.sources.yaml_source import parse

HEAD = """title: Toux sèche : que faire ?
date: 2026-03-14 18:20
author: martin-pêcheur
hashtags: [toux, iec]
departement: "86"
sources:
  - "HAS. Titre exact. 2021."
  - Société savante. Titre.
"""

odd = st.sampled_from(
    [": ", " #", "#", ":", "- ", "[", "]", "{", "'", '"', "&a", "*a", "!x", "|", ">", "%", "@", "`", ",", "?", "~", "\t",  # noqa: E501
     "true", "null", "NULL", "False", "0042", "1", ".5", "-", "\u00a0", "\u2028", "é", "😀", "\\", "<<", "a", "Z", "été", " "]  # noqa: E501
)  # fmt: skip
value = st.lists(odd | st.text(max_size=3), max_size=6).map("".join).filter(lambda text: "\n" not in text)
line = st.one_of(
    st.builds("{}: {}".format, st.sampled_from(["title", "date", "a", "k_b"]), value),
    st.builds("{}: [{}]".format, st.sampled_from(["tags", "b"]), value),
    st.builds('{}: "{}"'.format, st.sampled_from(["c", "d"]), value),
    st.sampled_from(["sources:", "e:", "", "# note"]),
    st.builds("  - {}".format, value),
)


def test_the_usual_head_is_read() -> None:
    assert plain_mapping(HEAD.replace(" : ", ", ")) == {
        "title": "Toux sèche, que faire ?",
        "date": "2026-03-14 18:20",
        "author": "martin-pêcheur",
        "hashtags": ["toux", "iec"],
        "departement": "86",
        "sources": ["HAS. Titre exact. 2021.", "Société savante. Titre."],
    }


@pytest.mark.parametrize(
    "text", [HEAD, "a: b # note", "a: 12", "a: true", "a: ''", "a: b\na: c", "a:\nb: c", "- a", ""]
)
def test_what_is_less_plain_is_left_to_the_parser(text: str) -> None:
    assert plain_mapping(text) is None


@settings(max_examples=1500)
@given(st.lists(line, max_size=5).map("\n".join))
@example("a: b:\n")
@example("a: b #c\n")
@example("tags: [null]\n")
def test_it_never_reads_otherwise_than_the_parser(text: str) -> None:
    quick = plain_mapping(text)
    if quick is not None:
        try:
            assert parse(text) == quick
        except ProblemsFound:
            pytest.fail("le lecteur rapide accepte ce que le vrai refuse")


@pytest.mark.parametrize(
    "line", ["title: " + "mot-" * 300 + "\t", 'title: "' + "mot " * 300 + "\\", "  - " + "a:b" * 300 + " #"]
)
def test_a_long_line_that_is_not_plain_is_given_up_at_once(line: str) -> None:
    """With one try too many at each letter, this test would not end."""
    assert plain_mapping(line) is None
