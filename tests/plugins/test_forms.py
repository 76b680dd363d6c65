"""Surveys: an index of studies by window; a form while it is open, its words when it is not; a poll in its thread."""

from pathlib import Path

import pytest
from PIL import Image

from divan.site.build import build
from divan.sources.problem import ProblemsFound
from tests import small_forum as forum
from tests.plugins.conftest import TODAY, Built

ENGLISH = """title: This winter
study: {title: Does the group help you?}
notice: {who: The moderators., why: To know., kept: One year., rights: You are free to answer.}
sections: {one: {title: One question}}
items: {helps: {text: Does it help you?, choices: {"yes": "Yes", "no": "No"}}}
"""


def study(root: Path, name: str, opens: str, closes: str, kind: str = "study", more: str = "") -> None:
    text = forum.STUDY.replace("Le groupe vous aide-t-il ?", f"Étude {name}").replace("kind: study", f"kind: {kind}")
    text = text.replace("2026-05-01", opens).replace("2026-07-01", closes)
    forum.write(root, f"surveys/{name}/study.yaml", text + more)
    forum.write(root, f"surveys/{name}/hiver.yaml", forum.QUESTIONNAIRE)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """On 1 June: what opens that day, what closes that day, what opened the day after, what closed the day before."""
    root = forum.make_forum(tmp_path_factory.mktemp("surveys"))
    forum.write(root, "surveys/aide/hiver.en.yaml", ENGLISH)
    study(root, "premier-jour", "2026-06-01", "2026-06-30")
    study(root, "dernier-jour", "2026-05-01", "2026-06-01")
    study(root, "demain", "2026-06-02", "2026-06-30")
    for name in ("premier-jour", "demain"):
        image = "id: helps\n        image: {file: knee.png, alt: Un genou}"
        shown = forum.QUESTIONNAIRE.replace("id: helps", image)
        forum.write(root, f"surveys/{name}/hiver.yaml", shown)
        (root / f"surveys/{name}/images").mkdir()
        Image.new("RGB", (4, 4)).save(root / f"surveys/{name}/images/knee.png")
    study(root, "hier", "2026-05-01", "2026-05-31")
    study(root, "entree", "2026-05-01", "2026-06-30", "entry")
    study(root, "sondage", "2026-05-01", "2026-05-31", "poll", "topic: 2026-03-01-bbbb\n")
    answers = "".join(f"hiver-{n:04d},2026-05-02,{'no' if n > 5 else 'yes'}\n" for n in range(1, 12))
    forum.write(root, "surveys/sondage/responses/hiver.csv", f"response,date,helps\n{answers}")
    forum.result(root, "hier", "<p>Résultats</p>")
    forum.settle(root, TODAY)
    return Built(forum.site_of(root))


def test_the_index_has_studies_by_window_and_neither_poll_nor_entry(asked: Built) -> None:
    names = [link.split("/")[1] for link in asked.links("enquetes/") if link.count("/") == 3]
    assert names == ["aide", "dernier-jour", "premier-jour", "demain", "hier"]
    words = asked.words("enquetes/")
    assert words.count("Ouverte") == 3
    assert words.count("À venir à partir du 2 juin 2026") == 1
    assert words.count("Close depuis le 31 mai 2026") == 1
    assert "Deux minutes." in words


@pytest.mark.parametrize(
    ("name", "has_form", "says"),
    [
        ("premier-jour", True, "Cela vous aide-t-il"),
        ("dernier-jour", True, "Cela vous aide-t-il"),
        ("demain", False, "Elle commence le 2 juin 2026"),
        ("hier", False, "close depuis le 31 mai 2026"),
    ],
)
def test_a_form_is_there_from_the_first_day_to_the_last(name: str, has_form: bool, says: str, asked: Built) -> None:
    assert says in asked.words(f"enquetes/{name}/hiver/")
    page = asked.text(f"enquetes/{name}/hiver/index.html")
    assert ('name="helps"' in page) is has_form
    assert ("Les modérateurs." in page) is has_form  # the notice goes with the form
    assert ("/theme/form" in page) is has_form


def test_a_form_to_come_is_shown_with_its_mark_to_who_writes_it(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path / "forum", git=False)
    study(root, "demain", "2026-06-02", "2026-06-30")
    build(root, settings_overrides={"FORMS_AHEAD": True}, today=TODAY)
    page = (root / "output/enquetes/demain/hiver/index.html").read_text(encoding="utf-8")
    assert 'name="helps"' in page
    assert "Montrée avant son ouverture" in page


def test_an_image_goes_with_the_form_that_shows_it(asked: Built) -> None:
    assert 'src="../images/knee.png" alt="Un genou"' in asked.text("enquetes/premier-jour/hiver/index.html")
    assert "enquetes/premier-jour/images/knee.png" in asked.files
    assert "enquetes/demain/images/knee.png" not in asked.files


def test_a_closed_survey_leads_to_its_results_and_an_open_one_to_none(asked: Built) -> None:
    assert "resultats/hier/" in asked.links("enquetes/hier/hiver/")
    assert "resultats/hier/" in asked.links("enquetes/hier/hiver/merci/")
    assert "resultats/premier-jour/" not in asked.links("enquetes/premier-jour/hiver/merci/")
    assert "Les résultats seront publiés ici" in asked.words("enquetes/premier-jour/hiver/merci/")


def test_answers_go_to_the_collector_alone_and_the_policy_of_the_page_names_it(asked: Built) -> None:
    page = asked.text("enquetes/aide/hiver/index.html")
    assert 'action="http://localhost:8001/enquetes/aide/hiver/"' in page
    (policy,) = [line for line in page.splitlines() if "Content-Security-Policy" in line]
    assert "form-action 'self' http://localhost:8001" in policy
    assert "connect-src 'self' http://localhost:8001" in policy


def test_each_language_has_its_page_and_all_thank_on_one(asked: Built) -> None:
    english = asked.text("enquetes/aide/hiver/en/index.html")
    assert "Does it help you?" in asked.words("enquetes/aide/hiver/en/")
    assert 'lang="en"' in english
    assert 'href="../"' in english
    assert 'href="en/"' in asked.text("enquetes/aide/hiver/index.html")
    assert "enquetes/aide/hiver/en/merci/" not in asked


def test_who_is_named_is_not_told_to_be_anonymous(asked: Built) -> None:
    said = "Rien ne relie votre réponse à votre nom"
    assert said in asked.words("enquetes/premier-jour/hiver/merci/")
    assert said in asked.words("enquetes/sondage/hiver/merci/")
    assert said not in asked.words("enquetes/entree/hiver/merci/")


def test_a_poll_stands_in_its_thread_with_its_counts_once_closed(asked: Built) -> None:
    words = asked.words("sujets/2026-03-01-bbbb/")
    assert "Oui 5 Non 6 Total 11" in words  # 1 to 5 said yes, 6 to 11 no
    assert "Oui 5" not in asked.words("sujets/2026-03-02-bbbb/")


def test_the_home_page_shows_the_studies_that_are_open_today(asked: Built) -> None:
    shown = [link for link in asked.links("") if link.startswith("enquetes/") and link.count("/") == 3]
    assert list(dict.fromkeys(shown)) == [
        f"enquetes/{name}/hiver/" for name in ("aide", "dernier-jour", "premier-jour")
    ]


def test_a_quota_or_invitations_without_a_collector_are_refused_where_the_group_has_none(tmp_path: Path) -> None:
    root = forum.make_forum(tmp_path)
    study(root, "limitee", "2026-05-01", "2026-06-30", more="admission: tokens\n")
    study(root, "close", "2026-04-01", "2026-04-30")
    for name in ("limitee", "close"):
        forum.write(root, f"surveys/{name}/hiver.yaml", f"quota: 9\n{forum.QUESTIONNAIRE}")
    forum.settle(root, TODAY)
    with pytest.raises(ProblemsFound) as found:
        forum.settle(root, TODAY, SURVEYS_SENDING={"way": "file"})
    (fault,) = found.value.problems
    assert (fault.path, fault.code) == ("surveys/limitee/study.yaml", "E08")
    assert "un collecteur (des invitations et un quota), et ses réponses vont à « file »" in fault.message
