"""Pushes that are committed together are told apart as if each had come alone."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.base import clock as base_clock
from app.base.db import db
from app.people.queries import person_of
from app.response.commands import tasks
from app.response.models import Task, TaskAttestation
from app.sync.commands import commit_pushes
from app.sync.envelope import PushRequest
from app.sync.group import Group
from app.sync.kinds import KINDS
from app.sync.models import OpResult
from app.sync.pushes import Push
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort


@pytest.fixture
def incident(hospital: Hospital, clock: FakeClock) -> str:
    return hospital.declare()


def pending(hospital: Hospital, phone: PhonePort) -> Push:
    """What waits on a phone, as a request at the door."""
    author = person_of(hospital.ids[phone.username])
    assert author is not None
    request = PushRequest.model_validate(phone.envelope(phone.outbox))
    return Push(replace(author, device=phone.device), phone.device, request, base_clock.now())


def task_id(code: str, unit: str = "icu", role: str = "bedside-nurse") -> str:
    query = select(Task.id).where(Task.code == code, Task.unit == unit, Task.role == role)
    return str(db.session.execute(query).scalar_one())


def states(push: Push) -> list[str]:
    assert push.error is None and push.answers is not None
    return [answer["st"] for answer in push.answers]


def count(model: Any) -> int:
    return int(db.session.execute(select(func.count()).select_from(model)).scalar_one())


def test_who_is_first_in_the_group_is_first(hospital: Hospital, incident: str) -> None:
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    for phone in (bo, nia):
        phone.record("task.complete", task=task_id("A1"), captured={}, note=phone.username)
    pushes = [pending(hospital, bo), pending(hospital, nia)]

    commit_pushes(pushes)

    assert [states(push) for push in pushes] == [["ok"], ["superseded"]]
    assert pushes[1].answers is not None and pushes[1].answers[0]["by_name"] == "Bo"
    nia.pull()
    shown = nia.one("task", id=task_id("A1"))
    assert [(sign["by_name"], sign["st"]) for sign in shown["signs"]] == [("Bo", "ok"), ("Nia", "superseded")]
    assert (shown["by_name"], shown["note"]) == ("Bo", "bo")


def test_the_same_request_twice_in_a_group_counts_once(hospital: Hospital, incident: str) -> None:
    nia = hospital.phone("nia")
    nia.record("task.complete", task=task_id("A1"), captured={}, note="")
    nia.record("task.complete", task=task_id("A2"), captured={}, note="")
    before = count(OpResult)
    pushes = [pending(hospital, nia), pending(hospital, nia)]

    commit_pushes(pushes)

    assert [states(push) for push in pushes] == [["ok", "ok"], ["dup", "dup"]]
    assert count(OpResult) == before + 2 and count(TaskAttestation) == 2


def test_an_id_of_somebody_else_in_the_group_is_refused(hospital: Hospital, incident: str) -> None:
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    nia.record("task.complete", task=task_id("A1"), captured={}, note="")
    bo.record("task.complete", task=task_id("A2"), captured={}, note="")
    bo.outbox[0].op["id"] = nia.outbox[0].op["id"]
    pushes = [pending(hospital, nia), pending(hospital, bo)]

    commit_pushes(pushes)

    assert states(pushes[0]) == ["ok"]
    assert pushes[1].answers is not None and pushes[1].answers[0]["code"] == "foreign_id"


def test_a_request_that_breaks_the_server_leaves_the_others_whole(
    hospital: Hospital, incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: Any, **_named: Any) -> Any:
        raise RuntimeError("a bug")

    monkeypatch.setitem(KINDS, ("note.add", 1), replace(KINDS["note.add", 1], apply=fail))
    nia, bo, sol = hospital.phone("nia"), hospital.phone("bo"), hospital.phone("sol")
    nia.record("task.complete", task=task_id("A1"), captured={}, note="")
    bo.record("task.complete", task=task_id("A2"), captured={}, note="")
    bo.record("note.add", incident=incident, unit="icu", text="x")
    sol.record("task.complete", task=task_id("A1", unit="5-west"), captured={}, note="")
    pushes = [pending(hospital, phone) for phone in (nia, bo, sol)]

    commit_pushes(pushes)

    assert (states(pushes[0]), states(pushes[2])) == (["ok"], ["ok"])
    assert isinstance(pushes[1].error, RuntimeError)
    done = db.session.execute(select(Task.code).where(Task.state == "done")).scalars().all()
    assert sorted(done) == ["A1", "A1"]


def test_what_the_database_cannot_hold_is_the_fault_of_one_op(
    hospital: Hospital, incident: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attest = tasks._attest

    def attest_badly(work: Any, what: str, *rest: Any) -> None:
        attest(work, what, *rest)
        if rest[3] == "too much":
            work.collected(tasks.ATTESTATIONS)[-1]["actor"] = None

    monkeypatch.setattr(tasks, "_attest", attest_badly)
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    for code, note in (("A1", ""), ("A2", "too much"), ("A3", "")):
        nia.record("task.complete", task=task_id(code), captured={}, note=note)
    bo.record("task.complete", task=task_id("F1"), captured={}, note="")
    pushes = [pending(hospital, nia), pending(hospital, bo)]

    commit_pushes(pushes)

    assert [states(push) for push in pushes] == [["ok", "rejected", "ok"], ["ok"]]
    assert pushes[0].answers is not None and pushes[0].answers[1]["code"] == "not_kept"
    done = db.session.execute(select(Task.code).where(Task.state == "done")).scalars().all()
    assert sorted(done) == ["A1", "A3", "F1"]


def test_entries_of_other_kinds_see_the_ticks_before_them_and_ticks_see_theirs(
    hospital: Hospital, incident: str, clock: FakeClock
) -> None:
    omar = hospital.phone("omar")
    desk = {"unit": "service-desk", "role": "it-lead"}
    omar.record("task.complete", task=task_id("A1", **desk), captured={}, note="before")
    omar.record("incident.advance", incident=incident, to="restored", note="")
    omar.record("task.reopen", task=task_id("A1", **desk), reason="again")
    omar.record("task.complete", task=task_id("A1", **desk), captured={}, note="after")

    assert [result["st"] for result in omar.push()] == ["ok"] * 4

    omar.pull()
    shown = omar.one("task", id=task_id("A1", **desk))
    assert (shown["state"], shown["note"], [sign["what"] for sign in shown["signs"]]) == (
        "done", "after", ["complete", "reopen", "complete"],
    )  # fmt: skip
    snapshot = hospital.phone("omar", device="fresh")
    assert snapshot.one("task", id=shown["id"]) == shown


class Entries:
    """A request with so many entries."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.is_done = False


def _sizes_taken(
    group: Group, sizes: list[int], *, entry_seconds: float, monkeypatch: pytest.MonkeyPatch
) -> list[list[int]]:
    """Which requests went together on a machine that works so long at an entry."""
    taken: list[list[int]] = []
    worked = [0.0]

    def commit_all(ones: list[Entries]) -> None:
        taken.append([one.size for one in ones])
        worked[0] += sum(one.size for one in ones) * entry_seconds
        for one in ones:
            one.is_done = True

    monkeypatch.setattr(base_clock, "work_ticks", lambda: worked[0])
    waiting = [Entries(size) for size in sizes]
    group._waiting.extend(waiting[:-1])
    group.submit(waiting[-1], commit_all)
    return taken


def test_a_group_takes_what_fits_and_always_one(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = _sizes_taken(Group(), [101, 50, 50, 50, 1], entry_seconds=0.000_25, monkeypatch=monkeypatch)

    assert taken == [[101], [50, 50], [50, 1]]


def test_groups_are_as_large_as_the_machine_is_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    largest = []
    for entry_seconds in (0.000_1, 0.001, 1.0, 0.000_000_1):
        taken = _sizes_taken(Group(), [20] * 400, entry_seconds=entry_seconds, monkeypatch=monkeypatch)
        largest.append(sum(taken[-2]))

    assert largest == [240, 20, 20, 400]


def test_where_the_database_is_elsewhere_the_size_is_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = _sizes_taken(Group(holds_loop=False), [20] * 101, entry_seconds=1.0, monkeypatch=monkeypatch)

    assert [sum(sizes) for sizes in taken] == [200] * 10 + [20]


def test_a_few_entries_alone_say_nothing_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    group = Group()
    for _ in range(50):
        _sizes_taken(group, [1], entry_seconds=0.01, monkeypatch=monkeypatch)

    assert group.entries_at_most == 100


@pytest.mark.parametrize("group_commit", [True, False], ids=["together", "alone"])
def test_many_phones_at_once_are_each_recorded_once(
    hospital: Hospital, incident: str, app: Flask, monkeypatch: pytest.MonkeyPatch, group_commit: bool
) -> None:
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], group_commit=group_commit))
    phones = [hospital.phone("nia" if number % 2 else "bo", device=f"device-{number}") for number in range(6)]
    for number, phone in enumerate(phones):
        for one in phone.rows("task", role="bedside-nurse", two_person=False):
            phone.record("task.complete", task=one["id"], captured={}, note="")
        phone.record("note.add", incident=incident, unit="icu", text=f"note {number}")
    before, results = count(OpResult), []

    def push_twice(phone: PhonePort) -> None:
        with app.app_context():
            body = phone.envelope(phone.outbox)
            for _turn in range(2):
                results.extend(phone.post_push(body).get_json()["results"])

    threads = [threading.Thread(target=push_twice, args=(phone,)) for phone in phones]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.rollback()
    sent = sum(len(phone.outbox) for phone in phones)
    told = Counter(result["st"] for result in results)
    done = db.session.execute(select(func.count()).where(Task.state == "done", Task.unit == "icu")).scalar_one()
    assert told == {"ok": done + 6, "superseded": sent - done - 6, "dup": sent}
    assert count(OpResult) == before + sent
    assert count(TaskAttestation) == sent - 6
