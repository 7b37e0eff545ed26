"""A backup is made beside the serving process, holds all that was on record, and says when it is not whole."""

from __future__ import annotations

import io
import json
import sqlite3
import tarfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select

from app.archive import ArchiveError, Manifest, unpack
from app.backup import Backup, BackupError, back_up
from app.base.db import db
from app.base.models import Event as TimelineEvent
from app.base.settings import Settings
from app.doctor import examine
from app.sqlite_copy import CopyError, copy_database, examine_copy
from tests.cast import Hospital
from tests.conftest import FakeClock

WRITERS = 20


def settings_of(hospital: Hospital) -> Settings:
    found: Settings = hospital.app.extensions["settings"]
    return found


def opened(backup: Backup, folder: Path) -> Manifest:
    return unpack(backup.path, folder)


def ops_in(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as copy:
        return {op_id for (op_id,) in copy.execute("SELECT id FROM op_result")}


def rewritten(archive: Path, change: Callable[[str, bytes], bytes], *, extra: dict[str, bytes] | None = None) -> Path:
    """The archive with some members changed or added, as a forger or a bad disk would leave it."""
    target = archive.with_name("altered.tar")
    with tarfile.open(archive) as old, tarfile.open(target, "w") as new:
        members = {one.name: (old.extractfile(one) or io.BytesIO()).read() for one in old.getmembers()}
        for name, content in ({**members, **(extra or {})}).items():
            said = change(name, content)
            head = tarfile.TarInfo(name)
            head.size = len(said)
            new.addfile(head, io.BytesIO(said))
    return target


def test_a_backup_holds_the_keys_and_every_table_and_is_for_its_owner_only(
    hospital: Hospital, clock: FakeClock, tmp_path: Path
) -> None:
    hospital.declare()

    backup = back_up(settings_of(hospital), to=tmp_path / "safe")

    manifest = opened(backup, tmp_path / "opened")
    assert backup.path.name == "wardlight-20261121T205100Z.tar"
    assert backup.path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "opened" / "secret.key").read_text() == (
        settings_of(hospital).data_dir / "secret.key"
    ).read_text()
    assert (manifest.counts["incident"], manifest.counts["op_result"], manifest.site) == (1, 1, "northgate")
    assert any("Verified" in line for line in backup.lines())
    assert db.session.execute(select(TimelineEvent.type).where(TimelineEvent.type == "server.backed_up")).scalar()


def test_every_entry_acknowledged_before_the_backup_began_is_in_it(hospital: Hospital, tmp_path: Path) -> None:
    incident = hospital.declare()
    phones = [hospital.phone("nia", device=f"nia-{number}") for number in range(WRITERS)]
    enough, stop, acknowledged = Event(), Event(), list[str]()

    def write_until_told() -> None:
        phone = phones.pop()
        while not stop.is_set():
            with hospital.app.app_context():
                result = phone.do("note.add", incident=incident, unit="icu", text="Still on paper.")
            assert result["st"] == "ok"
            acknowledged.append(result["id"])
            if len(acknowledged) > WRITERS:
                enough.set()

    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(write_until_told) for _ in range(WRITERS)]
        try:
            assert enough.wait(30)
            before = set(acknowledged)
            backup = back_up(settings_of(hospital), to=tmp_path / "safe")
        finally:
            stop.set()
        for writer in writers:
            writer.result()

    manifest = opened(backup, tmp_path / "opened")
    assert manifest.counts["op_result"] >= len(before) > WRITERS
    if manifest.database == "sqlite":
        assert before <= ops_in(tmp_path / "opened" / manifest.member)


def test_writers_have_their_turn_between_all_steps_of_the_copy(tmp_path: Path) -> None:
    source, target = tmp_path / "live.db", tmp_path / "copy.db"
    with closing(sqlite3.connect(source, isolation_level=None)) as live:
        live.execute("PRAGMA journal_mode=WAL")
        live.execute("CREATE TABLE alembic_version (version_num TEXT)")
        live.execute("INSERT INTO alembic_version VALUES ('0001')")
        live.execute("CREATE TABLE note (text TEXT)")
        live.execute("BEGIN")
        live.executemany("INSERT INTO note VALUES (?)", [("x" * 2000,)] * 2000)
        live.execute("COMMIT")
        steps = 0

        def write_meanwhile() -> None:
            nonlocal steps
            steps += 1
            live.execute("PRAGMA busy_timeout=0")
            live.execute("BEGIN IMMEDIATE")
            live.execute("INSERT INTO note VALUES ('meanwhile')")
            live.execute("COMMIT")

        copy_database(source, target, between=write_meanwhile)

    assert steps > 10, "the copy was made at one go"
    assert examine_copy(target) == ("0001", {"alembic_version": 1, "note": 2000})


def test_a_damaged_copy_is_not_called_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("CREATE TABLE alembic_version (version_num TEXT)")
        copy.execute("CREATE TABLE task (id TEXT PRIMARY KEY)")
        copy.execute("CREATE TABLE sign (task TEXT REFERENCES task (id))")
        copy.execute("INSERT INTO sign VALUES ('gone')")

    with pytest.raises(CopyError, match="row in sign that belongs to nothing"):
        examine_copy(path)
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(CopyError, match="can't be read"):
        examine_copy(path)


def test_nothing_is_left_when_there_is_no_hospital(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no hospital"):
        back_up(Settings(data_dir=tmp_path / "empty"), to=tmp_path / "safe")

    assert not (tmp_path / "safe").exists()


def test_altered_archives_are_refused(hospital: Hospital, tmp_path: Path) -> None:
    archive = back_up(settings_of(hospital), to=tmp_path / "safe").path

    def forge_key(name: str, content: bytes) -> bytes:
        return b"forged" if name == "secret.key" else content

    def keep(_name: str, content: bytes) -> bytes:
        return content

    with pytest.raises(ArchiveError, match="is not what was backed up"):
        unpack(rewritten(archive, forge_key), tmp_path / "one")
    with pytest.raises(ArchiveError, match="does not hold what its manifest names"):
        unpack(rewritten(archive, keep, extra={"../crontab": b"* * * * *"}), tmp_path / "two")
    archive.write_bytes(archive.read_bytes()[:-20_000])
    with pytest.raises(ArchiveError, match="no complete backup"):
        unpack(archive, tmp_path / "three")
    assert not (tmp_path / "crontab").exists()


def test_a_backup_of_a_newer_wardlight_is_named_as_such(hospital: Hospital, tmp_path: Path) -> None:
    archive = back_up(settings_of(hospital), to=tmp_path / "safe").path

    def newer(name: str, content: bytes) -> bytes:
        return json.dumps({**json.loads(content), "format": 2}).encode() if name == "manifest.json" else content

    with pytest.raises(ArchiveError, match="newer Wardlight"):
        unpack(rewritten(archive, newer), tmp_path / "opened")


def test_the_doctor_asks_for_a_backup_that_is_not_too_old(hospital: Hospital, clock: FakeClock, tmp_path: Path) -> None:
    settings = settings_of(hospital)

    def finding() -> tuple[bool, str]:
        return next((one.ok, one.sentence) for one in examine(settings) if one.what == "backup")

    assert finding() == (False, "None was made yet. Run: wardlight backup")
    back_up(settings, to=tmp_path / "safe")
    clock.advance(hours=2)
    well, sentence = finding()
    assert well and "2.0 h old" in sentence
    clock.advance(hours=30)
    assert finding()[0] is False
