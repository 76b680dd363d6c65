"""Nothing that is kept to members, or withdrawn, is read in any file of the public site; the build says where it is."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from divan.forum.check import check_paths
from divan.forum.withdrawing import withdraw
from divan.site.build import HeldBack, build
from divan.site.search.indexing import index_search
from divan.sources.problem import ProblemsFound
from tests import small_forum as forum

HIDDEN = "content/topics/2026/2026-03-20-dddd.md"
TITLE = "Entre nous seulement"
SENTENCE = "Hier soir j'ai relu « trois fois » le compte rendu de l'anesthésiste."
ALT = "Courbe de la ferritine entre deux hivers, avec son creux"
TEXT = f"{SENTENCE} Zygomycose probable.\n\n![{ALT}](../../images/2026/creux.webp)\n"

LEAKS = {
    "a title": ("theme/templates/home.html", f"<p>{TITLE}</p>", "index.html", "un titre"),
    "a sentence": ("theme/templates/thread.html", f"<p>{SENTENCE}</p>", "cas/2026-02-01-aaaa/index.html", "une phrase"),
    "other spaces, apostrophes and marks": (
        "theme/templates/members.html",
        "<p>Hier soir j&rsquo;ai <em>relu</em> «&nbsp;trois\u202ffois&#160;» le\ncompte rendu",
        "annuaire/index.html",
        "une phrase",
    ),
    "the beginning of a sentence": (
        "theme/templates/services.html",
        "<p>Hier soir j'ai relu trois fois le compte…</p>",
        "services/index.html",
        "une phrase",
    ),
    "an author's address": (
        "theme/templates/search.html",
        '<a href="auteurs/effraie-des-clochers/">?</a>',
        "recherche/index.html",
        "un auteur",
    ),
    "a hashtag with its count": (
        "theme/templates/hashtags.html",
        "<li>#anosmie 0</li>",
        "mots/index.html",
        "un hashtag",
    ),
    "a synonym": ("theme/templates/404.html", "<li>parosmie</li>", "404.html", "un hashtag"),
    "a département": (
        "theme/templates/listing.html",
        "<li>Département 86 : 1</li>",
        "cas/index.html",
        "un département",
    ),
    "an alternative text": (
        "theme/templates/page.html",
        f'<img src="a.webp" alt="{ALT}">',
        "charte/index.html",
        "une phrase",
    ),
    "a feed": ("theme/templates/feed.xml", f"<!-- {SENTENCE} -->", "atom.xml", "une phrase"),
    "a feed's escaped HTML": (
        "theme/templates/feed.xml",
        "<!-- &lt;p&gt;Entre &lt;b&gt;nous&lt;/b&gt; seulement -->",
        "atom.xml",
        "un titre",
    ),
    "the map for search engines": (
        "theme/templates/sitemap.xml",
        "<!-- sujets/2026-03-20-dddd/ -->",
        "sitemap.xml",
        "un identifiant",
    ),
    "JSON": (
        "theme/templates/setup.json",
        r'"Hier soir j\u2019ai relu \u00ab trois fois \u00bb le compte rendu de l\u2019anesth\u00e9siste"',
        "proposer/setup.json",
        "une phrase",
    ),
    "results": ("content/results/aide/index.md", f"<p>{SENTENCE}</p>", "resultats/aide/index.html", "une phrase"),
    "a word that nothing else says": (
        "content/results/autre/index.md",
        "---\ntitle: Autre\n---\n<p>ZYGOMYCOSE</p>",
        "resultats/autre/index.html",
        "un mot",
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small forum, with a thread that members alone read."""
    root = forum.make_forum(tmp_path)
    forum.write_vocabulary(root, {**forum.TAGS, "anosmie": "parosmie"})
    forum.topic(root, "2026-03-20-dddd", title=TITLE, author="Effraie des clochers", visibility="members",
                tags=["anosmie"], text=TEXT)  # fmt: skip
    head = (root / HIDDEN).read_text(encoding="utf-8").replace("area: local", 'area: local\ndepartement: "86"')
    (root / HIDDEN).write_text(head, encoding="utf-8")
    forum.image(root, "2026/creux.webp")
    forum.reply(
        root, "2026-03-20-dddd", "2026-03-21-dddd", author="Hulotte", text="Cela m'est arrivé un hiver, à Ouessant."
    )
    forum.commit(root)
    return root


def leaks(root: Path) -> list[str]:
    """What a build says of what it kept back."""
    try:
        forum.settle(root)
    except HeldBack as found:
        assert found.published
        return [f"{problem.path}:{problem.line}: {problem.message}" for problem in found.problems]
    return []


def test_a_forum_with_a_members_thread_leaks_nothing(root: Path) -> None:
    assert leaks(root) == []
    assert not any("2026-03-20-dddd" in path for path in forum.site_of(root))
    everything = b"\n".join(forum.site_of(root).values()).lower()
    for word in (b"effraie", b"hulotte", b"anosmie", b"parosmie", b"zygomycose", b"ouessant", b"creux.webp"):
        assert word not in everything


def test_what_is_hidden_is_found_wherever_it_is_written(root: Path) -> None:
    for source, written, *_ in LEAKS.values():
        write_in(root / source, written)
    for study in ("aide", "autre"):
        forum.seal(root, study)
    told = leaks(root)
    for name, (_, _, place, says) in LEAKS.items():
        assert any(one.startswith(f"output/{place}:") and f"on y lit {says} de {HIDDEN}" in one for one in told), name
        assert not (root / "output" / place).exists(), name
    assert "anesthésiste" not in "".join(told) and TITLE not in "".join(told)  # le texte n'est jamais cité
    assert (root / "output/resultats/index.html").is_file()  # le reste est publié


def write_in(file: Path, text: str) -> None:
    """Add a text to a source, in the content of a page's template."""
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    block = "{% block content %}"
    file.parent.mkdir(exist_ok=True)
    file.write_text(
        before.replace(block, f"{block}\n{text}", 1) if block in before else f"{before}{text}\n", encoding="utf-8"
    )


def test_the_line_is_told(root: Path) -> None:
    home = root / "theme/templates/home.html"
    write_in(home, f"<p>{TITLE}</p>")
    (told,) = leaks(root)
    home.write_text(home.read_text(encoding="utf-8").replace(TITLE, "Autre chose"), encoding="utf-8")
    assert leaks(root) == []
    lines = (root / "output/index.html").read_text(encoding="utf-8").splitlines()
    assert told.startswith(f"output/index.html:{lines.index('<p>Autre chose</p>') + 1}:")


def test_it_is_said_again_until_it_is_mended_and_the_page_comes_back(root: Path) -> None:
    assert leaks(root) == []
    listing = root / "theme/templates/hashtags.html"
    before = listing.read_text(encoding="utf-8")
    write_in(listing, f"<p>{TITLE}</p>")
    first = leaks(root)
    assert first == leaks(root) != []
    assert TITLE.encode() not in (root / "output/mots/index.html").read_bytes()  # la dernière bonne page reste
    listing.write_text(before, encoding="utf-8")
    assert leaks(root) == []
    assert forum.site_of(root) == forum.from_nothing(root)


def test_what_a_second_hidden_thread_says_is_found_in_pages_that_stood_before_it(root: Path) -> None:
    write_in(root / "theme/templates/404.html", "<p>La garde des marais fermera dimanche</p>")
    assert leaks(root) == []
    forum.topic(root, "2026-03-22-eeee", title="La garde des marais fermera dimanche", visibility="members")
    forum.commit(root)
    (told,) = leaks(root)
    assert told.startswith("output/404.html:") and "2026-03-22-eeee" in told
    assert not (root / "output/404.html").exists()


def test_a_file_name_tells_too(root: Path) -> None:
    (root / "theme/static/entre-nous-seulement.js").write_text("1;\n", encoding="utf-8")
    told = leaks(root)
    assert any("entre-nous-seulement" in one and "un titre" in one for one in told)


def test_files_that_others_put_in_the_site_are_read_too(root: Path) -> None:
    assert leaks(root) == []
    index = root / "output/chercher/fils"
    index.mkdir(parents=True)
    cards = {"0": {"u": "/", "t": "x", "x": f"Avant. {SENTENCE} Après."}}
    (index / "0.json").write_text(json.dumps(cards, ensure_ascii=False), encoding="utf-8")
    told = leaks(root)
    assert [one.split(":")[0] for one in told] == ["output/chercher/fils/0.json"]
    packed = gzip.compress(f"Avant. {SENTENCE} Après.".encode())
    (root / "output/sauvegarde.gz").write_bytes(packed)
    assert ["sauvegarde.gz" in one for one in leaks(root)] == [True]
    (root / "output/sauvegarde.gz").unlink()
    (root / "output/robots.txt").write_text("Disallow: /auteurs/effraie-des-clochers/\n", encoding="utf-8")
    assert ["robots.txt" in one for one in leaks(root)] == [True]
    (root / "output/robots.txt").write_text("Disallow:\n", encoding="utf-8")
    with zipfile.ZipFile(root / "output/dossier.docx", "w") as document:
        document.writestr("word/document.xml", f"<w:t>{TITLE[:6]}</w:t> <w:t>{TITLE[6:]}</w:t>")
    assert ["dossier.docx" in one for one in leaks(root)] == [True]


def test_a_filter_of_the_search_index_is_read(root: Path) -> None:
    assert leaks(root) == []
    folder = root / "output/chercher"
    folder.mkdir(parents=True)
    (folder / "facettes.json").write_text('{"a":[["Effraie des clochers","effraie-des-clochers",1]]}', encoding="utf-8")
    assert ["un auteur" in one for one in leaks(root)] == [True]


def test_the_stem_of_a_public_word_in_the_search_index_is_no_leak(root: Path) -> None:
    """« mauvai » is what the index keeps of « mauvaise » and of « mauvais »."""
    forum.topic(root, "2026-03-25-eeee", visibility="members", text="Un mauvai jour, et je doute.")
    forum.reply(root, "2026-03-01-bbbb", "2026-04-20-cccc", text="Une mauvaise toux, #toux.")
    assert leaks(root) == []
    index_search(root, {"OUTPUT_PATH": "output"})
    assert leaks(root) == [] and (root / "output/chercher/index.json").is_file()


def test_the_same_words_in_a_public_post_are_no_leak(root: Path) -> None:
    forum.reply(
        root, "2026-03-01-bbbb", "2026-04-20-cccc", text=f"Un confrère écrivait :\n\n> {SENTENCE}\n\nUne zygomycose !"
    )
    assert leaks(root) == []
    forum.reply(root, "2026-03-01-bbbb", "2026-04-21-cccc", text="Cela m'est arrivé un hiver, à Ouessant.")
    assert leaks(root) == []
    assert forum.site_of(root) == forum.from_nothing(root)


def test_what_was_withdrawn_is_looked_for_as_git_knew_it(root: Path) -> None:
    assert leaks(root) == []
    forum.topic(
        root,
        "2026-03-25-eeee",
        title="Un soir de garde",
        author="Gypaète",
        text="La phrase que son auteur a voulu retirer ensuite.",
    )
    forum.commit(root)
    assert leaks(root) == []
    for path, text in withdraw(root, "2026-03-25-eeee").changes.items():
        (root / path).write_text(str(text), encoding="utf-8")
    forum.commit(root)
    assert leaks(root) == []
    everything = b"\n".join(forum.site_of(root).values())
    assert "Gypaète".encode() not in everything
    (root / "output/humans.txt").write_text("Merci à Gypaète.\n", encoding="utf-8")
    assert ["humans.txt" in one for one in leaks(root)] == [True]


def test_the_last_thread_of_a_hashtag_takes_its_page_away(root: Path) -> None:
    forum.topic(root, "2026-03-25-eeee", title="Un soir de garde", author="Gypaète", tags=["deuil"], text="Une phrase.")
    forum.commit(root)
    assert leaks(root) == []
    assert (root / "output/mots/deuil/index.html").is_file()
    for path, text in withdraw(root, "2026-03-25-eeee").changes.items():
        (root / path).write_text(str(text), encoding="utf-8")
    assert leaks(root) == []
    assert not (root / "output/mots/deuil").exists()
    assert forum.site_of(root) == forum.from_nothing(root)


def test_a_public_post_leads_to_no_topic_of_an_area_kept_to_members(root: Path) -> None:
    forum.topic(root, "2026-03-26-eeee", area="moral", text="Un mot.")
    link = "[ce fil](../../topics/2026/2026-03-26-eeee.md)"
    forum.reply(root, "2026-03-01-bbbb", "2026-04-20-cccc", text=f"Voyez {link}.")
    place = "content/replies/2026-03-01-bbbb/2026-04-20-cccc.md"
    assert [problem.path for problem in check_paths(root)] == [place]
    with pytest.raises(HeldBack) as found:
        forum.settle(root)
    assert {problem.path for problem in found.value.problems} == {place}


def test_a_pseudonym_of_one_evening_leads_nowhere(root: Path) -> None:
    forum.topic(root, "2026-03-26-eeee", area="moral", author="anonyme", text="Un mot.")
    forum.reply(root, "2026-03-26-eeee", "2026-04-20-cccc", author="anonyme", text="Courage.")
    members = forum.from_nothing(root, AUDIENCE="members")
    assert b"anonyme" in members["sujets/2026-03-26-eeee/index.html"]
    assert not any(b"auteurs/anonyme/" in content for content in members.values())
    assert not any(path.startswith("auteurs/anonyme/") for path in members)
    assert leaks(root) == []
    assert not any(b">anonyme<" in content for content in forum.site_of(root).values())


def test_a_search_index_made_before_a_withdrawal_goes_with_it(root: Path) -> None:
    forum.topic(root, "2026-03-25-eeee", title="Un soir de garde", author="Gypaète", text="Une phrase à retirer.")
    forum.commit(root)
    assert leaks(root) == []
    settings = {"OUTPUT_PATH": "output"}
    index_search(root, settings)
    assert leaks(root) == []
    assert (root / "output/chercher/index.json").is_file()
    for path, text in withdraw(root, "2026-03-25-eeee").changes.items():
        (root / path).write_text(str(text), encoding="utf-8")
    assert leaks(root) == []
    assert not (root / "output/chercher").exists()
    index_search(root, settings)
    assert leaks(root) == []
    assert (root / "output/chercher/index.json").is_file()


def test_a_card_whose_consent_has_run_out_is_hidden_too(root: Path) -> None:
    forum.member(root, "m9", "Zoé Zibeline", expires="2026-05-31")
    assert leaks(root) == []
    (root / "output/humans.txt").write_text("Zoé Zibeline\n", encoding="utf-8")
    assert ["un nom" in one for one in leaks(root)] == [True]


def test_nothing_is_read_when_nothing_is_hidden(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path, git=False)
    for n in range(3):
        forum.member(root, f"m{n}", f"Anne Aulne {n}")
    forum.settle(root)
    (root / "output/humans.txt").write_bytes(b"\xff\xfe")
    assert forum.settle(root).written == 0


def test_the_members_edition_may_say_what_members_read(root: Path) -> None:
    build(root, settings_overrides={"AUDIENCE": "members", "OUTPUT_PATH": "output-members"}, today=forum.TODAY)
    page = (root / "output-members/sujets/2026-03-20-dddd/index.html").read_text(encoding="utf-8")
    assert "anesthésiste" in page


def test_a_build_that_was_killed_before_its_audit_is_audited_by_the_next(root: Path) -> None:
    assert leaks(root) == []
    (root / ".divan/output/audit").unlink()
    page = root / "output/cas/index.html"
    page.with_name("ancien.html").write_text(f"<p>{TITLE}</p>", encoding="utf-8")
    assert ["cas/ancien.html" in one for one in leaks(root)] == [True]


def test_a_fault_elsewhere_does_not_hide_a_leak(root: Path) -> None:
    write_in(root / "theme/templates/home.html", f"<p>{TITLE}</p>")
    forum.write(root, "content/topics/2026/bonjour.md", "Rien.\n")
    with pytest.raises(ProblemsFound) as found:
        forum.settle(root)
    assert {problem.path for problem in found.value.problems} == {"content/topics/2026/bonjour.md", "output/index.html"}
