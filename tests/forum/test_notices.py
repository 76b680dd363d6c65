"""What time has made worth a look, without making it wrong."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from divan.forum.check import check_content, check_paths

Write = Callable[[str, str | bytes], Path]


def test_what_time_has_worn_is_noticed_and_is_no_problem(write: Write, tmp_path: Path) -> None:
    member = "name: A\nspecialty: x\ntown: Niort\ndepartement: '79'\nconsent: 2025-03-01\nexpires: {}\n"
    service = "name: B\nkind: etp\ntown: Niort\ndepartement: '79'\nverified_on: {}\n"
    write("content/members/gone.yaml", member.format("2026-03-01"))
    write("content/members/here.yaml", member.format("2026-03-02"))
    write("content/members/broken.yaml", "name: [\n")
    (tmp_path / "content/members/folder.yaml").mkdir()
    write("content/services/old.yaml", service.format("2025-03-01"))
    write("content/services/new.yaml", service.format("2025-03-02"))
    case = (tmp_path / "content/cases/2026/2026-03-14-k7f2.md").read_text(encoding="utf-8")
    write("content/cases/2026/2026-03-14-k7f2.md", case.replace("status: open", "status: withdrawn"))

    assert [str(notice) for notice in check_content(tmp_path, today=date(2026, 3, 2)).notices] == [
        "content/cases/2026/2026-03-14-k7f2.md: ce message est retiré du site, mais son texte est encore dans "
        "le dépôt ; « divan withdraw 2026-03-14-k7f2 » l'efface ; l'historique se nettoie à part, par « divan purge »",
        "content/members/gone.yaml: l'accord est échu depuis le 01/03/2026, la fiche ne paraît plus ; "
        "renouvelez-le avec la personne, ou supprimez la fiche",
        "content/services/old.yaml: personne n'a vérifié cette fiche depuis le 01/03/2025 ; "
        "appelez le service, puis changez « verified_on »",
    ]
    assert {problem.path for problem in check_paths(tmp_path)} == {"content/members/broken.yaml"}


def test_a_reply_to_a_post_that_is_gone_is_noticed_on_its_line(write: Write, tmp_path: Path) -> None:
    place = "content/replies/2026-03-14-k7f2/2026-03-20-bbbb.md"
    write(place, "---\ndate: 2026-03-20 10:00\nauthor: geai\nin_reply_to: 2026-03-19-aaaa\n---\n\nD'accord.\n")
    (notice,) = [one for one in check_content(tmp_path, today=date(2026, 3, 21)).notices if one.path == place]
    assert (notice.line, "la réponse 2026-03-19-aaaa n'est plus là" in notice.message) == (4, True)


def test_what_an_excuse_leaves_in_place_is_told_at_each_check_masked(write: Write, tmp_path: Path) -> None:
    case = (tmp_path / "content/cases/2026/2026-03-14-k7f2.md").read_text(encoding="utf-8")
    head = 'reviewed:\n- "Mme Bouvreuil : accord"\n- "06 39 98 11 22 : fausse alerte"\nstatus: open'
    said = case.replace("status: open", head) + "\nMme Bouvreuil a relu ce texte. Son numéro : 06 39 98 11 22.\n"
    write("content/cases/2026/2026-03-14-k7f2.md", said)
    line = said.splitlines().index("Mme Bouvreuil a relu ce texte. Son numéro : 06 39 98 11 22.") + 1

    (told,) = [str(notice) for notice in check_content(tmp_path, today=date(2026, 3, 2)).notices]
    assert told.startswith(f"content/cases/2026/2026-03-14-k7f2.md:{line}: laissé en place (accord) : « Mme")
    assert "Bouvreuil" not in told
    # un numéro ne s'excuse jamais : c'est une faute, pas un mot à relire
    faults = check_paths(tmp_path)
    assert line in {fault.line for fault in faults}
    assert all("numéro de téléphone" in fault.message for fault in faults)
