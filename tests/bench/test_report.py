"""The page of results keeps one section a bench."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from app.bench import runner
from app.bench.frame import Options, Result, percentile, spread
from app.bench.report import put_results


def found(name: str, figure: float) -> dict[str, Any]:
    result = Result(name, [("fast enough", figure < 10)], {"last_client_ms": spread([figure])}, {"peer": {"ms": 3}})
    wire = result.to_wire(before=(0.5, 0, 0))
    return {**wire, "command": f"wardlight bench {name} --json", "seconds": 1.0}


def test_a_bench_that_runs_again_replaces_its_own_section_only(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    for result in (found("storm", 3.0), found("fanout", 5.0), found("fanout", 7.0)):
        put_results(page, result)

    text = page.read_text()

    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## fanout", "## storm"]
    assert "7.0 (min 7.0, max 7.0, 1 measured)" in text and "5.0 (" not in text and "3.0 (" in text
    assert "| peer: ms | 3 |" in text


def test_the_verdict_names_what_was_missed_and_what_could_not_be_measured() -> None:
    result = Result("fanout", [("fast", True), ("small", False), ("twice the peer", None)])

    verdict = result.to_wire(before=(0.0, 0.0, 0.0))["verdict"]

    assert verdict == "not reached: small (not measured: twice the peer)"


def test_an_unknown_bench_is_named_with_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(runner.UnknownBench, match="fanout"):
        list(runner.run("fanuot", {}, as_json=True, report=None))


def test_a_bench_that_fails_says_so_and_the_next_one_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run_one(options: Options) -> Result:
        if options.seconds != 90:
            raise RuntimeError("the machine has no more files")
        return Result("pull", [("fast", True)])

    monkeypatch.setattr(runner, "NAMES", ("storm", "pull"))
    monkeypatch.setattr(runner, "import_module", lambda _name: SimpleNamespace(run=run_one))

    assert len(list(runner.run("all", {}, as_json=True, report=tmp_path / "page.md"))) == 2
    failed = list(runner.run("storm", {}, as_json=True, report=tmp_path / "page.md"))

    assert "not reached: it runs to its end" in failed[0] and "no more files" in failed[0]
    assert "RuntimeError" in capsys.readouterr().err


def test_percentiles_and_spreads_of_nothing_are_no_error() -> None:
    assert (percentile([], 0.99), spread([])) == (0.0, {"count": 0})
    assert percentile(range(1, 101), 0.99) == 100
