"""A real backup and a real restore under phones with journals: nothing is doubled, nothing is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.faults import network
from tests.faults.js_phone import JsPhone, untouched
from tests.faults.proxy import FaultProxy
from tests.faults.ward import Ward
from tests.faults.wire_phone import NoContact, wire_phone
from tests.phone import PhonePort
from tests.server import PASSWORD


def settle(phone: PhonePort) -> None:
    """Hand in and pull until nothing waits."""
    for _ in range(5):
        phone.pull()
        if not any(one.result is None for one in phone.outbox):
            return
        phone.push()
    raise AssertionError(f"{phone.username} stays stuck")


def note(phone: PhonePort | JsPhone, incident: str, text: str) -> str:
    return phone.record("note.add", incident=incident, unit="icu", text=text)


def test_phones_hand_in_again_what_a_restored_server_has_forgotten(
    ward: Ward, proxy: FaultProxy, nia: JsPhone, incident: str, tmp_path: Path
) -> None:
    bo = wire_phone(ward.port, "bo", "restored-bo")
    bo.sign_in(PASSWORD)
    bo.pull()
    task = untouched(nia, incident)[0]
    kept = [note(nia, incident, "Before the backup."), note(bo, incident, "Bo, before it.")]
    nia.talk()
    settle(bo)
    ward.command("backup", "--to", str(tmp_path))
    (archive,) = tmp_path.iterdir()

    # Two hours of a night that the server will forget; then it is gone, and one goes on recording alone.
    lost = [nia.record("task.complete", task=task, captured={}, note=""), note(nia, incident, "Forgotten.")]
    nia.talk()
    lost += [note(bo, incident, "Forgotten too."), bo.record("task.complete", task=task, captured={}, note="")]
    settle(bo)
    epoch = bo.epoch
    assert set(ward.results(lost)) == set(lost)
    ward.kill()
    unsent = [nia.record("task.reopen", task=task, reason="Not finished."), note(nia, incident, "Alone.")]
    with nia.hurried():
        assert nia.talk() == "alone"
    with pytest.raises(NoContact):
        bo.push()

    ward.command("restore", str(archive), "--force")
    assert ward.results([*lost, *unsent]) == {} and set(ward.results(kept)) == set(kept)
    ward.start()
    nia.do("open")
    for _ in range(4):
        nia.talk()
    settle(bo)
    nia.talk()
    settle(bo)

    assert bo.epoch != epoch
    assert_on_record_once(ward, [*kept, *lost, *unsent])
    shown = {entry["id"]: entry["state"] for entry in nia.shown()["entries"]}
    assert {shown[op] for op in (kept[0], *lost[:2], *unsent)} == {"on_record"}
    (row,) = nia.rows("task", id=task)
    # Nia's journal came first, in her order; Bo's tick on the reopened task is one of its own.
    assert [sign["what"] for sign in row["signs"]] == ["complete", "reopen", "complete"]
    assert_equal(nia, bo)


def assert_on_record_once(ward: Ward, ops: list[str]) -> None:
    results = ward.results(ops)
    assert {op: results[op]["st"] for op in ops} == dict.fromkeys(ops, "ok")


def assert_equal(nia: JsPhone, bo: PhonePort) -> None:
    """Both hold the same of what both may read."""
    held: dict[str, dict[str, Any]] = {}
    for row in nia.do("base"):
        held.setdefault(row["scope"], {})[row["id"]] = row["b"]
    for scope, rows in bo.base.items():
        if scope in held:
            assert {row["id"]: row["b"] for row in rows.values()} == held[scope]


def test_a_phone_that_records_before_it_has_heard_of_the_restore_keeps_its_own_order(
    ward: Ward, proxy: FaultProxy, nia: JsPhone, incident: str, tmp_path: Path
) -> None:
    ward.command("backup", "--to", str(tmp_path))
    (archive,) = tmp_path.iterdir()
    task = untouched(nia, incident)[-1]
    nia.record("task.complete", task=task, captured={}, note="")
    nia.talk()
    proxy.set(network.lose_request)
    ward.kill()
    ward.command("restore", str(archive), "--force")
    ward.start()
    nia.do("open")
    nia.record("task.reopen", task=task, reason="Too early.")
    proxy.clear()

    for _ in range(3):
        nia.talk()

    (row,) = nia.rows("task", id=task)
    assert (row["state"], [sign["what"] for sign in row["signs"]]) == ("open", ["complete", "reopen"])
    assert nia.shown()["waiting"] == 0
