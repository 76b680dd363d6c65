"""Before a moderator has published it, nothing of a proposal is in git; neither then nor later is it in a log."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bench.collector import free_port
from divan.desk.moderators import Moderators
from divan.proposals.model import ProposalState
from tests.desk.moderating import sign_in
from tests.proposals.sending import HOUSE, REPLY, TODAY, Opened, photograph, small_forum

PATIENCE = 60.0
ADDRESS, SENDER = "moi@exemple.example", "203.0.113.77"


def git(folder: Path, *words: str) -> bytes:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, check=True).stdout


def all_that_git_holds(folder: Path) -> bytes:
    """Every object that is there, reachable, stashed or left over, the refs with their logs, the files laid out."""
    objects = git(folder, "cat-file", "--batch-all-objects", "--batch", "--unordered")
    where = [git(folder, *words) for words in (("for-each-ref",), ("reflog", "--all"), ("worktree", "list"))]
    apart = {".divan"}  # the desk's own folder is looked at by itself
    files = [file for file in folder.rglob("*") if file.is_file() and not apart & set(file.relative_to(folder).parts)]
    return b"".join([objects, *where, *(file.read_bytes() + file.name.encode() for file in files)])


def holds(forum: Opened, word: str) -> list[Path]:
    """The repositories that hold a word: the remote, the group's own, the desk's."""
    folders = [forum.bare, forum.root, forum.desk.publisher.repository.folder]
    return [folder for folder in folders if folder.is_dir() and word.encode() in all_that_git_holds(folder)]


def read_at_the_desk(forum: Opened) -> str:
    """A moderator opens it, looks at the page as it will be; the publisher runs meanwhile. Its name."""
    (kept,) = forum.desk.queue.waiting()
    at = sign_in(forum)
    for page in (f"propositions/{kept.uid}", f"apercu/{kept.uid}/fil/x/", ""):
        assert at.client.get(f"/desk/{page}").status_code == 200
    forum.desk.publisher.run()
    return kept.uid


def test_what_is_received_and_read_is_not_in_git(forum: Opened) -> None:
    receipt = forum.send({"text": "Un mot jamais vu : zygomorphe."})
    read_at_the_desk(forum)
    forum.follow(receipt, **{**REPLY, "action": "amend", "text": "Un autre mot : zygomorphie."})
    read_at_the_desk(forum)
    assert holds(forum, "zygomorph") == []


@pytest.mark.parametrize("state", [ProposalState.RETURNED, ProposalState.REFUSED])
def test_what_is_not_retained_never_is(small: Opened, state: ProposalState) -> None:
    small.send({"text": "Un mot jamais vu : zygomorphe."})
    read_at_the_desk(small)
    assert small.desk.queue.settle(small.desk.queue.waiting()[0], state, "Dites autrement.", TODAY)
    small.desk.publisher.run()
    assert holds(small, "zygomorphe") == []


def test_what_was_mended_before_is_not_published_with_the_rest(small: Opened) -> None:
    receipt = small.send({"text": "Un mot jamais vu : zygomorphe."})
    read_at_the_desk(small)
    small.follow(receipt, **{**REPLY, "action": "amend", "text": "Un mot déjà vu : asymétrique."})
    uid = read_at_the_desk(small)
    sign_in(small).press(uid, "publish")
    small.desk.publisher.run()
    assert holds(small, "asymétrique")
    assert holds(small, "zygomorphe") == []
    assert holds(small, receipt) == holds(small, receipt.replace("-", "")) == []


def test_a_remote_that_refuses_holds_nothing_that_its_moderators_have_not_accepted(small: Opened) -> None:
    hook = small.bare / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    small.send({"text": "Un mot accepté : zygomorphe."})
    sign_in(small).press(read_at_the_desk(small), "publish")
    small.send({"text": "Un mot qui attend : hétérophyllie.", "submission": "s-2"})
    assert small.desk.publisher.run() == 0
    assert small.bare not in holds(small, "zygomorphe")
    assert holds(small, "hétérophyllie") == []


class Logged:
    """A ``divan collect`` whose every logger writes, from DEBUG on, into one file."""

    def __init__(self, folder: Path, root: Path, database: str) -> None:
        (folder / "sitecustomize.py").write_text(
            "import logging, os\nlogging.basicConfig(level=logging.DEBUG, filename=os.environ['LOGGED'])\n"
            "logging.debug('tout est écrit ici')\n"
        )
        self.port, self.file, self.said = free_port(), folder / "everything.log", folder / "said.txt"
        environment = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{HOUSE}", "LOGGED": str(self.file)}
        words = [sys.executable, "-m", "divan", "--root", str(root), "collect", "--port", str(self.port),
                 "--database", database]  # fmt: skip
        self._out = self.said.open("w")
        self.process = subprocess.Popen(words, env=environment, stdout=self._out, stderr=self._out)
        began = time.monotonic()
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert self.process.poll() is None and time.monotonic() - began < PATIENCE, self.said.read_text()
                time.sleep(0.05)

    def post(self, path: str, fields: dict[str, str], **more: object) -> httpx.Response:
        headers = {"accept": "application/json", "x-forwarded-for": SENDER, "origin": f"http://127.0.0.1:{self.port}"}
        headers |= more.pop("headers", {})  # type: ignore[operator, arg-type]
        return httpx.post(f"http://127.0.0.1:{self.port}{path}", data=fields, headers=headers, timeout=PATIENCE,
                          **more)  # type: ignore[arg-type] # fmt: skip

    def stop(self) -> str:
        self.process.terminate()
        self.process.wait(PATIENCE)
        self._out.close()
        return self.file.read_text("utf-8") + self.said.read_text("utf-8")


@contextmanager
def logged(folder: Path, root: Path, database: str) -> Iterator[Logged]:
    running = Logged(folder, root, database)
    try:
        yield running
    finally:
        running.process.kill()
        running.process.wait(PATIENCE)


def test_no_proposal_address_or_receipt_in_any_log(tmp_path: Path, database: str) -> None:
    from divan.collector.store import AnswerStore

    root, _ = small_forum(tmp_path)
    (root / "pelicanconf.py").write_text("from divan.settings import *\nSITEURL = 'https://forum.example'\n")
    with AnswerStore(database) as store:
        token = Moderators(store.engine).invite("Anouk")
    with logged(tmp_path, root, database) as running:
        image = {"image": ("a.jpg", photograph(), "image/jpeg")}
        words = "Un mot jamais vu : zygomorphe."
        sent = running.post("/proposals/", REPLY | {"text": words, "email": ADDRESS, "image_alt": "Une plaie bleutée"},
                            files=image)  # fmt: skip
        receipt = sent.json()["receipt"]
        running.post(
            "/proposals/", REPLY | {"text": "Rappelez le 06 39 98 12 34, zygomorphe.", "author": "Dr Zygomorphe"}
        )
        running.post("/proposals/receipt", {"receipt": receipt})
        running.post("/proposals/receipt", {**REPLY, "receipt": receipt, "action": "amend", "text": f"{words} Encore."})
        running.post("/proposals/receipt", {"receipt": "ABCD-EFGH-IJKL", "action": "withdraw"})
        running.post("/proposals/", REPLY, files={"image": ("a.jpg", b"zygomorphe", "image/jpeg")})
        entered = running.post(f"/desk/entrer/{token}", {"device": "Essai"})
        cookie = entered.headers["set-cookie"].partition(";")[0]
        desk = {"headers": {"cookie": cookie}}
        address = f"http://127.0.0.1:{running.port}/desk/"
        queue = httpx.get(address, headers={"cookie": cookie}, timeout=PATIENCE).text
        uid = re.findall("/desk/propositions/([0-9a-f]+)", queue)[0]
        page = httpx.get(f"{address}propositions/{uid}", headers={"cookie": cookie}, timeout=PATIENCE).text
        assert "zygomorphe" in page
        form = {name: re.findall(rf'name="{name}" value="([0-9a-f]+)"', page)[0] for name in ("token", "version")}
        refused = running.post(f"/desk/propositions/{uid}", {**form, "action": "refuse", "words": "Déjà, zygomorphe."},
                               **desk)  # fmt: skip
        assert refused.status_code == 303
        told = running.stop()
    assert "tout est écrit ici" in told
    secrets = ["ygomorphe", "hirondelle", "bleutée", "Fabricant", ADDRESS, SENDER, receipt, receipt.replace("-", ""),
               "06 39 98", token, cookie.partition("=")[2], *form.values()]  # fmt: skip
    assert found(told, [secret for secret in secrets if len(secret) > 3]) == []


def found(told: str, secrets: Sequence[str]) -> list[str]:
    return [secret for secret in secrets if secret in told]
