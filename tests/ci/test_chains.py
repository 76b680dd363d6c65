"""What the chains of the three forges promise, read in their files: pinned, poor in rights, and the same everywhere."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.ci.forge import CHAINS, HOUSE, chain, gitlab, shell_of

PINNED = re.compile(r"^\s*(?:- )?uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", re.MULTILINE)
TOOLS = Path(sys.executable).parent


def steps(forge: str) -> list[dict[str, Any]]:
    return [step for job in chain(forge)["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("forge", CHAINS)
def test_each_action_is_pinned_by_digest_and_says_its_version(forge: str) -> None:
    text = (HOUSE / CHAINS[forge]).read_text("utf-8")
    assert len(PINNED.findall(text)) == len(re.findall(r"uses:", text)) > 0


@pytest.mark.parametrize("forge", CHAINS)
def test_rights_are_none_but_those_a_job_names(forge: str) -> None:
    whole = chain(forge)
    assert whole["permissions"] == {} and whole["jobs"]["check"]["permissions"] == {"contents": "read"}
    writes = {right for right, level in whole["jobs"]["deploy"]["permissions"].items() if level == "write"}
    assert writes == {"github": {"pages", "id-token"}, "forgejo": {"contents"}}[forge]
    checkouts = [step for step in steps(forge) if step.get("uses", "").startswith("actions/checkout@")]
    assert len(checkouts) == 2 and all(step["with"]["persist-credentials"] is False for step in checkouts)


@pytest.mark.parametrize("forge", CHAINS)
def test_no_proposal_sees_a_secret_nor_writes_what_is_published(forge: str) -> None:
    whole = chain(forge)
    assert set(whole[True]) <= {"pull_request", "push", "schedule", "workflow_dispatch"}
    assert "secrets" not in str(whole["jobs"]["check"]) and "cache@" not in str(whole["jobs"]["check"])
    guard = whole["jobs"]["deploy"]["if"]
    assert "github.ref == 'refs/heads/main'" in guard and "github.event_name != 'pull_request'" in guard


def test_a_published_page_of_gitlab_comes_from_the_main_branch_alone() -> None:
    assert gitlab()["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert "key: site" not in str(gitlab()["content"]) and "key: site" not in str(gitlab()["default"])


@pytest.mark.parametrize("forge", CHAINS)
def test_no_value_of_a_proposal_is_pasted_into_a_shell(forge: str) -> None:
    assert [step["run"] for step in steps(forge) if "${{" in step.get("run", "")] == []


def test_the_three_forges_run_the_same_scripts() -> None:
    def scripts(text: object) -> set[str]:
        return set(re.findall(r"\.ci/[\w-]+|make \w+", str(text)))

    everywhere = {".ci/proposal", ".ci/code", ".ci/site-seul", "make html"}
    assert scripts(steps("github")) == scripts(steps("forgejo")) == scripts(gitlab()) == everywhere


@pytest.mark.parametrize(
    "words",
    [
        ["zizmor", "--offline", "--quiet", *CHAINS.values()],
        ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", *CHAINS.values()],
        ["check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci", ".gitlab-ci.yml"],
        ["shellcheck", *sorted(str(file.relative_to(HOUSE)) for file in (HOUSE / ".ci").iterdir())],
    ],
    ids=lambda words: " ".join(words[:3]),
)
def test_a_linter_finds_nothing(words: list[str]) -> None:
    done = subprocess.run([str(TOOLS / words[0]), *words[1:]], cwd=HOUSE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("forge", CHAINS)
@pytest.mark.parametrize("job", ["check", "deploy"])
def test_the_shell_of_each_step_is_sound(forge: str, job: str) -> None:
    for name, script in shell_of(forge, job):
        words = [str(TOOLS / "shellcheck"), "-s", "bash", "-"]
        done = subprocess.run(words, input=f"set -e\n{script}", capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{name}\n{done.stdout}"
