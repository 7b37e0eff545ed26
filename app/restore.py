"""Putting a hospital back from a backup, as a new epoch: phones then hand in again what they recorded since."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from alembic.script import ScriptDirectory

from app import postgres_copy, sqlite_copy
from app.archive import ArchiveError, Manifest, unpack
from app.backup import FOLDER, check_database, compare_counts
from app.base import clock, meta
from app.base.attestation import by_system
from app.base.ids import uuid7
from app.base.instants import to_wire
from app.base.settings import Settings
from app.base.unit_of_work import write
from app.command_app import command_app
from app.live.timeline import tell
from app.schema import MIGRATIONS, upgrade_schema
from app.sqlite_copy import CopyError


class RestoreError(Exception):
    """Nothing was restored and nothing was changed; the message says why."""


@dataclass(frozen=True)
class Restored:
    """What a restore did. `kept` is where the data that was there before is now, if there was any."""

    manifest: Manifest
    epoch: str
    kept: str

    def lines(self) -> list[str]:
        """What the person at the keyboard reads."""
        entries = self.manifest.counts.get("op_result", 0)
        place = self.manifest.site or "the hospital"
        return [
            f"Restored: {place} as of {self.manifest.made_at}, with {entries:,} entries of phones",
            *([f"  What was there before is kept: {self.kept}"] if self.kept else []),
            f"  This is a new epoch ({self.epoch}). Phones will notice and hand in again what they hold:",
            "  leave the server running, and look at the board until the last device was in contact.",
        ]


def restore(archive: Path, settings: Settings, *, force: bool = False) -> Restored:
    """Put the hospital of an archive into the data folder (and database) of these settings.

    Refuses data that is there already unless `force`, which keeps it beside under a dated name. Everything is
    verified and migrated before the first file is moved. RestoreError leaves all as it was.
    """
    target = settings.data_dir.resolve()
    existed = target.exists()
    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    work = Path(tempfile.mkdtemp(dir=target, prefix=".restore-"))
    try:
        manifest = unpack(archive, work)
        _check(work, manifest, settings)
        _refuse_present(target, manifest, settings, force=force)
        put = _restore_file if manifest.database == "sqlite" else _restore_postgres
        return put(work, target, manifest, settings)
    except (ArchiveError, CopyError, OSError) as error:
        raise RestoreError(str(error)) from error
    finally:
        meta.forget()
        shutil.rmtree(work, ignore_errors=True)
        if not existed and not any(target.iterdir()):
            target.rmdir()


def _check(work: Path, manifest: Manifest, settings: Settings) -> None:
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if manifest.schema not in known:
        sentence = f"This backup has the schema {manifest.schema}, which this Wardlight does not know. "
        raise RestoreError(sentence + "It was made by a newer version: install that one first.")
    wanted = "postgresql" if settings.dsn.startswith("postgresql") else "sqlite"
    if manifest.database != wanted:
        raise RestoreError(f"This backup is of {manifest.database}, but WARDLIGHT_DATABASE_URL names {wanted}.")
    if wanted == "sqlite" and settings.database_url:
        raise RestoreError("WARDLIGHT_DATABASE_URL names a file. A restore fills the data folder: unset it first.")
    check_database(work / manifest.member, manifest)


def _refuse_present(target: Path, manifest: Manifest, settings: Settings, *, force: bool) -> None:
    is_file, database = manifest.database == "sqlite", target / manifest.member
    occupied = bool(_present(target)) if is_file else not postgres_copy.is_empty(settings.dsn)
    if occupied and not force:
        sentence = f"{target} holds a hospital already. "
        raise RestoreError(sentence + "--force restores all the same, and keeps it beside under a dated name.")
    if (database.exists() and sqlite_copy.is_in_use(database)) if is_file else postgres_copy.is_in_use(settings.dsn):
        raise RestoreError("The server is running on this data. Stop it first, so that nothing is recorded aside.")


def _present(target: Path) -> list[Path]:
    return [path for path in target.iterdir() if path.name != FOLDER and not path.name.startswith(".restore-")]


def _restore_file(work: Path, target: Path, manifest: Manifest, settings: Settings) -> Restored:
    """Bring the copy up to date where it was unpacked; only then it takes its place."""
    epoch = _change_epoch(replace(settings, data_dir=work, database_url=""), manifest.made_at)
    sqlite_copy.is_in_use(work / manifest.member)  # folds its journal into the one file
    kept = _set_files_aside(target)
    for path in list(work.iterdir()):
        path.rename(target / path.name)
    return Restored(manifest, epoch, str(kept or ""))


def _set_files_aside(target: Path) -> Path | None:
    present = _present(target)
    if not present:
        return None
    kept = target.with_name(f"{target.name}-before-{clock.now():%Y%m%dT%H%M%SZ}")
    kept.mkdir(mode=0o700)
    for path in present:
        shutil.move(path, kept / path.name)
    return kept


def _restore_postgres(work: Path, target: Path, manifest: Manifest, settings: Settings) -> Restored:
    aside = "" if postgres_copy.is_empty(settings.dsn) else f"before_{clock.now():%Y%m%dT%H%M%SZ}".lower()
    dump = work / manifest.member

    def fill() -> str:
        compare_counts(manifest, *postgres_copy.load_copy(settings.dsn, dump))
        return _change_epoch(replace(settings, data_dir=work), manifest.made_at)

    epoch = _in_place_of(aside, settings.dsn, fill) if aside else fill()
    dump.unlink()
    kept = _set_files_aside(target)
    for path in list(work.iterdir()):
        path.rename(target / path.name)
    places = [f"schema {aside}"] if aside else []
    return Restored(manifest, epoch, " and ".join([*places, *([str(kept)] if kept else [])]))


def _in_place_of(aside: str, dsn: str, fill: Callable[[], str]) -> str:
    postgres_copy.set_aside(dsn, aside)
    try:
        return fill()
    except BaseException:
        postgres_copy.take_back(dsn, aside)
        raise


def begin_epoch(settings: Settings) -> str:
    """The same for a server that was put back by other means: a snapshot of its machine, the hospital's own dump.

    RestoreError when there is no hospital or a server runs on it.
    """
    database = settings.data_dir / "wardlight.db"
    is_file = not settings.dsn.startswith("postgresql")
    if (not database.exists()) if is_file else postgres_copy.is_empty(settings.dsn):
        raise RestoreError(f"There is no hospital in {settings.data_dir}.")
    if sqlite_copy.is_in_use(database) if is_file else postgres_copy.is_in_use(settings.dsn):
        raise RestoreError("The server is running on this data. Stop it first: it would go on in the old epoch.")
    try:
        return _change_epoch(settings, made_at="")
    finally:
        meta.forget()


def _change_epoch(settings: Settings, made_at: str) -> str:
    """Migrate, then change the epoch: what phones hold of the lost time is theirs to hand in again."""
    with command_app(settings) as app:
        upgrade_schema(app)
        fresh, before = uuid7(), meta.epoch()
        with write() as unit:
            meta.put_meta(unit, "epoch", fresh)
            meta.put_meta(unit, "restored_at", str(to_wire(unit.now)))
            meta.put_meta(unit, "restored_to", made_at)
            tell(unit, "server.restored", by_system(), made_at=made_at or "another copy", epoch_before=before)
    return fresh
