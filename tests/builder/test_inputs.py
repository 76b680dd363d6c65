"""What many pages are made with: when it changes, its digest does, and no other; where it lies says nothing."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from divan.builder.digest import digest_files, stable
from divan.builder.inputs import Inputs, code_files, read_assets, read_inputs, same
from divan.builder.settings import make_settings
from divan.house import house
from divan.site.code import CODE
from tests.places import HOUSE

DAY = date(2026, 3, 14)
PLUGIN = "gate_plugin_of_the_tests"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A group's folder with a template, a script and a plugin of its own."""
    root = tmp_path / "groupe"
    for path, text in {
        "theme/templates/home.html": "Bonjour", "theme/static/style.css": "a{}", "theme/static/forms/send.js": "1",
        f"{PLUGIN}.py": '"""A plugin."""\n', "content/.hidden/a": "a",
    }.items():  # fmt: skip
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(root))
    yield root
    sys.modules.pop(PLUGIN, None)


def inputs(root: Path, today: date = DAY, **raw: Any) -> Inputs:
    settings = make_settings(root, {"PLUGINS": [PLUGIN], "SITENAME": "A", **raw}, today)
    return read_inputs(settings, CODE, (root / "words.po",), ("content/.hidden/*",))


def rewritten(path: str, text: str) -> Callable[[Path], None]:
    return lambda root: (root / path).write_text(text, encoding="utf-8") and None  # type: ignore[func-returns-value]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (rewritten("theme/templates/home.html", "Bonsoir"), {"templates"}),
        (rewritten("theme/static/style.css", "b{}"), {"assets"}),
        (rewritten(f"{PLUGIN}.py", '"""Another."""\n'), {"making"}),
        (rewritten("words.po", "msgid"), {"rendering"}),
        (rewritten("content/.hidden/a", "b"), {"unseen"}),
    ],
    ids=["a template", "a stylesheet", "a plugin", "words", "what git does not see"],
)
def test_a_change_is_told_where_it_counts_and_nowhere_else(
    change: Callable[[Path], None], what: set[str], root: Path
) -> None:
    before = inputs(root).digests
    change(root)
    after = inputs(root).digests
    assert {name for name in before if before[name] != after[name]} == what


@pytest.mark.parametrize(
    ("raw", "what"),
    [({"SITENAME": "B"}, {"settings"}), ({"OUTPUT_PATH": "ailleurs"}, set()), ({"CACHE_PATH": "ailleurs"}, set()),
     ({"DEFAULT_LANG": "en"}, {"settings", "rendering", "templates"}), ({"PLUGINS": []}, {"settings", "making"})],
)  # fmt: skip
def test_a_setting_counts_unless_it_says_where_to_write(raw: dict[str, Any], what: set[str], root: Path) -> None:
    before, after = inputs(root).digests, inputs(root, **raw).digests
    assert {name for name in before if before[name] != after[name]} == what


def test_a_new_day_is_another(root: Path) -> None:
    before, after = inputs(root).digests, inputs(root, DAY + timedelta(days=1)).digests
    assert {name for name in before if before[name] != after[name]} == {"today"}
    assert (same(before, after, "settings", "assets"), same(before, after, "settings", "today")) == (True, False)


def test_the_same_folder_elsewhere_is_the_same(root: Path, tmp_path: Path) -> None:
    shutil.copytree(root, tmp_path / "ailleurs")
    assert inputs(root).digests == inputs(tmp_path / "ailleurs").digests


def test_a_plugin_that_speaks_to_pelican_is_foreign(root: Path) -> None:
    assert inputs(root).foreign == ()
    (root / f"{PLUGIN}.py").write_text('"""One."""\n\nfrom pelican import signals\n', encoding="utf-8")
    assert inputs(root).foreign == (PLUGIN,)


def test_a_plugin_that_is_not_there_is_no_file(root: Path) -> None:
    assert inputs(root, PLUGINS=["nulle_part_de_ce_nom"]).foreign == ()


def test_a_static_file_is_named_by_its_content_and_a_folder_s_together(root: Path) -> None:
    folder = root / "theme/static"
    before = read_assets([folder, house("theme") / "static"])
    assert before.files["style.css"] == folder / "style.css"
    assert before["style.css"].startswith("theme/style.") and before["style.css"].endswith(".css")
    assert before["forms/send.js"].startswith("theme/forms.") and before["forms/send.js"].endswith("/send.js")
    (folder / "forms/other.js").write_text("2")
    after = read_assets([folder, house("theme") / "static"])
    assert after["style.css"] == before["style.css"]
    assert after["forms/send.js"] != before["forms/send.js"]
    assert after["forms/send.js"].rpartition("/")[0] == after["forms/other.js"].rpartition("/")[0]
    with pytest.raises(LookupError, match=r"theme/static/rien\.css"):
        after["rien.css"]


def test_a_study_holds_no_code_and_schemas_do() -> None:
    files = {file.relative_to(HOUSE).as_posix() for file in code_files(("surveys", "divan/forum"))}
    assert {"surveys/model.py", "surveys/rules/__init__.py", "divan/forum/schemas/case.schema.json"} <= files
    assert not [file for file in files if file.endswith((".yaml", ".csv"))]


def test_files_are_digested_by_name_and_content_in_any_order(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).write_text(name)
    a, b, c = (tmp_path / name for name in "abc")
    assert digest_files([a, b]) == digest_files([b, a]) != digest_files([a])
    assert digest_files([a, c]) != digest_files([a])
    (tmp_path / "c").write_text("")
    assert digest_files([a, c]) != digest_files([a, b])


def test_a_stable_value_is_written_the_same_in_every_process() -> None:
    assert stable({"b": {3, 1, 2}, "a": [date, (1.5, None)]}) == [("a", ["datetime.date", [1.5, None]]),
                                                                  ("b", ["1", "2", "3"])]  # fmt: skip
    assert stable(frozenset({"b", "a"})) == ["'a'", "'b'"]
