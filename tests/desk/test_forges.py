"""What is asked of GitHub, GitLab and Forgejo, and what is made of their answers, on forges of our own on loopback.

Paths, fields and statuses are those of their published descriptions: GitHub REST 2022-11-28 (pulls/create, pulls/list,
pulls/merge, checks/list-for-ref, repos/get-combined-status-for-ref), GitLab API v4 « Merge requests », Forgejo's
swagger v1 (repoCreatePullRequest, repoListPullRequests, repoMergePullRequest, repoGetCombinedStatusByRef).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from divan.desk.forge import Checks, ForgeTrouble
from divan.desk.forgejo import Forgejo
from divan.desk.github import GitHub
from divan.desk.gitlab import GitLab
from tests.desk.on_loopback import served_by

HEAD = "a" * 40


@dataclass
class Served:
    """Answers by method and path; what was asked is kept."""

    answers: dict[tuple[str, str], tuple[int, Any]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, list[str]], Any, dict[str, str]]] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def served() -> Iterator[Served]:
    state = Served()

    def reply(method: str, path: str, sent: Any, headers: Mapping[str, str]) -> tuple[int, Any]:
        parts = urlsplit(path)
        state.asked.append((method, parts.path, parse_qs(parts.query), sent, dict(headers)))
        return state.answers.get((method, parts.path), (404, {"message": "Not Found"}))

    with served_by(reply) as state.url:
        yield state


GITHUB_PULL = {"number": 7, "html_url": "https://f/pull/7", "head": {"sha": HEAD}, "state": "open", "merged_at": None}
GREEN_RUN = {"status": "completed", "conclusion": "success"}
GITLAB_REQUEST = {"iid": 7, "web_url": "https://f/-/merge_requests/7", "sha": HEAD, "state": "opened"}
FORGEJO_PULL = {
    "number": 7, "html_url": "https://f/pulls/7", "head": {"sha": HEAD, "ref": "proposals/x"}, "state": "open",
    "merged": False,
}  # fmt: skip


def github(served: Served) -> GitHub:
    return GitHub("https://github.com/group/forum", "jeton", served.url)


def gitlab(served: Served) -> GitLab:
    return GitLab("https://gitlab.com/group/sub/forum", "jeton", f"{served.url}/api/v4")


def forgejo(served: Served) -> Forgejo:
    return Forgejo("https://codeberg.org/group/forum", "jeton", f"{served.url}/api/v1")


def test_github_asks_checks_and_merges(served: Served) -> None:
    pulls = "/repos/group/forum/pulls"
    served.answers = {
        ("GET", pulls): (200, []), ("POST", pulls): (201, GITHUB_PULL),
        ("PUT", f"{pulls}/7/merge"): (200, {"merged": True}),
        ("GET", f"/repos/group/forum/commits/{HEAD}/check-runs"): (200, {"total_count": 1, "check_runs": [GREEN_RUN]}),
        ("GET", f"/repos/group/forum/commits/{HEAD}/status"): (200, {"state": "pending", "total_count": 0}),
    }  # fmt: skip
    forge = github(served)
    assert forge.find("proposals/x") is None
    request = forge.ask("proposals/x", "main", "reply x", "Relu")
    assert forge.checks(request) == Checks.GREEN
    forge.merge(request)
    assert served.asked[0][2] == {"head": ["group:proposals/x"], "state": ["all"]}
    assert served.asked[1][3] == {"title": "reply x", "head": "proposals/x", "base": "main", "body": "Relu"}
    assert served.asked[-1][3] == {"merge_method": "merge", "sha": HEAD}
    headers = {name.lower(): value for name, value in served.asked[0][4].items()}
    assert headers["authorization"] == "Bearer jeton"
    assert headers["x-github-api-version"] == "2022-11-28"


@pytest.mark.parametrize(
    ("runs", "status", "verdict"),
    [
        ([], {"state": "pending", "total_count": 0}, Checks.NONE),
        ([("queued", None)], {"state": "pending", "total_count": 0}, Checks.RUNNING),
        ([("completed", "success"), ("completed", "skipped")], {"state": "success", "total_count": 1}, Checks.GREEN),
        ([("completed", "success"), ("completed", "timed_out")], {"state": "pending", "total_count": 0}, Checks.RED),
        ([("completed", "success")], {"state": "failure", "total_count": 1}, Checks.RED),
        ([("completed", "success")], {"state": "pending", "total_count": 2}, Checks.RUNNING),
    ],
)
def test_github_s_verdict(served: Served, runs: list[tuple[str, str]], status: object, verdict: Checks) -> None:
    commit = f"/repos/group/forum/commits/{HEAD}"
    rows = [{"status": state, "conclusion": conclusion} for state, conclusion in runs]
    served.answers = {
        ("GET", f"{commit}/check-runs"): (200, {"total_count": len(rows), "check_runs": rows}),
        ("GET", f"{commit}/status"): (200, status),
        ("GET", "/repos/group/forum/pulls"): (200, [GITHUB_PULL]),
    }  # fmt: skip
    forge = github(served)
    request = forge.find("proposals/x")
    assert request
    assert forge.checks(request) == verdict


def test_gitlab_names_its_project_by_its_whole_path(served: Served) -> None:
    requests = "/api/v4/projects/group%2Fsub%2Fforum/merge_requests"
    served.answers = {
        ("GET", requests): (200, []), ("POST", requests): (201, GITLAB_REQUEST),
        ("GET", f"{requests}/7"): (200, GITLAB_REQUEST | {"head_pipeline": {"status": "running"}}),
        ("PUT", f"{requests}/7/merge"): (200, GITLAB_REQUEST | {"state": "merged"}),
    }  # fmt: skip
    forge = gitlab(served)
    assert forge.find("proposals/x") is None
    request = forge.ask("proposals/x", "main", "reply x", "Relu")
    assert forge.checks(request) == Checks.RUNNING
    forge.merge(request)
    assert served.asked[1][3]["source_branch"] == "proposals/x"
    assert served.asked[-1][3] == {"sha": HEAD, "squash": False, "should_remove_source_branch": True}
    assert {name.lower(): value for name, value in served.asked[0][4].items()}["private-token"] == "jeton"


@pytest.mark.parametrize(
    ("pipeline", "verdict"),
    [(None, Checks.NONE), ("success", Checks.GREEN), ("failed", Checks.RED), ("manual", Checks.RUNNING)],
)
def test_gitlab_s_verdict(served: Served, pipeline: str | None, verdict: Checks) -> None:
    requests = "/api/v4/projects/group%2Fsub%2Fforum/merge_requests"
    head = {"status": pipeline} if pipeline else None
    served.answers = {
        ("GET", requests): (200, [GITLAB_REQUEST]),
        ("GET", f"{requests}/7"): (200, GITLAB_REQUEST | {"head_pipeline": head}),
    }  # fmt: skip
    forge = gitlab(served)
    request = forge.find("proposals/x")
    assert request
    assert forge.checks(request) == verdict


def test_forgejo_finds_its_own_branch_among_the_others(served: Served) -> None:
    pulls, other = "/api/v1/repos/group/forum/pulls", {"ref": "ailleurs", "sha": "b" * 40}
    served.answers = {
        ("GET", pulls): (200, [FORGEJO_PULL | {"number": 8, "head": other}, FORGEJO_PULL]),
        ("GET", f"/api/v1/repos/group/forum/commits/{HEAD}/status"): (200, {"state": "success", "total_count": 1}),
        ("POST", f"{pulls}/7/merge"): (200, b""),
    }  # fmt: skip
    forge = forgejo(served)
    request = forge.find("proposals/x")
    assert request
    assert request.number == 7
    assert forge.checks(request) == Checks.GREEN
    forge.merge(request)
    assert served.asked[-1][3] == {"Do": "merge", "head_commit_id": HEAD, "delete_branch_after_merge": True}


@pytest.mark.parametrize("status", [302, 401, 403, 404, 405, 409, 422, 429, 500, 503])
def test_whatever_a_forge_refuses_is_said_in_words(served: Served, status: int) -> None:
    served.answers[("GET", "/repos/group/forum/pulls")] = (status, b"<html>jeton</html>")
    with pytest.raises(ForgeTrouble) as trouble:
        github(served).find("proposals/x")
    assert "forge" in str(trouble.value)
    assert "jeton" not in str(trouble.value) or status in (401, 403)


def test_a_forge_that_is_not_there(served: Served) -> None:
    with pytest.raises(ForgeTrouble, match="ne répond pas"):
        GitHub("https://github.com/group/forum", "jeton", "http://127.0.0.1:1").find("x")
    served.answers[("GET", "/repos/group/forum/pulls")] = (200, b"<html>")
    with pytest.raises(ForgeTrouble, match="autre chose que du JSON"):
        github(served).find("x")
