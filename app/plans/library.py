"""A folder of library files: read, checked as a whole, and its coverage shown."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from app.plans.catalogue import UnitType, Vocabulary, parse_roles, parse_services, parse_unit_types
from app.plans.command.format import parse_command
from app.plans.coverage import Expected, empty_cells
from app.plans.errors import PlanErrors
from app.plans.format import Phase, Plan
from app.plans.lint import Finding, lint_plan, lint_translation
from app.plans.pack import parse_document, plan_of
from app.plans.translation import LANGUAGES, translation_of
from app.plans.workarounds.check import check_workarounds, is_workaround_text
from app.plans.yaml_text import Document, read_yaml

LIBRARY = Path(__file__).resolve().parents[2] / "library"


class Checked(NamedTuple):
    """What a check found: the plans that could be read, everything there is to say, and what coverage is wanted."""

    plans: tuple[Plan, ...]
    findings: tuple[Finding, ...]
    wanted: Mapping[str, Mapping[str, tuple[Phase, ...]]]
    workarounds: tuple[Path, ...] = ()


def read_text(path: Path) -> str:
    """The exact text of a file: line endings are kept, as they are part of the version."""
    return path.read_bytes().decode("utf-8")


@cache
def library_vocabulary() -> Vocabulary:
    """The codes of roles and types of units that plans of this server may use."""
    return _vocabulary(LIBRARY)


@cache
def library_unit_types() -> tuple[UnitType, ...]:
    """The types of units with their names, in their order."""
    path = LIBRARY / "unit_types.yaml"
    return parse_unit_types(read_text(path), source=str(path))


def check_library(path: Path) -> list[Finding]:
    """Faults and advice for a library folder, a folder of plans, one plan file or one translation."""
    return list(check(path).findings)


def check(path: Path) -> Checked:
    """The same, with the plans that could be read."""
    plans: list[Plan] = []
    findings: list[Finding] = []
    try:
        home = _home(path)
        vocabulary = _vocabulary(home)
        expected = _expected(home / "coverage.yaml", wanted=path.is_dir() and _is_in(path, home))
    except PlanErrors as errors:
        return Checked((), tuple(_faults(errors)), {})
    for file in plan_files(path):
        plan, said = _check_file(file, vocabulary)
        findings += said
        if plan is not None:
            plans.append(plan)
    workarounds = workaround_paths(path)
    for file in workarounds:
        findings += check_workarounds(file, read_text(file), vocabulary)
    findings += _command_findings(home / "command.yaml", wanted=_is_in(path, home) and path.is_dir())
    findings += _nothing_here(path) + _stray_translations(path)
    if expected is not None:
        findings += _coverage_findings(expected, home / "coverage.yaml", plans)
    wanted = {one.plan: one.cells for one in expected[0].scenarios} if expected else {}
    return Checked(tuple(plans), tuple(findings), wanted, tuple(workarounds))


def workaround_paths(path: Path) -> list[Path]:
    """The files of workarounds at a path, by name: the file itself, or what lies in the folder of a library."""
    if path.is_file():
        return [path] if _holds_workarounds(path) else []
    folder = path / "workarounds" if (path / "workarounds").is_dir() else path
    return [file for file in sorted(folder.glob("*.yaml")) if _holds_workarounds(file)]


def _holds_workarounds(file: Path) -> bool:
    try:
        return is_workaround_text(read_text(file))
    except UnicodeDecodeError:
        return False  # the check of the plans says so


def plan_files(path: Path) -> list[Path]:
    """The plan files at a path, by name."""
    if path.is_file():
        file = path.parent.parent / path.name if path.parent.name in LANGUAGES else path
        return [] if _holds_workarounds(file) else [file]
    return [file for file in sorted(_plans_folder(path).glob("*.yaml")) if not _holds_workarounds(file)]


def translation_files(plan_file: Path) -> list[Path]:
    """The translations beside a plan file, by language."""
    files = (plan_file.parent / language / plan_file.name for language in LANGUAGES)
    return [file for file in files if file.is_file()]


def _plans_folder(path: Path) -> Path:
    return path / "plans" if (path / "plans").is_dir() else path


def _check_file(file: Path, vocabulary: Vocabulary) -> tuple[Plan | None, list[Finding]]:
    source = str(file)
    try:
        document = read_yaml(read_text(file), source=source)
        plan = plan_of(document, source=source)
    except PlanErrors as errors:
        return None, _faults(errors)
    except UnicodeDecodeError:
        return None, [_not_text(file)]
    findings = lint_plan(plan, document, vocabulary, source=source)
    if plan.id != file.stem:
        line = document.line(("id",))
        findings.append(Finding(source, line, "file-name", f"The file of {plan.id} is {plan.id}.yaml."))
    findings += _missing_files(plan, document, file)
    return plan, findings + _translations(plan, file)


def _missing_files(plan: Plan, document: Document, file: Path) -> list[Finding]:
    """Attachments that are not beside the plans: a form that nobody can print is no form."""
    return [
        Finding(str(file), document.line(("attachments", number)), "no-file", f"There is no file {one.file}.")
        for number, one in enumerate(plan.attachments)
        if not (file.parent / one.file).is_file()
    ]


def _translations(plan: Plan, file: Path) -> list[Finding]:
    found: list[Finding] = []
    for language in LANGUAGES:
        other = file.parent / language / file.name
        if other.is_file():
            found += _check_translation(plan, other)
        elif other.parent.is_dir():
            found.append(Finding(str(other), 1, "no-translation", f"{plan.id} has no words in “{language}”."))
    return found


def _check_translation(plan: Plan, file: Path) -> list[Finding]:
    source = str(file)
    try:
        document = read_yaml(read_text(file), source=source)
        translation = translation_of(document, source=source)
    except PlanErrors as errors:
        return _faults(errors)
    except UnicodeDecodeError:
        return [_not_text(file)]
    found = lint_translation(translation, document, plan, source=source)
    if translation.plan != plan.id:
        line = document.line(("plan",))
        found.append(Finding(source, line, "file-name", f"The file is beside {plan.id}, not {translation.plan}."))
    return found


def _stray_translations(path: Path) -> list[Finding]:
    if path.is_file():
        return []
    folder = _plans_folder(path)
    files = [file for language in LANGUAGES for file in sorted((folder / language).glob("*.yaml"))]
    return [
        Finding(str(file), 1, "no-plan", f"There is no plan file {file.name} for these words.")
        for file in files
        if not (folder / file.name).is_file()
    ]


def _coverage_findings(expected: tuple[Expected, Document], file: Path, plans: list[Plan]) -> list[Finding]:
    cells, document = expected
    return [
        Finding(str(file), document.line(place), "empty-cell", sentence)
        for place, sentence in empty_cells(cells, plans)
    ]


def _command_findings(file: Path, *, wanted: bool) -> list[Finding]:
    if not wanted or not file.is_file():
        return []
    try:
        parse_command(read_text(file), source=str(file))
    except PlanErrors as errors:
        return _faults(errors)
    return []


def _nothing_here(path: Path) -> list[Finding]:
    if plan_files(path) or workaround_paths(path):
        return []
    return [Finding(str(path), 1, "no-plans", "There is no plan file here.")]


def _not_text(file: Path) -> Finding:
    return Finding(str(file), 1, "fault", "The file is not UTF-8 text.")


def _faults(errors: PlanErrors) -> list[Finding]:
    return [Finding(one.file, one.line, "fault", one.sentence) for one in errors.problems]


def _home(path: Path) -> Path:
    """The library a path belongs to; ours when it belongs to none."""
    start = path.resolve()
    for folder in (start, *list(start.parents)[:3]):
        if (folder / "roles.yaml").is_file() and (folder / "unit_types.yaml").is_file():
            return folder
    return LIBRARY


def _is_in(path: Path, home: Path) -> bool:
    return home in (path.resolve(), *path.resolve().parents)


def _vocabulary(home: Path) -> Vocabulary:
    roles, types, services = home / "roles.yaml", home / "unit_types.yaml", home / "services.yaml"
    known = parse_services(read_text(services), source=str(services)) if services.is_file() else ()
    return Vocabulary(
        roles=frozenset(role.code for role in parse_roles(read_text(roles), source=str(roles))),
        unit_types=frozenset(one.code for one in parse_unit_types(read_text(types), source=str(types))),
        services=frozenset(one.code for one in known),
    )


def _expected(file: Path, *, wanted: bool) -> tuple[Expected, Document] | None:
    """What a whole library should cover, if it says so."""
    if not wanted or not file.is_file():
        return None
    document = read_yaml(read_text(file), source=str(file))
    return parse_document(document, Expected, source=str(file)), document
