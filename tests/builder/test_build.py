"""What a build keeps, what it throws away, and what it refuses."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from divan.sources.problem import ProblemsFound
from tests import small_forum as forum


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return forum.make_forum(tmp_path / "forum")


def test_nothing_changed_nothing_done(root: Path) -> None:
    forum.settle(root)
    before = {file: file.stat().st_mtime_ns for file in (root / "output").rglob("*")}
    assert forum.settle(root).written == 0
    assert {file: file.stat().st_mtime_ns for file in (root / "output").rglob("*")} == before


def test_one_reply_rewrites_only_what_shows_it(root: Path) -> None:
    forum.settle(root)
    before = forum.site_of(root)
    forum.reply(root, "2026-02-02-aaaa", "2026-04-25-eeee", author="pinson")
    forum.settle(root)
    assert forum.differences(before, forum.site_of(root)) == [
        "activite/index.html",
        "atom.xml",
        "auteurs/pinson/atom.xml",
        "auteurs/pinson/index.html",  # qui avait ouvert ce fil
        "cas/2026-02-02-aaaa/atom.xml",
        "cas/2026-02-02-aaaa/index.html",
        "cas/page/1/index.html",  # les trois plus anciens des sept cas
        "index.html",
        "mots/hta/atom.xml",
        "mots/hta/index.html",
        "mots/vaccin/atom.xml",
        "mots/vaccin/index.html",
        "sans-reponse/index.html",
        "sans-reponse/page/1/index.html",
        "specialites/index.html",  # compte les questions qui attendent
        "specialites/pneumologie/atom.xml",
        "specialites/pneumologie/index.html",
        "specialites/pneumologie/page/1/index.html",
    ]


def test_deleted_and_renamed_sources_leave_no_page(root: Path) -> None:
    forum.settle(root)
    (root / "content/cases/2026/2026-02-07-aaaa.md").unlink()
    page = root / "content/pages/charte.md"
    page.write_text(page.read_text(encoding="utf-8").replace("charte", "reglement"), encoding="utf-8")
    page.rename(page.with_name("reglement.md"))
    forum.settle(root)
    assert not (root / "output/cas/2026-02-07-aaaa").exists()
    assert not (root / "output/charte").exists()
    assert (root / "output/reglement/index.html").is_file()


def test_without_its_state_a_build_still_deletes_what_is_gone_and_only_what_is_its_own(root: Path) -> None:
    forum.settle(root)
    forum.write(root, "output/chercher/index.json", "de la recherche")
    (root / "content/cases/2026/2026-02-07-aaaa.md").unlink()
    (root / ".divan/output/state").unlink()
    forum.settle(root)
    found = forum.site_of(root)
    assert found.pop("chercher/index.json") == b"de la recherche"
    assert forum.differences(found, forum.from_nothing(root)) == []


def test_a_restored_cache_in_a_fresh_clone_rebuilds_one_reply(root: Path, tmp_path: Path) -> None:
    forum.settle(root)
    forum.reply(root, "2026-02-02-aaaa", "2026-04-25-eeee")
    forum.commit(root)
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", "--depth=1", f"file://{root}", str(clone)], check=True)
    subprocess.run(["cp", "-R", str(root / "output"), str(root / ".divan"), str(clone)], check=True)  # nouvelles dates
    report = forum.settle(clone)
    assert forum.differences(forum.site_of(clone), forum.from_nothing(root)) == []
    assert 0 < report.written < 25


@pytest.mark.parametrize("harm", [b"", b"autre chose", b"Divan 0\n" + bytes(64)])
def test_a_foreign_state_means_a_full_build(root: Path, harm: bytes) -> None:
    forum.settle(root)
    expected = forum.site_of(root)
    (root / ".divan/output/state").write_bytes(harm)
    forum.settle(root)
    assert forum.site_of(root) == expected


def test_problems_are_told_together_and_what_is_faulty_and_new_stays_out(root: Path) -> None:
    forum.settle(root)
    before = forum.site_of(root)
    forum.case(root, "2026-05-01-dddd", tags=["inconnu"])
    forum.reply(root, "2026-05-09-eeee", "2026-05-09-ffff")
    forum.write(root, "content/topics/2026/bonjour.md", "bonjour")
    forum.write(root, "content/members/m9.yaml", "name: Nom")
    with pytest.raises(ProblemsFound) as found:
        forum.settle(root)
    assert {problem.path for problem in found.value.problems} == {
        "content/cases/2026/2026-05-01-dddd.md",
        "content/replies/2026-05-09-eeee/2026-05-09-ffff.md",
        "content/topics/2026/bonjour.md",
        "content/members/m9.yaml",
    }
    assert forum.site_of(root) == before


def test_the_public_edition_leaves_members_threads_out_of_everything(root: Path) -> None:
    forum.case(root, "2026-05-01-dddd", tags=["toux"], author="busard", title="Un titre réservé", visibility="members")
    forum.settle(root)
    public = forum.site_of(root)
    assert not [path for path, content in public.items() if b"2026-05-01-dddd" in content or b"busard" in content]
    forum.settle(root, AUDIENCE="members")
    assert "cas/2026-05-01-dddd/index.html" in forum.site_of(root)


def test_a_withdrawn_thread_keeps_its_address_and_nothing_else(root: Path) -> None:
    forum.case(root, "2026-05-01-dddd", tags=["toux"], author="busard", title="Reconnaissable", status="withdrawn")
    forum.reply(root, "2026-05-01-dddd", "2026-05-02-dddd", author="busard", text="Reconnaissable aussi.")
    forum.settle(root)
    found = forum.site_of(root)
    page = found["cas/2026-05-01-dddd/index.html"].decode()
    assert 'content="noindex"' in page
    for word in ("Reconnaissable", "busard"):
        assert not [path for path, content in found.items() if word.encode() in content]
    assert [path for path, content in found.items() if b"2026-05-01-dddd" in content] == [".divan-pages"]


@pytest.mark.parametrize("by_hand", [True, False])
def test_answers_to_a_removed_reply_stay_under_a_tombstone(root: Path, by_hand: bool) -> None:
    thread, removed = "2026-02-01-aaaa", "2026-04-11-cccc"
    forum.reply(root, thread, removed, author="busard", text="Reconnaissable, #toux.")
    answer = "date: 2026-04-20 12:00\nauthor: grive\nin_reply_to: 2026-04-11-cccc"
    forum.write(root, f"content/replies/{thread}/2026-04-20-cccc.md", f"---\n{answer}\n---\nJe le pense aussi.\n")
    forum.settle(root)
    file = root / f"content/replies/{thread}/{removed}.md"
    if by_hand:
        file.unlink()
    else:
        file.write_text("---\ndate: 2026-04-11\nstatus: withdrawn\nreason: author\n---\n", encoding="utf-8")
    forum.settle(root)
    site = forum.site_of(root)
    assert not [path for path, content in site.items() if b"busard" in content or b"Reconnaissable" in content]
    page = site[f"cas/{thread}/index.html"].decode()
    assert f'<article class="reply withdrawn" id="r-{removed}"' in page
    assert f'<a href="#r-{removed}">En réponse à un message retiré</a>' in page
    assert "2\u00a0réponses" in page or "2&nbsp;réponses" in page
    assert site == forum.from_nothing(root)


def test_a_new_day_rebuilds_only_what_depends_on_dates(root: Path) -> None:
    forum.settle(root, date(2026, 6, 1))
    before = forum.site_of(root)
    forum.settle(root, date(2026, 7, 2))  # l'enquête a fermé le 1er juillet, deux accords ont pris fin
    changed = forum.differences(before, forum.site_of(root))
    assert "enquetes/aide/hiver/index.html" in changed
    assert "index.html" in changed
    # qui n'est plus à l'annuaire n'a plus de page où corriger sa fiche
    places = ("enquetes/", "annuaire/", "agenda", "proposer/membre/")
    assert all(path in ("index.html", ".divan-pages", "sw.js") or path.startswith(places) for path in changed), changed


def test_a_template_rebuilds_only_the_pages_that_use_it(root: Path) -> None:
    forum.settle(root)
    before = {path: (root / "output" / path).stat().st_mtime_ns for path in forum.site_of(root)}
    macro = root / "theme/templates/listing.html"
    macro.write_text(macro.read_text(encoding="utf-8").replace("page-head", "page-head wide"), encoding="utf-8")
    forum.settle(root)
    after = forum.site_of(root)
    rewritten = {path for path in after if before[path] != (root / "output" / path).stat().st_mtime_ns}
    assert rewritten == {path for path, content in after.items() if b"page-head wide" in content}


def test_a_site_online_without_collector_sends_nothing_to_the_readers_own_machine(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITEURL", "https://divan.example")
    monkeypatch.delenv("DIVAN_COLLECTOR", raising=False)
    forum.settle(root)
    assert not [path for path, content in forum.site_of(root).items() if b"localhost" in content]
    monkeypatch.setenv("DIVAN_COLLECTOR", "https://reponses.example")
    forum.settle(root)
    assert b'action="https://reponses.example/' in forum.site_of(root)["enquetes/aide/hiver/index.html"]
