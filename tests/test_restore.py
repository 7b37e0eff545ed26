"""A server restored from a backup is a new epoch: phones hand in again, nothing is doubled, nothing is missing."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Timer
from typing import Any

import psycopg
import pytest
from sqlalchemy import func, make_url, select

from app.backup import back_up
from app.base import meta
from app.base.db import db
from app.base.ids import uuid7
from app.base.models import Event
from app.base.settings import Settings
from app.postgres_copy import is_in_use, set_aside
from app.restore import Restored, RestoreError, begin_epoch, restore
from app.sync.models import OpResult
from tests.cast import PASSWORD, Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort
from tests.test_backup import rewritten, settings_of


def stop_server() -> None:
    """What the end of the serving process does: nobody is connected any more."""
    db.session.remove()
    db.engine.dispose()
    meta.forget()


def restored(hospital: Hospital, archive: Path) -> Restored:
    stop_server()
    done = restore(archive, settings_of(hospital), force=True)
    meta.forget()
    return done


def meet_again(phone: PhonePort) -> list[dict[str, Any]]:
    """What a phone does after it heard of the new epoch: everything of its journal again, then pull."""
    phone.pull()
    results = []
    while any(one.result is None for one in phone.outbox):
        answers = phone.push()
        results += answers
        if all(answer["st"] == "retry" for answer in answers):
            break
    phone.pull()
    return results


def times_on_record(op_id: str) -> int:
    db.session.rollback()
    return int(db.session.execute(select(func.count()).where(OpResult.id == op_id)).scalar_one())


def test_phones_hand_in_again_what_the_backup_does_not_know(
    hospital: Hospital, clock: FakeClock, tmp_path: Path
) -> None:
    hospital.declare()
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    tasks = [nia.one("task", role="bedside-nurse", code=code)["id"] for code in ("A1", "A2", "A3", "B2")]
    before = nia.record("task.complete", task=tasks[0], captured={}, note="")
    nia.push()
    archive = back_up(settings_of(hospital), to=tmp_path / "safe").path
    clock.advance(minutes=20)
    later = [
        phone.record("task.complete", task=task, captured={}, note="")
        for phone, task in ((nia, tasks[1]), (bo, tasks[2]))
    ]
    nia.push()
    bo.push()
    unsent = bo.record("task.skip", task=tasks[3], reason="No orders came.")
    nia.pull()
    old_epoch = nia.epoch

    done = restored(hospital, archive)

    assert done.epoch != old_epoch == done.manifest.epoch
    results = {result["id"]: result for phone in (nia, bo) for result in meet_again(phone)}
    assert results[before]["st"] == "dup"
    assert {results[op_id]["st"] for op_id in (*later, unsent)} == {"ok"}
    assert [times_on_record(op_id) for op_id in (before, *later, unsent)] == [1, 1, 1, 1]
    nia.pull()
    assert nia.epoch == bo.epoch == done.epoch
    assert nia.base["unit:icu"] == bo.base["unit:icu"] == hospital.phone("dana").base["unit:icu"]
    assert [nia.one("task", id=task)["state"] for task in tasks] == ["done"] * 3 + ["skipped"]
    assert nia.one("task", id=tasks[1])["at"] == "2026-11-21T21:11:00.000Z"
    assert nia.outbox == bo.outbox == []


def test_what_was_there_is_kept_beside_and_the_restore_is_told(
    hospital: Hospital, clock: FakeClock, tmp_path: Path
) -> None:
    settings = settings_of(hospital)
    archive = back_up(settings).path
    assert archive.parent == settings.data_dir / "backups"

    done = restored(hospital, archive)

    assert archive.exists(), "the backups stay where they are"
    assert "before" in done.kept
    if done.manifest.database == "sqlite":
        assert (Path(done.kept) / "wardlight.db").exists()
    facts = db.session.execute(select(Event.facts).where(Event.type == "server.restored")).scalar_one()
    assert facts["made_at"] == "2026-11-21T20:51:00.000Z"
    assert (meta.meta("site"), meta.meta("restored_to")) == ("northgate", "2026-11-21T20:51:00.000Z")
    hospital.phone("nia")


def test_a_backup_after_a_restore_holds_what_is_in_force_and_nothing_that_was_set_aside(
    hospital: Hospital, clock: FakeClock, tmp_path: Path
) -> None:
    first = back_up(settings_of(hospital), to=tmp_path / "first")
    restored(hospital, first.path)
    clock.advance(minutes=1)

    second = back_up(settings_of(hospital), to=tmp_path / "second")

    assert second.manifest.counts.keys() == first.manifest.counts.keys()
    assert "new epoch" in " ".join(restored(hospital, second.path).lines())


def test_a_restore_never_goes_over_data_by_itself(hospital: Hospital, tmp_path: Path) -> None:
    settings = settings_of(hospital)
    archive = back_up(settings, to=tmp_path / "safe").path
    stop_server()

    with pytest.raises(RestoreError, match="holds a hospital already"):
        restore(archive, settings)

    hospital.phone("nia")
    assert not list(settings.data_dir.glob(".restore-*"))


def test_a_restore_under_a_running_server_is_refused(hospital: Hospital, tmp_path: Path) -> None:
    archive = back_up(settings_of(hospital), to=tmp_path / "safe").path
    hospital.phone("nia")

    with pytest.raises(RestoreError, match="Stop it first"):
        restore(archive, settings_of(hospital), force=True)

    hospital.phone("nia")


def test_a_forged_or_newer_backup_leaves_everything_as_it_was(hospital: Hospital, tmp_path: Path) -> None:
    settings = settings_of(hospital)
    archive = back_up(settings, to=tmp_path / "safe").path

    def forged(name: str, content: bytes) -> bytes:
        return content[:-9] + b"forgery!!" if name.startswith("wardlight.d") else content

    def newer(name: str, content: bytes) -> bytes:
        return json.dumps({**json.loads(content), "schema": "9999"}).encode() if name == "manifest.json" else content

    nia = hospital.phone("nia")
    stop_server()
    with pytest.raises(RestoreError, match="damaged or altered"):
        restore(rewritten(archive, forged), settings, force=True)
    with pytest.raises(RestoreError, match="made by a newer version: install that one first"):
        restore(rewritten(archive, newer), settings, force=True)

    nia.pull()
    assert nia.epoch == nia.boot["epoch"]


def test_a_backup_can_be_restored_into_an_empty_folder_to_practise(hospital: Hospital, tmp_path: Path) -> None:
    archive = back_up(settings_of(hospital), to=tmp_path / "safe")
    settings = settings_of(hospital)
    stop_server()
    if archive.manifest.database == "postgresql":
        set_aside(settings.dsn, "the_real_one")

    done = restore(archive.path, replace(settings, data_dir=tmp_path / "practice"))

    assert done.kept == ""
    names = {path.name for path in (tmp_path / "practice").iterdir()} | {"wardlight.db"}
    assert names == {"relay.key", "secret.key", "signing.key", "vapid.pem", "wardlight.db"}
    assert any("new epoch" in line for line in done.lines())


def test_a_person_who_came_after_the_backup_signs_in_again_and_loses_nothing(
    hospital: Hospital, clock: FakeClock, tmp_path: Path
) -> None:
    hospital.declare()
    archive = back_up(settings_of(hospital), to=tmp_path / "safe").path
    clock.advance(minutes=5)
    sol = hospital.phone("sol")
    task = sol.one("task", role="bedside-nurse", code="A1")["id"]
    assert sol.do("task.complete", task=task, captured={}, note="")["st"] == "ok"
    restored(hospital, archive)

    assert sol.post_push(sol.envelope([])).status_code == 401
    sol.sign_in(PASSWORD)
    sol.epoch = "before the restore"
    assert [result["st"] for result in meet_again(sol)] == ["ok"]
    assert sol.one("task", id=task)["by_name"] == "Sol"


def test_entries_wait_for_the_declaration_that_another_phone_brings_back(
    hospital: Hospital, clock: FakeClock, tmp_path: Path
) -> None:
    omar, nia, priya = hospital.phone("omar"), hospital.phone("nia"), hospital.phone("priya")
    archive = back_up(settings_of(hospital), to=tmp_path / "safe").path
    clock.advance(minutes=30)
    incident = omar.declare()
    nia.pull()
    task = nia.one("task", role="bedside-nurse", code="A1")["id"]
    assert nia.do("task.complete", task=task, captured={"patients": 11}, note="")["st"] == "ok"
    asked = nia.do("help.ask", incident=incident, unit="icu", text="No charts here.")
    assert priya.do("help.take", help=asked["id"])["st"] == "ok"
    omar.do("incident.advance", incident=incident, to="restored", note="")
    priya.do("incident.advance", incident=incident, to="all_clear", note="")
    for phone in (omar, nia, priya):
        phone.pull()
    clock.advance(minutes=30)

    restored(hospital, archive)

    first = meet_again(priya)
    assert {(result["st"], result["after_ms"]) for result in first} == {("retry", 60_000)}
    assert {result["st"] for result in meet_again(nia)} == {"retry"}
    assert {result["st"] for result in meet_again(omar)} == {"ok"}
    assert {result["st"] for result in meet_again(nia)} == {"ok"}
    assert {result["st"] for result in meet_again(priya)} == {"ok"}
    for phone in (omar, nia, priya):
        phone.pull()
        assert phone.outbox == []
    shown = nia.one("incident", id=incident)
    assert (shown["state"], shown["clocks"]["TD"]) == ("all_clear", "2026-11-21T21:21:00.000Z")
    assert nia.one("task", id=task)["captured"] == {"patients": 11}
    assert nia.one("help", id=asked["id"])["owner_name"] == "Priya"


def test_a_week_after_a_restore_what_names_nothing_is_refused_again(
    hospital: Hospital, clock: FakeClock, tmp_path: Path
) -> None:
    nia = hospital.phone("nia")
    archive = back_up(settings_of(hospital), to=tmp_path / "safe").path
    restored(hospital, archive)
    clock.advance(minutes=1)

    assert nia.do("task.confirm", task=uuid7())["code"] == "not_found", "made after the restore: nobody brings it"
    clock.set(clock.instant - timedelta(minutes=5))
    old = nia.record("task.confirm", task=uuid7())
    clock.advance(minutes=6)
    assert [result["st"] for result in nia.push()] == ["retry"]
    assert times_on_record(old) == 0
    clock.advance(days=7)
    assert [result["code"] for result in nia.push()] == ["not_found"]


@pytest.mark.postgres
def test_a_connection_that_is_just_ending_is_no_running_server(hospital: Hospital) -> None:
    stop_server()
    dsn = settings_of(hospital).dsn
    last = psycopg.connect(make_url(dsn).set(drivername="postgresql").render_as_string(hide_password=False))
    assert is_in_use(dsn)

    ending = Timer(0.3, last.close)
    ending.start()
    assert not is_in_use(dsn)
    ending.join()


def test_a_server_put_back_by_other_means_begins_a_new_epoch_on_request(
    hospital: Hospital, clock: FakeClock, tmp_path: Path
) -> None:
    nia = hospital.phone("nia")
    with pytest.raises(RestoreError, match="Stop it first"):
        begin_epoch(settings_of(hospital))
    stop_server()

    fresh = begin_epoch(settings_of(hospital))

    nia.pull()
    assert nia.epoch == fresh != nia.boot["epoch"]
    with pytest.raises(RestoreError, match="no hospital"):
        begin_epoch(Settings(data_dir=tmp_path / "nothing"))
