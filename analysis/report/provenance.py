"""What a report was made from: every file it read, by hash, and the software that read it."""

from __future__ import annotations

import hashlib
import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from analysis.plan.freezing import frozen_path
from analysis.plan.loading import plan_path
from analysis.plan.plan_history import record_path
from analysis.plan.specification import Plan
from surveys.chat.store import chat_files
from surveys.coding.text_units import coding_files
from surveys.model import Study
from surveys.responses import responses_path

PACKAGES = ("numpy", "pandas", "scipy", "statsmodels", "jinja2", "openpyxl", "python-docx", "resvg-py")
APPROVED = "approved.csv"
QUOTES = "quotes.csv"
ASIDE = ("/plan-history.json", "/plan-frozen.json")  # what is known of the plan, of which no figure is made


@dataclass(frozen=True, slots=True)
class Input:
    """A file, relative to the repository, and its SHA-256."""

    path: str
    sha256: str


def wanted_files(study: Study, plan: Plan) -> list[Path]:
    """Every file that the report of a study reads, whether or not it is there, in a fixed order."""
    wanted = [study.folder / "study.yaml", plan_path(study)]
    wanted += [study.folder / f"{wave.questionnaire.id}.yaml" for wave in study.fielded]
    wanted += [responses_path(study, wave.id) for wave in study.fielded]
    wanted += [*chat_files(study.folder), *coding_files(study.folder)] if study.chat else ()
    wanted += [study.roster] if study.roster else []
    wanted += [study.folder / plan.printed] if plan.printed else []
    wanted += [study.folder / figure.file for figure in plan.figures if figure.file]
    wanted += [study.folder / APPROVED, study.folder / QUOTES, record_path(study), frozen_path(study)]
    return [*dict.fromkeys(wanted)]


def inputs(root: Path, study: Study, plan: Plan) -> tuple[Input, ...]:
    """The files that the report of a study reads and that are there."""
    wanted = wanted_files(study, plan)
    return tuple(Input(path.relative_to(root).as_posix(), sha256(path)) for path in wanted if path.is_file())


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def software() -> dict[str, str]:
    """Versions of what computed the report."""
    return {"python": platform.python_version()} | {name: _version(name) for name in PACKAGES}


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "source"
