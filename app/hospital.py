"""Founding a hospital: its schema, site, roles and plans; and its first administrator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.base.attestation import by_system
from app.base.errors import AppError
from app.base.meta import epoch, meta, put_meta
from app.base.settings import Settings
from app.base.unit_of_work import write
from app.broadcasts.commands.site_rules import take_starter_texts
from app.factory import create_app
from app.people.commands.accounts import MIN_PASSWORD_CHARS, add_user
from app.people.commands.cover import put_required_roles
from app.people.commands.reference import store_reference
from app.people.passwords import hash_secret
from app.people.queries import units as units_of
from app.plans.catalogue import parse_required_roles, parse_services
from app.plans.command.commands import put_command
from app.plans.command.queries import command_text
from app.plans.commands import ImportedPlan, import_plan, import_translation
from app.plans.exchange import file_name, form_of, in_form, text_of_table
from app.plans.forms.commands import keep_starter_forms
from app.plans.library import LIBRARY, plan_files, read_text, translation_files, workaround_paths
from app.plans.pack import UnitRef, version_of
from app.plans.queries import plan_in_force, plan_list, plan_text, translation_texts
from app.plans.vocabularies import role_rows, speak, vocabulary_pack
from app.plans.workarounds.check import is_workaround_text
from app.plans.workarounds.commands import put_workaround_file
from app.plans.workarounds.format import parse_workarounds
from app.plans.workarounds.queries import workaround_files, workaround_text
from app.response.commands.in_use import keep_workarounds
from app.schema import upgrade_schema
from app.services.commands import put_services
from app.services.entry import ServiceEntry
from app.services.queries import service_list

COMMAND_CENTRE = {
    "id": "command-centre",
    "name": "Command centre",
    "short": "Command",
    "type": "command-centre",
    "floor": "",
    "phone": "",
    "order": 0,
}


def found(settings: Settings, *, site: str, name: str, tz: str, library: Path | None = None) -> None:
    """Make the database with the site, the role catalogue, a command centre and the library's plans. Repeatable.

    ValueError for an unknown time zone.
    """
    try:
        ZoneInfo(tz)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"There is no time zone “{tz}”.") from error
    app = create_app(settings, with_hints=False)
    upgrade_schema(app)
    with app.app_context():
        epoch()
        with write() as work:
            put_meta(work, "site", site)
            known = [unit["id"] for unit in units_of(site)]
            store_reference(
                work,
                site={"id": site, "name": name, "tz": tz},
                units=[] if known else [COMMAND_CENTRE],
                roles=role_rows(),
            )
            if not known:
                put_required_roles(work, site, required_roles())
        if not service_list(site):
            put_services(site, starter_services(library or LIBRARY))
        import_library(site, library or LIBRARY)
        take_starter_texts(by_system(), site)
        if not command_text(site):
            put_command(command_with({}, library or LIBRARY), site=site, attestation=by_system())


def command_with(successors: Mapping[str, Sequence[str]], library: Path = LIBRARY) -> str:
    """The text of a command chart: the library's positions, with these successors (user names by position)."""
    path = library / "command.yaml"
    text = read_text(path if path.is_file() else LIBRARY / "command.yaml")
    if not successors:
        return text
    return text + "successors:\n" + "".join(f"  {code}: [{', '.join(names)}]\n" for code, names in successors.items())


def use_vocabulary(settings: Settings, name: str, library: Path = LIBRARY) -> bool:
    """Let roles and plans speak a pack's words; whether that changed anything. ValueError for an unknown pack."""
    pack = vocabulary_pack(name, library)
    app = create_app(settings, with_hints=False)
    with app.app_context():
        site = meta("site")
        if not site:
            raise ValueError("There is no hospital here yet. Run: wardlight init")
        return speak(pack, site=site, attestation=by_system(), library=library)


def required_roles(library: Path = LIBRARY) -> tuple[tuple[str, str], ...]:
    """The library's rule of which roles must be held, as (unit type, role) pairs."""
    path = library / "required_roles.yaml"
    return parse_required_roles(read_text(path), source=str(path))


def starter_services(library: Path = LIBRARY) -> list[ServiceEntry]:
    """The services of a library's catalogue; none, when it has no catalogue."""
    path = library / "services.yaml"
    found = parse_services(read_text(path), source=str(path)) if path.is_file() else ()
    return [
        ServiceEntry(one.code, one.title, one.plain, order, one.needs, one.used_by) for order, one in enumerate(found)
    ]


def import_library(site: str, library: Path) -> list[str]:
    """Put every plan and workaround of a library in force at the site; the plans' ids.

    PlanErrors names a fault with file and line.
    """
    for path in workaround_paths(library):
        put_workaround_file(read_text(path), site=site, attestation=by_system(), source=str(path))
    refs = [UnitRef(unit["id"], unit["type"]) for unit in units_of(site)]
    imported = []
    for path in plan_files(library):
        imported.append(_import_file(path, site, refs).id)
    return imported


def _import_file(path: Path, site: str, refs: Sequence[UnitRef], form: str = "yaml") -> ImportedPlan:
    """A plan and the translations beside it, together or not at all."""
    text = read_text(path) if form == "yaml" else text_of_table(form, path.read_bytes(), source=str(path))
    with write():
        done = import_plan(text, site=site, units=refs, attestation=by_system(), source=str(path))
        for file in translation_files(path) if form == "yaml" else ():
            import_translation(read_text(file), site=site, attestation=by_system(), source=str(file))
        _keep_forms(path.parent, site, done.id)
    return done


def _keep_forms(folder: Path, site: str, plan: str) -> None:
    """The files of the plan's forms that lie beside it. A form without one waits for the office's upload."""
    beside = {one.code: folder / one.file for one in plan_in_force(plan).attachments}
    files = {code: file.read_bytes() for code, file in beside.items() if file.is_file()}
    if files:
        keep_starter_forms(files, site=site, plan=plan)


def add_administrator(settings: Settings, *, username: str, name: str, unit: str, password: str) -> None:
    """Add a person with the role administrator in a unit. AppError for a short password or a taken name."""
    if len(password) < MIN_PASSWORD_CHARS:
        raise AppError("weak_password", f"A password has at least {MIN_PASSWORD_CHARS} characters.")
    app = create_app(settings, with_hints=False)
    with app.app_context():
        add_user(
            by_system(),
            username=username,
            name=name,
            password_hash=hash_secret(password),
            memberships=[(unit, "administrator")],
        )


def import_plans(settings: Settings, paths: Sequence[Path], form: str | None = None) -> list[ImportedPlan]:
    """Put plan files in force; without `form` the end of a file's name says what it is.

    PlanErrors names every fault with file and line (row, in a spreadsheet); nothing is imported then.
    """
    app = create_app(settings, with_hints=False)
    with app.app_context():
        site = meta("site")
        if not site:
            raise ValueError("There is no hospital here yet. Run: wardlight init")
        refs = [UnitRef(unit["id"], unit["type"]) for unit in units_of(site)]
        with write():
            return [_import_any(path, site, refs, form or form_of(path.name)) for path in paths]


def _import_any(path: Path, site: str, refs: Sequence[UnitRef], form: str) -> ImportedPlan:
    """A plan, or a file of workarounds: then the service's code stands in the place of the plan's id."""
    if form != "yaml" or not is_workaround_text(read_text(path)):
        return _import_file(path, site, refs, form)
    text = read_text(path)
    service = parse_workarounds(text, source=str(path)).service
    changed = workaround_text(site, service) != text
    keep_workarounds(text, site=site, attestation=by_system(), source=str(path))
    return ImportedPlan(service, version_of(text), changed)


def export_plans(settings: Settings, folder: Path, form: str = "yaml") -> list[Path]:
    """Write the plans in force, as yaml also the workarounds, into a folder; the files written.

    As yaml they are byte for byte what was imported.
    """
    app = create_app(settings, with_hints=False)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with app.app_context():
        for entry in plan_list():
            text = plan_text(entry.id, entry.version)
            content = in_form(form, text, plan=entry.id, version=entry.version)
            written.append(_put_file(folder / file_name(entry.id, form), content))
            for language, words in translation_texts(entry.id).items() if form == "yaml" else ():
                written.append(_put_file(folder / language / f"{entry.id}.yaml", words.encode()))
        for kept in workaround_files(meta("site")) if form == "yaml" else ():
            written.append(_put_file(folder / "workarounds" / f"{kept['service']}.yaml", kept["text"].encode()))
    return written


def _put_file(path: Path, content: bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path
