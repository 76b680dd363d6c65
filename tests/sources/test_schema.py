"""Each way of breaking a schema is said in French, on its line, all of them at once."""

import json
from pathlib import Path

import pytest

from divan.sources.schema import schema_problems
from divan.sources.yaml_source import read_yaml

SCHEMA = {
    "type": "object",
    "required": ["name"],
    "additionalProperties": False,
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 5},
        "kind": {"enum": ["", "etp", "86"]},
        "k": {"type": "integer", "minimum": 1, "maximum": 100},
        "alpha": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.5},
        "tags": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {"type": "string", "pattern": "^[a-z]+$"},
        },
        "day": {"type": "string", "format": "date"},
        "test": {
            "oneOf": [
                {"enum": ["sign", "chi"]},
                {"type": "object", "required": ["test"], "properties": {"added": {"type": "string", "format": "date"}}},
            ]
        },
    },
}


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    path = tmp_path / "a.schema.json"
    path.write_text(json.dumps(SCHEMA), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("kind: etp\n", "a.yaml:1: il manque la clé « name » ; ajoutez une ligne « name: … »"),
        ("name: a\nnom: b\n", "a.yaml:2: la clé « nom » n'existe pas ici ; corrigez son nom ou retirez-la"),
        ("name: a\nkind: ept\n", "a.yaml:2: « kind » doit valoir etp ou 86, pas « ept » ; vouliez-vous « etp » ?"),
        (
            "name: a\nkind: 86\n",
            'a.yaml:2: « kind » doit valoir etp ou 86, pas « 86 » ; écrivez-la entre guillemets : "86"',
        ),
        ("name: a\nk: -3\n", "a.yaml:2: « k » doit valoir au moins 1, pas « -3 » ; corrigez la valeur"),
        ("name: a\nk: 101\n", "a.yaml:2: « k » doit valoir au plus 100, pas « 101 » ; corrigez la valeur"),
        ("name: a\nalpha: 0\n", "a.yaml:2: « alpha » doit dépasser 0, pas « 0 » ; corrigez la valeur"),
        ("name: a\nalpha: 0.5\n", "a.yaml:2: « alpha » doit rester sous 0,5, pas « 0.5 » ; corrigez la valeur"),
        ('name: ""\n', "a.yaml:1: « name » ne doit pas être vide ; remplissez cette valeur"),
        ("name: abcdef\n", "a.yaml:1: « name » tient en 5 caractères, pas 6 ; raccourcissez"),
        ("name: a\ntags: []\n", "a.yaml:2: « tags » ne doit pas être vide ; remplissez cette valeur"),
        ("name: a\ntags: [b, b]\n", "a.yaml:2: « tags » répète une valeur ; gardez chacune une fois"),
        ("name: a\ntags: b\n", "a.yaml:2: « tags » doit être une liste, pas « b » ; corrigez la valeur"),
        (
            "name: a\ntags:\n  - b\n  - B\n",
            "a.yaml:4: « tags › n° 2 » n'a pas la forme attendue : « B » ; voyez les exemples du guide",
        ),
        (
            "name: 12\n",
            "a.yaml:1: « name » doit être un texte (entre guillemets s'il ressemble à un nombre), pas « 12 » ; "
            "corrigez la valeur",
        ),
        ("name: a\nk:\n", "a.yaml:2: « k » doit être un nombre entier, pas vide ; corrigez la valeur"),
        (
            "name: a\nday: hier\n",
            "a.yaml:2: « day » doit être une date comme 2023-03-26, pas « hier » ; corrigez la valeur",
        ),
        (
            "name: a\ntest: signe\n",
            "a.yaml:2: « test » doit valoir sign ou chi, pas « signe » ; vouliez-vous « sign » ?",
        ),
        (
            "name: a\ntest:\n  test: sign\n  added: hier\n",
            "a.yaml:4: « test › added » doit être une date comme 2023-03-26, pas « hier » ; corrigez la valeur",
        ),
        ("name: a\n0: b\n", "a.yaml:2: la clé « 0 » doit être un mot ; mettez-la entre guillemets, ou corrigez-la"),
        ("&a [*a]\n", "a.yaml:1: ce fichier se contient lui-même (« & » et « * ») ; recopiez la valeur"),
        ("- a\n", 'a.yaml:1: ce fichier doit être un groupe de clés, pas « ["a"] » ; corrigez la valeur'),
    ],
)
def test_a_fault_is_said(text: str, problem: str, schema: Path) -> None:
    assert [str(found) for found in schema_problems(read_yaml("a.yaml", text), schema)] == [problem]


def test_every_fault_is_said_at_once(schema: Path) -> None:
    source = read_yaml("a.yaml", "kind: x\ntags: [1, B]\nautre: 1\n")
    assert sorted(found.line or 0 for found in schema_problems(source, schema)) == [1, 1, 2, 2, 3]
