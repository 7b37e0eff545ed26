"""What may happen in one place only: the commit, the emit, the clock; and what may happen nowhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.rules.clock_reading import docstrings_removed, js_clock_reads, python_clock_reads
from tests.rules.source_tree import (
    ROOT,
    browser_files,
    line_of,
    named,
    parsed,
    python_files,
    template_files,
    without_js_comments,
    without_template_comments,
    write_tree,
)

COMMIT_SITE = "app/base/unit_of_work.py"
PYTHON_CLOCK = "app/base/clock.py"
BROWSER_CLOCK = "static/js/lib/clock.js"
WORKERS_CLOCK = "static/js/sw/entries.js"  # a worker cannot import the other one
SOCKET_LIBRARIES = frozenset({"flask_socketio", "socketio"})
RAW_HTML = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write(ln)?|createContextualFragment)\b"
)
CODE_FROM_TEXT = re.compile(r"\beval\s*\(|\bnew\s+Function\b")
UNESCAPED = re.compile(r"\|\s*safe\b|\{%-?\s*autoescape\s+false")
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
# Data, not code. An import map cannot be fetched from a file; the policy lets it in by its hash.
SCRIPT_THAT_IS_DATA = re.compile(r"""\btype\s*=\s*["'](application/json|importmap)["']""", re.IGNORECASE)
HANDLER_ATTRIBUTE = re.compile(r"""<[^>]*\son[a-z]+\s*=\s*["']""", re.IGNORECASE)
SCRIPT_ADDRESS = re.compile(r"""(href|src|action)\s*=\s*["']\s*javascript:""", re.IGNORECASE)


def calls_of(tree: ast.Module, method: str) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method:
            yield node.lineno


def commits_elsewhere(root: Path) -> list[str]:
    return [
        f"{named(path, root)}:{line}: commits outside the unit of work"
        for path in python_files(root)
        if named(path, root) != COMMIT_SITE
        for line in calls_of(parsed(path), "commit")
    ]


def imports_of_emit(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in SOCKET_LIBRARIES:
            yield from (node.lineno for alias in node.names if alias.name in {"emit", "send"})


def emits_elsewhere(root: Path) -> list[str]:
    found = []
    for path in python_files(root):
        name = named(path, root)
        if name.startswith("app/live/"):
            continue
        tree = parsed(path)
        lines = [*calls_of(tree, "emit"), *imports_of_emit(tree)]
        found += [f"{name}:{line}: emits outside app/live" for line in lines]
    return found


def clock_reads_elsewhere(root: Path) -> list[str]:
    found = []
    for path in python_files(root):
        if named(path, root) != PYTHON_CLOCK:
            reads = python_clock_reads(docstrings_removed(parsed(path)))
            found += [f"{named(path, root)}:{line}: reads {what}" for line, what in reads]
    for path in browser_files(root):
        if named(path, root) not in (BROWSER_CLOCK, WORKERS_CLOCK):
            reads = js_clock_reads(path.read_text(encoding="utf-8"))
            found += [f"{named(path, root)}:{line}: reads {what}" for line, what in reads]
    return found


def matches(path: Path, root: Path, pattern: re.Pattern[str], strip: Callable[[str], str]) -> list[str]:
    text = strip(path.read_text(encoding="utf-8"))
    return [
        f"{named(path, root)}:{line_of(text, found.start())}: {found[0].strip()}" for found in pattern.finditer(text)
    ]


def text_that_becomes_code(root: Path) -> list[str]:
    """Unescaped text in templates, raw HTML and evaluated text in browser code."""
    found = []
    for path in template_files(root):
        for pattern in (UNESCAPED, RAW_HTML, CODE_FROM_TEXT):
            found += matches(path, root, pattern, without_template_comments)
    for path in browser_files(root):
        for pattern in (RAW_HTML, CODE_FROM_TEXT):
            found += matches(path, root, pattern, without_js_comments)
    return found


def inline_scripts(root: Path) -> list[str]:
    found = []
    for path in template_files(root):
        text = without_template_comments(path.read_text(encoding="utf-8"))
        for script in SCRIPT.finditer(text):
            if not re.search(r"\bsrc\s*=", script[1]) and not SCRIPT_THAT_IS_DATA.search(script[1]):
                found.append(f"{named(path, root)}:{line_of(text, script.start())}: inline script")
        for pattern in (HANDLER_ATTRIBUTE, SCRIPT_ADDRESS):
            found += matches(path, root, pattern, without_template_comments)
    return found


def test_the_unit_of_work_is_the_only_commit_site() -> None:
    assert commits_elsewhere(ROOT) == []


def test_only_live_emits() -> None:
    assert emits_elsewhere(ROOT) == []


def test_only_the_clocks_read_the_clock() -> None:
    assert clock_reads_elsewhere(ROOT) == []


def test_no_text_becomes_markup_or_code() -> None:
    assert text_that_becomes_code(ROOT) == []


def test_templates_hold_no_scripts() -> None:
    assert inline_scripts(ROOT) == []


def test_a_second_commit_site_is_found(tmp_path: Path) -> None:
    write_tree(tmp_path, {COMMIT_SITE: "session.commit()\n", "app/plans/commands.py": "\ndb.session.commit()\n"})

    assert commits_elsewhere(tmp_path) == ["app/plans/commands.py:2: commits outside the unit of work"]


def test_an_emit_outside_live_is_found(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "app/live/fanout.py": "socketio.emit('d', {})\n",
            "app/sync/routes.py": "socketio.emit('d', {})\n",
            "app/api/routes.py": "from flask_socketio import emit\n",
        },
    )

    assert [sentence.partition(":")[0] for sentence in emits_elsewhere(tmp_path)] == [
        "app/api/routes.py",
        "app/sync/routes.py",
    ]


def test_a_stray_look_at_the_clock_is_found(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            PYTHON_CLOCK: "import time\ntime.time()\n",
            "app/plans/models.py": "from datetime import datetime\nx = dict(default=datetime.utcnow)\n",
            "app/plans/queries.py": 'QUERY = "SELECT * FROM plan WHERE at < CURRENT_TIMESTAMP"\n',
            "app/live/rooms.py": "from time import monotonic, sleep\n",
            BROWSER_CLOCK: "export const now = () => Date.now();\n",
            "static/js/lib/format.js": "// Date.now() in words\nconst a = new Date(ms);\nconst b = new Date();\n",
        },
    )

    assert clock_reads_elsewhere(tmp_path) == [
        "app/live/rooms.py:1: reads time.monotonic",
        "app/plans/models.py:2: reads datetime.utcnow",
        "app/plans/queries.py:1: reads the database's clock",
        "static/js/lib/format.js:3: reads new Date()",
    ]


def test_text_that_becomes_markup_is_found(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "templates/plans/plan.html": "{# |safe in words #}\n{{ plan.title | safe }}",
            "static/js/phone/now.js": 'node.innerHTML = "x"; // never innerHTML\n',
        },
    )

    assert text_that_becomes_code(tmp_path) == [
        "templates/plans/plan.html:2: | safe",
        "static/js/phone/now.js:1: innerHTML",
    ]


def test_inline_scripts_are_found_and_data_is_not(tmp_path: Path) -> None:
    page = """<script src="/static/js/app.js" type="module"></script>
<script type="importmap">{}</script>
<script>alert(1)</script>
<button onclick="alert(1)">x</button>
<a href="javascript:alert(1)">x</a>
"""
    write_tree(tmp_path, {"templates/shell/shell.html": page})

    assert [int(sentence.split(":")[1]) for sentence in inline_scripts(tmp_path)] == [3, 4, 5]
