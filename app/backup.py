"""Backing up a hospital while it is served: database and keys in one file, verified by opening it again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app import postgres_copy, sqlite_copy
from app.archive import POSTGRES_MEMBER, SQLITE_MEMBER, ArchiveError, Manifest, fingerprint, pack, unpack
from app.base import clock
from app.base.attestation import by_system
from app.base.db import db
from app.base.instants import to_wire
from app.base.meta import epoch, meta, put_meta
from app.base.settings import Settings
from app.base.unit_of_work import write
from app.command_app import command_app
from app.live.timeline import tell
from app.sqlite_copy import CopyError

FOLDER = "backups"
DATABASE_FILES = ("wardlight.db", "wardlight.db-wal", "wardlight.db-shm", "wardlight.db-journal")


class BackupError(Exception):
    """No backup was made; the message says why."""


@dataclass(frozen=True)
class Backup:
    """A backup that was made and opened again."""

    path: Path
    manifest: Manifest

    def lines(self) -> list[str]:
        """What the person at the keyboard reads."""
        counts = self.manifest.counts
        keys = ", ".join(sorted(set(self.manifest.files) - {self.manifest.member}))
        return [
            f"Backup: {self.path}",
            f"  {sum(counts.values()):,} rows in {len(counts)} tables, schema {self.manifest.schema}; {keys}",
            f"  {counts.get('op_result', 0):,} entries of phones are in it",
            "  Verified: it was opened again, every hash, table and row count is right.",
            "  It holds the keys of this hospital: keep it as safe as the server itself.",
        ]


def back_up(settings: Settings, *, to: Path | None = None) -> Backup:
    """Make and verify a backup in a folder (default: `backups` in the data folder), beside the serving process.

    Everything on record when it begins is in it. BackupError when there is nothing to back up or a check fails; then
    no file stays.
    """
    with command_app(settings):
        try:
            return _back_up(settings, (to or settings.data_dir / FOLDER).resolve())
        except (CopyError, ArchiveError, OSError) as error:
            raise BackupError(str(error)) from error


def _back_up(settings: Settings, folder: Path) -> Backup:
    if db.engine.dialect.name == "sqlite" and not _database_file().exists():
        raise BackupError(f"There is no hospital in {settings.data_dir}.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    started_at = clock.now()
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as name:
        work = Path(name)
        members, manifest = _copy(work, settings, started_at)
        partial = work / "archive.tar"
        pack(partial, manifest, members)
        _verify(partial, work / "opened")
        path = _free_name(folder, started_at)
        partial.rename(path)
    _record(started_at, path)
    return Backup(path, manifest)


def _copy(work: Path, settings: Settings, made_at: datetime) -> tuple[dict[str, Path], Manifest]:
    kind = db.engine.dialect.name
    history, site, is_demo = epoch(), meta("site"), bool(meta("demo"))
    db.session.rollback()
    if kind == "sqlite":
        member, target = SQLITE_MEMBER, work / SQLITE_MEMBER
        sqlite_copy.copy_database(_database_file(), target)
        schema, counts = sqlite_copy.examine_copy(target)
    else:
        member, target = POSTGRES_MEMBER, work / POSTGRES_MEMBER
        schema, counts = postgres_copy.copy_database(settings.dsn, target)
    members = {member: target, **_other_files(settings.data_dir)}
    manifest = Manifest(
        made_at=str(to_wire(made_at)), epoch=history, site=site, demo=is_demo, database=kind, schema=schema,
        counts=counts, files={name: fingerprint(path) for name, path in members.items()},
    )  # fmt: skip
    return members, manifest


def _database_file() -> Path:
    return Path(str(db.engine.url.database))


def _other_files(data_dir: Path) -> dict[str, Path]:
    """Keys, marks and attached files: all that stands in the data folder beside the database and the backups."""
    found: dict[str, Path] = {}
    for path in sorted(data_dir.rglob("*")):
        inside = path.relative_to(data_dir)
        ours = inside.parts[0] != FOLDER and not inside.parts[0].startswith(".") and inside.name not in DATABASE_FILES
        if ours and path.is_file() and not path.is_symlink():
            found[inside.as_posix()] = path
    return found


def _verify(archive: Path, opened: Path) -> None:
    """Open the archive as a restore would, and compare what is in it with what it says."""
    manifest = unpack(archive, opened)
    check_database(opened / manifest.member, manifest)
    shutil.rmtree(opened)


def check_database(path: Path, manifest: Manifest) -> None:
    """CopyError unless the database of an opened archive is whole and holds what the manifest says."""
    if manifest.database != "sqlite":
        postgres_copy.examine_copy(path, list(manifest.counts))
        return
    compare_counts(manifest, *sqlite_copy.examine_copy(path))


def compare_counts(manifest: Manifest, schema: str, counts: Mapping[str, int]) -> None:
    """CopyError when a table has another number of rows than the manifest says."""
    tables = {*counts, *manifest.counts}
    differing = sorted(table for table in tables if counts.get(table) != manifest.counts.get(table))
    if schema != manifest.schema or differing:
        raise CopyError(f"The copy differs from what was backed up: {', '.join(differing) or 'its schema'}.")


def _free_name(folder: Path, at: datetime) -> Path:
    stem = f"wardlight-{at:%Y%m%dT%H%M%SZ}"
    path, number = folder / f"{stem}.tar", 2
    while path.exists():
        path, number = folder / f"{stem}-{number}.tar", number + 1
    return path


def _record(made_at: datetime, path: Path) -> None:
    with write() as work:
        put_meta(work, "backed_up_at", str(to_wire(made_at)))
        put_meta(work, "backed_up_to", str(path)[-400:])
        tell(work, "server.backed_up", by_system()._replace(occurred_at=made_at), file=path.name)
