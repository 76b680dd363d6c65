"""The steps of the chains, run: a proposal is read, built and shown; a night without change publishes the same site."""

import json
from pathlib import Path

import pytest

from tests import small_forum as forum
from tests.ci.forge import CHAINS, Runner, gitlab, make_forge, shell_of

THREAD = "2026-02-01-aaaa"


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return make_forge(tmp_path)


def propose(runner: Runner, text: str) -> None:
    runner.git("checkout", "-q", "-b", "proposal")
    forum.reply(runner.folder, THREAD, "2026-05-20-dddd", text=text)
    forum.commit(runner.folder)


def checking(forge: str, runner: Runner) -> tuple[int, str]:
    """The job « check » of a pull request, each step run whatever the others gave, as « !cancelled() » asks."""
    summary = runner.folder / "summary.md"
    given = {"GITHUB_BASE_REF": "main", "GITHUB_STEP_SUMMARY": str(summary), "PAGE": "https://forge.example/1"}
    done = [runner.run(script, **given) for _, script in shell_of(forge, "check")]
    told = "".join(one.stdout + one.stderr for one in done)
    return max(one.returncode for one in done), told + (summary.read_text("utf-8") if summary.exists() else "")


@pytest.mark.parametrize("forge", CHAINS)
def test_a_sound_proposal_is_shown_and_needs_no_test_of_the_code(forge: str, runner: Runner) -> None:
    propose(runner, "Merci, #toux.")
    status, told = checking(forge, runner)
    assert status == 0, told
    assert "Rien à corriger" in told and "Rien que du contenu" in told
    page = (runner.folder / "apercu.html").read_text("utf-8")
    assert f'id="{THREAD}-r-2026-05-20-dddd"' in page and "À corriger" not in page
    assert (runner.folder / "output/cas" / THREAD / "index.html").is_file()  # construite, pas seulement relue
    assert ("(https://forge.example/1)" in told) is (forge == "github")


@pytest.mark.parametrize("forge", CHAINS)
def test_a_fault_is_on_its_line_in_the_summary_and_on_the_page(forge: str, runner: Runner) -> None:
    propose(runner, "Appelez le 06 39 98 12 34.")
    status, told = checking(forge, runner)
    where = f"content/replies/{THREAD}/2026-05-20-dddd.md"
    assert status == 1
    assert (
        f"::error file={where},line=6,title=I01::" in told and f"- `{where}:6`" in told and "06 39 98 12 34" not in told
    )
    assert f"{where}:6" in (runner.folder / "apercu.html").read_text("utf-8")


def test_a_change_of_the_code_asks_for_all_the_tests(runner: Runner) -> None:
    runner.git("checkout", "-q", "-b", "proposal")
    for script in ("run", "system-packages", "container"):
        forum.write(runner.folder, f".ci/{script}", f"#!/bin/sh\necho {script} lancé\n")
    forum.commit(runner.folder)
    done = runner.run('.ci/code "origin/$GITHUB_BASE_REF"', GITHUB_BASE_REF="main")
    assert done.returncode == 0 and "run lancé" in done.stdout, done.stderr


def publishing(runner: Runner, **more: str) -> list[int]:
    given = {"GITHUB_SHA": "a" * 40, "GITHUB_TOKEN": "x", "GITHUB_REPOSITORY": "group/site",
             "GITHUB_SERVER_URL": f"file://{runner.forge}", "GITHUB_STEP_SUMMARY": str(runner.folder / "summary.md"),
             "SITEURL": "https://forum.example", **more}  # fmt: skip
    steps = [(name, script) for name, script in shell_of("forgejo", "deploy") if "retenu" not in name]
    return [runner.run(script, **given).returncode for _, script in steps]


def test_a_night_without_change_publishes_the_same_site_again(runner: Runner) -> None:
    assert publishing(runner) == [0, 0]
    first = runner.pages()
    assert "index.html" in first and f"cas/{THREAD}/index.html" in first
    assert not [path for path in first if path.startswith((".git", ".divan"))]
    assert publishing(runner) == [0, 0] and runner.pages() == first


def test_what_is_faulty_is_held_back_and_the_rest_is_published(runner: Runner) -> None:
    forum.reply(runner.folder, "2026-02-02-aaaa", "2026-05-20-dddd", text="Merci, #hypertension.")
    forum.reply(runner.folder, THREAD, "2026-05-20-dddd", text="Appelez le 06 39 98 12 34.")
    forum.commit(runner.folder)
    build, publish = publishing(runner)
    assert build != 0 and publish == 0
    assert f"cas/{'2026-02-02-aaaa'}/index.html" in runner.pages()


def test_the_artefact_of_github_pages_is_the_site_and_nothing_else(runner: Runner) -> None:
    steps = dict(shell_of("github", "deploy"))
    for script in (steps["build"], steps[""]):
        done = runner.run(script, SITEURL="https://forum.example")
        assert done.returncode == 0, done.stderr
    inside = {path.relative_to(runner.folder / "site").parts[0] for path in (runner.folder / "site").rglob("*")}
    assert "index.html" in inside and not {name for name in inside if name.startswith((".git", ".divan"))}


def test_gitlab_reads_shows_and_publishes(runner: Runner) -> None:
    propose(runner, "Appelez le 06 39 98 12 34.")
    base = runner.git("merge-base", "origin/main", "HEAD").strip()
    jobs = gitlab()
    done = runner.run("\n".join(jobs["content"]["script"]), CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    assert done.returncode == 1 and "1 problème à corriger" in done.stderr
    report = json.loads((runner.folder / "gl-code-quality.json").read_text("utf-8"))
    assert [one["location"]["lines"]["begin"] for one in report if one["severity"] == "major"] == [6]
    assert all((runner.folder / path).is_file() for path in jobs["content"]["artifacts"]["paths"])
    done = runner.run("\n".join(jobs["pages"]["script"]), CI_PAGES_URL="https://forum.example")
    assert done.returncode == 0 and (runner.folder / "public/index.html").is_file(), done.stderr
    assert not (runner.folder / "public/.divan").exists()
