"""Run the collector: ``divan collect``."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import sqlalchemy as sql
from starlette.applications import Starlette
from starlette.types import ASGIApp

from divan.builder.settings import zone_of
from divan.collector.app import CollectorSettings
from divan.collector.database import StorageUnavailableError
from divan.collector.identity import Key, has_key, load_key
from divan.collector.shown_versions import ShownVersions, StudiesOnDisk, load_studies
from divan.collector.spending import counted
from divan.collector.store import AnswerStore
from divan.sources.french import civil_day
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.tokens.signing_key import signing_key
from surveys.model import Study


def state_folder(root: Path) -> Path:
    """Where the collector keeps its key and, by default, its database; never in git."""
    return root / ".divan" / "collector"


def signing_keys(root: Path) -> Path:
    """Where the keys that sign tokens are."""
    return state_folder(root) / "tokens"


def lists_of_codes(root: Path, study: str) -> Path:
    """Where the codes of a study are written to be handed out, and left until somebody erases them."""
    return root / ".divan" / "tokens" / study


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
    with listening_on(host, port) as listening, answers_store(root, database, receives=True) as store:
        stop_if(_unsigned(store, root, studies.values()))
        settings = CollectorSettings(
            studies=studies,
            store=store,
            key=key_of(store, root),
            root=root,
            signing_keys=signing_keys(root),
            on_disk=StudiesOnDisk(root, studies, ShownVersions(store.engine)),
            ignore_window=ignore_window,
            proof_required=proof_required,
            per_minute=per_minute,
            today=partial(civil_day, zone_of(root)),
        )
        surveys = f"{len(studies)} enquête{'s' if len(studies) > 1 else ''}"
        where = f"http://{host}:{listening.getsockname()[1]}"
        print(announced.format(where=where, surveys=surveys), "Ctrl+C pour arrêter.", flush=True)
        serve_until_stopped(application(root, settings), listening)


def _unsigned(store: AnswerStore, root: Path, studies: Iterable[Study]) -> Iterator[Problem]:
    """Waves whose codes were handed out, and whose key is not here: nobody who has one could answer."""
    for study, wave in [(one, wave) for one in studies for wave in one.waves if wave.by_token]:
        handed, _spent = counted(store.engine, study.id, wave.id)
        if handed and signing_key(signing_keys(root), study.id, wave.id) is None:
            place = f"{signing_keys(root).relative_to(root).as_posix()}/{study.id}/{wave.id}.key"
            remedy = "remettez-la : « divan restore » la tire d'une sauvegarde"
            yield Problem(place, None, "la clé qui signe les jetons de cette vague n'est pas là", remedy)


def key_of(store: AnswerStore, root: Path) -> Key:
    """The key of these answers: one made anew would know none of their receipts, and count twice what is sent again."""
    folder = state_folder(root)
    if not has_key(folder) and not store.empty:
        message = "la base a des réponses, et leur clé n'est pas là"
        kept = f"{folder.relative_to(root).as_posix()}/collector.key"
        remedy = f"remettez {kept}, ou DIVAN_COLLECTOR_KEY : « divan restore » les tire d'une sauvegarde"
        raise ProblemsFound([Problem("collector.key", None, message, remedy)])
    return load_key(folder)


def listening_on(host: str, port: int) -> socket.socket:
    """A socket that listens there; ProblemsFound when nothing may."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError:
        message = f"rien ne peut écouter sur le port {port} de « {host} »"
        remedy = "il est peut-être déjà pris, ou réservé : choisissez-en un autre"
        raise ProblemsFound([Problem("--port", None, message, remedy)]) from None


def serve_until_stopped(app: ASGIApp, listening: socket.socket) -> None:
    """Answer on this socket until interrupted; nothing of who asks is logged."""
    import uvicorn

    settings = uvicorn.Config(
        app, access_log=False, log_level="warning", server_header=False, proxy_headers=False, timeout_keep_alive=15,
        h11_max_incomplete_event_size=64 * 1024,
    )  # fmt: skip
    uvicorn.Server(settings).run(sockets=[listening])
