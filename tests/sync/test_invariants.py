"""Phones, lost answers, late duplicates, moved rights, restored backups: the invariants I1 to I15 hold all the while.

I11 and I14 are proved one by one in test_bad_input.py and test_every_kind.py; the others here, on the real server.
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from app.base.db import db
from app.base.instants import to_wire
from app.base.meta import epoch as current_epoch
from app.base.unit_of_work import write
from app.broadcasts.commands.sweeps import retire_incidents
from app.live.commands import compact_tombstones
from app.live.models import Row
from app.people.commands.accounts import add_membership, end_membership
from app.people.queries import person_of
from app.response.models import Incident, Note, TaskAttestation
from app.response.progress import put_progress
from app.sync.aftermath import JOURNALS_LAST
from app.sync.models import OpResult
from app.sync.pull import granted_to
from tests.cast import SITE, Hospital
from tests.conftest import FakeClock
from tests.databases import TEST_DSN, Databases
from tests.projections import differences
from tests.rows import heads, snapshot
from tests.sync.world import CREW, CrewPhone, World, world_of

PHONES = st.integers(0, len(CREW) - 1)
ANY_TASK = st.integers(0, 40)
HEALTH = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
COMMON = settings(deadline=None, suppress_health_check=HEALTH, report_multiple_bugs=False)
# The rules are the same on both; PostgreSQL is asked what differs there, and a database laid anew costs more.
EXAMPLES = 10 if TEST_DSN in os.environ else 25
CI = settings(COMMON, phases=(Phase.generate,), max_examples=EXAMPLES, stateful_step_count=30, derandomize=True)
# In parts of their own chance, so that as many cores as there are can play them (pytest -n).
PARTS = 8
LONG = settings(COMMON, max_examples=3000 // PARTS, stateful_step_count=50)
FINAL = {"ok", "superseded", "conflict", "rejected"}


def waits(result: dict[str, Any]) -> bool:
    """After a restore, for an entry of somebody else."""
    return (result["st"], result.get("code")) == ("retry", "waits")


def hand_in(phone: CrewPhone) -> bool:
    """Send until nothing goes any more, and hear what there is; whether anything went."""
    went = 0
    while any(one.result is None for one in phone.outbox):
        results = phone.push()
        assert all(waits(result) for result in results if result["st"] == "retry")
        if all(waits(result) for result in results):
            break
        went += 1
    phone.pull()
    return went > 0


class Shifts(RuleBasedStateMachine):
    """Several people on several devices, through a bad night."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        world.begin()
        self.has_backup = False
        self.ran_in: dict[str, str] = {}  # which incident ran when a history ended, by its epoch

    # what people do

    def record_on_task(self, phone: CrewPhone, number: int, kind: str, **args: Any) -> None:
        tasks = sorted(phone.rows("task"), key=lambda task: str(task["id"]))
        if tasks:
            phone.record(kind, task=tasks[number % len(tasks)]["id"], **args)

    @rule(phone=PHONES, task=ANY_TASK, kind=st.sampled_from(["task.complete", "task.confirm", "task.block"]))
    def tick(self, phone: int, task: int, kind: str) -> None:
        args: dict[str, Any] = {"captured": {}, "note": ""} if kind == "task.complete" else {}
        self.record_on_task(self.world.phones[phone], task, kind, **args)

    @rule(phone=PHONES, task=ANY_TASK, kind=st.sampled_from(["task.skip", "task.reopen"]))
    def say_why(self, phone: int, task: int, kind: str) -> None:
        self.record_on_task(self.world.phones[phone], task, kind, reason="as it is tonight")

    @rule(phone=PHONES, kind=st.sampled_from(["note.add", "help.ask"]))
    def write_down(self, phone: int, kind: str) -> None:
        author = self.world.phones[phone]
        author.record(kind, incident=self.world.incident, unit=None, text=f"{author.device} {author.next_n}")

    @rule(phone=PHONES, read=st.booleans(), acknowledges=st.booleans())
    def see_the_update(self, phone: int, read: bool, acknowledges: bool) -> None:
        reader = self.world.phones[phone]
        for broadcast in reader.rows("broadcast")[:1]:
            if acknowledges:
                reader.record("broadcast.ack", broadcast=broadcast["id"])
            else:
                reader.record("broadcast.receive", broadcast=broadcast["id"], read=read)

    @rule(units=st.sampled_from([None, ["icu"], ["icu", "5-west"]]))
    def send_an_update(self, units: list[str] | None) -> None:
        self.world.send(units=units)

    # what the network does

    @rule(phone=PHONES, lose=st.booleans())
    def push(self, phone: int, lose: bool) -> None:
        results = self.world.phones[phone].push(lose_answer=lose)
        assert {result["st"] for result in results if not waits(result)} <= FINAL | {"dup"}

    @rule(phone=PHONES, lose=st.booleans())
    def pull_a_page(self, phone: int, lose: bool) -> None:
        self.world.phones[phone].pull_once(lose_answer=lose)

    @rule(phone=PHONES)
    def pull(self, phone: int) -> None:
        puller = self.world.phones[phone]
        puller.pull()
        self.assert_holds_what_the_server_has(puller)

    @rule(phone=PHONES, which=st.integers(0, 1000))
    def an_old_request_arrives_again(self, phone: int, which: int) -> None:
        """F3: it comes late, it comes twice, its answer goes nowhere."""
        sender = self.world.phones[phone]
        if sender.sent:
            sender.post_push(sender.sent[which % len(sender.sent)])
            sender.sent.pop()

    @rule(phone=PHONES, picks=st.lists(st.integers(0, 30), max_size=4))
    def hints_arrive_in_any_order(self, phone: int, picks: list[int]) -> None:
        """F10 to F14: the last ones, doubled, out of order, some never."""
        said = self.world.said
        for pick in picks:
            if said:
                self.world.phones[phone].hear(*said[-1 - pick % len(said)])

    # what units do by themselves, and what devices forget

    @rule(phone=st.integers(0, 3), earlier=st.integers(0, 90), day=st.sampled_from(["2026-11-21", "2026-11-22"]))
    def a_unit_starts_by_itself(self, phone: int, earlier: int, day: str) -> None:
        """F29, F30: alone, twice, split by midnight, before or after the declaration."""
        starter = self.world.phones[phone]
        unit = "5-west" if starter.username == "sol" else "icu"
        started = to_wire(starter.now() - timedelta(minutes=earlier)) if earlier else None
        args = {"unit": unit, "plan": "ehr-unplanned", "incident": None, "started": started, "shift": "night"}
        starter.record("run.start", **args, day=day)

    @rule(phone=PHONES)
    def a_device_comes_back_empty(self, phone: int) -> None:
        """F45: what was never sent is gone with it; everything else is on record."""
        self.world.phones[phone].come_back_empty()

    # what changes around them

    @rule(minutes=st.integers(0, 45))
    def time_passes(self, minutes: int) -> None:
        self.world.clock.advance(minutes=minutes, milliseconds=1)

    @rule(phone=PHONES, minutes=st.integers(-600, 600))
    def a_phone_s_clock_is_wrong(self, phone: int, minutes: int) -> None:
        self.world.phones[phone].ahead = timedelta(minutes=minutes)

    @rule(begins=st.booleans())
    def sol_helps_out_on_the_icu(self, begins: bool) -> None:
        sol = self.world.phones[3]
        sol.record("duty.claim" if begins else "duty.release", unit="icu", role="bedside-nurse")

    @rule(lasts=st.booleans())
    def bo_changes_ward(self, lasts: bool) -> None:
        change = add_membership if lasts else end_membership
        change(self.world.hospital.ids["bo"], unit="icu", role="bedside-nurse")

    @rule(phone=PHONES)
    def sign_out(self, phone: int) -> None:
        """I11: what is recorded still arrives; reading asks for a new sign-in."""
        assert self.world.phones[phone].client.post("/api/logout", json={}).status_code == 200

    @rule()
    def the_incident_ends_and_another_begins(self) -> None:
        omar = self.world.phones[-1]
        omar.record("incident.advance", incident=self.world.incident, to="cancelled", note="")
        omar.push()
        self.world.clock.advance(minutes=3)
        retire_incidents()
        self.world.incident = self.world.declare()

    @rule()
    def old_tombstones_go(self) -> None:
        self.world.clock.advance(milliseconds=1)
        compact_tombstones(timedelta(0))

    @rule()
    def a_backup_is_made(self) -> None:
        self.world.keep("backup")
        self.backup_incident = self.world.incident
        self.has_backup = True

    @rule()
    def the_backup_is_restored(self) -> None:
        if self.has_backup:
            self.ran_in[current_epoch()] = self.world.incident
            self.world.restore("backup")
            self.world.incident = self.backup_incident

    # what holds all the while

    @invariant()
    def each_op_had_one_effect(self) -> None:
        """I1: an op that was applied is there once, one that was not is not there."""
        kinds: dict[str, int] = dict(db.session.execute(select(Done.c.kind, func.count()).group_by(Done.c.kind)).all())
        notes = db.session.execute(select(func.count()).select_from(Note)).scalar_one()
        assert notes == kinds.get("note.add", 0)
        signs = db.session.execute(select(func.count()).select_from(TaskAttestation)).scalar_one()
        on_tasks = sum(count for kind, count in kinds.items() if kind.startswith("task."))
        refused = db.session.execute(
            select(func.count()).select_from(TaskAttestation).where(TaskAttestation.st == "rejected")
        ).scalar_one()
        assert signs - refused == on_tasks
        db.session.remove()

    @invariant()
    def every_op_is_listed(self) -> None:
        """I2, I13: nothing that was recorded has left the phone."""
        for phone in self.world.phones:
            held = {one.op["id"] for one in (*phone.outbox, *phone.journal)}
            assert held == set(phone.recorded)

    @invariant()
    def own_notes_never_flicker(self) -> None:
        """I7: a note is to be seen from the tap on: as an entry that waits, or as a row."""
        for phone in self.world.phones:
            texts = {note["text"] for note in phone.rows("note")}
            for one in phone.journal:
                result, scope = one.result or {}, (one.result or {}).get("scope")
                if one.op["kind"] != "note.add" or result.get("st") not in ("ok", "dup") or scope not in phone.base:
                    continue
                if (result["st"] == "ok" or result.get("first") == "ok") and self.is_on(phone, one.op["args"]):
                    assert one.op["args"]["text"] in texts, "I7: a note was shown and is gone"

    def is_on(self, phone: CrewPhone, args: dict[str, Any]) -> bool:
        """Whether its incident runs in the history that the phone knows: an ended one leaves phones."""
        return bool(args["incident"] == self.ran_in.get(phone.epoch or "", self.world.incident))

    @invariant()
    def nothing_is_said_before_it_is_so(self) -> None:
        """I9: a hint never goes beyond what is committed."""
        numbers = heads()
        for epoch, hint in self.world.said[-5:]:
            if epoch == current_epoch():
                assert hint["to"] <= numbers[hint["s"]]

    def assert_holds_what_the_server_has(self, phone: CrewPhone) -> None:
        """I4, I8, I15: after a pull the base is what a cleared phone would get, and nothing else."""
        person = person_of(self.world.hospital.ids[phone.username])
        assert person is not None
        assert phone.base == {scope: snapshot(scope) for scope in granted_to(person).scopes}
        assert set(phone.cursors) == set(phone.base)

    def teardown(self) -> None:
        """Everybody comes back into the network: all is handed in, all hold the same, and it is the truth."""
        phones = self.world.phones
        self.hand_in_everything()
        self.count_what_time_has_changed()
        for phone in phones:
            phone.pull()
            self.assert_holds_what_the_server_has(phone)
            self.assert_all_is_on_record(phone)
        self.assert_equal_scopes_are_equal(phones)
        self.assert_rows_are_the_truth()
        self.assert_seqs_are_in_order()

    def hand_in_everything(self) -> None:
        """What waits for an entry that no journal holds any more comes to its end when none can bring it."""
        phones = self.world.phones
        for phone in phones:
            phone.pull()  # who hears of another history takes its journal out again
        while sum(hand_in(phone) for phone in phones):
            pass
        if any(one.result is None for phone in phones for one in phone.outbox):
            self.world.clock.advance(seconds=JOURNALS_LAST.total_seconds())
            for phone in phones:
                hand_in(phone)
        for phone in phones:
            assert all(one.result is not None for one in phone.outbox)
            phone.pull()

    @staticmethod
    def count_what_time_has_changed() -> None:
        with write() as work:
            for found in db.session.execute(select(Incident.__table__)).mappings().all():
                put_progress(work, dict(found))

    def assert_all_is_on_record(self, phone: CrewPhone) -> None:
        """I2, I12: every op has its final result, under the name of the token's owner."""
        assert phone.outbox == []
        author = self.world.hospital.ids[phone.username]
        for one in phone.journal:
            assert one.result is not None and one.result["st"] in FINAL | {"dup"}
        stored = select(OpResult.id, OpResult.actor).where(OpResult.id.in_(list(phone.recorded)))
        assert dict(db.session.execute(stored).all()) == dict.fromkeys(phone.recorded, author)

    @staticmethod
    def assert_equal_scopes_are_equal(phones: list[CrewPhone]) -> None:
        """I6."""
        for one in phones:
            for other in phones:
                for scope in set(one.base) & set(other.base):
                    assert one.base[scope] == other.base[scope]

    @staticmethod
    def assert_rows_are_the_truth() -> None:
        """I4: what is stored for phones is what the domain's tables say."""
        assert differences(SITE["id"], late=True) == {}

    @staticmethod
    def assert_seqs_are_in_order() -> None:
        """I10: each change has a number of its own, none beyond the scope's."""
        query = select(Row.scope, func.count(), func.count(Row.seq.distinct()), func.max(Row.seq)).group_by(Row.scope)
        top = heads()
        for scope, rows, numbers, highest in db.session.execute(query):
            assert rows == numbers and highest <= top[scope]


DONE_STATES = OpResult.result["st"].as_string().in_(("ok", "superseded"))
Done = select(OpResult.kind).where(DONE_STATES).subquery()


@pytest.fixture
def world(hospital: Hospital, run_databases: Databases, clock: FakeClock) -> Any:
    with world_of(hospital, run_databases, clock) as made:
        yield made


def play(world: World, how: settings) -> None:
    """Let hypothesis play in this world."""
    machine: Any = lambda: Shifts(world)  # noqa: E731 - a class is wanted, and its world is made by fixtures
    run_state_machine_as_test(machine, settings=how)


def test_the_invariants_hold_through_a_bad_night(world: World) -> None:
    play(world, CI)


def test_what_nobody_can_bring_any_more_comes_to_its_end(world: World) -> None:
    """A phone was emptied, then the server restored: the declaration is gone for good, and what it declared ended."""
    night = Shifts(world)
    night.a_backup_is_made()
    night.the_incident_ends_and_another_begins()
    night.a_device_comes_back_empty(5)
    night.the_incident_ends_and_another_begins()
    night.the_backup_is_restored()

    night.teardown()

    ends = {one.result["st"] for one in world.phones[5].journal if one.result is not None}
    assert ends == {"ok", "rejected"}


def test_a_note_of_an_ended_incident_is_not_missed_before_the_phone_hears_of_the_restore(world: World) -> None:
    """Its incident left the phone with its notes; that it runs again is known to the server alone."""
    night = Shifts(world)
    night.write_down(5, "note.add")
    night.a_backup_is_made()
    night.the_incident_ends_and_another_begins()
    night.pull(5)
    assert not world.phones[5].rows("note")

    night.the_backup_is_restored()
    night.own_notes_never_flicker()

    night.teardown()
    night.own_notes_never_flicker()
    assert [note["text"] for note in world.phones[5].rows("note")] == ["device-f 2"]


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_the_invariants_hold_through_thousands_of_bad_nights(world: World, part: int) -> None:
    play(world, LONG)
