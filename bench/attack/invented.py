"""A study drawn at random: what it asks, in how many waves, of how many people, and what its plan shows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Any

Row = dict[str, str]
Yaml = dict[str, Any]
WAVES = ("autumn", "winter", "spring", "summer")
SMALLEST, LARGEST = 20, 160
THRESHOLD = 5
LETTERS = "abcdef"


@dataclass(frozen=True, slots=True)
class InventedStudy:
    """A study, its questionnaire (the same at each wave), its plan, and a row of answers a person and wave."""

    seed: int
    study: Yaml
    questionnaire: Yaml
    plan: Yaml
    answers: dict[str, list[Row]]
    members: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of its folder."""
        return f"alea-{self.seed}"


@dataclass(frozen=True, slots=True)
class Draw:
    """The dimensions of a study: its waves, its people, its questions, how often one is left blank or a wave missed."""

    seed: int
    random: Random
    waves: tuple[str, ...]
    paired: bool
    people: int
    items: tuple[str, ...]
    degrees: int
    choices: dict[str, int]
    silent: float
    gone: float
    lean: tuple[float, ...]


def invented_study(seed: int) -> InventedStudy:
    """The study of this number; the same number draws the same study."""
    random = Random(f"study {seed}")
    waves = WAVES[: random.choice((1, 2, 2, 2, 3, 3, 4))]
    draw = Draw(
        seed,
        random,
        waves,
        len(waves) > 1 and random.random() < 0.85,
        _size(random),
        tuple(f"item{n}" for n in range(1, random.choice((2, 3, 3, 4)) + 1)),
        random.choice((3, 4, 5, 5)),
        {f"choice{n}": random.randint(2, 5) for n in range(1, random.choice((2, 3)) + 1)},
        random.choice((0, 0, 0.02, 0.08)),
        random.choice((0, 0.05, 0.2)),
        (),
    )
    return drawn_study(replace(draw, lean=tuple(random.choice((0.2, 1, 2, 3)) for _ in range(draw.degrees))))


def drawn_study(draw: Draw, tables: list[Yaml] | None = None) -> InventedStudy:
    """A study of these dimensions, of these ``tables`` or of some at random."""
    answers, members = _answers(draw)
    plan = _plan(draw)
    if tables is not None:
        plan |= {
            "tables": [{"id": f"T{n}", "title": f"Tableau {n}", **one} for n, one in enumerate(tables, 1)],
            "figures": [],
        }
    return InventedStudy(draw.seed, _study(draw), _questionnaire(draw), plan, answers, members)


def _size(random: Random) -> int:
    """Small studies more often than large ones; one in ten up to 300."""
    return (
        random.randint(LARGEST, 300) if random.random() < 0.1 else int(SMALLEST + (LARGEST - 20) * random.random() ** 2)
    )


def _study(draw: Draw) -> Yaml:
    days = [(f"202{n}-01-01", f"202{n}-03-01") for n in range(len(draw.waves))]
    study: Yaml = {
        "title": f"Étude {draw.seed}",
        "about": "Inventée.",
        "notice": {"who": "nous", "why": "essayer", "kept": "rien", "rights": "tous", "contact": "a@b.example"},
        "waves": [
            {"id": wave, "label": f"Vague {n}", "questionnaire": "asked.yaml", "opens": opens, "closes": closes}
            for n, (wave, (opens, closes)) in enumerate(zip(draw.waves, days, strict=True), 1)
        ],
    }
    if draw.paired:
        study |= {"pairing": {"before": "autumn", "after": "winter", "code": "code", "complete": [*draw.items]}}
        if draw.random.random() < 0.5:
            study["roster"] = "roster.csv"
    return study


def _questionnaire(draw: Draw) -> Yaml:
    items: list[Yaml] = []
    if draw.paired:
        items.append(
            {"id": "code", "type": "code", "format": "digits", "length": 6, "required": True, "text": "Code ?"}
        )
    items += [
        {
            "id": name,
            "type": "single",
            "text": f"{name} ?",
            "choices": [
                {"id": f"{LETTERS[n]}{name[-1]}", "label": f"Choix {LETTERS[n]} de {name}"} for n in range(size)
            ],
        }
        for name, size in draw.choices.items()
    ]
    items.append({"id": "years", "type": "integer", "text": "Années ?", "minimum": 0, "maximum": 30})
    items.append(
        {
            "id": "means",
            "type": "several",
            "text": "Moyens ?",
            "choices": [{"id": f"m{n}", "label": f"Moyen {n}"} for n in range(3)],
        }
    )
    items += [{"id": name, "type": "likert", "text": f"{name} ?", "choices": "degrees"} for name in draw.items]
    degrees = [{"score": score, "label": f"Degré {score}"} for score in range(draw.degrees, 0, -1)]
    return {
        "title": "Questions",
        "version": "1",
        "scales": {"degrees": degrees},
        "sections": [{"id": "all", "title": "Tout", "items": items}],
    }


def _plan(draw: Draw) -> Yaml:
    paired, random = draw.paired, draw.random
    primary: Yaml = {"endpoint": "score"}
    primary |= (
        {"test": random.choice(("signed_rank", "sign", "paired_t"))}
        if paired
        else {"test": random.choice(("mann_whitney", "welch_t")), "by": "halves"}
    )
    return {
        "date": "2019-12-01",
        "threshold": THRESHOLD,
        "multiplicity": random.choice(("holm", "none")),
        "composite": {"id": "score", "label": "Score", "items": [{"id": one, "label": one} for one in draw.items]},
        "primary": primary,
        "variables": _variables(draw),
        "tables": _tables(draw),
        "figures": _figures(draw),
    }


def _variables(draw: Draw) -> list[Yaml]:
    """The choices, one of them merged again, two bandings of one number, a tick, and the questions of the score."""
    random = draw.random
    names = [f"{letter}1" for letter in LETTERS[: draw.choices["choice1"]]]
    cut = random.randint(1, len(names) - 1)
    first, second = random.sample(range(2, 26), 2)
    found: list[Yaml] = [
        {"id": name, "label": name, **({"ordered": True} if n else {})} for n, name in enumerate(draw.choices)
    ]
    found += [
        {
            "id": "halves",
            "item": "choice1",
            "label": "Moitiés",
            "merge": [
                {"id": "one", "label": "Les uns", "from": names[:cut]},
                {"id": "rest", "label": "Les autres", "from": names[cut:]},
            ],
        },
        {
            "id": "bands",
            "item": "years",
            "label": "Tranches",
            "ordered": True,
            "bands": [
                {"id": "low", "label": "Bas", "max": min(first, second)},
                {"id": "middle", "label": "Milieu", "max": max(first, second)},
                {"id": "high", "label": "Haut"},
            ],
        },
        {
            "id": "long",
            "item": "years",
            "label": "Deux tranches",
            "ordered": True,
            "bands": [{"id": "short", "label": "Court", "max": random.randint(3, 20)}, {"id": "over", "label": "Long"}],
        },
        {"id": "ticked", "item": "means", "label": "Premier moyen", "any_of": ["m0"]},
        {"id": "years", "label": "Années"},
    ]
    return found


def other_tables(one: InventedStudy) -> list[Yaml]:
    """Its tables, and one more: each choice crossed with another cut of the same people."""
    more: list[Yaml] = [
        {
            "id": "added",
            "title": "Ajouté",
            "show": "table_one",
            "variables": ["choice1", "choice2", "long"],
            "by": ["bands"],
        }
    ]
    return [*one.plan["tables"], *more]


def _tables(draw: Draw) -> list[Yaml]:
    random, waves, last = draw.random, draw.waves, draw.waves[-1]
    choices = [*draw.choices]
    who = random.sample([*choices, "halves", "bands", "long", "ticked"], random.randint(2, 4))
    by = random.sample([*choices, "halves", "bands", "long", "ticked"], random.randint(1, 2))
    asked: list[Yaml] = [
        {"show": "characteristics", "variables": who},
        {"show": "by_wave", "variables": [*random.sample(choices, 1), "years"]},
        {"show": "table_one", "variables": [*who, "years"], "by": by},
        {"show": "item_scores"},
        {"show": "item_scores", "by": random.sample(by, 1)},
        {"show": "item_levels_by", "by": random.sample(by, 1)},
        {"show": "proportions", "variables": who},
        {"show": "proportions_by", "variables": random.sample(who, 1), "by": by},
        {"show": "score_by", "wave": random.choice(waves), "variables": by},
        {"show": "consistency"},
        {"show": "missing_answers"},
        {"show": "item_levels"},
        {"show": "regression", "wave": waves[0], "variables": random.sample(by, 1)},
        {
            "show": "regression",
            "wave": waves[0],
            "model": "logistic",
            "outcome": "halves",
            "event": "one",
            "variables": ["years", "ticked"],
        },
    ]
    if draw.paired:
        asked += [
            {"show": "composite_change", "tests": ["signed_rank", "sign"]},
            {"show": "transitions"},
            {"show": "item_means", "tests": [random.choice(("signed_rank", "sign", "paired_t"))]},
            {"show": "ordinal_change", "variables": [choices[-1], "bands"], "tests": ["sign"]},
            {"show": "score_over_waves"},
            {"show": "attrition", "variables": who, "wave": last},
        ]
    kept = [one for one in asked if random.random() < 0.5] or asked[:1]
    if not draw.paired:
        kept.append({"show": "score_difference", "by": ["halves"]})
        if len(waves) > 1:
            # waves of different people are put end to end: no table is of one
            kept = [{name: said for name, said in one.items() if name != "wave"} for one in kept]
            kept.append({"show": "item_levels_by", "by": ["wave"]})
    return [{"id": f"T{n}", "title": f"Tableau {n}", **one} for n, one in enumerate(kept, 1)]


def _figures(draw: Draw) -> list[Yaml]:
    random, choices = draw.random, [*draw.choices]
    asked: list[Yaml] = [
        {"show": "flow"},
        {"show": "boxes"},
        {"show": "levels", "variables": choices[:1]},
        {
            "show": "levels_by",
            "variables": choices[:1],
            "by": choices[-1],
            **({} if len(draw.waves) > 1 and not draw.paired else {"wave": "autumn"}),
        },
    ]
    kept = [one for one in asked if random.random() < 0.2]
    return [{"id": f"F{n}", "title": f"Figure {n}", **one} for n, one in enumerate(kept, 1)]


def _answers(draw: Draw) -> tuple[dict[str, list[Row]], tuple[str, ...]]:
    random = draw.random
    skew = {name: [random.choice((1, 1, 2, 4, 8)) for _ in range(size)] for name, size in draw.choices.items()}
    answers: dict[str, list[Row]] = {wave: [] for wave in draw.waves}
    members = []
    for person in range(draw.people):
        code = f"{random.randrange(10**6):06}"
        fixed = {name: f"{LETTERS[random.choices(range(len(own)), own)[0]]}{name[-1]}" for name, own in skew.items()}
        fixed["years"] = str(min(30, int(random.expovariate(0.12))))
        fixed["means"] = ";".join(f"m{n}" for n in range(3) if random.random() < (0.5, 0.2, 0.05)[n])
        scores = [random.choices(range(1, draw.degrees + 1), draw.lean)[0] for _ in draw.items]
        if random.random() < 0.9:
            members.append(code)
        for place, wave in enumerate(draw.waves):
            if place and random.random() < draw.gone:
                continue
            own = {**fixed, **{name: str(score) for name, score in zip(draw.items, scores, strict=True)}}
            own = {name: "" if random.random() < draw.silent else said for name, said in own.items()}
            start = {"response": f"{wave}-{person + 1:04}", "date": f"202{place}-02-{1 + person % 28:02}"}
            answers[wave].append({**start, **({"code": code} if draw.paired else {}), **own})
            scores = [_moved(random, score, draw.degrees) for score in scores]
            if place == 0 and random.random() < 0.3:
                fixed = {**fixed, "choice2": f"{LETTERS[random.randrange(draw.choices['choice2'])]}2"}
    return answers, tuple(members)


def _moved(random: Random, score: int, degrees: int) -> int:
    return min(degrees, max(1, score + random.choice((-1, 0, 0, 0, 1, 1, 2))))


def older_plan(one: InventedStudy) -> InventedStudy:
    """The study without the tables that an older tree does not know."""
    tables = [table for table in one.plan["tables"] if "model" not in table]
    return replace(one, plan={**one.plan, "tables": tables})
