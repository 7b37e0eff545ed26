"""Runs benches by their names, one after the other, and keeps the page of their results."""

from __future__ import annotations

import json
import os
import shlex
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from app.base import clock
from app.bench.frame import Options, Result
from app.bench.limits import raise_file_limit
from app.bench.report import put_results

NAMES = ("fanout", "herd", "storm", "pull", "declare", "cluster", "phone", "chaos", "push", "packet")
# Takes as long as all others together, so it runs by its name only.
BY_NAME = ("lighthouse",)

# All of them together stay under a quarter of an hour on two cores; the soak alone takes ten minutes by itself.
WHEN_ALL: Mapping[str, Any] = {"seconds": 90}


class UnknownBench(Exception):
    """There is no bench of this name."""


def run(name: str, bounds: Mapping[str, Any], *, as_json: bool, report: Path | None) -> Iterator[str]:
    """Run one bench or all; a line for each as it ends. A bench that fails says so and the next one runs."""
    if name != "all" and name not in NAMES + BY_NAME:
        raise UnknownBench(f"There is no bench “{name}”. There are: all, {', '.join(NAMES + BY_NAME)}.")
    raise_file_limit()
    is_all = name == "all"
    for one in NAMES if is_all else (name,):
        found = _run_one(one, {**WHEN_ALL, **bounds} if is_all else bounds)
        if report is not None:
            put_results(report, found)
        yield json.dumps(found, ensure_ascii=False) if as_json else _sentence(found)


def _run_one(name: str, bounds: Mapping[str, Any]) -> dict[str, Any]:
    before, began = os.getloadavg(), clock.ticks()
    words = ["wardlight", "bench", name, "--json", *(f"--{key}={value}" for key, value in bounds.items())]
    try:
        result = import_module(f"app.bench.{name}").run(replace(Options(), **bounds))
    except Exception as error:  # noqa: BLE001 - whatever it is, the next bench must run
        traceback.print_exc()
        result = Result(name, goals=[("it runs to its end", False)], notes=[f"{type(error).__name__}: {error}"[:400]])
    found: dict[str, Any] = result.to_wire(before=before)
    return {**found, "command": shlex.join(words), "seconds": round(clock.ticks() - began, 1)}


def _sentence(found: Mapping[str, Any]) -> str:
    return f"{found['name']}: {found['verdict']}\n  {json.dumps(found['figures'], ensure_ascii=False)}"
