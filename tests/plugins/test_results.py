"""Results: an index of studies, and for each one the page and the files that « divan report » wrote."""

from tests.plugins.conftest import Built


def test_a_studys_page_and_its_files(built: Built) -> None:
    assert "Résultats de aide" in built.words("resultats/")
    assert "resultats/aide/" in built.links("resultats/")
    assert "Résultats" in built.words("resultats/aide/")
    assert built.files["resultats/aide/report.json"].startswith(b'{"files": ')
