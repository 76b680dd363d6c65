"""The committed results are what this code makes of the committed answers."""

import io
import json
import re
import shutil
import zipfile

import pytest
from PIL import Image

from analysis.report.building import RESULTS, build_report
from tests.places import HOUSE

VERSIONS = re.compile(rb"(?:Calculs|Computed by)[^<]*Divan[^<]*")  # the sentence that cites the software
PUBLISHED = sorted(path.name for path in (HOUSE / RESULTS).iterdir())


def compared(path):
    """A published file without what names the code and the software, which change with no number."""
    content = path.read_bytes()
    if path.name == "report.json":
        return {name: value for name, value in json.loads(content).items() if name not in ("code", "software", "files")}
    if path.name == "index.md":
        return re.sub(rb"<p>Divan .*</p>", b"", VERSIONS.sub(b"", content))
    if path.suffix == ".png":
        return shown(content)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            held = {name: archive.read(name) for name in archive.namelist()}
        return {name: shown(one) if name.endswith(".png") else VERSIONS.sub(b"", one) for name, one in held.items()}
    return content


def shown(picture):
    """A picture in a few squares of a few greys: another version of what draws it may move a pixel."""
    with Image.open(io.BytesIO(picture)) as image:
        small = image.convert("L").resize((24, 24), Image.Resampling.BOX)
    return image.size, [round(one / 32) for one in small.tobytes()]


@pytest.mark.parametrize("study", PUBLISHED)
def test_the_committed_pages_are_what_this_code_makes(study, tmp_path):
    """Sinon : make report, et « Results changed » dans CHANGELOG.md si un nombre a bougé."""
    shutil.copytree(HOUSE / "surveys" / study, tmp_path / "surveys" / study, ignore=shutil.ignore_patterns("review"))
    build_report(tmp_path, study)
    made, committed = tmp_path / RESULTS / study, HOUSE / RESULTS / study
    assert {path.name for path in made.iterdir()} == {path.name for path in committed.iterdir()}
    assert [path.name for path in made.iterdir() if compared(path) != compared(committed / path.name)] == []
