"""What a guide tells to type or to write for a host is what shells, servers and forges read; the files given do it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from divan.founding.folder import write_folder
from divan.founding.founder_answers import founding
from tests.places import HOUSE

GUIDES = HOUSE / "content/pages/guides"
HOSTS = sorted(GUIDES.glob("heberger*.md"), key=lambda page: page.stem)
VETS = {"name": "Vétos", "trade": "vétérinaires", "country": "free", "territory": "Le pays", "places": "nord=Nord",
        "contact": "v@forum.example", "repository": "https://forge.example/nous/vetos"}  # fmt: skip


def blocks(page: Path, language: str) -> list[str]:
    """The blocks of code of one language, "" for what a shell is given."""
    found = re.findall(r"^```(\w*)\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [block for named, block in found if named == language]


def founded(folder: Path, forge: str) -> Path:
    """The folder of a group of vets on a forge."""
    write_folder(folder, founding({**VETS, "forge": forge}, None))
    return folder


def scripts(folder: Path) -> list[str]:
    """Every script that the forge of a group runs."""
    github = list(folder.rglob("site.yml"))
    if github:
        jobs = yaml.safe_load(github[0].read_text(encoding="utf-8"))["jobs"].values()
        return [step["run"] for job in jobs for step in job["steps"] if "run" in step]
    jobs = yaml.safe_load((folder / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    return ["\n".join(job["script"]) for job in jobs.values() if isinstance(job, dict) and "script" in job]


def test_each_host_has_its_guide_which_says_what_is_private() -> None:
    assert [page.stem for page in HOSTS] == [
        "heberger", "heberger-forgejo", "heberger-github", "heberger-gitlab", "heberger-serveur",
    ]  # fmt: skip
    for page in HOSTS[1:]:
        text = page.read_text(encoding="utf-8")
        assert "**Ce qui est privé, ce qui est public.**" in text
        told = re.findall(r"^## (.*)$", text, re.MULTILINE)
        for part in (
            "Mettre en ligne",
            "Les en-têtes",
            "Le collecteur et le bureau",
            "L'espace des membres",
            "auvegarder",
        ):
            assert any(part in one for one in told), f"{page.stem} : {part}"
        assert "haque nuit" in " ".join(told)


@pytest.mark.parametrize("page", HOSTS, ids=lambda page: page.stem)
def test_what_is_to_be_typed_is_shell_whose_programs_are_known(page: Path) -> None:
    known = {
        "apt-get",
        "cd",
        "chmod",
        "cp",
        "curl",
        "divan",
        "gh",
        "git",
        "make",
        "pip",
        "rsync",
        "systemctl",
        "useradd",
    }
    typed = blocks(page, "") + [line.split(None, 5)[5] for block in blocks(page, "cron") for line in block.splitlines()]
    for block in typed:
        if re.search(r"^(location|LETTER)", block):
            continue
        assert subprocess.run(["bash", "-n"], input=block, text=True, check=False).returncode == 0
        first = re.findall(r"(?:^|&& )(?:[A-Z_]+=\S* )*(?:\.venv/bin/)?([\w-]+)", block, re.MULTILINE)
        assert {*first} - known - {"0"} == set()


@pytest.mark.parametrize("forge", ["github", "gitlab", "forgejo"])
def test_what_a_forge_runs_for_a_group_is_shell_and_asks_what_its_makefile_does(tmp_path: Path, forge: str) -> None:
    run = scripts(founded(tmp_path / "forum", forge))
    assert len(run) > 1
    for script in run:
        assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0
    targets = set(re.findall(r"^([a-z]+):", (tmp_path / "forum/Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    asked = set(re.findall(r"\bmake ([a-z]+)", "\n".join(run)))
    assert asked == {"test", "public"} <= targets


def test_a_forgejo_publishes_what_was_built_on_its_branch_of_pages_and_nothing_of_the_engine(tmp_path: Path) -> None:
    folder = founded(tmp_path / "forum", "forgejo")
    (folder / "output").mkdir()
    (folder / "output/index.html").write_text("<p>Bonjour</p>", encoding="utf-8")
    (folder / "output/.divan-inventaire").write_text("un état", encoding="utf-8")
    subprocess.run(["make", "-o", "html", "public"], cwd=folder, check=True, capture_output=True)
    remote = tmp_path / "remote/nous/vetos.git"
    subprocess.run(["git", "init", "-q", "--bare", str(remote)], check=True)
    environment = os.environ | {
        "GITHUB_SHA": "abc", "GITHUB_TOKEN": "x", "GITHUB_SERVER_URL": f"file://{tmp_path}/remote",
        "GITHUB_REPOSITORY": "nous/vetos",
    }  # fmt: skip
    publish = next(script for script in scripts(folder) if "git push" in script)
    subprocess.run(["bash", "-euc", publish], cwd=folder, env=environment, check=True, capture_output=True)
    listed = subprocess.run(
        ["git", "ls-tree", "-r", "--name-only", "pages"], cwd=remote, check=True, capture_output=True
    )
    assert listed.stdout.decode().split() == ["index.html"]


def nginx_files() -> list[str]:
    return [block for page in HOSTS for block in blocks(page, "nginx")] + [
        (HOUSE / "deploy/nginx.conf").read_text(encoding="utf-8")
    ]


@pytest.mark.parametrize("written", nginx_files(), ids=["guide", "deploy"])
def test_nginx_reads_what_it_is_given_and_each_header_is_there(tmp_path: Path, written: str) -> None:
    for header in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Strict-Transport-Security"):
        assert f"add_header {header} " in written
    assert "access_log off;" in written
    assert written.count("{") == written.count("}")
    program = shutil.which("nginx")
    if program is None:
        return
    plain = re.sub(r"^\s*ssl_certificate.*$", "", written, flags=re.MULTILINE).replace(" ssl;", ";")
    plain = re.sub(r"listen (\[::\]:)?443;", "listen 127.0.0.1:8443;", plain, count=1)
    plain = re.sub(r"listen \[::\]:443;", "", plain).replace("/var/log/nginx/", f"{tmp_path}/")
    (tmp_path / "nginx.conf").write_text(
        f"error_log {tmp_path}/e.log;\npid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{plain}\n}}\n", encoding="utf-8"
    )
    told = subprocess.run(
        [program, "-t", "-c", str(tmp_path / "nginx.conf")], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr


def caddy_files() -> list[str]:
    return [block for page in HOSTS for block in blocks(page, "caddyfile")] + [
        (HOUSE / "deploy/Caddyfile").read_text(encoding="utf-8")
    ]


@pytest.mark.parametrize("written", caddy_files(), ids=["guide", "deploy"])
def test_caddy_reads_what_it_is_given_and_each_header_is_there(tmp_path: Path, written: str) -> None:
    for header in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"):
        assert re.search(rf"^\s+{header} ", written, re.MULTILINE)
    assert "log {" not in written
    program = shutil.which("caddy")
    if program is None:
        return
    (tmp_path / "Caddyfile").write_text(written, encoding="utf-8")
    words = [program, "adapt", "--config", str(tmp_path / "Caddyfile"), "--adapter", "caddyfile"]
    told = subprocess.run(
        words, env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr


def test_systemd_runs_what_the_guide_copies() -> None:
    unit = (HOUSE / "deploy/divan-collector.service").read_text(encoding="utf-8")
    assert "cp divan-collector.service" in (GUIDES / "heberger-serveur.md").read_text(encoding="utf-8")
    assert re.search(r"^ExecStart=\S+/divan collect ", unit, re.MULTILINE)
