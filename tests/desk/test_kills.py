"""Killed at random while it receives and publishes, before a remote that refuses, hangs or moves on: nothing is lost,
nothing is published twice.
"""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.proposals.sending import HOUSE, JSON, REPLY, git, photograph, small_forum

LONGEST = 120.0
FAULTS = ("", "", "refuses", "hangs", "moves on")
HOOK = """\
#!/bin/sh
case "$(cat fault)" in
  refuses) exit 1 ;;
  hangs) sleep 5 ;;
esac
"""


@dataclass
class Sender:
    """Sends one proposal after another, each until it is acknowledged; ``receipts`` by the text sent."""

    port: int
    receipts: dict[str, str] = field(default_factory=dict)
    again: int = 0
    begins: threading.Event = field(default_factory=threading.Event)
    stopped: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.stopped.is_set():
            number = len(self.receipts)
            fields = REPLY | {"text": f"Avis numéro {number}.", "submission": f"s-{number}"}
            files = None
            if number % 3 == 0:
                fields["image_alt"] = "Une plaie"
                files = [("image", ("a.jpg", photograph(), "image/jpeg"))]
            self.receipts[fields["text"]] = self._until_received(fields, files)
            time.sleep(0.3)

    def _until_received(self, fields: dict[str, str], files: object) -> str:
        began = time.monotonic()
        while time.monotonic() - began < LONGEST:
            self.begins.set()
            try:
                answer = httpx.post(f"http://127.0.0.1:{self.port}/proposals/", data=fields, files=files,  # type: ignore[arg-type]
                                    headers=JSON, timeout=LONGEST)  # fmt: skip
            except httpx.HTTPError:
                self.again += 1
                time.sleep(0.02)
                continue
            if answer.status_code == 201:
                return str(answer.json()["receipt"])
            assert answer.status_code == 503, answer.text
        raise AssertionError("jamais reçue")


@dataclass
class Collector:
    """Started and killed at will, always behind the same port."""

    process: subprocess.Popen[str]
    port: int
    running: int = 0

    def start(self) -> None:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write("start\n")
        self.process.stdin.flush()
        self.running = int(self.process.stdout.readline())

    def kill(self) -> None:
        os.kill(self.running, signal.SIGKILL)


@contextmanager
def collector(root: Path, database: str) -> Iterator[Collector]:
    words = [sys.executable, "-m", "tests.desk.killed", str(root), database]
    environment = {**os.environ, "PYTHONPATH": str(HOUSE)}
    with subprocess.Popen(words, cwd=HOUSE, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                          stderr=subprocess.DEVNULL) as process:  # fmt: skip
        assert process.stdout
        one = Collector(process, int(process.stdout.readline()))
        try:
            yield one
        finally:
            one.kill()
            process.kill()


def moves_on(root: Path, number: int) -> None:
    """Someone else publishes a word of their own; a remote that moved meanwhile is theirs to look at again."""
    file = root / "content/hashtags.yaml"
    file.write_text(f"{file.read_text('utf-8')}- {{name: mot{number}, synonyms: [], about: Un mot}}\n", "utf-8")
    who = ("-c", "user.name=a", "-c", "user.email=a@users.invalid")
    subprocess.run(["git", *who, "commit", "-qam", "Ailleurs"], cwd=root, check=True)
    subprocess.run(["git", *who, "pull", "-q", "--rebase", "origin", "main"], cwd=root, check=False)
    subprocess.run(["git", "push", "-q", "origin", "main"], cwd=root, check=False, capture_output=True)


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_what_was_acknowledged_is_published_once(tmp_path: Path, database: str, kills: int) -> None:
    root, bare = small_forum(tmp_path)
    fault = bare / "fault"
    fault.write_text("")
    (bare / "hooks/pre-receive").write_text(HOOK)
    (bare / "hooks/pre-receive").chmod(0o755)
    moments = random.Random(20261128)
    with collector(root, database) as desk:
        sender = Sender(desk.port)
        sending = threading.Thread(target=sender.run)
        sending.start()
        for number in range(kills):
            desk.start()
            chosen = moments.choice(FAULTS)
            fault.write_text(chosen)
            if chosen == "moves on":
                moves_on(root, number)
            assert _state(desk.port, "") == "404"  # it answers
            sender.begins.clear()
            if moments.random() < 0.5:  # in the midst of receiving; else wherever it is
                sender.begins.wait(LONGEST)
            time.sleep(moments.uniform(0.0, 0.05) if sender.begins.is_set() else moments.uniform(0.0, 0.8))
            desk.kill()
        fault.write_text("")
        desk.start()
        sender.stopped.set()
        sending.join(LONGEST)
        states = ended(desk.port, list(sender.receipts.values()))
    assert set(states) == {"published"}
    trailers = git(bare, "log", "--format=%(trailers:key=Proposal,valueonly)", "main").split()
    assert Counter(trailers) == dict.fromkeys(set(trailers), 1)
    assert len(trailers) == len(sender.receipts)
    texts = git(bare, "grep", "-h", "Avis num", "main", "--", "content/replies").splitlines()
    assert sorted(texts) == sorted(sender.receipts)
    pictures = git(bare, "ls-tree", "-r", "--name-only", "main", "content/images").splitlines()
    assert len(pictures) == (len(texts) + 2) // 3
    print(f"{kills} fois tué, {len(texts)} reçues et publiées, {sender.again} envois repris")


def ended(port: int, receipts: list[str]) -> list[str]:
    """The state of each, once nothing is on its way any more."""
    began = time.monotonic()
    while True:
        states = [_state(port, receipt) for receipt in receipts]
        if set(states) == {"published"} or time.monotonic() - began > LONGEST:
            return states
        time.sleep(0.5)


def _state(port: int, receipt: str) -> str:
    address = f"http://127.0.0.1:{port}/proposals/receipt"
    try:
        answer = httpx.post(address, data={"receipt": receipt}, headers=JSON, timeout=LONGEST)
    except httpx.HTTPError:
        return "?"
    return str(answer.json().get("state", answer.status_code))
