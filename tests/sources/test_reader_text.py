"""What a reader sees of a text, and the way back to where it was written."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from divan.sources.reader_text import as_read

VECTORS = json.loads((Path(__file__).parent / "reader_text.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("written", "read"), VECTORS["read"].items())
def test_a_text_is_read_as_a_reader_sees_it(written: str, read: str) -> None:
    assert as_read(written).text == read


@pytest.mark.parametrize(
    ("written", "read", "passage"),
    [
        ("Vu Mme **Du\u00adpont** hier", "Mme Dupont", "Mme **Du\u00adpont"),
        ("n&eacute;e", "e", "&eacute;"),
        ("06\u201139", "06-39", "06\u201139"),
        ("la sœur", "soeur", "sœur"),
        ("au 06 <!-- 1 -->39 <b id=x>98</b> 12 34.", "06 39 98 12 34", "06 <!-- 1 -->39 <b id=x>98</b> 12 34"),
    ],
)
def test_what_is_read_leads_back_to_what_was_written(written: str, read: str, passage: str) -> None:
    seen = as_read(written)
    start = seen.text.index(read)
    assert written[seen.start(start) : seen.end(start + len(read))] == passage


@given(st.text(alphabet=st.sampled_from([*"aé œ*_[](\n&#;<b>\\🙂\u00ad\u0301’-"]), max_size=60))
def test_every_sign_read_was_written_somewhere(written: str) -> None:
    seen = as_read(written)
    for place in range(len(seen.text)):
        assert 0 <= seen.start(place) < seen.end(place + 1) <= len(written)
