"""Forgejo's REST interface (v1), which Gitea shares: pulls, combined status, merge.

A token with ``write:repository``, from an account that only writes there.
"""

from __future__ import annotations

from typing import Any

from divan.desk.forge import Api, Checks, PullRequest, TokenRights, address_and_path

_VERDICTS = {"success": Checks.GREEN, "warning": Checks.GREEN, "pending": Checks.RUNNING}


class Forgejo:
    """A repository on Forgejo."""

    def __init__(self, repository_url: str, token: str, api: str = "") -> None:
        address, path = address_and_path(repository_url)
        self._repository = f"/repos/{path}"
        self._api = Api(api or f"{address}/api/v1", {"Authorization": f"token {token}"})

    def find(self, branch: str) -> PullRequest | None:
        """The request made for this branch, among the last fifty."""
        found = self._api.call("GET", f"{self._repository}/pulls", state="all", sort="recentupdate", limit="50")
        return next((_request(row) for row in found if row["head"]["ref"] == branch), None)

    def ask(self, branch: str, base: str, title: str, body: str) -> PullRequest:
        """Open a request."""
        asked = {"title": title, "head": branch, "base": base, "body": body}
        return _request(self._api.call("POST", f"{self._repository}/pulls", asked))

    def checks(self, request: PullRequest) -> Checks:
        """The combined status of its head."""
        status = self._api.call("GET", f"{self._repository}/commits/{request.head}/status")
        return _VERDICTS.get(status["state"], Checks.RED) if status["total_count"] else Checks.NONE

    def merge(self, request: PullRequest) -> None:
        """Merge it with a merge commit."""
        body = {"Do": "merge", "head_commit_id": request.head, "delete_branch_after_merge": True}
        self._api.call("POST", f"{self._repository}/pulls/{request.number}/merge", body)

    def rights(self, branch: str) -> TokenRights:
        """What our token may do in the repository, and whether ``branch`` is protected."""
        return self._api.rights(self._repository, branch)


def _request(row: dict[str, Any]) -> PullRequest:
    return PullRequest(row["number"], row["html_url"], row["head"]["sha"], row["state"] == "open", bool(row["merged"]))
