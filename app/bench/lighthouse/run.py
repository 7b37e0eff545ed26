"""Lighthouse's mobile audit of the demo hospital with a running incident: public screens, a nurse's, a leader's."""

from __future__ import annotations

import json
import statistics
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from app.bench.frame import Options, Result
from app.bench.lighthouse.hospital import found_hospital
from app.bench.lighthouse.places import BY_PERSON
from app.bench.phone.browser import Missing, chromium, phone, sign_in
from app.bench.processes import free_port, our_server
from app.bench.tools import npm_tools, tool_folder
from app.demo import PASSWORD

# The newest line that runs on the Node.js of Debian 12.
PACKAGE = "lighthouse@12.8.2"
CATEGORIES = {"performance": 95, "accessibility": 100, "best-practices": 100}
AUDIT_SECONDS = 180
NOTE = (
    f"{PACKAGE}, its mobile form as it comes: Slow 4G and a processor four times slower, simulated; the files that the "
    "app keeps are thrown away before each screen. A screen that misses its performance is asked as often as --rounds "
    "says, and the median counts, because one run of a simulation is not steady."
)
Scores = dict[str, float]


def run(options: Options) -> Result:
    """Every screen once; the scores by screen, and for those below the goal what cost them points."""
    result = Result("lighthouse", notes=[NOTE])
    try:
        chromium()
    except Missing as missing:
        return _not_measured(result, str(missing))
    if trouble := npm_tools(options.tools, PACKAGE):
        return _not_measured(result, trouble)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        home = Path(folder)
        ids = found_hospital(home / "data")
        server = stack.enter_context(our_server(home / "data"))
        address = f"http://127.0.0.1:{server.port}"
        for person, places in BY_PERSON:
            port = free_port()
            with phone(home / f"phone-{person}", f"--remote-debugging-port={port}") as page:
                if person:
                    sign_in(page, address, person, PASSWORD)
                audit = Audit(tool_folder(options.tools, PACKAGE), port, home / "report.json", options.rounds)
                for name, path in places:
                    result.figures[name] = audit.scores(f"{address}{path.format(**ids)}")
            result.notes += audit.remarks
    _judge(result)
    return result


class Audit:
    """Lighthouse in a browser that is already open, so that who is signed in there stays so."""

    def __init__(self, tools: Path, port: int, report: Path, rounds: int) -> None:
        self._program = str(tools / "node_modules" / ".bin" / "lighthouse")
        self._port, self._report, self._rounds = port, report, rounds
        self.remarks: list[str] = []

    def scores(self, url: str) -> Scores:
        """Points of 100 in each category. RuntimeError when Lighthouse does not come to its end."""
        found = self._ask(url)
        scores = _points(found)
        if scores["performance"] < CATEGORIES["performance"]:
            again = [_points(self._ask(url))["performance"] for _ in range(self._rounds - 1)]
            scores["performance"] = statistics.median([scores["performance"], *again])
        if missed := [name for name, goal in CATEGORIES.items() if scores[name] < goal]:
            self.remarks.append(f"{url.partition('//')[2].partition('/')[2] or '/'}: {_what_cost(found, missed)}")
        return scores

    def _ask(self, url: str) -> dict[str, Any]:
        command = [
            self._program, url, f"--port={self._port}", "--output=json", f"--output-path={self._report}", "--quiet",
            f"--only-categories={','.join(CATEGORIES)}",
        ]  # fmt: skip
        self._report.unlink(missing_ok=True)
        done = subprocess.run(command, capture_output=True, text=True, timeout=AUDIT_SECONDS, check=False)
        if done.returncode or not self._report.exists():
            raise RuntimeError(f"Lighthouse did not finish {url}: {done.stderr[-300:]}")
        found: dict[str, Any] = json.loads(self._report.read_text())
        if trouble := found.get("runtimeError"):
            raise RuntimeError(f"Lighthouse could not look at {url}: {trouble.get('message', '')[:300]}")
        return found


def _points(found: Mapping[str, Any]) -> Scores:
    return {name: round((found["categories"][name]["score"] or 0) * 100) for name in CATEGORIES}


def _what_cost(found: Mapping[str, Any], categories: list[str]) -> str:
    """The audits that did not get all their points, with their own words for the figure."""
    lost = []
    for category in categories:
        for one in found["categories"][category]["auditRefs"]:
            audit = found["audits"][one["id"]]
            if one["weight"] and (audit["score"] if audit["score"] is not None else 1) < 1:
                lost.append(f"{audit['id']} {audit.get('displayValue', '')}".strip())
    return ", ".join(lost)


def _judge(result: Result) -> None:
    for category, goal in CATEGORIES.items():
        words = f"at least {goal}" if goal < 100 else "100"
        reached = all(scores[category] >= goal for scores in result.figures.values())
        result.goals.append((f"{category} {words} on every screen", reached))


def _not_measured(result: Result, why: str) -> Result:
    result.goals = [(f"{category} on every screen", None) for category in CATEGORIES]
    result.notes = [why]
    return result
