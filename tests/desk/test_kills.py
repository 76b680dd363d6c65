"""Killed twenty times while it decides and publishes: nothing acknowledged is lost, nothing is published twice."""

import os
import random
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest

from divan.proposals.model import State
from tests.proposals.sending import HOUSE, JSON, REPLY, Opened, git

KILLS = 20


@pytest.mark.slow
def test_killed_at_random_it_publishes_each_proposal_once(forum: Opened, database: str) -> None:
    receipts = [forum.send({"submission": f"s-{n}", "text": f"Avis numéro {n}."}) for n in range(12)]
    moments = random.Random(20261128)
    for _ in range(KILLS):
        with _start(forum.root, database) as worker:
            assert worker.stdout
            worker.stdout.readline()
            threading.Event().wait(moments.uniform(0.0, 0.6))
            worker.kill()
    _finish(forum)
    trailers = git(forum.bare, "log", "--format=%(trailers:key=Proposal,valueonly)", "main").split()
    assert Counter(trailers) == dict.fromkeys(set(trailers), 1)
    assert len(trailers) == len(receipts)
    texts = git(forum.bare, "grep", "-h", "Avis num", "main", "--", "content/replies").splitlines()
    assert sorted(texts) == sorted(f"Avis numéro {n}." for n in range(12))
    states = {
        forum.client.post("/proposals/receipt", data={"receipt": one}, headers=JSON).json()["state"] for one in receipts
    }
    assert states == {"published"}
    assert REPLY["text"] not in git(forum.bare, "log", "-p", "main")


def _start(root: Path, database: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(HOUSE)}
    words = [sys.executable, "-m", "tests.desk.killed", str(root), database]
    return subprocess.Popen(words, cwd=HOUSE, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _finish(forum: Opened) -> None:
    """After the last kill, one start that is left to end its work."""
    from dataclasses import replace

    late = replace(forum.desk.publisher, clock=lambda: 4_000_000_000.0)
    for proposal in forum.desk.queue.waiting():
        if not proposal.publishing:
            forum.desk.deciding.publish(proposal, 1)
    while any(one.state != State.PUBLISHED for one in forum.desk.queue.waiting()):
        assert late.run() > 0
