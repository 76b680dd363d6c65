"""Whatever bytes are given as an export, the import reads them or says what is wrong; it never breaks.

DIVAN_FUZZ_EXAMPLES=4000 pytest tests/surveys/test_any_export.py     (some minutes)
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from divan.sources.problem import ProblemsFound
from surveys.importing import import_wave
from tests.places import GROUP

STUDY = "pilote"
EXAMPLES = int(os.environ.get("DIVAN_FUZZ_EXAMPLES", "50"))
ANSWERS = (GROUP / "surveys" / STUDY / "responses" / "before.csv").read_bytes()[:4000]
LIMESURVEY = b'"id","submitdate","startlanguage","code","sex","uses"\r\n"1",,"fr","0042","Un homme","Oui"\r\n'


@pytest.fixture(scope="module")
def export() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder, "export.csv")


def bring(export: Path, content: bytes) -> None:
    export.write_bytes(content)
    try:
        report = import_wave(GROUP, STUDY, "before", export, dry_run=True)
    except ProblemsFound as found:
        assert all(problem.message for problem in found.problems)
    else:
        assert report.received > 0


@settings(max_examples=EXAMPLES)
@given(st.binary(max_size=300))
@example(b"\xff\xfe")
@example(b'"')
@example(b"\x00")
def test_any_bytes(export: Path, content: bytes) -> None:
    bring(export, content)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.data_too_large, HealthCheck.too_slow])
@given(
    st.sampled_from([ANSWERS, LIMESURVEY]), st.lists(st.tuples(st.integers(0, 4000), st.binary(max_size=4)), max_size=6)
)
def test_a_real_export_spoilt_anywhere(export: Path, start: bytes, spoils: list[tuple[int, bytes]]) -> None:
    content = bytearray(start)
    for place, bytes_there in spoils:
        content[place : place + len(bytes_there)] = bytes_there
    bring(export, bytes(content))
