"""Whatever was answered, every model says its figures or why it has none: never a traceback, never an absurd number."""

import json
import re
import shutil

import pytest

from analysis.report.building import build_report
from tests.analysis.models_study import PLACES, write_study

VILLAGES = ", ".join(f"{{id: p{n}, label: Village {n}}}" for n in range(150))
HOSTILE = {
    "label: Ville": "label: '<script>alert(1)</script> & «=cmd|x» \\textbf{$#_%^~}'",
    "text: Lieu": "text: '=HYPERLINK(\"x\")'",
}


def everybody(**given):
    """Everybody answers so, wherever the question is asked."""

    def change(n, answers):
        for wave in answers.values():
            wave.update({name: value(n) if callable(value) else value for name, value in given.items() if name in wave})
        return answers

    return change


def told_by_sex(n, answers):
    man = answers["before"]["sex"] == "man"
    answers["after"].update(
        again="yes" if man else "no", posts="3" if man else "0", useful="5" if man else str(1 + n % 2)
    )
    return answers


def upside_down(n, answers):
    """Those who were high are low: people differ less than by chance."""
    answers["before"].update(calm=str(1 + n % 5), heard=str(1 + n % 5))
    answers["after"].update(calm=str(5 - n % 5), heard=str(5 - n % 5))
    return answers


def same_thing_twice(n, answers):
    man = answers["before"]["sex"] == "man"
    answers["before"].update(place="country" if man else "town", age="40" if man else "30")
    return answers


def villages(n, answers):
    answers["before"]["place"] = f"p{n % 150}"
    return answers


ALL_EQUAL = "toutes les réponses à expliquer sont égales"
CASES = {
    "all ties": (60, everybody(calm="3", heard="3", useful="3", posts="2", age="40"), {},
                 {"M1": "« Âge », seule, n'est pas estimée : elle ne varie pas", "M2": ALL_EQUAL, "M3": ALL_EQUAL,
                  "M5": ALL_EQUAL, "M6": ALL_EQUAL}),
    "nobody": (0, None, {}, {"M1": "quand ce qu'il explique aura des réponses", "M5": "quand ce qu'il explique aura",
                             "M6": "aucun répondant n'a toutes les réponses"}),
    "one person": (1, None, {}, {"M1": "tout le monde a l'événement", "M2": ALL_EQUAL, "M3": ALL_EQUAL,
                                 "M5": "autant de coefficients que de répondants", "M6": ALL_EQUAL}),
    "two people": (2, None, {}, {"M3": "autant de coefficients que de répondants",
                                 "M5": "autant de coefficients que de personnes"}),
    "one level": (60, everybody(sex="man", place="town"), {}, {"M1": "« Lieu », seule, n'est pas estimée"}),
    "separation": (60, told_by_sex, {}, {"M1": "sans une exception (« Sexe, Une femme »)",
                                         "M2": "sans une exception (« Sexe, Une femme »)",
                                         "M3": "sont toutes nulles (« Sexe, Une femme »)", "M4": "sont toutes nulles"}),
    "singular": (60, upside_down, {}, {"M5": "Modèle singulier", "M6": "le modèle suit exactement les réponses"}),
    "a thousand million": (60, everybody(age=lambda n: str(999999982 + n % 17),
                                         posts=lambda n: str(10**8 + 7 * n % 13)), {}, {"M4": "la loi de Poisson"}),
    "hostile labels": (60, None, HOSTILE, {}),
    "constant": (60, everybody(again="yes", useful="4", posts="0", calm="2", heard="2"), {},
                 {"M1": "tout le monde a l'événement", "M2": ALL_EQUAL, "M3": "toutes les réponses sont nulles"}),
    "collinear": (60, same_thing_twice, {},
                  dict.fromkeys(("M1", "M2", "M3", "M5", "M6"), "« Âge » se déduit des autres variables")),
    "all missing": (60, everybody(age="", posts="", useful="", again=""), {},
                    dict.fromkeys(("M1", "M2", "M3", "M4", "M5", "M6"), "aucun répondant n'a toutes les réponses")),
    "huge categories": (300, villages, {PLACES: VILLAGES},
                        dict.fromkeys(("M1", "M2", "M3", "M4", "M5", "M6"), "« Lieu » a 150 niveaux, plus de 30")),
}  # fmt: skip


@pytest.fixture
def report(tmp_path, monkeypatch):
    def make(case, threshold):
        people, change, labels, _ = CASES[case]
        shutil.rmtree(tmp_path / "surveys", ignore_errors=True)
        write_study(tmp_path / "surveys" / "recours", people, change, labels=labels, threshold=threshold)
        build_report(tmp_path, "recours")
        made = tmp_path / "content" / "results" / "recours"
        return json.loads((made / "report.json").read_text("utf-8")), (made / "index.md").read_text("utf-8"), made

    return make


@pytest.mark.parametrize("case", CASES)
def test_each_model_says_its_figures_or_why_it_has_none(report, case):
    found, page, _ = report(case, 1)
    said = page.replace("&#39;", "'").replace("\u00a0", " ")
    for table, sentence in CASES[case][3].items():
        own = " ".join(found["tables"][table]["notes"])
        assert sentence in own or (not found["tables"][table]["rows"] and sentence in said), table
    assert not re.search(r"\b(?:nan|NaN|inf|None|Traceback)\b", page)


@pytest.mark.parametrize("case", [one for one in CASES if one != "huge categories"])
def test_no_estimate_is_absurd(report, case):
    """A ratio or a coefficient beyond 10,000 says nothing of people."""
    found, _, _ = report(case, 1)
    effects = [row for name, table in found["tables"].items() if name.startswith("M") for row in table["rows"]
               if row["row"] in ("sex", "place", "age", "wave")]  # fmt: skip
    figures = [row[name] for row in effects for name in ("crude", "estimate") if isinstance(row.get(name), float)]
    assert all(abs(one) < 1e4 for one in figures)


@pytest.mark.parametrize("case", ["separation", "singular", "all missing", "huge categories"])
def test_the_gate_takes_them_too(report, case):
    found, page, _ = report(case, 5)
    assert page
    if case in ("separation", "all missing"):  # nothing is left to estimate, however levels are merged
        assert not any(isinstance(row.get("estimate"), float) for row in found["tables"]["M1"]["rows"])


def test_hostile_labels_stay_words_in_every_file(report):
    _, page, made = report("hostile labels", 1)
    assert "<script>" not in page
    assert "<script>" not in (made / "f1.svg").read_text(encoding="utf-8")
    assert r"\textbf{\$" not in (made / "m1.tex").read_text(encoding="utf-8")
