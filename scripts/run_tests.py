#!/usr/bin/env python3
"""Run the checks and test runners and add up what they say.

    python scripts/run_tests.py all|fast|lint|long

Everything runs even after a failure, so that one run shows all that is wrong. Runners that keep one core busy run two
at a time, and what each says is shown whole; those that share their work among workers run alone. The last line is the
sum over all runners, also kept in test-results/closing-line; a check that fails without counting tests counts as one
failure.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "test-results"
CLOSING_LINE = RESULTS / "closing-line"
PYTHON = str(ROOT / ".venv" / "bin" / "python")
JS_TESTS = "tests/js/**/*.test.js"
# The machines this is meant for have two cores. Three workers, as one of them mostly waits: for a phone that tries
# again, for a server that comes back. A worker that has no test left takes another's.
AT_A_TIME = 2
PYTEST = [PYTHON, "-m", "pytest", "-q"]
PARALLEL = ["-n", "3", "--dist", "worksteal"]
NOT_IN_BROWSER = ["-m", "not e2e and not long", "--ignore=tests/e2e", "tests"]
# Tests start a hundred servers and commands: each would compile the whole product anew where Python keeps no bytecode.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
WITH_POSTGRES = [PYTHON, "scripts/with_postgres.py", "--"]


@dataclass(frozen=True)
class Counts:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def line(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


@dataclass(frozen=True)
class Stage:
    """One runner. `report` names the file of a runner that counts tests (JUnit or TAP); a plain check has none.

    `is_wide`: it keeps all cores busy by itself.
    """

    name: str
    command: Callable[[], list[str]]
    report: str | None = None
    is_wide: bool = False


@dataclass
class Outcome:
    stage: Stage
    counts: Counts
    seconds: float
    is_good: bool = field(default=True)
    said: str = ""


def plain(name: str, *command: str) -> Stage:
    return Stage(name, lambda: list(command))


def pytest_stage(name: str, report: str, *arguments: str, prefix: list[str] | None = None) -> Stage:
    command = [*(prefix or []), *PYTEST, *arguments, f"--junitxml=test-results/{report}"]
    return Stage(name, lambda: command, report, is_wide=True)


def node_command() -> list[str]:
    """node --test with the files by name: no pattern of node's own decides what runs."""
    files = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob(JS_TESTS))
    if not files:
        raise FileNotFoundError(f"no browser code tests: {JS_TESTS} matches nothing")
    return [
        *["node", "--test", "--test-reporter=spec", "--test-reporter-destination=stdout"],
        *["--test-reporter=tap", "--test-reporter-destination=test-results/node.tap", *files],
    ]


LINT = [
    plain("ruff check", PYTHON, "-m", "ruff", "check", "."),
    plain("ruff format", PYTHON, "-m", "ruff", "format", "--check", "."),
    plain("mypy", PYTHON, "-m", "mypy", "app", "scripts"),
    plain("tsc, app", "node_modules/.bin/tsc", "-p", "tsconfig.json"),
    plain("tsc, service worker", "node_modules/.bin/tsc", "-p", "tsconfig.worker.json"),
    plain("tsc, ward page's worker", "node_modules/.bin/tsc", "-p", "tsconfig.ward.json"),
]
VENDOR = plain("vendored files", PYTHON, "scripts/vendor.py", "--check")
PLANS = plain("starter plans", PYTHON, "-m", "app", "plans", "check", "library/")
NODE = Stage("node", node_command, "node.tap")
SQLITE = pytest_stage("pytest on SQLite", "sqlite.xml", *PARALLEL, *NOT_IN_BROWSER)
POSTGRES = pytest_stage("pytest on PostgreSQL", "postgres.xml", *PARALLEL, *NOT_IN_BROWSER, prefix=WITH_POSTGRES)
STORIES = pytest_stage("browser stories", "stories.xml", *PARALLEL, "-m", "not long", "tests/e2e")
LONG = pytest_stage("long tests", "long.xml", "-m", "long", "tests")
PLAIN = pytest_stage(
    "without the fast path",
    "plain.xml",
    *["-m", "not long", "tests/live", "tests/sync", "tests/faults"],
    prefix=["env", "WARDLIGHT_TEST_FAST_PATH=false"],
)
PROFILES = {
    "all": [NODE, *LINT, VENDOR, PLANS, SQLITE, POSTGRES, STORIES],
    "fast": [*LINT[:3], VENDOR, SQLITE],
    "lint": LINT,
    "long": [LONG, PLAIN],
}


def counts_of(report: Path) -> Counts:
    return counts_of_tap(report.read_text()) if report.suffix == ".tap" else counts_of_junit(report)


def counts_of_junit(report: Path) -> Counts:
    """Add up a JUnit file by its test cases. A test that passes and then fails in its teardown stands there twice."""
    worst: dict[tuple[str, str], int] = {}
    for case in ET.parse(report).iter("testcase"):
        key = (case.get("classname", ""), case.get("name", ""))
        bad = case.find("failure") is not None or case.find("error") is not None
        rank = 2 if bad else 1 if case.find("skipped") is not None else 0
        worst[key] = max(rank, worst.get(key, 0))
    ranks = list(worst.values())
    return Counts(passed=ranks.count(0), failed=ranks.count(2), skipped=ranks.count(1))


def counts_of_tap(text: str) -> Counts:
    """The sums that node writes at the end of its TAP; its JUnit reporter is newer than the oldest node we accept."""
    sums = {word: int(number) for word, number in re.findall(r"^# (\w+) (\d+)$", text, re.MULTILINE)}
    bad = sums.get("fail", 0) + sums.get("cancelled", 0)
    return Counts(passed=sums.get("pass", 0), failed=bad, skipped=sums.get("skipped", 0) + sums.get("todo", 0))


def run_all(stages: list[Stage]) -> list[Outcome]:
    """Run all stages in their order, neighbours that are not wide beside each other."""
    outcomes: list[Outcome] = []
    for is_wide, neighbours in groupby(stages, key=lambda stage: stage.is_wide):
        if is_wide:
            for stage in neighbours:
                print(f"\n=== {stage.name}", flush=True)
                outcomes.append(run(stage))
                print(outcomes[-1].said, end="", flush=True)
            continue
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            for outcome in pool.map(lambda stage: run(stage, output=subprocess.PIPE), list(neighbours)):
                print(f"\n=== {outcome.stage.name}\n{outcome.said}", end="", flush=True)
                outcomes.append(outcome)
    return outcomes


def run(stage: Stage, output: int | None = None) -> Outcome:
    """Run one stage. What it says goes to our own output, or with subprocess.PIPE into the outcome."""
    began = time.monotonic()
    report = RESULTS / stage.report if stage.report else None
    is_good, said = runs_well(stage, output)
    counts = Counts()
    if report and report.exists():
        counts = counts_of(report)
    elif report:
        said += f"{stage.name}: no report was written\n"
        is_good = False
    if not is_good and counts.failed == 0:
        counts += Counts(failed=1)
    return Outcome(stage, counts, time.monotonic() - began, is_good and counts.failed == 0, said)


def runs_well(stage: Stage, output: int | None) -> tuple[bool, str]:
    """Whether its command ended well, and what it said, as far as that was caught."""
    errors = subprocess.STDOUT if output else None
    try:
        done = subprocess.run(
            stage.command(), cwd=ROOT, env=ENVIRONMENT, check=False, stdout=output, stderr=errors, text=True
        )
    except FileNotFoundError as problem:
        return False, f"{stage.name}: {problem}\n"
    return done.returncode == 0, done.stdout or ""


def summary(outcomes: list[Outcome]) -> None:
    print("\n=== summary")
    for outcome in outcomes:
        word = "ok" if outcome.is_good else "FAILED"
        print(f"{word:7}{outcome.seconds:7.1f} s  {outcome.stage.name:22}{outcome.counts.line()}")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in PROFILES:
        print(f"usage: run_tests.py {'|'.join(PROFILES)}", file=sys.stderr)
        return 2
    shutil.rmtree(RESULTS, ignore_errors=True)
    RESULTS.mkdir()
    outcomes = run_all(PROFILES[arguments[0]])
    summary(outcomes)
    total = sum((outcome.counts for outcome in outcomes), Counts())
    CLOSING_LINE.write_text(total.line() + "\n")
    print(total.line(), flush=True)
    return 0 if all(outcome.is_good for outcome in outcomes) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
