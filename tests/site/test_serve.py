"""What is saved is seen: the served site follows its sources, and stays up when a source is wrong."""

import http.client
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.collector import free_port
from divan.site.serve import RELOAD_SCRIPT, SiteChanges, server_of
from tests.small_forum import case, make_forum, reply, write

THREAD = "2026-02-03-abcd"


class Served:
    """A ``divan serve`` of a small forum, and a browser's view of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.port = free_port()
        words = [sys.executable, "-m", "divan", "--root", str(root), "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said = ""
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.said += line

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except OSError:
            return 0, ""
        finally:
            connection.close()

    def eventually(self, path: str, text: str) -> bool:
        """True as soon as the page shows ``text``; a minute is for a machine that does much else."""
        return soon(lambda: text in self.get(path)[1])

    def says(self, text: str) -> bool:
        """True as soon as the command has printed ``text``."""
        return soon(lambda: text in self.said)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=60)
        self._listener.join(timeout=60)
        assert self.process.stdout is not None
        self.process.stdout.close()


def soon(holds: Callable[[], bool]) -> bool:
    """Whether this comes true within a minute."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    root = make_forum(tmp_path / "forum")
    case(root, THREAD, title="Une toux qui dure", tags=["toux"])
    running = Served(root)
    yield running
    running.stop()


@pytest.mark.slow
def test_a_saved_reply_is_seen_and_a_fault_leaves_the_site_up(served: Served) -> None:
    address = f"/cas/{THREAD}/"
    assert served.eventually(address, "Une toux qui dure")
    assert "/-/reload.js" in served.get(address)[1]
    assert served.get("/cas/nulle-part/")[0] == 404
    assert served.get("/theme/")[0] == 404  # a folder is never listed

    reply(served.root, THREAD, "2026-02-04-efgh", text="Pensez à la coqueluche.")
    assert served.eventually(address, "Pensez à la coqueluche.")

    write(served.root, f"content/replies/{THREAD}/2026-02-05-ijkl.md", "sans en-tête")
    assert served.says("2026-02-05-ijkl.md:1:")
    assert served.get(address)[0] == 200


def test_a_port_already_taken_is_said(tmp_path: Path, served: Served) -> None:
    assert served.eventually(f"/cas/{THREAD}/", "Une toux qui dure")
    words = [sys.executable, "-m", "divan", "--root", str(served.root), "serve", "--port", str(served.port)]
    second = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert second.returncode == 1
    assert f"le port {served.port} est déjà pris" in second.stderr
    assert "Traceback" not in second.stderr


def test_before_the_first_build_a_page_says_so_and_the_folder_is_not_listed(tmp_path: Path) -> None:
    server = server_of(tmp_path / "output", 0, SiteChanges())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    try:
        connection.request("GET", "/")
        answer = connection.getresponse()
        page = answer.read().decode()
        assert answer.status == 503
        assert "Le site se construit" in page
        assert RELOAD_SCRIPT in page  # elle se recharge quand la construction finit
    finally:
        connection.close()
        server.shutdown()
        server.server_close()
