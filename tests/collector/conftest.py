"""Two databases, the same tests: SQLite in a file, and a PostgreSQL server of our own."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from divan.collector.store import AnswerStore


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


class PostgresServer:
    """A throw-away cluster in a temporary folder, run as ``postgres`` when we are root."""

    def __init__(self, binaries: Path) -> None:
        self.binaries = binaries
        self.user = "postgres" if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="divan-postgresql-"))
        if self.user:
            shutil.chown(self.folder, self.user)
        self.port = free_port()
        self._run("initdb", "-D", f"{self.folder}/data", "-A", "trust", "-U", "divan", "-E", "UTF8", "--locale=C")
        self.start()

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [self.binaries / program, *words], check=True, user=self.user, cwd=self.folder,
            env={"PATH": os.environ["PATH"]}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1"
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-o", options, "-w", "-l", f"{self.folder}/log", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", f"{self.folder}/data", "-w", "-m", "immediate", "stop")

    def new_database(self) -> str:
        name = f"test{time.monotonic_ns()}"
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "divan", name)
        return f"postgresql+psycopg://divan@127.0.0.1:{self.port}/{name}"


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not binaries:
        if os.environ.get("CI"):
            pytest.fail("en intégration continue, PostgreSQL doit être là (voir .ci/system-packages)")
        pytest.skip("pas de serveur PostgreSQL sur cette machine (apt-get install postgresql)")
    server = PostgresServer(binaries[-1])
    yield server
    server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.xdist_group("pg")])]
)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/answers.sqlite"
    url: str = request.getfixturevalue("postgres").new_database()
    return url


@pytest.fixture
def store(database: str) -> Iterator[AnswerStore]:
    with AnswerStore(database) as opened:
        yield opened
