"""What every bench has in common: its options, its result, the machine it ran on."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.base import clock


@dataclass(frozen=True, kw_only=True)
class Options:
    """Bounds of a run, so that none gets out of hand; every bench uses those that mean something to it."""

    clients: int = 5_000
    devices: int = 500
    ops: int = 20
    rounds: int = 3
    rows: int = 100_000
    seconds: int = 600
    tools: Path = field(default_factory=lambda: Path("instance/bench-tools").resolve())


@dataclass
class Result:
    """What a bench has found; `goals` are sentences with whether they were reached (None: could not be measured)."""

    name: str
    goals: list[tuple[str, bool | None]] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    compared_with: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def to_wire(self, *, before: Sequence[float]) -> dict[str, Any]:
        """The JSON of the result; `before` is the machine's load when the bench began."""
        missed = [sentence for sentence, reached in self.goals if reached is False]
        unknown = [sentence for sentence, reached in self.goals if reached is None]
        verdict = "reached" if not missed else "not reached: " + "; ".join(missed)
        if unknown:
            verdict += " (not measured: " + "; ".join(unknown) + ")"
        return {
            "name": self.name,
            "goal": "; ".join(sentence for sentence, _reached in self.goals),
            "figures": self.figures,
            "compared_with": self.compared_with,
            "verdict": verdict,
            "notes": self.notes,
            "machine": machine(before),
            "date": clock.to_wire(clock.now()),
        }


Bench = Callable[[Options], Result]


def machine(load_before: Sequence[float]) -> dict[str, Any]:
    """What the figures depend on; the load tells how many others were at work."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "load_before": round(load_before[0], 1),
        "load_after": round(os.getloadavg()[0], 1),
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def spread(values: Iterable[float], *, digits: int = 1) -> dict[str, Any]:
    """Smallest, median and largest of some measurements."""
    found = sorted(values)
    if not found:
        return {"count": 0}
    named = {"min": found[0], "median": statistics.median(found), "max": found[-1]}
    return {**{name: round(value, digits) for name, value in named.items()}, "count": len(found)}


def percentile(values: Iterable[float], share: float) -> float:
    """The value that this share of the measurements do not exceed."""
    found = sorted(values)
    return found[min(len(found) - 1, int(share * len(found)))] if found else 0.0
