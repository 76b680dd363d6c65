"""What is handed out: a CSV for a mail merge, with the members' own columns, or slips without a name to be printed."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader

_PAGE = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
CODE, LINK = "code", "link"


def link_of(form: str, code: str) -> str:
    """The address that opens the form with its code: what follows « # » stays on the device that opens it."""
    return f"{form}#{code}"


def merge_csv(members: Sequence[Mapping[str, str]], codes: Sequence[str], form: str) -> str:
    """The members' columns, then ``code`` and ``link``, as a French spreadsheet or word processor opens them."""
    columns = [*(members[0] if members else ()), CODE, LINK]
    text = io.StringIO(newline="")
    lines = csv.writer(text, delimiter=";")
    lines.writerow(columns)
    for member, code in zip(members or [{} for _ in codes], codes, strict=True):
        lines.writerow([*member.values(), code, link_of(form, code)])
    return f"\ufeff{text.getvalue()}"


def slips(title: str, codes: Sequence[str], form: str, closes: date) -> str:
    """A page to print and cut: on each slip a code, its link and its square, and no name."""
    drawn = [
        (code, segno.make_qr(link_of(form, code), error="m").svg_inline(omitsize=True, border=2)) for code in codes
    ]
    return _PAGE.get_template("slips.html").render(title=title, slips=drawn, form=form, closes=closes)
