"""``divan tokens``: codes that let members answer once each, and the key that signs what they are changed into."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from divan.commands.arguments import Words
from divan.sources.french import plural
from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.writing import write_beside
from surveys.model import Study, Wave

Members = list[dict[str, str]]


def run_tokens(words: Words) -> int:
    """Hand out codes, for a number of people or for those of a file; without either, say how many have served."""
    from divan.builder.settings import load_settings
    from divan.collector.serving import answers_store
    from divan.collector.spending import counted
    from surveys.study import known_wave, load_study

    study = load_study(words.root / "surveys" / words.study)
    wave = known_wave(study, words.wave)
    members = _members(words.members) if words.members else []
    stop_if(_faults(study, wave, words.count, members))
    if words.count is None and not members:
        with answers_store(words.root, words.database) as store:
            handed, spent = counted(store.engine, study.id, wave.id)
        print(f"Codes donnés : {handed} ; ont servi : {spent}. Lesquels ne se lit pas ici.")
        return 0
    url = load_settings(words.root).url
    if not url:
        message = "l'adresse du site manque, et les invitations y mènent"
        raise ProblemsFound([Problem("pelicanconf.py", None, message, 'ajoutez SITEURL = "https://…"')])
    address = f"{url}/enquetes/{study.id}/{wave.id}/"
    _with_keys(words.root, study)
    codes = _handed_out(words, study, wave, len(members) or words.count)
    for file in _written(words.root, study, wave, members, codes, address):
        print(f"  {file}")
    print(f"{plural(len(codes), 'code')} pour {study.id}, {wave.label} ; les liens mènent à {address}")
    print("Ils ne s'impriment qu'une fois : distribuez-les, puis effacez ces fichiers.")
    print(f"La clé qui vérifie les jetons est surveys/{study.id}/{wave.id}.pem : versez-la dans le dépôt, refaites le "
          "site. Celle qui les signe reste ici, et « divan backup » la garde.")  # fmt: skip
    return 0


def _faults(study: Study, wave: Wave, count: int | None, members: Members) -> list[Problem]:
    place = f"surveys/{study.id}/study.yaml"
    found = []
    if not wave.by_token:
        message = "cette étude prend les réponses de quiconque a l'adresse"
        found.append(Problem(place, None, message, "ajoutez une ligne « admission: tokens »"))
    if wave.closes < date.today():
        found.append(Problem(place, None, f"la vague « {wave.id} » est close depuis le {wave.closes}",
                             "donnez une autre vague, ou changez « closes »"))  # fmt: skip
    if members and count is not None:
        message = "un nombre et une liste de membres ne vont pas ensemble"
        found.append(Problem("--members", None, message, "donnez l'un ou l'autre : chaque ligne aura son code"))
    return found


def _members(file: Path) -> Members:
    from divan.tokens.invitation_list import CODE, LINK
    from surveys.shapes.grid import read_grid

    grid, problems = read_grid(file)
    stop_if(problems)
    (_, head), *lines = grid.lines or [(1, ())]
    if not lines or {CODE, LINK} & set(head):
        message = (
            "la liste doit avoir une ligne de titres, puis une ligne par personne, sans colonne « code » ni « link »"
        )
        raise ProblemsFound(
            [Problem(str(file), 1, message, "corrigez-la : ses colonnes seront rendues telles quelles")]
        )
    return [dict(zip(head, (*cells, *[""] * len(head)), strict=False)) for _, cells in lines]


def _with_keys(root: Path, study: Study) -> None:
    """A key for each wave: the secret half beside the collector, the public one in the study's folder."""
    from divan.collector.serving import signing_keys
    from divan.tokens.signing_key import make_signing_key
    from surveys.token_key import token_key_file

    for wave in study.waves:
        signing = make_signing_key(signing_keys(root), study.id, wave.id)
        public = token_key_file(study.folder, wave.id)
        if public.is_file() and public.read_text(encoding="ascii", errors="replace") != signing.public:
            message = "ce n'est pas la clé des jetons que signe ce collecteur"
            remedy = "lancez la commande là où il tourne ; ou retirez ce fichier, si aucune réponse n'est venue"
            raise ProblemsFound([Problem(f"surveys/{study.id}/{public.name}", None, message, remedy)])
        write_beside(public, signing.public)


def _handed_out(words: Words, study: Study, wave: Wave, count: int) -> list[str]:
    """Codes that the collector will take."""
    from divan.collector.serving import answers_store, key_of
    from divan.collector.spending import hand_out
    from divan.tokens.invitation_code import draw_code

    codes: dict[str, None] = {}
    while len(codes) < count:
        codes[draw_code()] = None
    with answers_store(words.root, words.database, receives=True) as store:
        key = key_of(store, words.root)
        hand_out(store.engine, study.id, wave.id, [key.invitation(study.id, wave.id, code) for code in codes])
    return [*codes]


def _written(root: Path, study: Study, wave: Wave, members: Members, codes: Sequence[str], address: str) -> list[Path]:
    """The files to hand out, readable by their owner alone; slips only where no name stands beside a code."""
    from divan.collector.serving import lists_of_codes
    from divan.tokens.invitation_list import merge_csv, slips

    folder = lists_of_codes(root, study.id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = next(n for n in range(1, 10_000) if not (folder / f"{wave.id}-{n}.csv").exists())
    contents = {f"{wave.id}-{number}.csv": merge_csv(members, codes, address)}
    if not members:
        title = f"{study.title} : {wave.questionnaire.title}"
        contents[f"{wave.id}-{number}.html"] = slips(title, codes, address, wave.closes)
    for file, content in contents.items():
        write_beside(folder / file, content, mode=0o600, durable=True)
    return [folder / file for file in contents]
