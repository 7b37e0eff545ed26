"""Packages import only towards the left of the ladder, and no modules import each other in a circle."""

from __future__ import annotations

from pathlib import Path

from tests.rules.source_tree import ROOT, imports_of, module_name, named, parsed, python_files, write_tree

LADDER: tuple[tuple[str, ...], ...] = (
    ("base",),
    ("live",),
    ("people",),
    ("delivery",),
    ("services",),
    ("plans",),
    ("response",),
    ("broadcasts",),
    ("monitors", "exercises"),
    ("readiness",),
    ("review",),
    ("sync",),
    ("api", "pages", "shell"),
)
# Above all packages, as app.factory is: may import anything, and nothing in a package imports it.
ABOVE = frozenset({"bench"})
RUNG = {package: rung for rung, packages in enumerate(LADDER) for package in packages}


def package_of(module: str) -> str | None:
    """`base` for app.base.clock; None for what does not live in a package: app.factory, app.cli, app itself."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "app" and parts[1] in RUNG else None


def unknown_packages(root: Path) -> list[str]:
    app = root / "app"
    folders = (
        sorted(path.name for path in app.iterdir() if path.is_dir() and any(path.glob("*.py"))) if app.is_dir() else []
    )
    return [f"app/{name} is not on the ladder" for name in folders if name not in RUNG and name not in ABOVE]


def steps_to_the_right(root: Path) -> list[str]:
    """Imports from a package to one that is not on its left; the modules above all packages may import anything."""
    found = []
    modules = frozenset(module_name(path, root) for path in python_files(root))
    for path in python_files(root):
        own = package_of(module_name(path, root))
        if own is None:
            continue
        for imported in imports_of(parsed(path), modules):
            if not imported.module.startswith("app."):
                continue
            other = package_of(imported.module)
            if other is None or (other != own and RUNG[other] >= RUNG[own]):
                found.append(f"{named(path, root)}:{imported.line}: {own} must not import {imported.module}")
    return found


def import_graph(root: Path) -> dict[str, set[str]]:
    modules = frozenset(module_name(path, root) for path in python_files(root))
    graph: dict[str, set[str]] = {module: set() for module in modules}
    for path in python_files(root):
        own = module_name(path, root)
        graph[own] = {found.module for found in imports_of(parsed(path), modules) if found.module in modules} - {own}
    return graph


def circles(root: Path) -> list[str]:
    """One sentence for each circle of imports, found by walking the graph depth first."""
    graph, found, done = import_graph(root), [], set()

    def walk(module: str, way: list[str]) -> None:
        if module in way:
            found.append("imports go in a circle: " + " > ".join([*way[way.index(module) :], module]))
        elif module not in done:
            for following in sorted(graph[module]):
                walk(following, [*way, module])
            done.add(module)

    for module in sorted(graph):
        walk(module, [])
    return found


def test_every_package_stands_on_the_ladder() -> None:
    assert unknown_packages(ROOT) == []


def test_packages_import_only_towards_the_left() -> None:
    assert steps_to_the_right(ROOT) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles(ROOT) == []


def test_a_step_to_the_right_is_found_even_inside_a_function(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "app/plans/__init__.py": "",
            "app/people/rules.py": "def late():\n    from app.plans import packs\n",
            "app/plans/packs.py": "from app.people import rules\n",
        },
    )

    assert steps_to_the_right(tmp_path) == ["app/people/rules.py:2: people must not import app.plans.packs"]


def test_neighbours_on_one_rung_and_the_factory_are_out_of_reach(tmp_path: Path) -> None:
    write_tree(tmp_path, {"app/api/routes.py": "import app.pages.routes\nfrom app.factory import create_app\n"})

    assert [sentence.rpartition(" ")[2] for sentence in steps_to_the_right(tmp_path)] == [
        "app.pages.routes",
        "app.factory",
    ]


def test_a_package_outside_the_ladder_is_found(tmp_path: Path) -> None:
    write_tree(tmp_path, {"app/utils/text.py": ""})

    assert unknown_packages(tmp_path) == ["app/utils is not on the ladder"]


def test_a_circle_inside_a_package_is_found(tmp_path: Path) -> None:
    write_tree(
        tmp_path,
        {
            "app/plans/__init__.py": "",
            "app/plans/queries.py": "from app.plans import commands\n",
            "app/plans/commands.py": "from app.plans.queries import plan\n",
        },
    )

    assert circles(tmp_path) == ["imports go in a circle: app.plans.commands > app.plans.queries > app.plans.commands"]
