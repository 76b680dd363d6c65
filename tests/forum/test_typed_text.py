"""What is typed reads back exactly: the shared examples, then any text at all, through the site's own renderer."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from divan.forum.markdown import to_html
from divan.forum.sanitising import clean
from divan.forum.typed_text import as_markdown, tidy

EXAMPLES = json.loads((Path(__file__).parent / "typed_text.json").read_text(encoding="utf-8"))["examples"]
SIGNS = "ab é1 .,:;!?-+*_#<>()[]{}|~`\\&=/\"'«»@^$%\n\t"


@pytest.mark.parametrize("example", EXAMPLES, ids=[example["typed"][:20] for example in EXAMPLES])
def test_the_shared_examples_are_written_as_they_say(example: dict[str, str]) -> None:
    assert as_markdown(example["typed"]) == example["written"]


def read_back(written: str) -> list[str]:
    """The words that a reader sees, without tags."""
    return unescape(re.sub(r"<[^>]*>", " ", clean(to_html(written)).replace("<br>", "\n"))).split()


MEDICAL = json.loads((Path(__file__).parent / "medical_lines.json").read_text(encoding="utf-8"))
LINES = [line for lines in MEDICAL.values() if isinstance(lines, list) for line in lines if isinstance(line, str)]


@pytest.mark.parametrize("line", LINES)
def test_what_physicians_write_reads_sign_for_sign(line: str) -> None:
    assert "".join(read_back(as_markdown(line))) == without_marks(line)


def without_marks(typed: str) -> str:
    """The typed signs themselves, the few marks taken off, with no space between them."""
    lines = [
        re.sub(r"^(?:[-*•] +(?![\d<>=≤≥~.,+-])(?=.*[^\W_])|> *(?=«))", "", re.sub(r"[ \t]+", " ", line).strip())
        for line in tidy(typed).split("\n")
    ]
    strong = r"(?<![^\s(\[«\"'’])\*\*(?=[^\s*])((?:(?!https?://)[^*\n])*[^\s*])\*\*(?![^\s)\]»\"'’.,;:!?…])"
    return "".join(re.sub(strong, r"\1", "\n".join(lines)).split())


@given(st.text(st.sampled_from(SIGNS), max_size=60))
def test_any_text_reads_back_sign_for_sign(typed: str) -> None:
    assert "".join(read_back(as_markdown(typed))) == without_marks(typed)


@given(st.text(max_size=60))
def test_any_characters_are_written_as_something_a_file_can_hold(typed: str) -> None:
    assert as_markdown(typed).encode("utf-8").decode("utf-8") == as_markdown(typed)
    assert "\x00" not in as_markdown(typed)
