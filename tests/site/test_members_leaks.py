"""Nine ways in which something kept to members gets out, each put there on purpose; the audit tells every one."""

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from divan.members.epoch import NONCE, Epoch
from divan.members.keyring import drawn, give_key, load_keyring
from divan.members.where import keyring_file
from divan.site.audit.wrapped_files import audit_space
from divan.site.build import HeldBack, build_editions
from divan.site.search.all_editions import index_editions
from divan.sources.problem import ProblemsFound
from tests import small_forum as forum

TITLE = "Une zygomycose de voyageur"
THREAD = "2026-03-09-dddd"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small forum with a thread for members and a key, published."""
    root = forum.make_forum(tmp_path_factory.mktemp("leaks"))
    forum.topic(root, THREAD, visibility="members", title=TITLE, text="Un séjour à Ouessant.", tags=["toux"])
    forum.commit(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIVAN_TODAY", forum.TODAY.isoformat())
        give_key(keyring_file(root), "Anne", forum.TODAY, drawn)
        build_editions(root)
        index_editions(root)
    return root


@pytest.fixture
def root(sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to leak."""
    monkeypatch.setenv("DIVAN_TODAY", forum.TODAY.isoformat())
    shutil.copytree(sound, tmp_path / "forum")
    return tmp_path / "forum"


def in_template(name: str, old: str, new: str) -> Callable[[Path], None]:
    def spoil(root: Path) -> None:
        file = root / "theme/templates" / name
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    return spoil


def in_results(root: Path) -> None:
    forum.write(root, "content/results/aide/index.md", f"---\ntitle: Aide\n---\n\n<p>{TITLE}</p>\n")
    forum.seal(root, "aide")


BUILT = {
    "title": (in_template("home.html", "<h1", f"<p>{TITLE}</p><h1"), "output/index.html"),
    "feed": (in_template("feed.xml", "<feed", f"<!-- {TITLE} --><feed"), "output/atom.xml"),
    "sitemap": (in_template("sitemap.xml", "<urlset", f"<!-- sujets/{THREAD}/ --><urlset"), "output/sitemap.xml"),
    "results": (in_results, "output/resultats/aide/index.html"),
    "alternative text": (in_template("home.html", "<h1", f'<img alt="{TITLE}" src="x.png"><h1'), "output/index.html"),
    "hashtag count": (
        in_template("hashtags.html", "tag.count|number", "(tag.count + 1)|number"), "output/mots/index.html",
    ),
}  # fmt: skip


@pytest.mark.parametrize("leak", BUILT)
def test_what_a_page_says_is_kept_back(root: Path, leak: str) -> None:
    spoil, place = BUILT[leak]
    spoil(root)
    with pytest.raises(HeldBack) as told:
        build_editions(root)
    assert place in {problem.path for problem in told.value.problems}
    assert TITLE not in str(told.value)
    file = root / place
    assert not file.is_file() or TITLE not in file.read_text(encoding="utf-8")


def test_a_title_in_the_search_index_is_told(root: Path) -> None:
    forum.write(root, "output/chercher/fiches.json", f'{{"t": "{TITLE}"}}')
    with pytest.raises(HeldBack) as told:
        build_editions(root)
    assert any(problem.path.startswith("output/chercher/") for problem in told.value.problems)
    assert not (root / "output/chercher/fiches.json").exists()


def faults(root: Path) -> list[str]:
    """What the audit of the wrapped files says of the space as it stands."""
    known = load_keyring(keyring_file(root))
    assert known
    return [f"{one.path}: {one.message}" for one in audit_space([root / "output/membres"], known.epoch, {})]


def some_file(root: Path) -> Path:
    return next(file for file in sorted((root / "output/membres/f").rglob("*")) if file.is_file())


def test_the_space_as_it_is_published_has_no_fault(root: Path) -> None:
    assert faults(root) == []


def test_a_file_name_that_tells_is_told(root: Path) -> None:
    told = root / f"output/membres/f/{THREAD}"
    told.write_bytes(some_file(root).read_bytes())
    assert any(fault.startswith(f"membres/f/{THREAD}: un fichier porte l'empreinte") for fault in faults(root))
    build_editions(root)
    assert not told.exists()


def test_a_size_that_tells_is_told(root: Path) -> None:
    file = some_file(root)
    file.write_bytes(file.read_bytes()[:-7])
    assert any("pèse une puissance de deux" in fault for fault in faults(root))


def test_a_plain_or_packed_page_among_the_files_is_told(root: Path) -> None:
    for content in (TITLE.encode() * 400, gzip.compress(TITLE.encode())):
        (root / "output/membres/f/00").mkdir(exist_ok=True)
        (root / "output/membres/f/00/0123").write_bytes(content)
        assert any(fault.startswith("membres/f/00/0123") for fault in faults(root))


def test_a_nonce_used_twice_is_told(root: Path) -> None:
    one, other, *_ = (file for file in sorted((root / "output/membres/f").rglob("*")) if file.is_file())
    other.write_bytes(one.read_bytes()[:NONCE] + other.read_bytes()[NONCE:])
    assert any("un nonce sert une fois" in fault for fault in faults(root))


def test_a_table_of_keys_that_says_more_is_told(root: Path) -> None:
    keys = root / "output/membres/keys"
    keys.write_text(keys.read_text().replace("{", '{"holders": ["Anne"], ', 1))
    assert any(fault.startswith("membres/keys") for fault in faults(root))


def test_an_old_key_opens_nothing_new(root: Path) -> None:
    known = load_keyring(keyring_file(root))
    assert known
    after = known.revoke("Anne")
    after.save(keyring_file(root))
    build_editions(root)
    assert any(
        "le registre s'ouvre" in fault.message for fault in audit_space([root / "output/membres"], known.epoch, {})
    )
    assert faults(root) == []


def test_what_is_told_is_told_before_a_host_may_see_any_of_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = forum.site_of(root, "output/membres")
    monkeypatch.setattr(Epoch, "wrap", lambda epoch, path, content: b"nothing is wrapped: " + content)
    forum.topic(root, THREAD, visibility="members", title=TITLE, text="Un autre séjour.", tags=["toux"])
    with pytest.raises(ProblemsFound):
        build_editions(root)
    assert forum.site_of(root, "output/membres") == before
