"""A hospital in which a contract of the reducers comes true: the rows before it are laid, its ops are handed in."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, select

from app.base import clock
from app.base.attestation import by_system
from app.base.db import db
from app.base.ids import named_id, uuid7
from app.base.unit_of_work import UnitOfWork, write
from app.broadcasts.models import Carry, RunnerRoute
from app.live.models import Row
from app.live.rows import drop_row, put_row
from app.live.scopes import site_scope, unit_scope, user_scope
from app.people.models import Duty, Membership
from app.plans.command.commands import put_command
from app.plans.library import LIBRARY, read_text
from app.response.models import Backlog, Handover, HelpRequest, Task, UnitCheck
from app.response.models.command import Objective, OperationalPeriod
from tests.cast import SITE, Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort

Json = dict[str, Any]
ID = re.compile(r"00000000-0000-[57]000-8000-0000000000([0-9a-f]{2})")
PEOPLE = {"01": "nia", "02": "sol", "03": "omar", "04": "dana", "09": "priya"}
INCIDENT = "a1"
BROADCAST = "e1"
BEGINS_AT = "2026-11-21T20:30:00.000Z"
# What a row does not tell and a table must hold.
OF_TASK = {
    "run": "", "plan": "ehr-unplanned", "key": "bedside-nurse/Z1", "code": "Z1", "position": 1, "hint": None,
    "anchor": "TD", "due_min": None, "until": None, "occurrence": 1, "rules": None, "local": None,
}  # fmt: skip
OF_HELP = {"what": "help", "safety": False, "answer_by": None, "handed": []}


@dataclass
class ContractStage:
    """EHR is back at Northgate; Sol has come to help in the ICU."""

    hospital: Hospital
    clock: FakeClock
    incident: str = ""
    phones: dict[str, PhonePort] = field(default_factory=dict)

    def begin(self) -> ContractStage:
        self.clock.set(clock.from_wire(BEGINS_AT))
        lead = self.phones["omar"] = self.hospital.phone("omar")
        self.incident = lead.declare()
        assert lead.do("incident.advance", incident=self.incident, to="restored", note="")["st"] == "ok"
        put_command(read_text(LIBRARY / "command.yaml"), site=SITE["id"], attestation=by_system())
        with write() as work:
            joined = {"user": self.hospital.ids["sol"], "unit": "icu", "role": "bedside-nurse"}
            work.session.execute(insert(Membership), [{**joined, "since": work.now, "until": None}])
        return self

    def play(self, case: Json) -> tuple[list[Any], list[Any]]:
        """(the rows that the case wants, the same fields of what the server shows) after its ops."""
        case = self._with_our_ids(case)
        with write() as work:
            for row in case["rows_before"]:
                LAY[row["t"]](work, row["id"], row["b"])
                put_row(work, _scope_of(row), row["id"], row["t"], row["b"])
        for op in case["ops"]:
            self._hand_in(case["actor"]["id"], op)
        rows = [_shown(row) for row in case["rows_after"]]
        wanted = [row["b"] for row in case["rows_after"]]
        return wanted, [named(b, row) for b, row in zip(wanted, rows, strict=True)]

    def clear(self) -> None:
        """What stands once for each unit or person goes, so that the next case begins without it."""
        with write() as work:
            for table in (UnitCheck, Backlog, Duty, Handover, Objective, OperationalPeriod):
                work.session.execute(delete(table))
            for row_type in ("unit_check", "backlog"):
                drop_row(work, unit_scope("icu"), f"{row_type.removeprefix('unit_')}:{self.incident}:icu", row_type)

    def _with_our_ids(self, case: Json) -> Json:
        broadcast = self._sent() if any(row["t"] == "runner_route" for row in case["rows_after"]) else ""

        def ours(found: re.Match[str]) -> str:
            if found[1] in PEOPLE:
                return self.hospital.ids[PEOPLE[found[1]]]
            if found[1] == BROADCAST:
                return broadcast
            return self.incident if found[1] == INCIDENT else named_id(f"{case['name']}|{found[0]}")

        return dict(json.loads(ID.sub(ours, json.dumps(case))))

    def _sent(self) -> str:
        broadcast, audience = uuid7(), {"units": None, "roles": None}
        args = {"incident": self.incident, "headline": "EHR is back.", "audience": audience, "ack": "unit"}
        assert self.phones["omar"].do("broadcast.send", broadcast=broadcast, **args)["st"] == "ok"
        return broadcast

    def _hand_in(self, actor: str, op: Json) -> None:
        name = next(name for name, user in self.hospital.ids.items() if user == actor)
        phone = self.phones.setdefault(name, self.hospital.phone(name))
        self.clock.set(clock.from_wire(op["at"]))
        phone.record(op["kind"], **op["args"])
        phone.outbox[-1].op.update(id=op["id"], at=op["at"])
        assert phone.push()[-1]["st"] in ("ok", "superseded", "rejected", "conflict")


def named(wanted: Any, shown: Any) -> Any:
    """The fields that a case names, out of what is shown."""
    if isinstance(wanted, dict) and isinstance(shown, dict):
        return {name: named(value, shown.get(name)) for name, value in wanted.items()}
    if isinstance(wanted, list) and isinstance(shown, list) and len(wanted) == len(shown):
        return [named(one, other) for one, other in zip(wanted, shown, strict=True)]
    return shown


def _shown(row: Json) -> Json | None:
    db.session.remove()
    found = db.session.execute(select(Row.body).where(Row.scope == _scope_of(row), Row.id == row["id"])).scalar()
    return None if found is None else dict(json.loads(found))


def _scope_of(row: Json) -> str:
    if row["t"] == "me":
        return user_scope(row["id"])
    if row["t"] in ("objective", "period"):
        return unit_scope("command-centre")
    return site_scope(SITE["id"]) if row["t"] == "runner_route" else unit_scope(row["b"].get("unit", "icu"))


def _values(table: Any, *parts: Json) -> Json:
    """A record of a table from bodies of rows; instants are read, what the table does not hold is left out."""
    merged: Json = {}
    for part in parts:
        merged |= part
    times = frozenset(
        {
            *("at", "due_at", "taken_at", "closed_at", "answered_at", "next_at"),
            *("changed_at", "starts_at", "ends_at", "ended_at"),
        }
    )
    read = {
        name: clock.from_wire(value) if name in times and isinstance(value, str) else value
        for name, value in merged.items()
    }
    return {name: value for name, value in read.items() if name in table.__table__.columns}


def _lay_task(work: UnitOfWork, row_id: str, b: Json) -> None:
    work.session.execute(insert(Task), [_values(Task, OF_TASK, b, {"id": row_id, "run": row_id})])


def _lay_help(work: UnitOfWork, row_id: str, b: Json) -> None:
    work.session.execute(insert(HelpRequest), [_values(HelpRequest, OF_HELP, b, {"id": row_id})])


def _lay_handover(work: UnitOfWork, row_id: str, b: Json) -> None:
    work.session.execute(insert(Handover), [_values(Handover, b, {"id": row_id, "site": SITE["id"]})])


def _lay_me(work: UnitOfWork, row_id: str, b: Json) -> None:
    for duty in b["duty"]:
        held = {"id": uuid7(), "user": row_id, "since": clock.from_wire(duty["since"]), "until": None}
        work.session.execute(insert(Duty), [{**held, "unit": duty["unit"], "role": duty["role"], "ended_by": None}])


def _lay_route(work: UnitOfWork, row_id: str, b: Json) -> None:
    made = {"id": row_id, "by": "", "by_name": "Omar", "at": work.now}
    work.session.execute(insert(RunnerRoute), [_values(RunnerRoute, b, made)])
    for unit, reached in b["reached"].items():
        at = clock.from_wire(reached["at"])
        facts = {"id": uuid7(), "broadcast": b["broadcast"], "unit": unit, "taken_by": "", "by": "", "device": None}
        work.session.execute(insert(Carry), [{**reached, **facts, "at": at, "received_at": at}])


def _lay_checks(work: UnitOfWork, _row_id: str, b: Json) -> None:
    for key, said in b["checks"].items():
        record = _values(UnitCheck, b, said, {"check": key})
        work.session.execute(insert(UnitCheck), [record])


def _lay_backlog(work: UnitOfWork, _row_id: str, b: Json) -> None:
    work.session.execute(insert(Backlog), [_values(Backlog, b)])


def _lay_objective(work: UnitOfWork, row_id: str, b: Json) -> None:
    work.session.execute(insert(Objective), [_values(Objective, b, {"id": row_id})])


def _lay_period(work: UnitOfWork, _row_id: str, b: Json) -> None:
    work.session.execute(insert(OperationalPeriod), [_values(OperationalPeriod, b)])


LAY = {
    "task": _lay_task, "help": _lay_help, "handover": _lay_handover, "me": _lay_me, "runner_route": _lay_route,
    "unit_check": _lay_checks, "backlog": _lay_backlog, "objective": _lay_objective, "period": _lay_period,
}  # fmt: skip
