"""« Proposer » : what a member writes is looked over on her phone, and leaves as a file that `divan check` accepts."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from divan.forum.check import check_paths
from divan.privacy.detect import find_identifiers
from divan.privacy.excuses import REASONS
from divan.sources.yaml_source import read_yaml, split_front_matter

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
FORGOTTEN = "Mme Lefèvre, 47 ans, rappelle du 06 39 98 12 34 pour sa toux."
CASE = {
    "Titre": "Toux sèche persistante",
    "Question": "Faut-il arrêter l'IEC ?",
    "Contexte": "La quarantaine, ni fièvre ni tabac.",
    "Constatations": "Auscultation libre.\n\nSaturation à 98 %.",
    "Hashtags": "toux",
    "Spécialité": "pneumologie",
    "Pseudonyme": "martin-pêcheur",
}


def fill(page: Page, fields: dict[str, str]) -> None:
    page.locator("form").evaluate("form => form.querySelectorAll('details').forEach(box => { box.open = true; })")
    for label, text in fields.items():
        page.get_by_label(re.compile(rf"^{label}( |$)")).fill(text)


def looked_over(page: Page) -> None:
    """Wait until the rules have read what was typed last."""
    expect(page.locator("#bilan")).to_contain_text("n’a été repéré")


def saved(page: Page, folder: Path, touch: Callable[[], None] | None = None) -> Path:
    """The file that the page gives, put in a repository where the posts' own stand."""
    with page.expect_download() as download:
        (touch or page.get_by_role("button", name="Enregistrer le fichier").click)()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    name = download.value.suggested_filename
    expect(page.locator("#fait")).to_contain_text(name)
    kind = {"case": "cases", "topic": "topics", "reply": "replies"}[page.locator("[name=kind]").input_value()]
    place = page.locator("[name=target]").input_value() if kind == "replies" else name[:4]
    file = folder / "content" / kind / place / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A copy of the content, but for what nothing here points to."""
    (tmp_path / "content").mkdir()
    for name in ("hashtags.yaml", "forum.yaml"):
        (tmp_path / "content" / name).write_bytes((ROOT / "content" / name).read_bytes())
    return tmp_path


def head(file: Path) -> dict:
    return read_yaml("", split_front_matter("", file.read_text(encoding="utf-8"))[0]).value


def test_a_forgotten_name_and_number_never_leave_the_phone(reader, repository: Path) -> None:
    page = reader(390).open("proposer/")
    fill(page, CASE | {"Contexte": FORGOTTEN})
    found = page.locator("#part-context-findings li")
    expect(found).to_have_count(2)
    for item, finding in zip(found.all(), find_identifiers(FORGOTTEN), strict=True):
        expect(item).to_contain_text(f"{finding.rule.says} : « {finding.masked} »")
    expect(page.locator("#bilan")).to_contain_text("2 passages")
    ways = page.locator("[data-way]")
    assert ways.count() == 4 and all(way.is_disabled() for way in ways.all())

    found.last.get_by_role("button", name="Y aller").tap()
    assert page.evaluate("getSelection().toString()") == "06 39 98 12 34"
    page.keyboard.press("Delete")
    expect(found).to_have_count(1)
    assert all(way.is_disabled() for way in ways.all())
    page.get_by_label(re.compile("^Contexte")).fill("Une femme de la quarantaine rappelle pour sa toux.")
    looked_over(page)
    assert check_paths(repository, [saved(page, repository)]) == []


def test_what_was_reread_leaves_and_the_file_says_so(reader, repository: Path) -> None:
    page = reader(390).open("proposer/")
    fill(page, CASE | {"Contexte": "Elle cite le Dr Knockel, personnage de roman, au 06 39 98 12 34."})
    found = page.locator("#part-context-findings")
    expect(found.locator("li")).to_have_count(2)
    found.get_by_label("Laisser, parce que c’est").select_option("public")  # a name only: a number has no such choice
    page.get_by_label(re.compile("^Contexte")).fill("Elle cite le Dr Knockel, personnage de roman.")
    looked_over(page)
    file = saved(page, repository)
    assert head(file)["reviewed"] == ["Dr Knockel : public"]
    assert check_paths(repository, [file]) == []


@pytest.mark.parametrize("slip", [{"Sources": "Au 06 39 98 12 34"}, {"Spécialité": "cardiologie du Dr Martin"}])
def test_what_stands_outside_the_text_is_looked_at_before_it_leaves(reader, slip: dict[str, str]) -> None:
    page = reader(390).open("proposer/")
    fill(page, CASE | slip)
    looked_over(page)
    page.get_by_role("button", name="Enregistrer le fichier").click()
    expect(page.locator("#fait")).to_contain_text("Relisez le titre, les sources et les débuts de partie.")


def test_a_passage_is_replaced_by_a_tap_or_a_key_and_put_back(reader) -> None:
    page = reader(390).open("proposer/")
    typed = "Vue ce matin, Mme Lefèvre, 83 ans, tousse."
    fill(page, CASE | {"Contexte": typed})
    context, found = page.get_by_label(re.compile("^Contexte")), page.locator("#part-context-findings")
    found.get_by_role("button", name="Écrire « une femme de 80 à 84 ans »").tap()
    expect(context).to_have_value("Vue ce matin, une femme de 80 à 84 ans, tousse.")
    expect(found.locator("li")).to_have_count(1)
    back = found.get_by_role("button", name="Remettre comme avant")
    expect(back).to_be_focused()
    page.keyboard.press("Enter")
    expect(context).to_have_value(typed)
    expect(context).to_be_focused()
    found.get_by_role("button", name="Écrire « une femme de 80 à 84 ans »").focus()
    page.keyboard.press("Enter")
    context.focus()
    page.keyboard.press("Control+z")
    expect(context).to_have_value(typed)


def test_facts_that_tell_together_draw_a_question_that_stops_nothing(reader, repository: Path) -> None:
    page = reader(390).open("proposer/")
    fill(page, CASE | {"Contexte": "Pâtissier de 47 ans, père de jumeaux."})
    asked = page.locator("#part-context-findings li")
    expect(asked).to_have_count(1)
    expect(asked).to_contain_text("ensemble, peuvent suffire à reconnaître quelqu'un")
    looked_over(page)
    assert check_paths(repository, [saved(page, repository)]) == []


def test_a_name_that_the_group_listed_is_found(reader) -> None:
    page = reader(390).open("proposer/")
    [name, *_] = read_yaml("", (ROOT / "content/names.yaml").read_text(encoding="utf-8")).value["hospitals"]
    fill(page, CASE | {"Contexte": f"vu à {name.lower()}"})
    expect(page.locator("#part-context-findings li")).to_contain_text("le nom d'un établissement situe une personne")


def test_each_finding_says_whether_it_may_ever_stay(reader) -> None:
    page = reader(390).open("proposer/")
    fill(page, CASE | {"Contexte": "Le Dr Knockel, au 06 39 98 12 34."})
    found = page.locator("#part-context-findings li")
    expect(found).to_have_count(2)
    name, number = found.all()
    expect(name).to_contain_text("À remplacer, ou à laisser avec une raison que lira le modérateur")
    expect(number).to_contain_text("À retirer dans tous les cas")
    expect(name.get_by_role("combobox")).to_have_count(1)
    expect(number.get_by_role("combobox")).to_have_count(0)
    offered = name.get_by_role("combobox").locator("option").evaluate_all("options => options.map(one => one.value)")
    assert offered == ["", *REASONS]


TITLES = [
    "Dire « non » : \"jamais\" ou 'toujours' ?",
    "# pas un commentaire : #toux",
    "- : [toux] {iec} & *étoile* | 100 % \\n",
    "true",
    "0042",
    "🩺 Toux 👩🏽‍⚕️ & cœur",
    "Deux-points à la fin :",
    "'",
]


def test_a_title_comes_back_as_it_was_typed(reader, repository: Path) -> None:
    page = reader(390).open("proposer/")
    fill(page, CASE)
    for title in TITLES:
        fill(page, {"Titre": title})
        looked_over(page)
        file = saved(page, repository)
        assert check_paths(repository, [file]) == []
        assert head(file)["title"] == title


def test_nothing_typed_in_a_part_breaks_the_next_one(reader, repository: Path) -> None:
    nasty = "## Titre\nsuite\n---\n<div>\n2) deux\n```\ncode #toux\n<!-- "
    page = reader(390).open("proposer/")
    sources = "1. HAS : « Toux » ; 2021\n\n- 2021. Société savante\n***"
    fill(page, CASE | {"Question": nasty, "Note": nasty, "Sources": sources})
    looked_over(page)
    file = saved(page, repository)
    assert check_paths(repository, [file]) == []
    assert head(file)["sources"] == ["HAS : « Toux » ; 2021", "2021\\. Société savante"]


def test_what_is_missing_is_said_beside_each_field_and_all_at_once(reader) -> None:
    page = reader(390).open("proposer/")
    fill(page, {"Titre": "Toux", "Hashtags": "touxx", "Question": "Et #zzyzx ?", "Pseudonyme": "Dr."})
    looked_over(page)
    page.get_by_role("button", name="Enregistrer le fichier").tap()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    said = summary.get_by_role("listitem").all_inner_texts()
    assert [line.split("\u00a0:")[0] for line in said] == [
        "Question", "Contexte", "Constatations", "Hashtags", "Spécialité", "Pseudonyme",
    ]  # fmt: skip
    assert "« #zzyzx »" in said[0].replace("\u00a0", " ") and "« #toux »" in said[3].replace("\u00a0", " ")
    summary.get_by_role("link", name=re.compile("^Constatations")).tap()
    expect(page.get_by_label(re.compile("^Constatations"))).to_be_focused()


def test_hashtags_are_suggested_from_the_text_and_from_what_is_begun(reader) -> None:
    page = reader(390).open("proposer/")
    page.get_by_label(re.compile("^Titre")).fill("Une TOUX qui dure")
    suggestions = page.get_by_role("group", name="Suggestions")
    suggestions.get_by_role("button", name="#toux").tap()
    field = page.get_by_label(re.compile("^Hashtags"))
    expect(field).to_have_value("toux ")
    field.press_sequentially("#hypert")
    suggestions.get_by_role("button", name=re.compile("^#hypertension")).first.tap()
    expect(field).to_have_value(re.compile("^toux hypertension[^ ]* $"))


def test_a_draft_survives_a_reload_and_goes_when_erased(reader) -> None:
    page = reader(390).open("proposer/")
    fill(page, CASE | {"Contexte": "Le Dr Knockel."})
    page.locator("#part-context-findings").get_by_label("Laisser, parce que c’est").select_option("public")
    looked_over(page)
    page.reload()
    for label, text in CASE.items():
        expected = "Le Dr Knockel." if label == "Contexte" else text
        expect(page.get_by_label(re.compile(rf"^{label}( |$)"))).to_have_value(expected)
    looked_over(page)
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_navigation():
        page.get_by_role("button", name="Effacer le brouillon").tap()
    expect(page.get_by_label(re.compile("^Titre"))).to_have_value("")
    expect(page.get_by_label(re.compile("^Pseudonyme"))).to_have_value("martin-pêcheur")
    assert page.evaluate("Object.keys(localStorage)") == ["divan:pseudonyme"]


@pytest.mark.parametrize(("template", "folder"), [("case", "cas"), ("topic", "sujets")])
def test_a_reply_starts_on_its_thread(reader, one_of_each, repository: Path, template: str, folder: str) -> None:
    title = reader(390).open(one_of_each[template]).locator("h1").inner_text()
    thread = one_of_each[template].split("/")[1]
    page = reader(390).open(f"proposer/reponse/?fil={thread}&dans={folder}")
    expect(page.locator("#fil-dit")).to_have_text(f"Vous répondez à {title}")
    fill(page, {"Texte": "Même histoire au CHU de Poitiers.", "Pseudonyme": "mésange-bleue"})
    if folder == "cas":  # in a topic the name of a hospital points at nobody
        expect(page.locator("#text-findings")).to_contain_text("établissement")
        fill(page, {"Texte": "Même histoire chez nous."})
    answered = page.get_by_label(re.compile("^En réponse à"))
    answered.select_option(index=1)
    looked_over(page)
    file = saved(page, repository)
    for known in ("cases", "topics", "replies"):
        for source in (ROOT / "content" / known).rglob(f"*{thread}*"):
            copied = repository / source.relative_to(ROOT)
            if source.is_file():
                copied.parent.mkdir(parents=True, exist_ok=True)
                copied.write_bytes(source.read_bytes())
            else:
                copied.mkdir(parents=True, exist_ok=True)
                for reply in source.iterdir():
                    (copied / reply.name).write_bytes(reply.read_bytes())
    assert file.parent.name == thread
    assert head(file)["in_reply_to"] == answered.input_value()
    assert check_paths(repository, [file]) == []


def test_the_keyboard_alone_is_enough(reader, repository: Path) -> None:
    page = reader(1280).open("proposer/sujet/")
    keys = page.keyboard
    reached: list[str] = []

    def go(name: str) -> None:
        for _ in range(60):
            keys.press("Tab")
            here = page.evaluate("(e => e.name || e.dataset.way || e.textContent.trim())(document.activeElement)")
            reached.append(here)
            if here == name:
                return
        raise AssertionError(f"{name} : {reached}")

    go("title")
    keys.type("Le serveur de la caisse ne répond plus")
    go("area")
    area = page.locator("[name=area]")
    for _ in area.locator("option").all():  # a letter typed late would begin another word
        if area.input_value() != "admin":
            keys.press("ArrowDown")
    go("text")
    keys.type("Mme Lefèvre attend.")
    expect(page.get_by_role("button", name="Y aller")).to_be_visible()
    go("Y aller")
    keys.press("Enter")
    keys.type("Une patiente")
    go("author")
    keys.type("grive")
    looked_over(page)
    go("Envoyer autrement")
    keys.press("Enter")
    go("save")
    file = saved(page, repository, lambda: keys.press("Enter"))
    assert head(file)["area"] == "admin" and "Une patiente attend." in file.read_text(encoding="utf-8")
    assert check_paths(repository, [file]) == []


def test_the_forge_opens_on_the_file_ready_to_propose(reader) -> None:
    member = reader(390, permissions=["clipboard-read", "clipboard-write"])
    page = member.open("proposer/")
    fill(page, CASE)
    looked_over(page)
    page.get_by_role("button", name="Copier le texte").tap()
    expect(page.locator("#fait")).to_contain_text("copié")
    text = page.evaluate("navigator.clipboard.readText()")
    page.route("https://github.com/**", lambda route: route.fulfill(body="la forge"))
    with page.expect_navigation(url="https://github.com/**"):
        page.get_by_role("button", name="Proposer sur la forge").tap()
    address = urlsplit(page.url)
    given = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert address.path == "/divan-forum/divan/new/main"
    assert re.fullmatch(r"content/cases/(\d{4})/\1-\d\d-\d\d-[a-z2-7]{4}\.md", given["filename"])
    assert given["value"] == text
    assert [said for said in member.complaints if not said.endswith(page.url)] == []
    member.complaints.clear()  # this one page is meant to leave the site
    page.go_back()
    expect(page.locator("#brouillon")).to_contain_text("Votre texte est parti ?")


def test_a_message_to_the_moderators_holds_the_whole_file(reader) -> None:
    page = reader(390).open("proposer/")
    fill(page, CASE | {"Note": "Une phrase assez longue. " * 80})
    looked_over(page)
    page.evaluate("""addEventListener('click', event => {
        if (event.target.protocol === 'mailto:') { event.preventDefault(); window.mailed = event.target.href; }
    }, true)""")
    page.get_by_role("button", name="Envoyer à la modération").tap()
    expect(page.locator("#fait")).to_contain_text("1\u202f800 signes")
    address = urlsplit(page.evaluate("window.mailed"))
    assert address.path == "moderation@entraide-pc.example"
    assert unquote(address.query).startswith("subject=Proposition\u00a0: content/cases/")
    body = parse_qs(address.query)["body"][0]
    assert body.startswith("---\r\ntitle: Toux sèche persistante\r\n") and body.count("Une phrase assez longue.") == 80


def test_without_script_the_form_goes_to_the_moderators_by_itself(reader) -> None:
    form = reader(390, javascript=False).open("proposer/").locator("form")
    expect(form.get_by_role("button", name="Envoyer aux modérateurs")).to_be_visible()
    assert form.get_attribute("action").endswith("/proposals/")


def test_nothing_leaves_when_the_rules_cannot_be_read(reader) -> None:
    member = reader(390)
    member.page.route("**/privacy/rules.json", lambda route: route.fulfill(status=200, body="{"))
    page = member.open("proposer/")
    fill(page, CASE)
    expect(page.locator("#bilan")).to_contain_text("n’a pas pu être chargée")
    assert all(way.is_disabled() for way in page.locator("[data-way]").all())


def test_nothing_grows_under_a_thumb_that_presses(reader) -> None:
    page = reader(390).open("proposer/sujet/")
    page.get_by_label(re.compile("^Titre")).fill("Une question")
    looked_over(page)
    button = page.get_by_role("button", name="Enregistrer le fichier")
    page.get_by_text("Envoyer autrement").tap()
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    middle = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    phone = page.context.new_cdp_session(page)
    page.locator("#text").evaluate("field => { field.value = 'Mme Lefèvre attend.'; }")
    phone.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [middle]})
    page.locator("#text").evaluate("field => field.dispatchEvent(new Event('input', { bubbles: true }))")
    page.wait_for_timeout(1000)  # the rules look 300 ms after the last letter
    assert button.bounding_box() == box
    phone.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("#text-findings li")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_with_findings_and_faults_shown(reader, scheme: str) -> None:
    page = reader(390, scheme).open("proposer/")
    fill(page, {"Titre": "Toux"})
    looked_over(page)
    page.get_by_role("button", name="Enregistrer le fichier").tap()
    fill(page, {"Contexte": FORGOTTEN})
    expect(page.locator("#part-context-findings li")).to_have_count(2)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    violations = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    assert [(found["id"], node["failureSummary"]) for found in violations for node in found["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
