"""What holds for every kind of op ever shipped: one effect for ever, the same rows on every way, an event."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from app.base.db import db
from app.base.models import Event
from app.sync.kinds import KINDS
from app.sync.models import OpResult
from tests.cast import SITE, Hospital
from tests.conftest import FakeClock
from tests.databases import Databases
from tests.phone import PhonePort
from tests.projections import differences
from tests.shared_app import Hint
from tests.sync.stage import EXAMPLES, Example, KeptStage, Stage
from tests.tables import changed_tables, contents

OF_DEVICES = ("device", "device_author")
EVERY_KIND = pytest.mark.parametrize("kind", list(EXAMPLES), ids=[f"{name}-{v}" for name, v in EXAMPLES])


def test_there_is_an_example_of_every_kind() -> None:
    """I14: a kind that was shipped is proved here and stays."""
    assert set(EXAMPLES) == set(KINDS)


@pytest.fixture(scope="module")
def kept() -> list[KeptStage]:
    """The beginning, once the first test has played it."""
    return []


@pytest.fixture
def stage(hospital: Hospital, clock: FakeClock, run_databases: Databases, kept: list[KeptStage]) -> Stage:
    if not kept:
        kept.append(Stage(hospital).set_up().keep(run_databases))
    return kept[0].again(hospital, run_databases)


def sent(phone: PhonePort, kind: tuple[str, int], args: dict[str, Any]) -> dict[str, Any]:
    """The result of an op, and the op in the phone's journal or outbox."""
    phone.record(kind[0], **args)
    phone.outbox[-1].op["v"] = kind[1]
    return phone.push()[-1]


def refused(stage: Stage, who: str, kind: tuple[str, int], args: dict[str, Any]) -> None:
    before = contents()
    result = sent(stage.phones[who], kind, args)
    assert (result["st"], result["code"]) == ("rejected", "not_allowed"), (who, result)
    assert result["msg"].endswith(".")
    assert changed_tables(before, contents()) == []


def fresh(phone: PhonePort) -> PhonePort:
    """The same sign-in on storage that was cleared: it takes snapshots."""
    cleared = PhonePort(phone.client, phone.username, phone.device, token=phone.token, epoch=phone.epoch)
    cleared.pull()
    return cleared


@EVERY_KIND
def test_an_op_of_every_kind(stage: Stage, air: list[Hint], kind: tuple[str, int]) -> None:
    example: Example = EXAMPLES[kind]
    author, args = stage.phones[example.author], example.args(stage)
    listeners = {name: listening(phone) for name, phone in stage.phones.items()}
    refused(stage, "uri", kind, args)
    if example.unit_matters:
        refused(stage, "sol", kind, args)
    events_before = set(db.session.execute(select(Event.id)).scalars())
    air.clear()

    result = sent(author, kind, args)

    assert result["st"] == "ok", result
    assert_event(example, events_before, stage.hospital.ids[example.author])
    assert_a_repeat_changes_nothing(author, result)
    assert_every_way_leads_to_the_same_rows(stage, listeners, air)


def assert_event(example: Example, before: set[str], actor: str) -> None:
    db.session.remove()
    query = select(Event.id, Event.type, Event.actor)
    new = [(event.type, event.actor) for event in db.session.execute(query) if event.id not in before]
    assert new == [] if example.event is None else (example.event, actor) in new


def assert_a_repeat_changes_nothing(author: PhonePort, first: dict[str, Any]) -> None:
    """I1, I2: F2, F3, F32 all come down to this."""
    before = contents(without=OF_DEVICES)
    op = next(one for one in (*author.journal, *author.outbox) if one.op["id"] == first["id"])

    (again,) = author.post_push(author.envelope([op])).get_json()["results"]

    assert again == {**first, "st": "dup", "first": "ok"}
    assert changed_tables(before, contents(without=OF_DEVICES)) == []
    assert len(db.session.execute(select(OpResult.id).where(OpResult.id == first["id"])).all()) == 1


def assert_every_way_leads_to_the_same_rows(stage: Stage, listeners: dict[str, PhonePort], air: list[Hint]) -> None:
    """I4, I6, I15: deltas, hints, a snapshot and the domain's own tables say the same."""
    stage.pull_all()
    for name, phone in stage.phones.items():
        assert phone.base == fresh(phone).base, f"{name} differs from a fresh snapshot"
        hear(listeners[name], air)
        assert listeners[name].base == phone.base, f"{name} differs by hints alone"
    assert differences(SITE["id"]) == {}


def listening(phone: PhonePort) -> PhonePort:
    """The same person's other tab: it starts from what the phone holds."""
    twin = PhonePort(phone.client, phone.username, phone.device, token=phone.token, epoch=phone.epoch)
    twin.cursors = dict(phone.cursors)
    twin.base = {scope: dict(rows) for scope, rows in phone.base.items()}
    return twin


def hear(phone: PhonePort, air: list[Hint]) -> None:
    """Apply the hints of the phone's scopes; pull only for what was announced without rows, or is new to it."""
    for _room, hint in air:
        known = hint["s"] in phone.cursors
        if known and "rows" in hint:
            assert phone.apply_delta(hint["s"], hint["from"], hint["to"], hint["rows"])
    phone.pull()
