"""GitHub's REST interface (2022-11-28): pulls, check runs, statuses, merge.

A fine-grained token for this repository alone: Contents and Pull requests in writing, Checks and Commit statuses in
reading.
"""

from __future__ import annotations

from typing import Any

from divan.desk.forge import Api, Checks, PullRequest, TokenRights, address_and_path, together

_GREEN = ("success", "neutral", "skipped")


class GitHub:
    """A repository on GitHub, or on a GitHub Enterprise server."""

    def __init__(self, repository_url: str, token: str, api: str = "") -> None:
        address, path = address_and_path(repository_url)
        base = api or ("https://api.github.com" if address == "https://github.com" else f"{address}/api/v3")
        self._repository, self._owner = f"/repos/{path}", path.partition("/")[0]
        self._api = Api(base, {
            "Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        })  # fmt: skip

    def find(self, branch: str) -> PullRequest | None:
        """The request made for this branch, open or not."""
        head = f"{self._owner}:{branch}"
        found = self._api.call("GET", f"{self._repository}/pulls", head=head, state="all")
        return _request(found[0]) if found else None

    def ask(self, branch: str, base: str, title: str, body: str) -> PullRequest:
        """Open a request."""
        asked = {"title": title, "head": branch, "base": base, "body": body}
        return _request(self._api.call("POST", f"{self._repository}/pulls", asked))

    def checks(self, request: PullRequest) -> Checks:
        """Check runs and older statuses together."""
        commit = f"{self._repository}/commits/{request.head}"
        runs = self._api.call("GET", f"{commit}/check-runs", per_page="100")["check_runs"]
        verdicts = [_verdict(run) for run in runs]
        status = self._api.call("GET", f"{commit}/status")
        if status["total_count"]:
            verdicts.append({"success": Checks.GREEN, "pending": Checks.RUNNING}.get(status["state"], Checks.RED))
        return together(verdicts)

    def merge(self, request: PullRequest) -> None:
        """Merge it with a merge commit, so that the proposal's own commit stands in the history."""
        body = {"merge_method": "merge", "sha": request.head}
        self._api.call("PUT", f"{self._repository}/pulls/{request.number}/merge", body)

    def rights(self, branch: str) -> TokenRights:
        """What our token may do in the repository, and whether ``branch`` is protected."""
        return self._api.rights(self._repository, branch)


def _request(row: dict[str, Any]) -> PullRequest:
    return PullRequest(
        row["number"], row["html_url"], row["head"]["sha"], row["state"] == "open", row["merged_at"] is not None
    )


def _verdict(run: dict[str, Any]) -> Checks:
    if run["status"] != "completed":
        return Checks.RUNNING
    return Checks.GREEN if run["conclusion"] in _GREEN else Checks.RED
