"""What the desk asks of a forge, whichever it is: a request for a branch, whether its checks are green, its merge."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

import httpx

_PATIENCE = httpx.Timeout(20.0, connect=10.0)


class ForgeTrouble(Exception):
    """The forge did not do it; the argument is a French sentence for the moderators."""


class ForgeUnreachable(ForgeTrouble):
    """The forge did not answer at all."""


class Checks(StrEnum):
    """What the forge's own checks say of a request."""

    NONE = "none"
    RUNNING = "running"
    GREEN = "green"
    RED = "red"


@dataclass(frozen=True, slots=True)
class PullRequest:
    """A request on the forge: ``head`` is the commit that it asks to merge."""

    number: int
    url: str
    head: str
    open: bool
    merged: bool


@dataclass(frozen=True, slots=True)
class TokenRights:
    """What our token may do, and whether the branch is kept from whoever may write."""

    may_write: bool
    protected: bool


class Forge(Protocol):
    """One repository on one forge."""

    def find(self, branch: str) -> PullRequest | None:
        """The request made for this branch, open or not."""

    def ask(self, branch: str, base: str, title: str, body: str) -> PullRequest:
        """Open a request to merge ``branch`` into ``base``."""

    def checks(self, request: PullRequest) -> Checks:
        """What the checks of its head say now."""

    def merge(self, request: PullRequest) -> None:
        """Merge it, if its head is still the one we know; ForgeTrouble when the forge will not."""

    def rights(self, branch: str) -> TokenRights:
        """What our token may do in the repository, and whether ``branch`` is protected."""


class Api:
    """JSON over HTTP to a forge, with the token in a header; no redirect is followed with it."""

    def __init__(self, base: str, headers: dict[str, str]) -> None:
        self._client = httpx.Client(base_url=base, headers=headers, timeout=_PATIENCE, follow_redirects=False)

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, **query: str) -> Any:
        """What the forge answers; ForgeTrouble when it is down, slow, or says no."""
        try:
            answer = self._client.request(method, path, json=body, params=query)
        except httpx.HTTPError:
            raise ForgeUnreachable("la forge ne répond pas") from None
        if answer.status_code in (401, 403):
            raise ForgeTrouble("la forge refuse notre jeton : vérifiez qu'il vaut encore, et ses droits")
        if answer.status_code in (405, 406, 409, 422):
            raise ForgeTrouble("la forge ne fusionne pas cette demande pour l'instant")
        if answer.status_code >= 500 or answer.status_code == 429:
            raise ForgeTrouble("la forge est surchargée ou en panne")
        if not answer.is_success:
            raise ForgeTrouble(f"la forge a répondu {answer.status_code}")
        try:
            return answer.json() if answer.content else None
        except ValueError:
            raise ForgeTrouble("la forge a répondu autre chose que du JSON") from None

    def rights(self, repository: str, branch: str) -> TokenRights:
        """What the token may do and whether ``branch`` is protected, where a forge speaks as GitHub does."""
        project = self.call("GET", repository)
        kept = self.call("GET", f"{repository}/branches/{quote(branch, safe='')}")
        return TokenRights(bool(project.get("permissions", {}).get("push")), bool(kept["protected"]))


def address_and_path(repository_url: str) -> tuple[str, str]:
    """``https://forge.example/group/forum`` -> its address and ``group/forum``."""
    parts = urlsplit(repository_url.removesuffix("/").removesuffix(".git"))
    return f"{parts.scheme}://{parts.netloc}", parts.path.strip("/")


def together(states: list[Checks]) -> Checks:
    """One verdict for several checks."""
    for verdict in (Checks.RED, Checks.RUNNING, Checks.GREEN):
        if verdict in states:
            return verdict
    return Checks.NONE
