"""Each line of the guide « Vos données dans un carnet » says what it gives, on the study that it opens."""

import doctest
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "content/pages/guides/carnet.md"


def test_each_line_of_the_guide_gives_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = GUIDE.read_text(encoding="utf-8").replace("\n```\n", "\n\n")  # the end of a block is the end of an answer
    lines = doctest.DocTestParser().get_doctest(text, {}, GUIDE.name, str(GUIDE), 0)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    done = runner.run(lines, out=said.append)
    assert done.attempted >= 15
    assert done.failed == 0, "".join(said)
