"""Whatever is edited, building what changed gives, byte for byte, what building everything gives.

``DIVAN_EDITS=600 pytest tests/builder/test_incremental.py`` edits longer; ``DIVAN_SEED`` chooses other edits.
"""

import os
import random
from pathlib import Path

import pytest

from divan import workers
from divan.sources.problem import ProblemsFound
from tests import small_forum as forum
from tests.builder.edits import Editor

WALKS = 4
EDITS = int(os.environ.get("DIVAN_EDITS", "60"))
SEED = os.environ.get("DIVAN_SEED", "0")


@pytest.mark.parametrize("seed", range(WALKS))
def test_incremental_equals_clean(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if seed == 1:
        monkeypatch.setattr(workers, "WORTH_A_WORKER", 5)  # deux processus, même pour un petit forum
    editor = Editor(forum.make_forum(tmp_path, git=seed != 3), random.Random(f"{SEED}-{seed}"))
    forum.settle(tmp_path, editor.today)
    done = []
    for _ in range(EDITS // WALKS):
        before, built = editor.snapshot(), forum.site_of(tmp_path)
        done.append(editor.edit())
        try:
            expected = forum.from_nothing(tmp_path, editor.today, **editor.settings)
        except ProblemsFound as wanted:
            built = built if not done[-1].endswith("_output") else forum.site_of(tmp_path)
            with pytest.raises(ProblemsFound) as found:
                forum.settle(tmp_path, editor.today, **editor.settings)
            assert found.value.problems == wanted.problems, done
            editor.go_back(before)
            forum.settle(tmp_path, editor.today, **editor.settings)
            assert forum.differences(forum.site_of(tmp_path), built) == [], "une faute corrigée ne laisse rien"
            continue
        forum.settle(tmp_path, editor.today, **editor.settings)
        assert forum.differences(forum.site_of(tmp_path), expected) == [], done
