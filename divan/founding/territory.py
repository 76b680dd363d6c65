"""Where a group is: the parts of its territory, by their official codes or by names of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from divan.sources.french import CIVIL_ZONE
from divan.sources.problem import Problem, stop_if
from divan.sources.reader_text import fold

_CODE = re.compile(r"[0-9A-Za-z-]{1,20}")


@dataclass(frozen=True, slots=True)
class Territory:
    """``name`` as the group says it, ``place`` what a part is called, ``places`` their names by code.

    ``emergency`` is the number that calls for help there, ``zone`` where it is the time that its clocks show.
    """

    name: str
    place: str
    places: Mapping[str, str]
    emergency: str
    zone: str = CIVIL_ZONE


@cache
def known_territories() -> Mapping[str, Any]:
    """What ``territories.yaml`` knows, by country."""
    found: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "territories.yaml").read_text(encoding="utf-8"))
    return found


def territory(country: str, name: str, places: str) -> Territory:
    """The parts named in ``places``, by code or by name; ProblemsFound names those that are not of this country."""
    said = [part.strip() for part in places.split(",") if part.strip()]
    if country == "free":
        pairs = [[side.strip() for side in part.split("=", 1)] for part in said]
        stop_if(
            Problem(
                "--places", None, f"« {'='.join(pair)} » doit dire un code et un nom", "exemple : nord=Secteur nord"
            )
            for pair in pairs
            if len(pair) != 2 or not _CODE.fullmatch(pair[0]) or not pair[1]
        )
        return Territory(name, "Secteur", dict(pairs), "112")
    known: Mapping[str, str] = known_territories()[country]["places"]
    by_name = {fold(label): code for code, label in known.items()}
    codes = [part if part in known else by_name.get(fold(part), part.upper()) for part in said]
    place = known_territories()[country]["place"]
    stop_if(
        Problem(
            "--places", None, f"« {part} » n'est pas un code connu ({place.lower()})", f"codes : {', '.join(known)}"
        )
        for part, code in zip(said, codes, strict=True)
        if code not in known
    )
    about = known_territories()[country]
    zones = {about.get("zones", {}).get(code, about["zone"]) for code in codes}
    zone = zones.pop() if len(zones) == 1 else about["zone"]
    return Territory(name, place, {code: known[code] for code in codes}, about["emergency"], zone)
