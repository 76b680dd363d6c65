"""The whole way of a proposal: a phone, the collector, the moderators' desk, git, the page; with script and without."""

import io
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from tests.browser.walking import Home, Thumb, at_home, git, invited, opened_at_desk, someone, wait_for
from tests.desk.postbox import Postbox, postbox

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RECEIPT = re.compile(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}")
SLIP = "Le Dr Lambertine la verra, au 06 39 98 11 22."
MOST_TAPS = 3


@pytest.fixture(scope="module")
def box() -> Iterator[Postbox]:
    with postbox() as kept:
        yield kept


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, box: Postbox) -> Iterator[Home]:
    with at_home(tmp_path_factory.mktemp("walk"), news=box.port) as running:
        yield running


@pytest.fixture
def author(chromium: Browser) -> Iterator[Thumb]:
    walking = someone(chromium)
    yield walking
    walking.context.close()


@pytest.fixture(scope="module")
def moderator(chromium: Browser, home: Home) -> Iterator[Thumb]:
    """One who has no script: nothing but the passkey needs it."""
    walking = invited(chromium, home, "Anouk", javascript=False)
    yield walking
    walking.context.close()


@pytest.fixture(scope="module")
def thread(home: Home) -> str:
    """A case that has a reply, by its address on the site."""
    pages = sorted(home.root.glob("output/cas/2*/index.html"))
    return f"cas/{next(page for page in pages if 'data-reply=' in page.read_text('utf-8')).parent.name}/"


def received(author: Thumb) -> str:
    told = author.page.locator(".receipt").first
    expect(told).to_contain_text(RECEIPT)
    found = RECEIPT.search(told.inner_text())
    assert found
    return found[0]


def publish(moderator: Thumb, home: Home, kind: str) -> None:
    """From the queue to the decision."""
    opened_at_desk(moderator, home, kind)
    moderator.press("Publier")
    expect(moderator.page.get_by_text("Acceptée ; elle paraît dans un instant.")).to_be_visible()
    assert moderator.taps <= MOST_TAPS


def standing(author: Thumb, home: Home, receipt: str) -> None:
    """What a receipt opens, on the collector's own page, script or not."""
    author.page.goto(home.site + "proposer/suivi/")
    author.page.get_by_label("Votre reçu").fill(receipt)
    author.press("Où en est ma proposition")


def holds_a_passkey(moderator: Thumb) -> None:
    """The phone has a finger's print, a code or a face."""
    devices = moderator.context.new_cdp_session(moderator.page)
    devices.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def signs_in_again_by_passkey(moderator: Thumb, home: Home) -> None:
    holds_a_passkey(moderator)
    moderator.press("Protéger par une clé d'accès")
    expect(moderator.page.get_by_role("heading", name="en attente")).to_be_visible()
    moderator.context.clear_cookies()
    moderator.page.goto(home.desk)
    moderator.press("Entrer avec ma clé d'accès")
    expect(moderator.page.get_by_role("heading", name="en attente")).to_be_visible()


def test_a_reply_is_stopped_mended_taken_up_again_and_published(
    chromium: Browser, home: Home, author: Thumb, thread: str
) -> None:
    page = author.page
    page.goto(home.site + thread)
    page.locator("#reponse").press_sequentially(SLIP)
    author.fill(author="mésange")
    expect(page.locator("#reponse-findings li")).to_have_count(2)
    author.press("Envoyer aux modérateurs")
    expect(page.locator("#repondre [data-told]").first).to_contain_text("l’envoi reste fermé")
    page.locator("#reponse").fill("Un confrère la verra cette semaine ; zygomorphe.")
    expect(page.locator("#reponse-findings li")).to_have_count(0)
    author.taps = 0
    author.press("Envoyer aux modérateurs")
    receipt = received(author)
    assert author.taps <= MOST_TAPS
    print(f"auteur : {author.taps} touche(s) après le texte")

    moderator = invited(chromium, home, "Barnabé")
    signs_in_again_by_passkey(moderator, home)
    opened_at_desk(moderator, home, "Réponse")
    preview = moderator.page.frame_locator("iframe")
    expect(preview.get_by_text("zygomorphe")).to_be_visible()
    moderator.page.get_by_text("Écrire à son auteur").tap()
    moderator.page.get_by_label("Vos mots").fill("Dites quel avis demander.")
    moderator.press("Demander une reprise")
    assert "zygomorphe" not in git(home.bare, "log", "--all", "-p", "--", "content/replies")

    page.goto(home.site + "proposer/suivi/")
    card = page.locator("[data-receipts] li", has_text=receipt)
    expect(card).to_contain_text("À reprendre")
    expect(card).to_contain_text("Dites quel avis demander.")
    author.tap(card.get_by_role("button", name="Corriger"))
    page.locator("textarea[name=text]").fill("Au 06 39 98 11 22, zygomorphe.")
    expect(page.locator("ul.faults:visible li")).to_have_count(1)
    page.locator("textarea[name=text]").fill("L'avis d'un pneumologue, cette semaine ; zygomorphe.")
    expect(page.locator("ul.faults:visible li")).to_have_count(0)
    author.press("Envoyer aux modérateurs")
    expect(page.get_by_role("heading", name="Les modérateurs lisent").or_(page.get_by_role("heading", name="arrivée"))
           ).to_be_visible()  # fmt: skip

    publish(moderator, home, "Réponse")
    seconds = wait_for(lambda: "pneumologue, cette semaine" in home.page(thread), "la réponse sur le site")
    print(f"modérateur : {moderator.taps} touche(s) ; en ligne {seconds:.1f} s après la dernière")
    merge, own = home.commits()[:2]
    assert merge.startswith("2|Le forum|le-forum@users.invalid|Le forum|Fusion : reply ")
    assert own.startswith("1|mésange|mésange@users.invalid|Le forum|reply replies/")
    standing(author, home, receipt)
    expect(page.get_by_role("link", name="Voir la page publiée")).to_have_attribute(
        "href", re.compile(rf"^{re.escape(home.site + thread)}#r-")
    )
    moderator.context.close()


def photograph(file: Path) -> None:
    """A white picture that says where it was taken."""
    picture = Image.new("RGB", (1600, 800), "white")
    picture.getexif().get_ifd(0x8825).update({1: "N", 2: (46.0, 35.0, 0.0)})
    picture.save(file, exif=picture.getexif())
    assert b"Exif" in file.read_bytes()


CASE = {
    "question": "Que faire ?", "context": "La quarantaine.", "findings": "Une éruption du bras.", "title": "Le bras",
    "hashtags": "toux", "specialty": "dermatologie", "author": "grive",
}  # fmt: skip


def test_a_photograph_reaches_the_page_without_its_place_and_with_what_was_covered(
    home: Home, author: Thumb, moderator: Thumb, tmp_path: Path
) -> None:
    photograph(tmp_path / "photo.jpg")
    page = author.page
    page.goto(home.site + "proposer/")
    author.fill(**CASE)
    page.get_by_text("Compléter").tap()
    author.fill(visibility="public")
    page.get_by_text("Ajouter une photo").tap()
    page.locator("#image").set_input_files(tmp_path / "photo.jpg")
    box = page.locator(".photos canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.25)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.75)
    page.mouse.up()
    page.get_by_label("Ce que montre cette image").fill("Une éruption du bras")
    page.get_by_label("Personne n’y est reconnaissable").check()
    author.press("Envoyer aux modérateurs")
    received(author)

    publish(moderator, home, "Cas")
    wait_for(lambda: "Le bras" in home.page(""), "le cas à l'accueil")
    (published,) = git(home.bare, "diff", "--name-only", "main~1", "main", "--", "content/images").splitlines()
    content = subprocess.run(
        ["git", "show", f"main:{published}"], cwd=home.bare, capture_output=True, check=True
    ).stdout
    picture = Image.open(io.BytesIO(content)).convert("L")
    assert not picture.getexif() and b"Exif" not in content
    width, height = picture.size
    assert picture.getpixel((width // 2, height // 2)) < 40  # black where the finger went
    assert picture.getpixel((width // 10, height // 10)) > 215


def test_without_script_the_text_is_stopped_mended_and_published(
    chromium: Browser, home: Home, moderator: Thumb, thread: str
) -> None:
    author = someone(chromium, javascript=False)
    author.page.goto(home.site + thread)
    author.fill(text=SLIP, author="rouge-gorge")
    author.press("Envoyer aux modérateurs")
    expect(author.page.get_by_text("06 39 98 …")).to_be_visible()
    author.page.locator("textarea[name=text]").fill("Sans un script, on répond aussi.")
    author.taps = 0
    author.press("Envoyer aux modérateurs")
    received(author)
    assert author.taps <= MOST_TAPS
    publish(moderator, home, "Réponse")
    wait_for(lambda: "Sans un script, on répond aussi." in home.page(thread), "la réponse sur le site")
    author.context.close()


def test_a_member_s_entry_reaches_the_directory(home: Home, author: Thumb, moderator: Thumb) -> None:
    author.page.goto(home.site + "proposer/membre/")
    author.fill(name="Ada Lambertine", specialty="pédiatrie", town="Melle", departement="79")
    author.page.get_by_label("J’accepte").check()
    author.press("Envoyer aux modérateurs")
    received(author)
    publish(moderator, home, "Fiche de membre")
    wait_for(lambda: "Ada Lambertine" in home.page("annuaire/"), "la fiche dans l'annuaire")


def test_a_service_is_corrected_from_its_card(home: Home, author: Thumb, moderator: Thumb) -> None:
    author.page.goto(home.site + "services/")
    card = author.page.locator("li.card").first
    name = card.locator("h2").inner_text()
    author.tap(card.get_by_role("link", name="Corriger"))
    author.fill(phone="06 39 98 20 04")
    author.press("Envoyer aux modérateurs")
    received(author)
    publish(moderator, home, "Fiche de service")
    wait_for(lambda: "06 39 98 20 04" in home.page("services/"), "le numéro dans la liste des services")
    assert name in home.page("services/")


def test_months_later_the_receipt_adds_how_it_ended(home: Home, author: Thumb, moderator: Thumb) -> None:
    page = author.page
    page.goto(home.site + "proposer/")
    author.fill(**CASE | {"title": "Le genou", "findings": "Un genou froid.", "author": "pinson"})
    page.get_by_text("Compléter").tap()
    author.fill(visibility="public")
    author.press("Envoyer aux modérateurs")
    receipt = received(author)
    publish(moderator, home, "Cas")
    wait_for(lambda: "Le genou" in home.page(""), "le cas à l'accueil")
    standing(author, home, receipt)
    place = page.get_by_role("link", name="Voir la page publiée").get_attribute("href")
    page.get_by_label("Ce qui s'est passé ensuite").fill("Tout est rentré dans l'ordre en un mois.")
    author.press("Envoyer la suite aux modérateurs")
    received(author)
    publish(moderator, home, "Suite d'un fil")
    wait_for(lambda: "rentré dans l" in home.page(str(place).removeprefix(home.site)), "la suite sur la page")


def test_a_patient_has_a_message_taken_down(home: Home, author: Thumb, moderator: Thumb) -> None:
    path = next(p for p in sorted(home.root.glob("output/cas/2*/index.html"), reverse=True)
                if "data-reply=" in p.read_text("utf-8"))  # fmt: skip
    place = f"cas/{path.parent.name}/"
    title = re.search("<h1[^>]*>(.*?)</h1>", home.page(place), re.DOTALL)
    author.page.goto(f"{home.site}proposer/retrait/?fil={path.parent.name}")
    author.fill(who="patient")
    author.press("Envoyer aux modérateurs")
    received(author)
    moderator.page.goto(home.desk)
    expect(moderator.page.locator(".cards > li").first).to_contain_text("À voir tout de suite")
    publish(moderator, home, "Retrait demandé")
    wait_for(lambda: bool(title) and title[1] not in home.page(place), "la page neutre")


def test_a_report_sent_in_two_seconds_is_above_all_else(
    home: Home, author: Thumb, moderator: Thumb, thread: str, box: Postbox
) -> None:
    before = len(box.received)
    began = time.monotonic()
    author.page.goto(home.site + thread)
    author.tap(author.page.get_by_role("link", name="Signaler").first)
    author.page.get_by_label("Que s’y passe-t-il").select_option("recognised")
    author.press("Signaler")
    received(author)
    print(f"signalé {time.monotonic() - began:.1f} s après l'ouverture de la page, en {author.taps} touches")
    wait_for(lambda: len(box.received) > before, "le courriel aux modérateurs")
    assert box.received[-1][1]["Subject"] == "À voir tout de suite au bureau"
    moderator.page.goto(home.desk)
    first = moderator.page.locator(".cards > li").first
    expect(first).to_contain_text("À voir tout de suite")
    expect(first).to_contain_text("Signalement")


def test_by_the_direct_way_it_is_one_commit_on_main(
    chromium: Browser, author: Thumb, thread: str, tmp_path: Path
) -> None:
    with at_home(tmp_path, publishing='{"way": "direct", "rebuild": True}') as home:
        author.page.goto(home.site + thread)
        author.fill(text="Tout droit, sans détour.", author="mésange")
        author.press("Envoyer aux modérateurs")
        received(author)
        moderator = invited(chromium, home, "Anouk", javascript=False)
        publish(moderator, home, "Réponse")
        wait_for(lambda: "Tout droit, sans détour." in home.page(thread), "la réponse sur le site")
        assert home.commits()[0].startswith("1|mésange|mésange@users.invalid|Le forum|reply replies/")
        assert len(home.commits()) == 2
        moderator.context.close()
