"""Spreadsheets as bytes: csv by the standard library, xlsx by openpyxl (the extra `xlsx`)."""

import csv
import io
import zipfile
from datetime import datetime
from typing import Any

from app.plans.errors import PlanErrors, Problem
from app.plans.format import Plan
from app.plans.pack import plan_of
from app.plans.tables import Tables, document_of, plan_tables
from app.plans.yaml_text import Document

MAX_ROWS = 5_000
MAX_BYTES = 5_000_000


def csv_bytes(plan: Plan) -> bytes:
    """The head line by line, an empty line, then the steps; UTF-8 with a mark that spreadsheets look for."""
    tables = plan_tables(plan)
    text = io.StringIO(newline="")
    csv.writer(text).writerows([*tables.head, [], *tables.steps])
    return text.getvalue().encode("utf-8-sig")


def plan_of_csv(content: bytes, *, source: str) -> Plan:
    """The plan of such a file. Raises PlanErrors with the row of each fault."""
    return plan_of(document_of_csv(content, source=source), source=source)


def document_of_csv(content: bytes, *, source: str) -> Document:
    """What such a file says, with rows in place of lines. Raises PlanErrors for a table that cannot be read."""
    try:
        rows = list(csv.reader(io.StringIO(_checked(content, source).decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        raise PlanErrors([Problem(source, 1, "The file is no table in UTF-8 text.")]) from None
    start = next((number for number, row in enumerate(rows) if row[:1] == ["role"]), len(rows))
    tables = Tables(rows[:start], rows[start : start + MAX_ROWS], start + 1)
    return document_of(tables, source=source)


def xlsx_bytes(plan: Plan) -> bytes:
    """A workbook with the sheets Plan and Steps. Raises PlanErrors when openpyxl is not installed."""
    openpyxl = _openpyxl(plan.id)
    book = openpyxl.Workbook()
    tables = plan_tables(plan)
    for name, rows in (("Plan", tables.head), ("Steps", tables.steps)):
        sheet = book.active if name == "Plan" else book.create_sheet(name)
        sheet.title = name
        for number, row in enumerate(rows, 1):
            for column, text in enumerate(row, 1):
                if text:
                    sheet.cell(number, column, text).data_type = "s"
    book["Steps"].freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def plan_of_xlsx(content: bytes, *, source: str) -> Plan:
    """The plan of such a workbook. Raises PlanErrors with the row of each fault."""
    return plan_of(document_of_xlsx(content, source=source), source=source)


def document_of_xlsx(content: bytes, *, source: str) -> Document:
    """What such a workbook says, with rows in place of lines. Raises PlanErrors when it cannot be read."""
    openpyxl = _openpyxl(source)
    try:
        book = openpyxl.load_workbook(io.BytesIO(_checked(content, source)), read_only=True, data_only=True)
        sheets = {name: _rows(book[name]) for name in ("Plan", "Steps")}
    except (KeyError, ValueError, OSError, zipfile.BadZipFile):
        raise PlanErrors([Problem(source, 1, "This is no workbook with the sheets Plan and Steps.")]) from None
    return document_of(Tables(sheets["Plan"], sheets["Steps"]), source=source)


def _rows(sheet: Any) -> list[list[str]]:
    rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=40, values_only=True)
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: Any) -> str:
    """What somebody typed: a spreadsheet turns 2 into a number and 2027-05-01 into an instant by itself."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


def _checked(content: bytes, source: str) -> bytes:
    if len(content) > MAX_BYTES:
        raise PlanErrors([Problem(source, 1, "The file is larger than five million bytes.")])
    return content


def _openpyxl(source: str) -> Any:
    try:
        import openpyxl
    except ImportError:
        sentence = "Workbooks need openpyxl: install wardlight[xlsx], or use csv."
        raise PlanErrors([Problem(source, 1, sentence)]) from None
    return openpyxl
