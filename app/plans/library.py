"""A folder of library files: read, checked as a whole, and its coverage shown."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from app.plans.catalogue import Vocabulary, parse_roles, parse_unit_types
from app.plans.errors import PlanErrors
from app.plans.format import PHASES, Plan
from app.plans.lint import Finding, lint_plan
from app.plans.pack import parse_document
from app.plans.yaml_text import read_yaml

LIBRARY = Path(__file__).resolve().parents[2] / "library"


class Checked(NamedTuple):
    """What a check found: the plans that could be read, and everything there is to say."""

    plans: tuple[Plan, ...]
    findings: tuple[Finding, ...]


def read_text(path: Path) -> str:
    """The exact text of a file: line endings are kept, as they are part of the version."""
    return path.read_bytes().decode("utf-8")


def check_library(path: Path) -> list[Finding]:
    """Faults and advice for a library folder, a folder of plans or one plan file."""
    return list(check(path).findings)


def check(path: Path) -> Checked:
    """The same, with the plans that could be read."""
    plans: list[Plan] = []
    findings: list[Finding] = []
    try:
        vocabulary = _vocabulary(_home(path))
    except PlanErrors as errors:
        return Checked((), tuple(_faults(errors)))
    for file in plan_files(path):
        plan, said = _check_file(file, vocabulary)
        findings += said
        if plan is not None:
            plans.append(plan)
    return Checked(tuple(plans), tuple(findings + _nothing_here(path)))


def plan_files(path: Path) -> list[Path]:
    """The plan files at a path, by name."""
    if path.is_file():
        return [path]
    folder = path / "plans" if (path / "plans").is_dir() else path
    return sorted(folder.glob("*.yaml"))


def coverage(plan: Plan) -> list[tuple[str, list[int]]]:
    """Steps by role and phase, in the order of PHASES."""
    counts = [(card.role, Counter(step.in_phase for step in card.steps)) for card in plan.cards]
    return [(role, [count[phase] for phase in PHASES]) for role, count in counts]


def _check_file(file: Path, vocabulary: Vocabulary) -> tuple[Plan | None, list[Finding]]:
    source = str(file)
    try:
        document = read_yaml(read_text(file), source=source)
        plan = parse_document(document, Plan, source=source)
    except PlanErrors as errors:
        return None, _faults(errors)
    except UnicodeDecodeError:
        return None, [Finding(source, 1, "fault", "The file is not UTF-8 text.")]
    findings = lint_plan(plan, document, vocabulary, source=source)
    if plan.id != file.stem:
        line = document.line(("id",))
        findings.append(Finding(source, line, "file-name", f"The file of {plan.id} is {plan.id}.yaml."))
    return plan, findings


def _nothing_here(path: Path) -> list[Finding]:
    if plan_files(path):
        return []
    return [Finding(str(path), 1, "no-plans", "There is no plan file here.")]


def _faults(errors: PlanErrors) -> list[Finding]:
    return [Finding(one.file, one.line, "fault", one.sentence) for one in errors.problems]


def _home(path: Path) -> Path:
    """The library a path belongs to; ours when it belongs to none."""
    start = path.resolve()
    for folder in (start, *list(start.parents)[:2]):
        if (folder / "roles.yaml").is_file() and (folder / "unit_types.yaml").is_file():
            return folder
    return LIBRARY


def _vocabulary(home: Path) -> Vocabulary:
    roles, types = home / "roles.yaml", home / "unit_types.yaml"
    return Vocabulary(
        roles=frozenset(role.code for role in parse_roles(read_text(roles), source=str(roles))),
        unit_types=frozenset(one.code for one in parse_unit_types(read_text(types), source=str(types))),
    )
