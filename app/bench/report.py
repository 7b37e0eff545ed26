"""docs/benchmarks.md: one section a bench, each replaced alone when the bench has run again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HEAD = """# Benchmarks

Written by `make bench`; a section is replaced when its bench runs again. Each compares with a peer or a lower bound in
the same run, on the same machine, at the same load: ratios can be compared with other machines, milliseconds not.
The load is that of the whole machine, one a busy core; above the number of cores, others were at work too.
"""
SECTION = re.compile(r"^## (\S+)\n", re.MULTILINE)


def put_results(page: Path, found: Mapping[str, Any]) -> None:
    """Put the section of a result into the page; the other sections stay as they are."""
    sections = _sections(page.read_text(encoding="utf-8")) if page.exists() else {}
    sections[found["name"]] = _section(found)
    page.write_text("\n".join([HEAD, *(sections[name] for name in sorted(sections))]), encoding="utf-8")


def _sections(text: str) -> dict[str, str]:
    starts = [*SECTION.finditer(text)]
    ends = [*(found.start() for found in starts[1:]), len(text)]
    return {found[1]: text[found.start() : end].rstrip() + "\n" for found, end in zip(starts, ends, strict=True)}


def _section(found: Mapping[str, Any]) -> str:
    lines = [
        f"## {found['name']}",
        "",
        f"- **Goal**: {found['goal']}",
        f"- **Verdict**: {found['verdict']}",
        f"- **Command**: `{found['command']}`, {found['seconds']} s, {found['date']}",
        f"- **Machine**: {_machine(found['machine'])}",
        "",
        "| figure | value |",
        "|---|---|",
        *(f"| {name} | {value} |" for name, value in _flat(found["figures"])),
        *(f"| {name} | {value} |" for name, value in _flat(found["compared_with"])),
        "",
    ]
    lines += [f"{note}\n" for note in found["notes"]]
    return "\n".join(lines)


def _machine(machine: Mapping[str, Any]) -> str:
    hardware = f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB"
    load = f"load {machine['load_before']} before, {machine['load_after']} after"
    return f"{hardware}, {machine['system']}, Python {machine['python']}; {load}"


def _flat(figures: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for name, value in figures.items():
        title = f"{before}{name}".replace("_", " ")
        if isinstance(value, Mapping) and "median" in value:
            yield title, f"{value['median']} (min {value['min']}, max {value['max']}, {value['count']} measured)"
        elif isinstance(value, Mapping):
            yield from _flat(value, f"{title}: ")
        else:
            yield title, str(value)
