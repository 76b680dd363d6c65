"""How many pages were read each month: from a table of counts, or from a server's log that holds no address."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound
from divan.sources.utf8_text import read_text

_IPV4 = r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"
_IPV6 = r"(?<![\w:])(?:(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|[0-9a-f:]*::[0-9a-f:]*)(?![\w:])"
_ADDRESS = re.compile(f"{_IPV4}|{_IPV6}", re.IGNORECASE)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-\d\d")
_CLF = re.compile(r"\[\d\d/(\w{3})/(\d{4}):")
_NAMES = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_READ = re.compile(r'"GET (/[^ "?]*)[^"]*" (?:200|304)\b')
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


def page_views(path: Path) -> dict[str, int]:
    """Views by month; raises ProblemsFound for a log that could say who read."""
    text = read_text(path, str(path))
    first = text.partition("\n")[0].lower()
    if "views" in first.replace(";", ",").split(","):
        return _table(path, text)
    for number, line in enumerate(text.splitlines(), 1):
        if _ADDRESS.search(line):
            message = "un journal ne doit contenir aucune adresse de réseau"
            raise ProblemsFound([Problem(str(path), number, message, "ôtez-les avant de le donner ; rien n'en est lu")])
    counts: Counter[str] = Counter()
    for line in text.splitlines():
        page, month = _READ.search(line), _month_of(line)
        if page and month and (page[1].endswith(("/", ".html"))):
            counts[month] += 1
    if not counts:
        message = "aucune page lue n'y est reconnue"
        expected = 'attendu : « date,views », ou des lignes « "GET /… " 200 » datées'
        raise ProblemsFound([Problem(str(path), None, message, expected)])
    return dict(counts)


def _table(path: Path, text: str) -> dict[str, int]:
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    counts: Counter[str] = Counter()
    faults = []
    for number, row in enumerate(csv.DictReader(io.StringIO(text.lower(), newline=""), delimiter=delimiter), 2):
        month, views = (row.get("month") or row.get("date") or "")[:7], (row.get("views") or "").strip()
        if not _MONTH.fullmatch(month) or not views.isascii() or not views.isdigit():
            faults.append(Problem(str(path), number, "une ligne dit un mois ou un jour, et un nombre de pages lues",
                                  "« 2026-10,4210 »"))  # fmt: skip
            continue
        counts[month] += int(views)
    if faults:
        raise ProblemsFound(faults)
    return dict(counts)


def _month_of(line: str) -> str:
    if found := _CLF.search(line):
        return f"{found[2]}-{_NAMES.index(found[1]) + 1:02d}" if found[1] in _NAMES else ""
    found = _ISO.search(line)
    return f"{found[1]}-{found[2]}" if found else ""
