"""The closing line tells the truth: what every runner said, added up."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import run_tests
from scripts.run_tests import Counts, Stage, counts_of, counts_of_tap, plain

JUNIT = """<testsuites><testsuite>
<testcase classname="a" name="passes"/>
<testcase classname="a" name="fails"><failure message="x"/></testcase>
<testcase classname="a" name="fails in teardown"/>
<testcase classname="a" name="fails in teardown"><error message="x"/></testcase>
<testcase classname="a" name="waits"><skipped/></testcase>
</testsuite></testsuites>"""


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(run_tests, "RESULTS", tmp_path / "results")
    monkeypatch.setattr(run_tests, "CLOSING_LINE", tmp_path / "results" / "closing-line")
    return tmp_path / "results"


def shell(name: str, script: str, report: str | None = None) -> Stage:
    return Stage(name, lambda: ["sh", "-c", script], report)


def test_a_test_that_fails_in_its_teardown_counts_once_and_as_failed(tmp_path: Path) -> None:
    (tmp_path / "pytest.xml").write_text(JUNIT)

    assert counts_of(tmp_path / "pytest.xml") == Counts(passed=1, failed=2, skipped=1)


def test_cancelled_browser_code_tests_count_as_failed() -> None:
    said = "ok 1 - x\n# tests 6\n# suites 1\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n"

    assert counts_of_tap(said) == Counts(passed=3, failed=2, skipped=1)


def test_all_runners_are_added_up_in_the_last_line(
    results: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    tap = results / "node.tap"
    stages = [plain("lint", "true"), shell("node", f"printf '# pass 3\\n# fail 0\\n' > {tap}", "node.tap")]
    monkeypatch.setitem(run_tests.PROFILES, "all", stages)

    assert run_tests.main(["all"]) == 0

    assert capfd.readouterr().out.splitlines()[-1] == "3 passed, 0 failed"
    assert (results / "closing-line").read_text() == "3 passed, 0 failed\n"


@pytest.mark.parametrize(
    "stage",
    [
        plain("a check that fails", "false"),
        plain("a tool that is not there", "wardlight-no-such-tool"),
        shell("a runner that dies without a report", "true", "missing.xml"),
    ],
    ids=lambda stage: stage.name,
)
def test_what_cannot_run_counts_as_a_failure(
    stage: Stage, results: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(run_tests.PROFILES, "all", [stage, plain("lint", "true")])

    assert run_tests.main(["all"]) == 1

    assert capfd.readouterr().out.splitlines()[-1] == "0 passed, 1 failed"


def test_checks_run_beside_each_other_and_what_each_says_stays_together(
    results: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The first waits for the second, which could not end well if it came after."""
    met = results / "met"
    first = shell("first", f"echo a; timeout 20 sh -c 'until [ -e {met} ]; do sleep 0.01; done' && echo b >&2")
    monkeypatch.setitem(run_tests.PROFILES, "all", [first, shell("second", f"echo c; touch {met}; echo d >&2")])

    assert run_tests.main(["all"]) == 0

    said = capfd.readouterr().out
    assert "=== first\na\nb\n" in said
    assert "=== second\nc\nd\n" in said
