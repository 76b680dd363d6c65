"""The site's settings as the builder reads them: places, the theme's order, the day, faults told in a sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from divan.builder.settings import Settings, load_settings, make_settings, zone_of
from divan.house import house
from divan.sources.problem import ProblemsFound

DAY = date(2026, 3, 14)


def settings(root: Path, **raw: object) -> Settings:
    return make_settings(root, raw, DAY)


def test_said_nothing_everything_has_its_place(tmp_path: Path) -> None:
    plain = settings(tmp_path)
    assert (plain.content, plain.output, plain.theme) == (tmp_path / "content", tmp_path / "output", tmp_path / "theme")
    assert (plain.work, plain.state_file) == (tmp_path / ".divan/output", tmp_path / ".divan/output/state")
    assert (plain.url, plain.url_path, plain.timezone, plain.plugins, plain.menu) == ("", "/", "Europe/Paris", (), ())
    assert plain.themes == (tmp_path / "theme", house("theme"))
    assert plain.static_folders == (tmp_path / "theme/static", house("theme") / "static")
    assert plain.template_folders == (tmp_path / "theme/templates", house("theme") / "templates")


def test_each_place_is_the_one_that_is_said(tmp_path: Path) -> None:
    said = settings(
        tmp_path, PATH="textes", OUTPUT_PATH="public", CACHE_PATH="etat", THEME="habits", TIMEZONE="Indian/Reunion",
        PLUGINS=["plugins.home"], MENU=[["Par année", "annees/"]], THEME_TEMPLATES_OVERRIDES=["d-abord"],
    )  # fmt: skip
    assert (said.content, said.output, said.work) == (
        tmp_path / "textes", tmp_path / "public", tmp_path / "etat/public",
    )  # fmt: skip
    assert (said.timezone, said.plugins, said.menu) == (
        "Indian/Reunion", ("plugins.home",), (("Par année", "annees/"),),
    )  # fmt: skip
    assert said.template_folders[:2] == (tmp_path / "d-abord", tmp_path / "habits/templates")
    assert (said["PATH"], said.get("RIEN"), said.get("RIEN", 3)) == ("textes", None, 3)


@pytest.mark.parametrize(
    ("address", "url", "path"),
    [("https://a.example", "https://a.example", "/"), ("https://a.example/", "https://a.example", "/"),
     ("https://a.example/forum/", "https://a.example/forum", "/forum/"), (None, "", "/")],
)  # fmt: skip
def test_an_address_has_no_final_slash_and_its_path_has_one(
    address: str | None, url: str, path: str, tmp_path: Path
) -> None:
    said = settings(tmp_path, SITEURL=address)
    assert (said.url, said.url_path) == (url, path)


def write(root: Path, text: str) -> Path:
    (root / "pelicanconf.py").write_text(text, encoding="utf-8")
    return root


def test_what_is_written_in_capitals_is_a_setting_and_what_is_given_comes_before(tmp_path: Path) -> None:
    write(tmp_path, 'SITENAME = "A"\nPAGE_SIZE = 3\nsmall = 1\n')
    read = load_settings(tmp_path, {"PAGE_SIZE": 4}, DAY)
    assert (read["SITENAME"], read["PAGE_SIZE"], read.today) == ("A", 4, DAY)
    assert read.get("small") is None


def test_a_setting_taken_from_another_file_is_read_anew(tmp_path: Path) -> None:
    write(tmp_path, "from beside_of_gate import NAME\n\nSITENAME = NAME\n")
    beside = tmp_path / "beside_of_gate.py"
    beside.write_text('NAME = "un"\n', encoding="utf-8")
    assert load_settings(tmp_path)["SITENAME"] == "un"
    beside.write_text('NAME = "deuxième"\n', encoding="utf-8")
    assert load_settings(tmp_path)["SITENAME"] == "deuxième"


def test_a_list_of_settings_that_pelican_adds_to_stays_ours(tmp_path: Path) -> None:
    write(tmp_path, 'PLUGINS = ["a"]\nKEPT = PLUGINS\n')
    read = load_settings(tmp_path)
    read["PLUGINS"].append("b")
    assert read["KEPT"] == ["a"]


@pytest.mark.parametrize(
    ("text", "says"),
    [("1 / 0\n", "les réglages ne se lisent pas (division by zero)"),
     ("MENU = 3\n", "« MENU » est une liste de paires"), (None, "les réglages du site manquent")],
)  # fmt: skip
def test_faulty_settings_are_told(text: str | None, says: str, tmp_path: Path) -> None:
    if text is not None:
        write(tmp_path, text)
    with pytest.raises(ProblemsFound) as found:
        load_settings(tmp_path)
    assert [(problem.path, problem.message) for problem in found.value.problems] == [("pelicanconf.py", says)]


def test_the_day_is_the_one_that_is_said_else_today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIVAN_TODAY", "2026-03-14")
    assert make_settings(tmp_path, {}).today == DAY
    monkeypatch.setenv("DIVAN_TODAY", "demain")
    with pytest.raises(ProblemsFound, match="un jour s'écrit 2026-03-14, pas « demain »"):
        make_settings(tmp_path, {})
    monkeypatch.delenv("DIVAN_TODAY")
    before = date.today()
    assert before <= make_settings(tmp_path, {}).today <= date.today()


def test_the_day_is_that_of_the_group_whatever_the_machine_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIVAN_TODAY", raising=False)
    days = {}
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):  # twenty-five hours apart
        days[zone] = load_settings(write(tmp_path, f'TIMEZONE = "{zone}"\n')).today
        assert zone_of(tmp_path) == zone
    assert days["Pacific/Kiritimati"] > days["Pacific/Niue"]


def test_a_zone_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match=r"« Paris » n'en est pas un ; exemple : Europe/Paris"):
        load_settings(write(tmp_path, 'TIMEZONE = "Paris"\n'))


def test_without_settings_it_is_the_time_of_france(tmp_path: Path) -> None:
    assert zone_of(tmp_path) == "Europe/Paris"
