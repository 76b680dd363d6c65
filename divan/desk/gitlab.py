"""GitLab's REST interface (v4): merge requests, their head pipeline, merge.

A project access token, role Developer (Maintainer where main is protected), scope ``api``.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from divan.desk.forge import Api, Checks, PullRequest, TokenRights, address_and_path

_DEVELOPER = 30
_RED = ("failed", "canceled", "canceling")


class GitLab:
    """A project on GitLab."""

    def __init__(self, repository_url: str, token: str, api: str = "") -> None:
        address, path = address_and_path(repository_url)
        self._requests = f"/projects/{quote(path, safe='')}/merge_requests"
        self._api = Api(api or f"{address}/api/v4", {"PRIVATE-TOKEN": token})

    def find(self, branch: str) -> PullRequest | None:
        """The request made for this branch, open or not."""
        found = self._api.call("GET", self._requests, source_branch=branch, state="all")
        return _request(found[0]) if found else None

    def ask(self, branch: str, base: str, title: str, body: str) -> PullRequest:
        """Open a request whose branch goes once it is merged."""
        asked = {
            "source_branch": branch, "target_branch": base, "title": title, "description": body,
            "remove_source_branch": True,
        }  # fmt: skip
        return _request(self._api.call("POST", self._requests, asked))

    def checks(self, request: PullRequest) -> Checks:
        """What its head pipeline says."""
        pipeline = self._api.call("GET", f"{self._requests}/{request.number}")["head_pipeline"]
        if pipeline is None:
            return Checks.NONE
        if pipeline["status"] in ("success", "skipped"):
            return Checks.GREEN
        return Checks.RED if pipeline["status"] in _RED else Checks.RUNNING

    def merge(self, request: PullRequest) -> None:
        """Merge it, unsquashed."""
        body = {"sha": request.head, "squash": False, "should_remove_source_branch": True}
        self._api.call("PUT", f"{self._requests}/{request.number}/merge", body)

    def rights(self, branch: str) -> TokenRights:
        """What our token may do in the repository, and whether ``branch`` is protected."""
        project = self._requests.removesuffix("/merge_requests")
        rights = self._api.call("GET", project).get("permissions") or {}
        levels = [(rights.get(which) or {}).get("access_level", 0) for which in ("project_access", "group_access")]
        kept = self._api.call("GET", f"{project}/repository/branches/{quote(branch, safe='')}")
        return TokenRights(max(levels) >= _DEVELOPER, bool(kept["protected"]))


def _request(row: dict[str, Any]) -> PullRequest:
    return PullRequest(row["iid"], row["web_url"], row["sha"], row["state"] == "opened", row["state"] == "merged")
