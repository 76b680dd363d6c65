"""From a phone to the moderators: what is written on the site reaches the real collector, with script and without."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bench.collector import Server
from tests.browser.served import served

pytestmark = pytest.mark.browser

RECEIPT = re.compile(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}")
SLIP = "Le Dr Lambertine la verra, au 06 39 98 11 22."
MENDED = "Un confrère la verra ; ASAT <N, 2 * 5 mg."


# Ce qui part vraiment de l'appareil : un navigateur ne montre pas aux outils les fichiers d'un envoi.
WATCHED = """() => {
    const real = window.fetch;
    window.fetch = async (address, asked) => {
        const images = asked?.body instanceof FormData ? asked.body.getAll("image") : [];
        window.images = await Promise.all(images.map(async (one) => [...new Uint8Array(await one.arrayBuffer())]));
        return real(address, asked);
    };
}"""


@pytest.fixture(scope="module")
def address(forum: Path, collector: Server) -> Iterator[str]:
    from divan.site.build import build

    build(forum, settings_overrides={"PROPOSALS_URL": f"http://127.0.0.1:{collector.port}/proposals/"})
    with served(forum / "output") as site:
        yield site


@pytest.fixture(scope="module")
def thread(forum: Path) -> str:
    """The address of a case that has a reply."""
    page = next(p for p in sorted(forum.glob("output/cas/2*/index.html")) if "data-reply=" in p.read_text("utf-8"))
    return f"cas/{page.parent.name}/"


def phone(chromium: Browser, *, javascript: bool = True) -> BrowserContext:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, java_script_enabled=javascript,
        locale="fr-FR",
    )  # fmt: skip
    context.set_default_timeout(30_000)
    return context


def send(page: Page, name: str = "Envoyer aux modérateurs") -> None:
    page.get_by_role("button", name=name, exact=True).first.tap()


def received(page: Page) -> str:
    """The receipt that is shown."""
    told = page.locator(".receipt").first
    expect(told).to_contain_text(RECEIPT)
    return RECEIPT.search(told.inner_text())[0]


def test_a_reply_is_stopped_mended_sent_and_followed(chromium: Browser, address: str, thread: str) -> None:
    context = phone(chromium)
    page = context.new_page()
    page.goto(address + thread)
    page.locator("[data-reply]").first.tap()
    text = page.locator("#reponse")
    expect(text).to_have_value(re.compile("^> « .+ »\n\n$"))
    text.press_sequentially(SLIP)
    page.get_by_label("Pseudonyme").fill("mésange")
    expect(page.locator("#reponse-findings li")).to_have_count(2)
    send(page)
    expect(page.locator("#repondre [data-told]").first).to_contain_text("l’envoi reste fermé")
    text.fill(MENDED)
    expect(page.locator("#reponse-findings li")).to_have_count(0)
    send(page)
    receipt = received(page)
    page.locator("#repondre").get_by_role("link", name="Où en est ma proposition").tap()
    card = page.locator("[data-receipts] li")
    expect(card).to_contain_text("Reçue")
    expect(card).to_contain_text(receipt)
    assert receipt not in page.url
    context.close()


def test_the_detector_comes_once_and_only_where_one_writes(chromium: Browser, address: str, thread: str) -> None:
    page = phone(chromium).new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    for read in ("", "cas/", thread, "recherche/"):
        page.goto(address + read)
        page.wait_for_load_state("networkidle")
    assert not {"detect.js", "rules.json", "tagger.json"}.intersection(asked)
    page.goto(address + "proposer/")
    for field in page.locator("textarea:visible, input[type=text]:visible").all()[:3]:
        field.press_sequentially("Vu Mme Kervella hier. ")
    page.wait_for_load_state("networkidle")
    assert asked.count("tagger.json") == 1


def test_a_photograph_loses_its_place_and_shows_what_was_covered(
    chromium: Browser, address: str, tmp_path: Path
) -> None:
    picture = Image.new("RGB", (2400, 1200), "white")
    picture.getexif().get_ifd(0x8825).update({1: "N", 2: (46.0, 35.0, 0.0)})  # a position, as phones write it
    picture.save(tmp_path / "photo.jpg", exif=picture.getexif())
    assert b"Exif" in (tmp_path / "photo.jpg").read_bytes()
    context = phone(chromium)
    page = context.new_page()
    page.goto(address + "proposer/")
    for label, text in {
        "Question": "Que faire ?", "Contexte": "La quarantaine.", "Constatations": "Une éruption.", "Titre": "Le bras",
        "Hashtags": "toux", "Spécialité": "dermatologie", "Pseudonyme": "mésange",
    }.items():  # fmt: skip
        page.get_by_label(re.compile(rf"^{label}( |$)")).fill(text)
    page.get_by_text("Ajouter une photo").tap()
    page.locator("#image").set_input_files(tmp_path / "photo.jpg")
    canvas = page.locator(".photos canvas")
    expect(canvas).to_have_js_property("width", 1600)
    page.get_by_role("button", name="Masquer le haut").tap()
    send(page)
    expect(page.locator("#image-error")).to_contain_text("ce que montre chaque image")
    page.get_by_label("Ce que montre cette image").fill("Le bras de Mme Lefèvre")
    expect(page.locator(".photos .findings li")).to_have_count(1)
    page.get_by_label("Ce que montre cette image").fill("Une éruption du bras")
    page.get_by_label("Personne n’y est reconnaissable").check()
    page.evaluate(WATCHED)
    send(page)
    received(page)
    (image,) = page.evaluate("window.images")
    assert bytes(image[:3]) == b"\xff\xd8\xff" and b"Exif" not in bytes(image)
    context.close()


def test_what_is_sent_without_network_leaves_by_itself_and_counts_once(
    chromium: Browser, address: str, thread: str
) -> None:
    context = phone(chromium)
    page = context.new_page()
    page.goto(address + thread)
    page.locator("#reponse").fill("Même histoire chez nous.")
    page.get_by_label("Pseudonyme").fill("grive")
    expect(page.locator("#reponse")).to_have_attribute("aria-invalid", "false")
    context.set_offline(True)
    send(page)
    expect(page.locator("#repondre [data-told]").first).to_contain_text("partira de lui-même")
    context.set_offline(False)
    first = received(page)
    parcels = page.evaluate("JSON.parse(localStorage.getItem('divan:recus')).map((one) => one.receipt)")
    assert parcels == [first]
    context.close()


def test_a_report_takes_two_touches_and_a_choice(chromium: Browser, address: str, thread: str) -> None:
    context = phone(chromium)
    page = context.new_page()
    page.goto(address + thread)
    page.locator("[data-report]").first.tap()
    page.get_by_label("Que s’y passe-t-il").select_option("recognised")
    send(page, "Signaler")
    received(page)
    context.close()


@pytest.mark.parametrize(
    ("url", "fields"),
    [
        ("proposer/retrait/", {"Le message": "THREAD", "Qui demande": "patient"}),
        ("proposer/suite/", {"Le message": "THREAD", "Ce qui s’est passé ensuite": MENDED, "Pseudonyme": "mésange"}),
        (
            "proposer/correction/",
            {"Le message": "THREAD", "Le passage à corriger": "un mot", "Ce qu’il doit dire": "Oui"},
        ),
        ("proposer/service/s1/", {"Téléphone": "06 39 98 20 04"}),
        (
            "proposer/membre/",
            {
                "Nom": "Ada Lambertine",
                "Spécialité": "pédiatrie",
                "Commune": "Melle",
                "Département": "79",
                "J’accepte": "yes",
            },
        ),
        ("proposer/mot/", {"Mot": "bronchite-aiguë-du-soir"}),
    ],
    ids=["withdrawal", "resolution", "correction", "service", "member", "hashtag"],
)
def test_every_form_leaves_without_script(
    chromium: Browser, address: str, thread: str, url: str, fields: dict[str, str]
) -> None:
    context = phone(chromium, javascript=False)
    page = context.new_page()
    page.goto(address + url)
    for label, value in fields.items():
        field = page.get_by_label(re.compile(rf"^\s*{label}( |$)"))
        if value == "yes":
            field.check()
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(address + thread if value == "THREAD" else value)
    send(page)
    received(page)
    context.close()


def test_without_script_the_slip_comes_back_to_be_mended(chromium: Browser, address: str, thread: str) -> None:
    context = phone(chromium, javascript=False)
    page = context.new_page()
    page.goto(address + thread)
    page.locator("#reponse").fill(SLIP)
    page.get_by_label("Pseudonyme").fill("mésange")
    send(page)
    expect(page.get_by_text("06 39 98 …")).to_be_visible()
    page.locator("textarea[name=text]").fill(MENDED)
    send(page)
    received(page)
    context.close()


@pytest.mark.parametrize(
    "url", ["proposer/suivi/", "proposer/membre/", "proposer/service/", "proposer/retrait/", "THREAD"]
)
def test_axe_finds_no_violation(chromium: Browser, address: str, thread: str, url: str) -> None:
    context = phone(chromium)
    page = context.new_page()
    page.goto(address + (thread if url == "THREAD" else url))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    violations = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    assert [(found["id"], node["failureSummary"]) for found in violations for node in found["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    context.close()


def test_what_was_being_written_is_there_when_the_page_opens_again(
    chromium: Browser, address: str, thread: str
) -> None:
    context = phone(chromium)
    page = context.new_page()
    page.goto(address + thread)
    page.locator("#reponse").fill(MENDED)
    expect(page.locator("#reponse")).to_have_attribute("aria-invalid", "false")
    page.reload()
    expect(page.locator("#reponse")).to_have_value(MENDED)
    context.close()


def test_what_waits_leaves_from_another_page(chromium: Browser, address: str, thread: str) -> None:
    context = phone(chromium)
    page = context.new_page()
    page.goto(address + thread)
    page.locator("#reponse").fill("Partie plus tard, d'ailleurs.")
    page.get_by_label("Pseudonyme").fill("grive")
    expect(page.locator("#reponse")).to_have_attribute("aria-invalid", "false")
    context.set_offline(True)
    send(page)
    expect(page.locator("#repondre [data-told]").first).to_contain_text("partira de lui-même")
    page.close()
    context.set_offline(False)
    other = context.new_page()
    other.goto(address + "proposer/suivi/")
    expect(other.locator("[data-receipts] li", has_text="Partie plus tard")).to_contain_text("Reçue")
    context.close()
