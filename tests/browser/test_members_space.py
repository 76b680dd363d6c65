"""What members read opens on their own device: by the right key only, as the forum published it, and never older."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from divan.members.keyring import drawn, give_key, load_keyring
from divan.members.member_key import key_of_phrase
from divan.members.path_register import CONTENTS
from divan.members.where import keyring_file
from divan.site.build import build_editions
from divan.site.search.all_editions import index_editions
from tests import small_forum as forum
from tests.browser.conftest import Reader
from tests.browser.served import served

pytestmark = pytest.mark.browser

SITEURL = "https://divan.example"
THREAD = "sujets/2026-03-09-dddd/"
TITLE = "Un sujet entre nous"
SENTENCE = "Une phrase rare que seuls les membres savent."
PHRASE = "cerise tambour pluie fenêtre marteau"


@dataclass
class Group:
    """A forum, the cards given, and its site."""

    root: Path
    cards: dict[str, str]

    @property
    def space(self) -> Path:
        return self.root / "output" / "membres"

    def publish(self) -> None:
        build_editions(self.root, {"SITEURL": SITEURL})
        index_editions(self.root, {"SITEURL": SITEURL})


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    """The small forum with a thread for members, two cards and a phrase."""
    root = forum.make_forum(tmp_path_factory.mktemp("members"))
    forum.topic(root, "2026-03-09-dddd", visibility="members", title=TITLE, text=SENTENCE, author="loriot")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIVAN_TODAY", forum.TODAY.isoformat())
        file = keyring_file(root)
        cards = {name: give_key(file, name, forum.TODAY, drawn).words() for name in ("Anne", "Basile")}
        give_key(file, "Claire", forum.TODAY, lambda known: key_of_phrase(PHRASE, known.site))
        found = Group(root, cards)
        found.publish()
        yield found


@pytest.fixture
def group(founded: Group, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Group:
    """A copy of it, to be spoilt."""
    monkeypatch.setenv("DIVAN_TODAY", forum.TODAY.isoformat())
    shutil.copytree(founded.root, tmp_path / "forum")
    return Group(tmp_path / "forum", founded.cards)


Member = Callable[..., Reader]


@pytest.fixture
def member(chromium: Browser) -> Iterator[Member]:
    """A device of somebody; no request may leave the site, no policy be broken, unless it is told."""
    open_now: list[tuple[Reader, object]] = []

    def make(group: Group, host: str = "127.0.0.1") -> Reader:
        server = served(group.root / "output")
        context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="fr-FR")
        context.set_default_timeout(20_000)
        reader = Reader(server.__enter__().replace("127.0.0.1", host), context)
        open_now.append((reader, server))
        return reader

    yield make
    for reader, server in open_now:
        reader.context.close()
        server.__exit__(None, None, None)  # type: ignore[attr-defined]
    complaints = [complaint for reader, _ in open_now for complaint in reader.complaints]
    assert [one for one in complaints if "status of 403" not in one] == []  # what our own worker refuses


def enter(reader: Reader, key: str, where: str = "membres/") -> Page:
    page = reader.open(where)
    page.get_by_label("Votre clé").fill(key)
    page.get_by_role("button", name="Ouvrir").click()
    return page


def inside(page: Page) -> FrameLocator:
    return page.frame_locator("#lecture iframe")


def refused(page: Page, words: str) -> None:
    expect(page.locator("#etat")).to_contain_text(words)
    expect(page.locator("iframe")).to_have_count(0)
    assert TITLE not in page.content()


def test_a_key_opens_a_thread_the_directory_and_a_search(founded: Group, member: Member) -> None:
    page = enter(member(founded), founded.cards["Anne"])
    room = inside(page)
    room.get_by_role("navigation", name="Principale").get_by_role("link", name="Sujets").click()
    room.get_by_role("link", name=TITLE).first.click()
    expect(room.locator("main")).to_contain_text(SENTENCE)
    expect(page).to_have_url(f"{page.url.partition('#')[0]}#{THREAD}")
    room.get_by_role("link", name="Annuaire des membres").click()
    expect(room.locator("main")).to_contain_text("Basile Bouleau")
    room.get_by_role("navigation", name="Principale").get_by_role("link", name="Chercher").click()
    room.get_by_role("searchbox").fill("phrase rare")
    expect(room.get_by_role("link", name=TITLE)).to_be_visible()


def test_the_link_of_a_card_opens_and_leaves_the_address_at_once(founded: Group, member: Member) -> None:
    reader = member(founded)
    page = reader.open(f"membres/#cle={founded.cards['Basile']}")
    expect(page.get_by_label("Votre clé")).to_have_value(founded.cards["Basile"])
    assert "cle=" not in page.url
    page.get_by_role("button", name="Ouvrir").click()
    expect(inside(page).get_by_role("heading", level=1).first).to_be_visible()
    assert "cle=" not in page.url


def test_a_phrase_that_is_learnt_opens_too(founded: Group, member: Member) -> None:
    page = enter(member(founded), f" {PHRASE.upper()} ", f"membres/#{THREAD}")
    expect(inside(page).locator("main")).to_contain_text(SENTENCE)


@pytest.mark.parametrize(
    ("key", "words"),
    [("0000-0000", "une lettre manque"), ("azerty", "une lettre manque"), ("une phrase courte", "cinq mots"),
     ("cinq mots que personne ici ne connaît", "n’ouvre rien ici")],
)  # fmt: skip
def test_a_wrong_key_is_told(founded: Group, member: Member, key: str, words: str) -> None:
    refused(enter(member(founded), key), words)


def test_one_wrong_letter_of_a_card_is_told(founded: Group, member: Member) -> None:
    card = founded.cards["Anne"]
    refused(enter(member(founded), ("1" if card[0] != "1" else "2") + card[1:]), "une lettre manque")


def test_a_revoked_key_opens_nothing_and_the_other_one_still_does(group: Group, member: Member) -> None:
    known = load_keyring(keyring_file(group.root))
    assert known
    known.revoke("Anne").save(keyring_file(group.root))
    group.publish()
    refused(enter(member(group), group.cards["Anne"]), "n’ouvre rien ici")
    expect(inside(enter(member(group), group.cards["Basile"])).get_by_role("heading", level=1).first).to_be_visible()


def spoil(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def files(group: Group) -> list[Path]:
    return sorted(file for file in (group.space / "f").rglob("*") if file.is_file())


def test_altered_files_are_refused(group: Group, member: Member) -> None:
    for file in files(group):
        spoil(file)
    page = enter(member(group), group.cards["Anne"])
    refused(page, "altérés, échangés")


def test_an_altered_list_of_files_is_refused(group: Group, member: Member) -> None:
    spoil(group.space / CONTENTS)
    refused(enter(member(group), group.cards["Anne"]), "altérés, échangés")


def test_altered_keys_are_refused(group: Group, member: Member) -> None:
    about = json.loads((group.space / "keys").read_text())
    (group.space / "keys").write_text(json.dumps({**about, "epoch": about["epoch"] + 1}))
    refused(enter(member(group), group.cards["Anne"]), "altérés, échangés")


def test_swapped_files_are_refused(group: Group, member: Member) -> None:
    found = files(group)
    contents = [file.read_bytes() for file in found]
    for file, other in zip(found, contents[1:] + contents[:1], strict=True):
        file.write_bytes(other)
    refused(enter(member(group), group.cards["Anne"]), "altérés, échangés")


def test_an_older_build_is_refused_on_a_device_that_read_a_newer_one(group: Group, member: Member) -> None:
    older = group.root / "older"
    shutil.copytree(group.space, older)
    forum.topic(group.root, "2026-03-09-dddd", visibility="members", title="Corrigé", text="Rien.", author="loriot")
    group.publish()
    reader = member(group)
    page = enter(reader, group.cards["Anne"], f"membres/#{THREAD}")
    expect(inside(page).get_by_role("heading", level=1)).to_have_text("Corrigé")
    page.get_by_role("button", name="Fermer").click()
    expect(page.locator("#etat")).to_contain_text("C’est fermé")
    shutil.rmtree(group.space)
    shutil.copytree(older, group.space, copy_function=shutil.copyfile)
    page.goto("about:blank")
    refused(enter(reader, group.cards["Anne"]), "plus ancienne")


def test_close_forgets_and_nothing_read_is_stored(founded: Group, member: Member) -> None:
    reader = member(founded)
    page = enter(reader, founded.cards["Anne"], f"membres/#{THREAD}")
    expect(inside(page).locator("main")).to_contain_text(SENTENCE)
    page.get_by_role("button", name="Fermer").click()
    expect(page.locator("#etat")).to_contain_text("C’est fermé")
    page.goto("about:blank")
    reader.open(f"membres/#{THREAD}")
    expect(page.locator("#ouvrir")).to_be_visible()
    expect(page.locator("iframe")).to_have_count(0)
    stored = page.evaluate("""async () => {
      const said = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
      for (const name of await caches.keys()) {
        const shelf = await caches.open(name);
        for (const one of await shelf.matchAll()) said.push(await one.text());
      }
      for (const { name } of await indexedDB.databases()) said.push(name);
      return said.join();
    }""")
    assert "phrase rare" not in stored and TITLE not in stored


def test_it_stays_open_as_long_as_its_owner_says_and_no_longer_by_default(founded: Group, member: Member) -> None:
    reader = member(founded)
    page = reader.open("membres/")
    page.get_by_label("Votre clé").fill(founded.cards["Anne"])
    page.get_by_label("Garder ouvert").select_option("8 heures")
    page.get_by_role("button", name="Ouvrir").click()
    expect(inside(page).get_by_role("heading", level=1).first).to_be_visible()
    page.close()
    reader.page = reader.context.new_page()
    again = reader.open(f"membres/#{THREAD}")
    expect(inside(again).locator("main")).to_contain_text(SENTENCE)
    other = member(founded)
    page = enter(other, founded.cards["Anne"])
    expect(inside(page).get_by_role("heading", level=1).first).to_be_visible()
    page.close()
    other.page = other.context.new_page()
    expect(other.open("membres/").locator("#ouvrir")).to_be_visible()
    expect(other.page.locator("iframe")).to_have_count(0)


Device = Callable[..., tuple[Reader, Callable[[bool], None]]]


@pytest.fixture
def device(founded: Group, member: Member) -> Device:
    """A device with a lock, and what makes it recognise its owner or not; ``prf`` whether it can keep a key."""

    def make(*, prf: bool = True) -> tuple[Reader, Callable[[bool], None]]:
        reader = member(founded, "localhost")
        lock = reader.context.new_cdp_session(reader.page)
        lock.send("WebAuthn.enable")
        about = {"protocol": "ctap2", "ctap2Version": "ctap2_1", "transport": "internal", "hasUserVerification": True,
                 "isUserVerified": True, "hasResidentKey": True, "hasPrf": prf,
                 "automaticPresenceSimulation": True}  # fmt: skip
        added = lock.send("WebAuthn.addVirtualAuthenticator", {"options": about})["authenticatorId"]

        def recognise(whoever: bool) -> None:
            lock.send("WebAuthn.setUserVerified", {"authenticatorId": added, "isUserVerified": whoever})

        return reader, recognise

    return make


def open_under_lock(reader: Reader, group: Group) -> Page:
    page = reader.open(f"membres/#{THREAD}")
    page.get_by_label("Votre clé").fill(group.cards["Anne"])
    page.get_by_label("Rouvrir ici").check()
    page.get_by_role("button", name="Ouvrir", exact=True).click()
    expect(inside(page).locator("main")).to_contain_text(SENTENCE)
    return page


LOCK = "Ouvrir par l’empreinte"


def come_back(reader: Reader) -> Page:
    reader.page.goto("about:blank")
    return reader.open(f"membres/#{THREAD}")


def test_a_fingerprint_opens_it_again_until_it_is_closed(founded: Group, device: Device) -> None:
    reader, _ = device()
    open_under_lock(reader, founded)
    page = come_back(reader)
    page.get_by_role("button", name=LOCK).click()
    expect(inside(page).locator("main")).to_contain_text(SENTENCE)
    page.get_by_role("button", name="Fermer").click()
    expect(page.locator("#etat")).to_contain_text("C’est fermé")
    page = come_back(reader)
    expect(page.get_by_label("Rouvrir ici")).to_be_visible()
    expect(page.get_by_role("button", name=LOCK)).to_be_hidden()


def test_another_finger_opens_nothing_and_the_device_forgets_when_asked(founded: Group, device: Device) -> None:
    reader, recognise = device()
    open_under_lock(reader, founded)
    page = come_back(reader)
    recognise(False)
    page.get_by_role("button", name=LOCK).click()
    refused(page, "ne vous a pas reconnu")
    page.get_by_role("button", name="Oublier sur cet appareil").click()
    expect(page.get_by_role("button", name=LOCK)).to_be_hidden()
    page = come_back(reader)
    expect(page.locator("#ouvrir")).to_be_visible()
    expect(page.get_by_role("button", name=LOCK)).to_be_hidden()


def test_a_lock_that_keeps_no_key_is_told_and_nothing_is_kept(founded: Group, device: Device) -> None:
    reader, _ = device(prf=False)
    page = open_under_lock(reader, founded)
    expect(page.locator("#publie")).to_contain_text("ne sait pas garder une clé")
    expect(come_back(reader).get_by_role("button", name=LOCK)).to_be_hidden()


def test_without_a_lock_nothing_is_offered(founded: Group, member: Member) -> None:
    page = member(founded, "localhost").open("membres/")
    expect(page.locator("#ouvrir")).to_be_visible()
    expect(page.get_by_label("Rouvrir ici")).to_be_hidden()
    expect(page.get_by_role("button", name=LOCK)).to_be_hidden()
