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
from app.people.queries import site_card, units as units_of
from app.plans.catalogue import parse_required_roles, parse_roles
from app.plans.commands import ImportedPlan, choose_vocabulary, import_plan, import_translation
from app.plans.library import LIBRARY, plan_files, read_text, translation_files
from app.plans.pack import UnitRef
from app.plans.queries import plan_list, plan_text, translation_texts
from app.plans.vocabulary import parse_vocabulary
from app.schema import upgrade_schema

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
        import_library(site, library or LIBRARY)
        take_starter_texts(by_system(), site)


def role_rows(library: Path = LIBRARY, titles: Mapping[str, str] | None = None) -> list[dict[str, object]]:
    """The role catalogue as rows of the role table; `titles` are a vocabulary pack's English titles by code."""
    path = library / "roles.yaml"
    given = titles or {}
    return [
        {
            "code": role.code,
            "title_en": given.get(role.code, role.title.en),
            "title_es": role.title.es,
            "leader": role.leader,
            "order": order,
        }
        for order, role in enumerate(parse_roles(read_text(path), source=str(path)))
    ]


def use_vocabulary(settings: Settings, name: str, library: Path = LIBRARY) -> bool:
    """Let roles and plans speak a pack's words; whether that changed anything. ValueError for an unknown pack."""
    path = library / "vocabulary" / f"{name}.yaml"
    if name not in vocabularies(library):
        raise ValueError(f"There is no vocabulary “{name}”. There are: {', '.join(vocabularies(library))}.")
    pack = parse_vocabulary(read_text(path), source=str(path))
    app = create_app(settings, with_hints=False)
    with app.app_context():
        site = meta("site")
        if not site:
            raise ValueError("There is no hospital here yet. Run: wardlight init")
        refs = [UnitRef(unit["id"], unit["type"]) for unit in units_of(site)]
        with write() as work:
            here = {key: value for key, value in site_card(site).items() if key in ("id", "name", "tz")}
            store_reference(work, site=here, roles=role_rows(library, titles=pack.roles))
            return choose_vocabulary(pack, site=site, units=refs, attestation=by_system())


def vocabularies(library: Path = LIBRARY) -> list[str]:
    """Names of the vocabulary packs of a library."""
    return sorted(path.stem for path in (library / "vocabulary").glob("*.yaml"))


def required_roles(library: Path = LIBRARY) -> tuple[tuple[str, str], ...]:
    """The library's rule of which roles must be held, as (unit type, role) pairs."""
    path = library / "required_roles.yaml"
    return parse_required_roles(read_text(path), source=str(path))


def import_library(site: str, library: Path) -> list[str]:
    """Put every plan of a library in force at the site; the plans' ids. PlanErrors names a fault with file and line."""
    refs = [UnitRef(unit["id"], unit["type"]) for unit in units_of(site)]
    imported = []
    for path in plan_files(library):
        imported.append(_import_file(path, site, refs).id)
    return imported


def _import_file(path: Path, site: str, refs: Sequence[UnitRef]) -> ImportedPlan:
    """A plan and the translations beside it, together or not at all."""
    with write():
        done = import_plan(read_text(path), site=site, units=refs, attestation=by_system(), source=str(path))
        for file in translation_files(path):
            import_translation(read_text(file), site=site, attestation=by_system(), source=str(file))
    return done


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


def import_plans(settings: Settings, paths: Sequence[Path]) -> list[ImportedPlan]:
    """Put plan files in force. PlanErrors names every fault with file and line; nothing is imported then."""
    app = create_app(settings, with_hints=False)
    with app.app_context():
        site = meta("site")
        if not site:
            raise ValueError("There is no hospital here yet. Run: wardlight init")
        refs = [UnitRef(unit["id"], unit["type"]) for unit in units_of(site)]
        with write():
            return [_import_file(path, site, refs) for path in paths]


def export_plans(settings: Settings, folder: Path) -> list[Path]:
    """Write the plans in force into a folder, byte for byte as imported; the files written."""
    app = create_app(settings, with_hints=False)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with app.app_context():
        for entry in plan_list():
            path = folder / f"{entry.id}.yaml"
            path.write_bytes(plan_text(entry.id, entry.version).encode())
            written.append(path)
            for language, text in translation_texts(entry.id).items():
                beside = folder / language / path.name
                beside.parent.mkdir(exist_ok=True)
                beside.write_bytes(text.encode())
                written.append(beside)
    return written
