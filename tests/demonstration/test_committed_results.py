"""The committed results are what this code makes of the committed answers."""

import json
import re
import shutil
import zipfile

import pytest

from analysis.report.building import RESULTS, build_report
from tests.places import HOUSE

PUBLISHED = sorted(path.name for path in (HOUSE / RESULTS).iterdir())


def compared(path):
    """A published file without what names the code and the software, which change with no number."""
    content = path.read_bytes()
    if path.name == "report.json":
        return {name: value for name, value in json.loads(content).items() if name not in ("code", "software", "files")}
    if path.name == "index.md":
        return re.sub(rb"<p>Divan .*</p>", b"", content)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return content


@pytest.mark.parametrize("study", PUBLISHED)
def test_the_committed_pages_are_what_this_code_makes(study, tmp_path):
    """Sinon : make report, et « Results changed » dans CHANGELOG.md si un nombre a bougé."""
    shutil.copytree(HOUSE / "surveys" / study, tmp_path / "surveys" / study, ignore=shutil.ignore_patterns("review"))
    build_report(tmp_path, study)
    made, committed = tmp_path / RESULTS / study, HOUSE / RESULTS / study
    assert {path.name for path in made.iterdir()} == {path.name for path in committed.iterdir()}
    assert [path.name for path in made.iterdir() if compared(path) != compared(committed / path.name)] == []
