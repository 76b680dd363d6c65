"""Whatever file is published, one detector reads it: the same person is told wherever she is written.

Free answers: tests/analysis/test_open_answers.py, tests/surveys/test_importing.py, tests/browser/test_survey_form.py;
what is sent from a form: tests/proposals/test_sending.py; messages of commits: tests/history/test_messages.py.
"""

from __future__ import annotations

import shutil

import pytest

from divan.forum.check import check_content
from surveys.check import check_studies
from tests.places import GROUP
from tests.small_forum import make_forum

SHE = "Mme Kervella au 06 39 98 41 17"
CASE = "content/cases/2026/2026-02-0{}-aaaa.md"
QUESTION = "Texte de Question"
DOORS = [
    ("a case's title", CASE.format(1), "title: ", f"title: {SHE} "),
    ("its text", CASE.format(2), QUESTION, f"{SHE}. {QUESTION}"),
    ("a comment in it", CASE.format(3), QUESTION, f"<!-- {SHE} -->\n\n{QUESTION}"),
    ("the words for an image", CASE.format(4), QUESTION, f"![{SHE}](../../images/a.png)\n\n{QUESTION}"),
    ("the name of an image", CASE.format(5), QUESTION, f"![](../../images/mme-kervella-0639984117.png) {QUESTION}"),
    ("its sources", CASE.format(6), "status: ", f'sources: ["{SHE}"]\nstatus: '),
    ("a passage left in place", CASE.format(7), "status: ", f'reviewed: ["{SHE} : public"]\nstatus: '),
    ("a reply", "content/replies/2026-03-01-bbbb/2026-04-14-cccc.md", "\n---\n", f"\n---\n{SHE}\n"),
    ("a topic's title", "content/topics/2026/2026-03-03-bbbb.md", "title: ", f"title: {SHE} "),
    ("a page", "content/pages/charte.md", "Un texte.", f"Un texte, {SHE}."),
    ("its summary", "content/pages/a-propos.md", "Summary: ", f"Summary: {SHE} "),
    ("what a member says", "content/members/m0.yaml", "about: ", f"about: {SHE} "),
    ("what a member can do", "content/members/m1.yaml", "skills: [", f'skills: ["{SHE}", '),
    ("how to reach a service", "content/services/s0.yaml", "access: ", f"access: {SHE} "),
    ("the vocabulary", "content/hashtags.yaml", "about: ", f"about: {SHE} "),
    ("a study", "surveys/pilote/study.yaml", "about: ", f"about: {SHE} "),
    ("a questionnaire", "surveys/aide/hiver.yaml", "title: ", f"title: {SHE} "),
]  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each file, once she is in all of them."""
    root = make_forum(tmp_path_factory.mktemp("doors"), git=False)
    shutil.copytree(GROUP / "surveys", root / "surveys", dirs_exist_ok=True)
    for _, path, here, instead in DOORS:
        text = (root / path).read_text(encoding="utf-8")
        assert here in text
        (root / path).write_text(text.replace(here, instead, 1), encoding="utf-8")
    said: dict[str, str] = {}
    for problem in (*check_content(root).problems, *check_studies(root)):
        said[problem.path] = f"{said.get(problem.path, '')}{problem.message}\n"
    return said


@pytest.mark.parametrize("path", [path for _, path, _, _ in DOORS], ids=[door for door, _, _, _ in DOORS])
def test_she_is_told_wherever_she_is_written(told: dict[str, str], path: str) -> None:
    assert "identifie" in told[path]
    assert "Kervella" not in told[path]
