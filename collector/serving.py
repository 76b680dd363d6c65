"""Run the collector: ``divan collect``."""

from __future__ import annotations

from pathlib import Path

from collector.identity import load_key
from collector.store import Store


def state_folder(root: Path) -> Path:
    """Where the collector keeps its key and, by default, its database; never in git."""
    return root / ".divan" / "collector"


def open_store(root: Path, database: str | None) -> Store:
    """The store at ``database`` (a SQLAlchemy URL), or SQLite in the state folder."""
    if database is None:
        state_folder(root).mkdir(parents=True, exist_ok=True)
        database = f"sqlite:///{state_folder(root) / 'answers.sqlite'}"
    if database.startswith(("postgresql://", "postgres://")):
        database = "postgresql+psycopg://" + database.partition("://")[2]
    return Store(database)


def collect(
    root: Path,
    *,
    host: str,
    port: int,
    database: str | None,
    ignore_window: bool,
    proof_required: bool,
    per_minute: int,
) -> None:
    """Serve until stopped. Nothing about the senders is logged: there is no access log at all."""
    import uvicorn

    from collector.app import Settings, create_app, load_studies

    settings = Settings(
        studies=load_studies(root),
        store=open_store(root, database),
        key=load_key(state_folder(root)),
        ignore_window=ignore_window,
        proof_required=proof_required,
        per_minute=per_minute,
    )
    number = len(settings.studies)
    surveys = f"{number} enquête{'s' if number > 1 else ''}"
    print(f"Le collecteur écoute sur http://{host}:{port} ({surveys}). Ctrl+C pour l'arrêter.", flush=True)
    uvicorn.run(
        create_app(settings), host=host, port=port, access_log=False, log_level="warning", server_header=False,
        proxy_headers=False, timeout_keep_alive=15, h11_max_incomplete_event_size=64 * 1024,
    )  # fmt: skip
