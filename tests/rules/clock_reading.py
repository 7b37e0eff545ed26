"""Find where Python or browser code reads the clock; shared by the rule on the clock and the rule on purity."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.rules.source_tree import dotted, line_of, without_js_comments

READS_A_DATE = frozenset({"now", "utcnow", "today"})
READS_TIME = frozenset(
    {
        *("time", "time_ns", "monotonic", "monotonic_ns", "perf_counter", "perf_counter_ns"),
        *("gmtime", "localtime", "ctime", "strftime"),
    }
)
SQL_CLOCK = re.compile(
    r"\bCURRENT_(TIMESTAMP|TIME|DATE)\b|\bnow\(\)|\b(datetime|date|strftime|julianday)\([^)]*'now'", re.I
)
JS_CLOCK = re.compile(
    r"\bDate\.now\b|\bnew\s+Date\s*(\(\s*\)|(?![\s(\w]))|\bperformance\.now\b|\bTemporal\.Now\b|(?<![\w.])Date\(\s*\)"
)


def python_clock_reads(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, what) of each use of the clock: also one that is only handed on, such as default=datetime.now."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield from _attribute_reads(node)
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            yield from ((node.lineno, f"time.{name.name}") for name in node.names if name.name in READS_TIME)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_CLOCK.search(node.value):
            yield node.lineno, "the database's clock"


def _attribute_reads(node: ast.Attribute) -> Iterator[tuple[int, str]]:
    owner = dotted(node.value).rpartition(".")[2]
    of_date = owner in {"datetime", "date", "dt"} and node.attr in READS_A_DATE
    of_time = owner == "time" and node.attr in READS_TIME
    of_sql = owner == "func" and node.attr in {"now", "current_timestamp", "current_date", "current_time"}
    if of_date or of_time or of_sql:
        yield node.lineno, f"{owner}.{node.attr}"


def docstrings_removed(tree: ast.Module) -> ast.Module:
    """The tree without docstrings, which may speak of the clock."""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and _is_text(body[0]):
            body[0] = ast.Pass(lineno=body[0].lineno, col_offset=0)
    return tree


def _is_text(node: object) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def js_clock_reads(text: str) -> Iterator[tuple[int, str]]:
    code = without_js_comments(text)
    for found in JS_CLOCK.finditer(code):
        yield line_of(code, found.start()), found[0].strip()
