"""Rules are pure: values in, value out. The modules that decide know no web, no database and no clock."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.rules.clock_reading import docstrings_removed, python_clock_reads
from tests.rules.edge_modules import EDGE_MODULES
from tests.rules.source_tree import ROOT, dotted, imports_of, module_name, named, parsed, python_files, write_tree
from tests.rules.test_ladder import RUNG

# base is the floor under all packages: the clock, the database and the unit of work live there.
FEATURE_PACKAGES = frozenset(RUNG) - {"base"}
FIXED_NAMES = frozenset({"models", "queries", "commands", "routes", "__init__"})
OUTSIDE_WORLD = (
    *("flask", "flask_login", "flask_socketio", "flask_sqlalchemy", "flask_wtf", "flask_babel", "flask_limiter"),
    *("sqlalchemy", "alembic", "sqlite3", "psycopg", "redis", "sqlite_utils", "socketio", "engineio", "gevent"),
    *("requests", "urllib.request", "http.client", "socket", "smtplib", "subprocess", "threading", "webpush"),
    *("random", "secrets", "app.base.db", "app.base.unit_of_work", "app.factory"),
)


# Turning instants into text and back is pure; asking what time it is is not.
CLOCK_MODULE = "app.base.clock"
ASKS_THE_TIME = frozenset({"now", "since"})


def is_rule_module(path: Path, root: Path) -> bool:
    parts = path.relative_to(root / "app").parts
    in_feature_package = len(parts) > 1 and parts[0] in FEATURE_PACKAGES
    has_fixed_name = not FIXED_NAMES.isdisjoint((*parts[1:-1], path.stem))  # commands may be a folder of files
    return in_feature_package and not has_fixed_name and named(path, root) not in EDGE_MODULES


def is_forbidden(module: str) -> bool:
    """The outside world, and the modules that carry it in: models, queries, commands and routes."""
    from_outside = any(module == name or module.startswith(f"{name}.") for name in OUTSIDE_WORLD)
    return from_outside or (module.startswith("app.") and not FIXED_NAMES.isdisjoint(module.split(".")))


def questions_to_our_clock(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, what) where the server's own clock is asked, by either form of import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and dotted(node.value) == "clock" and node.attr in ASKS_THE_TIME:
            yield node.lineno, f"clock.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == CLOCK_MODULE:
            yield from ((node.lineno, f"clock.{name.name}") for name in node.names if name.name in ASKS_THE_TIME)


def impure_modules(root: Path) -> list[str]:
    found = []
    modules = frozenset(module_name(path, root) for path in python_files(root))
    for path in python_files(root):
        if not is_rule_module(path, root):
            continue
        tree = docstrings_removed(parsed(path))
        name = named(path, root)
        outside = dict.fromkeys(imported for imported in imports_of(tree, modules) if is_forbidden(imported.module))
        found += [f"{name}:{imported.line}: a rule imports {imported.module}" for imported in outside]
        reads = [*python_clock_reads(tree), *questions_to_our_clock(tree)]
        found += [f"{name}:{line}: a rule reads {what}" for line, what in reads]
    return found


def test_rules_know_no_web_no_database_and_no_clock() -> None:
    assert impure_modules(ROOT) == []


def test_each_edge_module_exists_and_says_why() -> None:
    assert [name for name, why in EDGE_MODULES.items() if not (ROOT / name).exists() or len(why) < 20] == []


def test_an_impure_rule_is_found(tmp_path: Path) -> None:
    rule = """
        from datetime import datetime
        from sqlalchemy import select
        import flask.globals
        from app.plans.models import Plan
        from app.base import clock
        from app.base.clock import since, to_wire

        def is_overdue(due_at):
            \"\"\"Whether datetime.now() is past; words do not count.\"\"\"
            return due_at < datetime.now() < clock.now()
    """.replace("\n        ", "\n")
    write_tree(tmp_path, {"app/plans/lifecycle.py": rule, "app/plans/models.py": "", "app/base/clock.py": ""})

    whats = [sentence.partition(": ")[2] for sentence in impure_modules(tmp_path)]

    assert whats == [
        "a rule imports sqlalchemy",
        "a rule imports flask.globals",
        "a rule imports app.plans.models",
        "a rule reads datetime.now",
        "a rule reads clock.since",
        "a rule reads clock.now",
    ]


def test_models_queries_commands_and_routes_may_touch_the_world(tmp_path: Path) -> None:
    files = [*(f"app/plans/{name}.py" for name in FIXED_NAMES), "app/plans/commands/packs.py"]
    write_tree(tmp_path, dict.fromkeys(files, "import sqlalchemy, flask\n"))

    assert impure_modules(tmp_path) == []
