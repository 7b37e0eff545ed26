"""Ops that cannot be applied: each gets a result with a sentence, leaves nothing, and stops nothing behind it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from app.base.db import db
from app.base.ids import uuid7
from app.response.models import Note
from app.sync.kinds import KINDS
from app.sync.models import OpResult
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort
from tests.sync.op_arguments import SOMEWHERE, faulty_args, good_args, required_fields
from tests.tables import changed_tables, contents

pytestmark = pytest.mark.door

EVERY_KIND = pytest.mark.parametrize("kind", list(KINDS), ids=[f"{name}-{v}" for name, v in KINDS])


@pytest.fixture
def incident(hospital: Hospital, clock: FakeClock) -> str:
    return hospital.declare()


@pytest.fixture
def nia(hospital: Hospital, incident: str) -> PhonePort:
    return hospital.phone("nia")


def op(kind: str, version: int, args: Any) -> dict[str, Any]:
    """An op as it stands in an outbox; it gets its number when it is handed in first."""
    return {
        "id": uuid7(), "kind": kind, "v": version, "at": "2026-11-21T20:51:00.000Z", "age_ms": 0, "base": None,
        "args": args,
    }  # fmt: skip


def push(phone: PhonePort, *ops: dict[str, Any]) -> list[dict[str, Any]]:
    """Hand in ops as they are; every one has a result with what the protocol promises."""
    for one in ops:
        if "n" not in one:
            one["n"], phone.next_n = phone.next_n, phone.next_n + 1
    answer = phone.post_push({**phone.envelope([]), "ops": list(ops)})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    results: list[dict[str, Any]] = answer.get_json()["results"]
    assert [result["id"] for result in results] == [one["id"] for one in ops]
    for result in results:
        assert result["st"] in ("ok", "dup", "superseded", "conflict", "rejected", "retry")
        if result["st"] in ("rejected", "conflict"):
            assert result["code"] and result["msg"][-1] in ".?!", result
    return results


def good(nia: PhonePort, incident: str) -> dict[tuple[str, int], dict[str, Any]]:
    task = nia.one("task", role="bedside-nurse", code="A2")["id"]
    return good_args(task=task, incident=incident, broadcast=SOMEWHERE, help_id=SOMEWHERE)


@EVERY_KIND
def test_bad_arguments_are_refused_and_leave_nothing(
    hospital: Hospital, nia: PhonePort, incident: str, kind: tuple[str, int]
) -> None:
    author = hospital.phone("omar") if KINDS[kind].online else nia
    required = required_fields(kind)
    faults = dict(faulty_args(good(nia, incident)[kind]))
    results = dict(zip(faults, push_all(author, kind, list(faults.values())), strict=True))
    for what, result in results.items():
        says_nothing = what in ("nothing", "unknown fields only")
        if (required and says_nothing) or what.removesuffix(" missing") in required:
            assert (result["st"], result["code"]) == ("rejected", "bad_args"), what
    refused = [faults[what] for what, result in results.items() if result["st"] == "rejected"]
    before = contents()

    again = push_all(author, kind, refused)

    assert {result["st"] for result in again} == {"rejected"}
    assert changed_tables(before, contents()) == []
    on_record = set(db.session.execute(select(OpResult.id)).scalars())
    assert {result["id"] for result in (*results.values(), *again)} <= on_record


def push_all(phone: PhonePort, kind: tuple[str, int], many: list[Any]) -> list[dict[str, Any]]:
    """The results of one op for each set of arguments, a few in a request as long texts fill one."""
    ops = [op(*kind, args) for args in many]
    return [result for start in range(0, len(ops), 8) for result in push(phone, *ops[start : start + 8])]


@EVERY_KIND
def test_arguments_that_are_no_object_are_malformed(nia: PhonePort, kind: tuple[str, int]) -> None:
    endless: list[Any] = [None, [], "x", 7, {"a": float("inf")}, {"a": [{"b": float("nan")}]}]
    for args in endless:
        answer = nia.post_push({**nia.envelope([]), "ops": [{**op(*kind, args), "n": 1}]})
        assert (answer.status_code, answer.get_json()["code"]) == (400, "malformed")


@pytest.mark.parametrize(("kind", "version"), [("task.finish", 1), ("task.complete", 2), ("", 1), ("x" * 40, 999)])
def test_kinds_and_versions_of_a_later_server_are_kept_on_the_phone(nia: PhonePort, kind: str, version: int) -> None:
    """F24, F25, F49: an old server says that it does not know, and the next entry goes through."""
    task = nia.one("task", role="bedside-nurse", code="A2")["id"]
    ops = [op(kind or "?", version, {"task": task}), op("task.complete", 1, {"task": task, "captured": {}})]

    results = push(nia, *ops)

    assert [(result["st"], result.get("code")) for result in results] == [("rejected", "unknown_kind"), ("ok", None)]


UNKNOWN_PLACES = [
    ("task.complete", {"task": SOMEWHERE, "captured": {}}, "not_found"),
    ("task.skip", {"task": SOMEWHERE, "reason": "x"}, "not_found"),
    ("task.block", {"task": SOMEWHERE}, "not_found"),
    ("task.reopen", {"task": SOMEWHERE, "reason": "x"}, "not_found"),
    ("task.confirm", {"task": SOMEWHERE}, "not_found"),
    ("step.flag", {"task": SOMEWHERE, "text": "x"}, "not_found"),
    ("plan.read", {"plan": "ehr-unplanned", "version": "0123456789abcdef"}, "not_found"),
    ("broadcast.receive", {"broadcast": SOMEWHERE}, "not_found"),
    ("broadcast.ack", {"broadcast": SOMEWHERE}, "not_found"),
    ("note.add", {"incident": SOMEWHERE, "unit": "icu", "text": "x"}, "not_found"),
    ("help.ask", {"incident": SOMEWHERE, "unit": None, "text": "x"}, "not_found"),
    ("duty.claim", {"unit": "ward-9", "role": "bedside-nurse"}, "not_found"),
    ("duty.release", {"unit": "icu", "role": "wizard"}, "not_found"),
]


@pytest.mark.parametrize(("kind", "args", "code"), UNKNOWN_PLACES, ids=[row[0] for row in UNKNOWN_PLACES])
def test_what_is_not_here_is_said_so(nia: PhonePort, kind: str, args: dict[str, Any], code: str) -> None:
    """F27: an op for a task, an incident, a broadcast that this server does not have."""
    before = contents()

    (result,) = push(nia, op(kind, 1, args))

    assert (result["st"], result["code"]) == ("rejected", code)
    assert changed_tables(before, contents()) == []


LEADS_UNKNOWN = [
    ("help.take", {"help": SOMEWHERE}, "not_found"),
    ("help.close", {"help": SOMEWHERE, "answer": "x"}, "not_found"),
    ("incident.declare", {"incident": SOMEWHERE, "plan": "no-such-plan"}, "not_found"),
    ("incident.declare", {"incident": SOMEWHERE, "plan": "ehr-unplanned", "units": ["ward-9"]}, "no_such_unit"),
    ("broadcast.send", {"broadcast": SOMEWHERE, "incident": SOMEWHERE, "headline": "x"}, "not_found"),
    ("incident.advance", {"incident": SOMEWHERE, "to": "restored"}, "not_found"),
]


@pytest.mark.parametrize(("kind", "args", "code"), LEADS_UNKNOWN, ids=[row[0] for row in LEADS_UNKNOWN])
def test_leads_are_told_too(hospital: Hospital, incident: str, kind: str, args: dict[str, Any], code: str) -> None:
    omar, before = hospital.phone("omar"), contents()

    (result,) = push(omar, op(kind, 1, args))

    assert (result["st"], result["code"]) == ("rejected", code)
    assert changed_tables(before, contents()) == []


def test_a_broadcast_to_a_unit_outside_of_the_incident_is_refused(hospital: Hospital, clock: FakeClock) -> None:
    omar = hospital.phone("omar")
    incident = omar.declare(units=["icu"])
    for units, code in ((["5-west"], "no_such_unit"), ([], "no_audience")):
        audience = {"units": units, "roles": None}
        args = {"broadcast": uuid7(), "incident": incident, "headline": "x", "audience": audience}
        (result,) = push(omar, op("broadcast.send", 1, args))
        assert (result["st"], result["code"]) == ("rejected", code)


def test_a_refused_entry_in_the_middle_leaves_nothing_and_stops_nothing(nia: PhonePort, incident: str) -> None:
    """F26."""
    place = {"incident": incident, "unit": "icu"}
    ops = [
        op("note.add", 1, {**place, "text": "first"}),
        op("note.add", 1, {**place, "unit": "5-west", "text": "not mine"}),
        op("note.add", 1, {**place}),
        op("note.add", 1, {**place, "text": "last"}),
    ]

    results = push(nia, *ops)

    assert [result["st"] for result in results] == ["ok", "rejected", "rejected", "ok"]
    assert sorted(db.session.execute(select(Note.text)).scalars()) == ["first", "last"]
    assert [result["st"] for result in push(nia, *ops)] == ["dup"] * 4


def test_the_same_id_twice_in_one_request_counts_once(nia: PhonePort, incident: str) -> None:
    one = op("note.add", 1, {"incident": incident, "unit": "icu", "text": "once"})

    results = push(nia, one, one)

    assert [(result["st"], result.get("first")) for result in results] == [("ok", None), ("dup", "ok")]
    assert len(db.session.execute(select(Note.id)).all()) == 1


def test_an_id_used_again_for_something_else_answers_what_was_first(nia: PhonePort, incident: str) -> None:
    """I1: an id has one effect, ever."""
    one = op("note.add", 1, {"incident": incident, "unit": "icu", "text": "once"})
    push(nia, one)

    (result,) = push(nia, {**one, "args": {**one["args"], "text": "twice"}})

    assert (result["st"], result["first"]) == ("dup", "ok")
    assert db.session.execute(select(Note.text)).scalars().all() == ["once"]


def test_an_id_of_somebody_else_is_not_answered_with_their_result(
    hospital: Hospital, nia: PhonePort, incident: str
) -> None:
    """I12: the actor is the owner of the token, also of the results."""
    one = op("note.add", 1, {"incident": incident, "unit": "icu", "text": "hers"})
    push(nia, one)
    before = contents()

    (result,) = push(hospital.phone("bo"), one)

    assert (result["st"], result["code"], result["scope"]) == ("rejected", "foreign_id", None)
    assert [table for table in changed_tables(before, contents()) if table in ("note", "task", "op_result")] == []
    assert push(nia, one)[0]["st"] == "dup"


def test_an_old_draft_of_an_online_kind_asks_again(hospital: Hospital, clock: FakeClock) -> None:
    omar = hospital.phone("omar")
    omar.record("incident.declare", incident=uuid7(), plan="ehr-unplanned")
    clock.advance(minutes=11)
    before = contents()

    (result,) = omar.push()

    assert (result["st"], result["code"]) == ("rejected", "stale_draft")
    assert changed_tables(before, contents()) == []


def test_numbers_of_an_op_may_be_as_large_as_a_phone_can_count(nia: PhonePort, incident: str) -> None:
    one = op("note.add", 1, {"incident": incident, "unit": "icu", "text": "kept"})

    assert [result["st"] for result in push(nia, {**one, "n": 2**53, "base": 2**53})] == ["ok"]


EDGE_INSTANTS = [
    "0001-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59.999Z",
    "1970-01-01T00:00:00Z",
    "2026-11-21T20:51:00+14:00",
]


@pytest.mark.parametrize("at", EDGE_INSTANTS)
@pytest.mark.parametrize("age_ms", [0, 1, 2**53])
def test_a_clock_from_another_age_does_not_lose_the_entry(nia: PhonePort, incident: str, at: str, age_ms: int) -> None:
    one = op("note.add", 1, {"incident": incident, "unit": "icu", "text": "kept"})
    body = {**nia.envelope([]), "sent_at": at, "ops": [{**one, "n": 1, "at": at, "age_ms": age_ms}]}

    answer = nia.post_push(body)

    assert [result["st"] for result in answer.get_json()["results"]] == ["ok"]


@pytest.mark.parametrize("text", ["half an emoji \ud83d", "a\x00b", "\u202ebackwards", "tab\tnew\nline", "🕯" * 100])
def test_what_a_thumb_can_type_is_kept(nia: PhonePort, incident: str, text: str) -> None:
    """A text cut in the middle of a character must not stop the queue behind it."""
    one = op("note.add", 1, {"incident": incident, "unit": "icu", "text": text})
    body = {**nia.envelope([]), "ops": [{**one, "n": 1}]}
    headers = {"Authorization": f"Bearer {nia.token}", "Content-Type": "application/json"}

    answer = nia.client.post("/api/sync/push", data=json.dumps(body), headers=headers)

    assert [result["st"] for result in answer.get_json()["results"]] == ["ok"], answer.get_json()
    nia.pull()
    assert len(nia.rows("note")) == 1


@pytest.mark.parametrize(
    "captured",
    [
        {"patients": 10**30},
        {"patients": [1, 2]},
        {"patients": {"a": 1}},
        {"patients": 1.5},
        {"patients": "x" * 201},
        {"x" * 41: 1},
        {str(n): n for n in range(21)},
    ],
)
def test_what_was_counted_is_a_number_or_a_short_word(nia: PhonePort, captured: dict[str, Any]) -> None:
    task = nia.one("task", role="bedside-nurse", code="A1")["id"]
    (result,) = push(nia, op("task.complete", 1, {"task": task, "captured": captured}))

    assert result["st"] in ("ok", "rejected")
    nia.pull()
    assert nia.one("task", id=task)["state"] == ("done" if result["st"] == "ok" else "open")
