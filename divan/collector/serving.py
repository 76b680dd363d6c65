"""Run the collector: ``divan collect``."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sql
from starlette.applications import Starlette

from divan.collector.app import CollectorSettings, load_studies
from divan.collector.database import StorageUnavailableError
from divan.collector.identity import load_key
from divan.collector.store import AnswerStore
from divan.sources.problem import Problem, ProblemsFound, stop_if


def state_folder(root: Path) -> Path:
    """Where the collector keeps its key and, by default, its database; never in git."""
    return root / ".divan" / "collector"


def open_store(root: Path, database: str | None) -> AnswerStore:
    """The store at ``database`` (a SQLAlchemy URL), or SQLite in the state folder; ProblemsFound for another one."""
    if database is None:
        state_folder(root).mkdir(mode=0o700, parents=True, exist_ok=True)
        database = f"sqlite:///{state_folder(root) / 'answers.sqlite'}"
    return AnswerStore(_address(database))


@contextmanager
def answers_store(root: Path, database: str | None, *, receives: bool = False) -> Iterator[AnswerStore]:
    """The store, for one command: a database that does not answer is a problem to mend, not an error.

    Only what ``receives`` answers may begin a new file: for the others a name without a file is a mistyped one.
    """
    if database and not receives:
        stop_if(_no_file(_address(database)))
    try:
        with open_store(root, database) as store:
            yield store
    except StorageUnavailableError:
        message = "la base des réponses ne s'ouvre pas, ou n'a pas répondu"
        remedy = "vérifiez son adresse, qu'elle tourne, qu'aucun autre programme ne la tient, et la place sur le disque"
        raise ProblemsFound([Problem("--database", None, message, remedy)]) from None


def _no_file(address: str) -> Iterator[Problem]:
    file = sql.make_url(address).database
    if address.startswith("sqlite") and not Path(file or "").is_file():
        yield Problem(
            "--database", None, f"le fichier {file} n'existe pas", "vérifiez son nom : rien n'a été lu ni écrit"
        )


def _address(database: str) -> str:
    """The address as SQLAlchemy reads it. A database in memory would forget what has been thanked for."""
    examples = "exemples : sqlite:////srv/reponses.sqlite, postgresql://divan@localhost/divan"
    if database.startswith("postgres://"):
        database = f"postgresql{database.removeprefix('postgres')}"
    try:
        url = sql.make_url(database)
    except sql.exc.ArgumentError:
        raise ProblemsFound([Problem("--database", None, "cette adresse ne se lit pas", examples)]) from None
    backend = url.get_backend_name()
    if backend not in ("sqlite", "postgresql"):
        message = f"les réponses se gardent dans SQLite ou PostgreSQL, pas dans « {backend} »"
        raise ProblemsFound([Problem("--database", None, message, examples)])
    if backend == "sqlite" and url.database in (None, "", ":memory:"):
        message = "une base SQLite a besoin d'un fichier : en mémoire, elle oublierait tout"
        raise ProblemsFound([Problem("--database", None, message, examples)])
    driver = "postgresql+psycopg" if backend == "postgresql" else "sqlite"
    return url.set(drivername=driver).render_as_string(hide_password=False)


def collect(
    root: Path,
    *,
    host: str,
    port: int,
    database: str | None,
    ignore_window: bool,
    proof_required: bool,
    per_minute: int,
    application: Callable[[Path, CollectorSettings], Starlette],
    announced: str,
) -> None:
    """Serve until stopped what ``application`` makes of the settings; ``announced`` says so, with where and surveys.

    Nothing about the senders is logged: there is no access log at all.
    """
    studies = load_studies(root)
    with _listening(host, port) as listening, answers_store(root, database, receives=True) as store:
        settings = CollectorSettings(
            studies=studies,
            store=store,
            key=load_key(state_folder(root)),
            ignore_window=ignore_window,
            proof_required=proof_required,
            per_minute=per_minute,
        )
        surveys = f"{len(studies)} enquête{'s' if len(studies) > 1 else ''}"
        where = f"http://{host}:{listening.getsockname()[1]}"
        print(announced.format(where=where, surveys=surveys), "Ctrl+C pour arrêter.", flush=True)
        _serve(application(root, settings), listening)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError:
        message = f"rien ne peut écouter sur le port {port} de « {host} »"
        remedy = "il est peut-être déjà pris, ou réservé : choisissez-en un autre"
        raise ProblemsFound([Problem("--port", None, message, remedy)]) from None


def _serve(app: Starlette, listening: socket.socket) -> None:
    import uvicorn

    settings = uvicorn.Config(
        app, access_log=False, log_level="warning", server_header=False, proxy_headers=False, timeout_keep_alive=15,
        h11_max_incomplete_event_size=64 * 1024,
    )  # fmt: skip
    uvicorn.Server(settings).run(sockets=[listening])
