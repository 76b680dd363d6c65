"""The files that put a collector behind a web server relay each of its addresses, and keep it in its folder."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

DEPLOY = Path("deploy")
#: Addresses of the collector and its desk that a reader's browser asks for.
SERVED = sorted(
    {
        match.split("/")[1]
        for folder in ("collector", "proposals", "desk")
        for path in Path("divan", folder).glob("*.py")
        for match in re.findall(r'Route\(\s*"(/[^"]+)"', path.read_text(encoding="utf-8"))
    }
)


@pytest.mark.parametrize("served", SERVED)
@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_every_address_of_the_collector_is_relayed(name: str, served: str) -> None:
    relayed = (DEPLOY / name).read_text(encoding="utf-8")
    assert re.search(rf"/\(?(?:\w+\|)*{served}\b", relayed), f"{name} ne relaie pas /{served}"


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_the_numbered_form_is_relayed_and_nothing_unknown_is_said_lost(name: str) -> None:
    relayed = (DEPLOY / name).read_text(encoding="utf-8")
    assert "/formulaire" in relayed
    assert "pas été enregistrée" not in relayed  # what a silent collector has kept, nobody knows


def test_addresses_are_found() -> None:
    assert {"enquetes", "altcha", "health", "proposals", "desk"} <= {*SERVED}


def test_the_service_may_do_nothing_but_answer() -> None:
    """systemd measures 3 of 10 at most, where it is there; everywhere, the rights that make it are declared."""
    unit = DEPLOY / "divan-collector.service"
    declared = set(re.findall(r"^(\w+)=", unit.read_text(encoding="utf-8"), re.MULTILINE))
    assert {
        "ProtectSystem", "ProtectHome", "PrivateTmp", "PrivateDevices", "PrivateUsers", "NoNewPrivileges",
        "CapabilityBoundingSet", "RestrictNamespaces", "SystemCallFilter", "ReadWritePaths", "UMask",
    } <= declared  # fmt: skip
    if program := shutil.which("systemd-analyze"):
        told = subprocess.run(
            [program, "security", "--offline=yes", str(unit)], capture_output=True, text=True, check=False
        ).stdout
        assert float(re.findall(r"exposure level for \S+: ([\d.]+)", told)[0]) <= 3


def test_the_container_holds_what_the_service_runs() -> None:
    """Each file that its recipe copies is there, and what is installed is the whole package, not a list of modules."""
    recipe = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    copied = re.findall(r"^COPY (?!--from)(\S+) ", recipe, re.MULTILINE)
    assert "." in copied
    assert all(Path(name).exists() for name in copied)
    assert 'CMD ["divan", "collect"' in recipe


BUILDER = """#!/bin/sh
echo "$1" >> "$0.asked"
case "$1" in
  info|build) ;;
  run) {python} -m http.server {port} --bind 127.0.0.1 --directory {folder} >/dev/null 2>&1 & echo $! ;;
  port) echo 127.0.0.1:{port} ;;
  rm) kill "$3" ;;
esac
"""


def run_container(path: Path) -> subprocess.CompletedProcess[str]:
    """Run the script among the tools that it asks for, and no other builder than that of ``path``."""
    for tool in ("bash", "sh", "curl", "dirname", "seq", "sed", "sleep", "cat"):
        (path / tool).symlink_to(shutil.which(tool) or tool)
    return subprocess.run([".ci/container"], env={"PATH": str(path)}, capture_output=True, text=True, check=False)


def test_the_image_is_built_started_asked_for_its_health_and_taken_away_where_a_builder_is(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "health").write_text('{"status": "ok"}', encoding="utf-8")
    builder = tmp_path / "podman"
    builder.write_text(BUILDER.format(python=sys.executable, port=port, folder=tmp_path), encoding="utf-8")
    builder.chmod(0o755)
    done = run_container(tmp_path)
    assert done.returncode == 0, done.stderr
    assert '{"status": "ok"}' in done.stdout
    assert (tmp_path / "podman.asked").read_text().split() == ["info", "build", "run", "port", "rm"]


def test_without_a_builder_it_is_said_that_no_image_was_built(tmp_path: Path) -> None:
    done = run_container(tmp_path)
    assert done.returncode == 0
    assert "n'est pas construite" in done.stdout
