"""A forge on this machine over a real bare repository: it opens requests for branches that are there, and merges them.

Each request is held against the forge's own description (forges.yaml); what does not hold is kept in ``wrong``.
"""

import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import yaml

from tests.desk.on_loopback import served_by
from tests.proposals.sending import git

DESCRIBED = yaml.safe_load(Path(__file__).with_name("forges.yaml").read_text("utf-8"))
FOLDERS = {"github": "", "forgejo": "/api/v1", "gitlab": "/api/v4"}
LISTED = ("pulls/list", "repoListPullRequests", "getApiV4ProjectsIdMergeRequests")
CREATED = ("pulls/create", "repoCreatePullRequest", "postApiV4ProjectsIdMergeRequests")
MERGED = ("pulls/merge", "repoMergePullRequest", "putApiV4ProjectsIdMergeRequestsMergeRequestIidMerge")


@dataclass
class Asked:
    """A request for a branch, as the forge keeps it."""

    number: int
    branch: str
    head: str
    merged: bool = False


@dataclass
class WholeForge:
    """``checks`` is what its own checks say of every head: none, running, green, red."""

    kind: str
    bare: Path
    checks: str = "green"
    down: bool = False
    requests: list[Asked] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    served: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, method: str, target: str, body: dict[str, Any] | None) -> tuple[int, Any]:
        """The status and what is said."""
        parts = urlsplit(target)
        if self.down:
            return 502, {"message": "Bad Gateway"}
        operation = self._operation(method, parts.path.removeprefix(FOLDERS[self.kind]))
        if operation is None:
            self.wrong.append(f"{method} {parts.path} n'existe pas")
            return 404, {"message": "Not Found"}
        self._hold(operation, "query", dict(parse_qsl(parts.query)))
        self._hold(operation, "body", body or {})
        self.wrong += [f"{operation['name']} : {name} manque" for name in operation.get("required", ())
                       if name not in (body or {})]  # fmt: skip
        self.served.append(operation["name"])
        status, said = self._do(operation["name"], parts.path, dict(parse_qsl(parts.query)), body or {})
        assert status in operation["statuses"], (operation["name"], status)
        return status, said

    def _operation(self, method: str, path: str) -> dict[str, Any] | None:
        for one in DESCRIBED[self.kind]:
            pattern = re.sub(r"\\{[a-z_]+\\}", "[^/]+", re.escape(one["path"]))
            if one["method"] == method and re.fullmatch(pattern, path):
                return dict(one)
        return None

    def _hold(self, operation: dict[str, Any], where: str, sent: dict[str, Any]) -> None:
        known = operation.get(where, {})
        for name, value in sent.items():
            if name not in known:
                self.wrong.append(f"{operation['name']} : {where} n'a pas de {name}")
            elif known[name] and value not in known[name]:
                self.wrong.append(f"{operation['name']} : {name} ne vaut pas {value}")

    def _do(self, name: str, path: str, query: dict[str, str], body: dict[str, Any]) -> tuple[int, Any]:
        if name in LISTED:
            wanted = query.get("head", "").partition(":")[2] or query.get("source_branch", "")
            return 200, [self._shown(one) for one in self.requests if wanted in ("", one.branch)]
        if name in CREATED:
            return self._open(str(body.get("head") or body.get("source_branch")))
        if name in MERGED:
            return self._merge(int(path.split("/")[-2]), body.get("sha") or body.get("head_commit_id"))
        return 200, self._verdict(name, path)

    def _open(self, branch: str) -> tuple[int, Any]:
        if any(one.branch == branch for one in self.requests):
            return 409 if self.kind != "github" else 422, {"message": "already exists"}
        head = git(self.bare, "rev-parse", f"refs/heads/{branch}")
        self.requests.append(Asked(len(self.requests) + 1, branch, head))
        return 201, self._shown(self.requests[-1])

    def _merge(self, number: int, head: str | None) -> tuple[int, Any]:
        one = self.requests[number - 1]
        if head != one.head:
            return 409, {"message": "head has moved"}
        main = git(self.bare, "rev-parse", "main")
        merged = subprocess.run(["git", "merge-tree", "--write-tree", main, one.head], cwd=self.bare,
                                capture_output=True, text=True, check=False)  # fmt: skip
        if merged.returncode:
            return 405, {"message": "not mergeable"}
        people = ("-c", "user.name=La forge", "-c", "user.email=forge@users.invalid")
        commit = git(
            self.bare, *people, "commit-tree", merged.stdout.strip(), "-p", main, "-p", one.head, "-m", "Merge"
        )
        git(self.bare, "update-ref", "refs/heads/main", commit, main)
        git(self.bare, "update-ref", "-d", f"refs/heads/{one.branch}")
        one.merged = True
        return 200, self._shown(one) if self.kind == "gitlab" else {"sha": commit, "merged": True, "message": "ok"}

    def _shown(self, one: Asked) -> dict[str, Any]:
        if self.kind == "gitlab":
            status = {"none": None, "running": "running", "green": "success", "red": "failed"}[self.checks]
            return {"iid": one.number, "web_url": f"https://f/{one.number}", "sha": one.head,
                    "state": "merged" if one.merged else "opened",
                    "head_pipeline": status and {"status": status}}  # fmt: skip
        return {"number": one.number, "html_url": f"https://f/{one.number}", "merged": one.merged,
                "state": "closed" if one.merged else "open", "head": {"sha": one.head, "ref": one.branch},
                "merged_at": "2026-11-28T09:00:00Z" if one.merged else None}  # fmt: skip

    def _verdict(self, name: str, path: str) -> Any:
        if name == "getApiV4ProjectsIdMergeRequestsMergeRequestIid":
            return self._shown(self.requests[int(path.rpartition("/")[2]) - 1])
        if name == "checks/list-for-ref":
            run = {"running": ("in_progress", None), "green": ("completed", "success"),
                   "red": ("completed", "failure")}.get(self.checks)  # fmt: skip
            runs = [{"status": run[0], "conclusion": run[1]}] if run else []
            return {"total_count": len(runs), "check_runs": runs}
        if self.kind == "github" or self.checks == "none":
            return {"state": "pending", "total_count": 0, "statuses": []}
        state = {"running": "pending", "green": "success", "red": "failure"}[self.checks]
        return {"state": state, "total_count": 1, "statuses": [{}]}


@contextmanager
def whole_forge(kind: str, bare: Path) -> Iterator[WholeForge]:
    forge = WholeForge(kind, bare)

    def reply(method: str, path: str, sent: Any, _headers: Mapping[str, str]) -> tuple[int, Any]:
        try:
            return forge.answer(method, path, sent)
        except Exception as error:
            forge.wrong.append(repr(error))
            return 500, {}

    with served_by(reply) as address:
        forge.url = f"{address}{FOLDERS[kind]}"
        yield forge
