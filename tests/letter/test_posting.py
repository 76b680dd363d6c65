"""Each reader gets a week's letter once: run again, killed in the middle, refused, or with the server gone."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from divan.collector.identity import load_key
from divan.collector.serving import answers_store, state_folder
from divan.letter.subscribers import Subscribers
from tests.desk.postbox import Postbox
from tests.letter.conftest import WEEK
from tests.places import HOUSE

READERS = [f"lecteur{n}@exemple.example" for n in range(5)]


@pytest.fixture
def subscribed(root: Path) -> Path:
    """Five readers who confirmed, and one who did not."""
    from datetime import date

    with answers_store(root, None, receives=True) as store:
        listed = Subscribers(store.engine, load_key(state_folder(root)).secret)
        for address in READERS:
            token = listed.ask(address, date(2026, 3, 1))
            assert token and listed.confirm(token)
        listed.ask("jamais@exemple.example", date(2026, 3, 1))
    return root


def started(root: Path) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "divan", "--root", str(root), "digest", "--send", "--week", WEEK]
    environment = {**os.environ, "PYTHONPATH": str(HOUSE)}
    return subprocess.Popen(words, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)


def send(root: Path) -> tuple[int, str, str]:
    process = started(root)
    out, err = process.communicate(timeout=120)
    return process.returncode, out.replace("\u00a0", " "), err.replace("\u00a0", " ")


def test_each_gets_its_own_letter_once_however_often_it_is_sent(subscribed: Path, box: Postbox) -> None:
    assert send(subscribed) == (0, "5 lettres envoyées.\n", "")
    assert send(subscribed) == (0, "0 lettre envoyée.\n", "")
    assert [to for to, _ in box.received] == READERS
    leaves = {mail["List-Unsubscribe"] for _, mail in box.received}
    assert len(leaves) == 5
    _, mail = box.received[0]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    leave = mail["List-Unsubscribe"].strip()
    assert leave.startswith("<https://forum.example/letter/leave/")
    assert leave.strip("<>") in mail.get_body(("plain",)).get_content()
    assert "Une toux &lt;vive&gt;" in mail.get_body(("html",)).get_content()
    assert mail["To"] == READERS[0] and mail["Cc"] is None and mail["Bcc"] is None


class Killing(Postbox):
    """Kills who sends at the third letter, before or after it has been taken."""

    def arm(self, process: "subprocess.Popen[str]", when: str) -> None:
        self.process, self.when = process, when

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, to: str, options: object) -> str:  # noqa: N802
        if getattr(self, "when", "") == "before" and to == READERS[2]:
            self._kill()
        return await super().handle_RCPT(server, session, envelope, to, options)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = await super().handle_DATA(server, session, envelope)
        if getattr(self, "when", "") == "after" and envelope.rcpt_tos == [READERS[2]]:
            self._kill()
        return answer

    def _kill(self) -> None:
        self.when = ""
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def box() -> "object":
    from aiosmtpd.controller import Controller

    from bench.collector import free_port

    kept = Killing()
    kept.port = free_port()
    server = Controller(kept, hostname="127.0.0.1", port=kept.port)
    server.start()
    yield kept
    server.stop()


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_kill_in_the_middle_loses_nobody_and_writes_to_nobody_twice(
    when: str, subscribed: Path, box: Killing
) -> None:
    process = started(subscribed)
    box.arm(process, when)
    process.communicate(timeout=120)
    assert process.returncode == -signal.SIGKILL
    code, _, err = send(subscribed)
    assert code == 0
    assert sorted(to for to, _ in box.received) == READERS
    assert ("était en route" in err) is (when == "after")


def test_an_address_refused_for_good_is_counted_and_one_refused_for_now_is_tried_again(
    subscribed: Path, box: Killing
) -> None:
    box.refused = {READERS[1]: 550, READERS[3]: 451}
    code, out, err = send(subscribed)
    assert (code, out) == (1, "3 lettres envoyées.\n")
    assert "1 adresse refusée par son serveur." in err
    assert "1 lettre n'est pas partie" in err
    box.refused = {}
    assert send(subscribed)[:2] == (0, "1 lettre envoyée.\n")
    assert sorted(to for to, _ in box.received) == [READERS[n] for n in (0, 2, 3, 4)]


def test_with_no_server_nothing_leaves_and_all_may_leave_later(subscribed: Path, box: Killing) -> None:
    conf = subscribed / "pelicanconf.py"
    kept = conf.read_text("utf-8")
    conf.write_text(kept + 'LETTER = {"host": "127.0.0.1", "port": 1, "from": "a@b.example"}\n', encoding="utf-8")
    code, out, err = send(subscribed)
    assert (code, out) == (1, "0 lettre envoyée.\n")
    assert "5 lettres ne sont pas parties" in err
    conf.write_text(kept, encoding="utf-8")
    assert send(subscribed)[:2] == (0, "5 lettres envoyées.\n")


def test_who_left_gets_no_letter(subscribed: Path, box: Killing) -> None:
    with answers_store(subscribed, None) as store:
        listed = Subscribers(store.engine, load_key(state_folder(subscribed)).secret)
        listed.leave(listed.confirmed()[0].token)
    send(subscribed)
    assert [to for to, _ in box.received] == READERS[1:]
