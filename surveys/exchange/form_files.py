"""Files of questionnaires of other tools: which tool made one, what it holds; and those that we write."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from divan.sources.problem import Problem, ProblemsFound, stop_if
from divan.sources.writing import write_beside
from divan.sources.yaml_source import read_yaml
from surveys.definition import parse_questionnaire
from surveys.exchange.carried_form import CarriedForm, not_held
from surveys.exchange.limesurvey_in import is_limesurvey, read_limesurvey
from surveys.exchange.redcap_in import COLUMNS, NAME, read_redcap
from surveys.exchange.redcap_out import write_redcap
from surveys.exchange.xlsform_in import read_xlsform
from surveys.exchange.xlsform_out import CHOICES, SURVEY, XlsformSheets, write_xlsform
from surveys.questionnaire import Questionnaire
from surveys.responses import escaped, unescaped

Rows = list[dict[str, str]]


def read_form_file(path: Path) -> CarriedForm | None:
    """The questionnaire in a file that another tool made; None for a file that holds answers.

    Raises ProblemsFound when it is a questionnaire that cannot be read, or one that would not be right here.
    """
    content = path.read_bytes()
    try:
        found = _form(path, content)
    except ValueError as error:
        raise ProblemsFound([Problem(path.name, None, str(error), "exportez à nouveau le questionnaire")]) from None
    if found is None:
        return None
    if not found.questions:
        said = f" : {' ; '.join(found.lost)}" if found.lost else ""
        message = f"ce questionnaire n'a aucune question qui se dise ici{said}"
        raise ProblemsFound([Problem(path.name, None, message, "vérifiez que c'est le bon fichier")])
    try:
        parse_questionnaire("carried", path.name, found.text)
    except ProblemsFound as faulty:
        told = dict.fromkeys(one.message for one in faulty.problems)
        remedy = "corrigez-le dans l'outil d'origine"
        raise ProblemsFound([Problem(path.name, None, message, remedy) for message in told]) from None
    return found


def _form(path: Path, content: bytes) -> CarriedForm | None:
    if is_limesurvey(content):
        return read_limesurvey(content, path.stem)
    if content.startswith(b"PK\x03\x04"):
        sheets = _sheets(path)
        return read_xlsform(sheets, path.stem) if "survey" in sheets else None
    if not content.removeprefix(b"\xef\xbb\xbf").lstrip(b'"').startswith(NAME.encode()):
        return None
    text = content.decode("utf-8-sig", errors="replace")
    return read_redcap(list(csv.DictReader(io.StringIO(text, newline=""))), path.stem)


def _sheets(path: Path) -> dict[str, Rows]:
    """The rows of each sheet by the names of its columns; nothing for a workbook that cannot be read."""
    import openpyxl  # half a second, and only a workbook needs it

    try:
        with path.open("rb") as file:
            sheets = openpyxl.load_workbook(file, read_only=True, data_only=True).worksheets
            return {sheet.title.strip().lower(): _rows(list(sheet.iter_rows(values_only=True))) for sheet in sheets}
    except (zipfile.BadZipFile, KeyError, OSError):
        return {}  # told where it is read as answers


def _rows(table: Sequence[Sequence[object]]) -> Rows:
    if not table:
        return []
    names = [str(cell or "").strip() for cell in table[0]]
    names = [name if "::" in name else name.lower() for name in names]
    return [{name: unescaped(_cell(cell)) for name, cell in zip(names, row, strict=False) if name} for row in table[1:]]


def _cell(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def write_form_file(asked: Questionnaire, to: Path) -> tuple[str, ...]:
    """Write the questionnaire as its name asks, ``.xlsx`` for an XLSForm, ``.csv`` for REDCap; what is lost, told."""
    suffix = to.suffix.lower()
    message = "le nom du fichier dit l'outil : « .xlsx » pour un XLSForm, « .csv » pour REDCap"
    stop_if([] if suffix in (".xlsx", ".csv") else [Problem(str(to), None, message, "changez la fin du nom")])
    raw = read_yaml(f"{asked.id}.yaml", asked.source).value
    if suffix == ".xlsx":
        _write_workbook(write_xlsform(asked, raw), to)
        return not_held(asked)
    rows, lost = write_redcap(asked, raw)
    text = io.StringIO(newline="")
    lines = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    lines.writeheader()
    lines.writerows(rows)
    write_beside(to, text.getvalue())
    return lost


def _write_workbook(sheets: XlsformSheets, to: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    tables: Mapping[str, tuple[Sequence[str], Rows]] = {
        "survey": (SURVEY, sheets.survey),
        "choices": (CHOICES, sheets.choices),
        "settings": (tuple(sheets.settings[0]), sheets.settings),
    }
    for name, (columns, rows) in tables.items():
        sheet = book.create_sheet(name)
        sheet.append([*columns])
        for row in rows:
            sheet.append([escaped(row.get(column, "")) for column in columns])
    del book[book.sheetnames[0]]  # the empty one that a new workbook has
    content = io.BytesIO()
    book.save(content)
    write_beside(to, content.getvalue())
