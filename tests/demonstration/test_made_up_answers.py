"""The answers of a demonstration study are those that its recipe makes: nobody gave them."""

import pytest

from bench.answers import generate
from bench.recipe import read_recipe
from surveys.responses import Responses, read_responses, tidy_csv
from surveys.study import load_study
from tests.places import HOUSE

MADE_UP = sorted(path.parent for path in (HOUSE / "surveys").glob("*/synthetic.yaml"))


@pytest.mark.parametrize("folder", MADE_UP, ids=lambda folder: folder.name)
def test_the_committed_answers_are_those_of_the_recipe(folder, monkeypatch):
    monkeypatch.setattr("bench.answers.write_beside", lambda *_: None)  # its roster is there already
    study = load_study(folder)
    for wave, rows in generate(study, read_recipe(study)).items():
        assert tidy_csv(Responses(study.wave(wave), tuple(rows))) == tidy_csv(read_responses(study, wave))
