"""Whatever is edited, building what changed gives, byte for byte, what building everything gives.

``DIVAN_EDITS=600 pytest tests/builder/test_incremental.py`` edits longer; ``DIVAN_SEED`` chooses other edits.
"""

import os
import random
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from divan import workers
from divan.sources.problem import ProblemsFound
from tests import small_forum as forum
from tests.builder.edits import Editor

WALKS = 4
EDITS = int(os.environ.get("DIVAN_EDITS", "60"))
SEED = os.environ.get("DIVAN_SEED", "0")


def walk(seed: int, root: Path) -> None:
    """Edit the small forum of ``root``, and build it both ways after each edit."""
    if seed == 1:
        workers.WORTH_A_WORKER = 5  # deux processus, même pour un petit forum
    editor = Editor(forum.make_forum(root, git=seed != 3), random.Random(f"{SEED}-{seed}"))
    forum.settle(root, editor.today)
    done = []
    for _ in range(EDITS // WALKS):
        before, built = editor.snapshot(), forum.site_of(root)
        done.append(editor.edit())
        try:
            expected = forum.from_nothing(root, editor.today, **editor.settings)
        except ProblemsFound as wanted:
            built = built if not done[-1].endswith("_output") else forum.site_of(root)
            with pytest.raises(ProblemsFound) as found:
                forum.settle(root, editor.today, **editor.settings)
            assert found.value.problems == wanted.problems, done
            editor.go_back(before)
            forum.settle(root, editor.today, **editor.settings)
            assert forum.differences(forum.site_of(root), built) == [], "une faute corrigée ne laisse rien"
            continue
        forum.settle(root, editor.today, **editor.settings)
        assert forum.differences(forum.site_of(root), expected) == [], done


@pytest.mark.parametrize("seed", range(WALKS))
def test_incremental_equals_clean(seed: int, tmp_path: Path) -> None:
    """In a process of its own: forking the tests' own, with all that it holds, takes ten times what is built."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        alone.submit(walk, seed, tmp_path).result()
