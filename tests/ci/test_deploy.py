"""The files that put a collector behind a web server relay each of its addresses, and keep it in its folder."""

from __future__ import annotations

import re
import shutil
import subprocess
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
