"""A running exercise with something for every kind of op, and an example of each kind."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from app.base import meta
from app.base.attestation import by_system
from app.base.ids import uuid7
from app.broadcasts.commands.site_rules import put_policy
from app.broadcasts.policy import Policy
from app.plans.command.commands import put_command
from app.plans.commands import import_plan
from app.plans.ids import local_run, run_id
from app.plans.library import LIBRARY, read_text
from app.plans.pack import UnitRef, version_of
from app.services.commands import put_services
from app.services.entry import ServiceEntry
from tests.cast import CAST, PLAN, SITE, UNITS, Hospital
from tests.databases import Content, Databases
from tests.phone import PhonePort
from tests.push_keys import EXAMPLE_AUTH, EXAMPLE_KEY

MESSAGE = {"headline": "EHR is down.", "do_now": "Stay on paper.", "works": ["Viewer"], "next_update_at": None}
ALONE: dict[str, Any] = {"unit": "icu", "plan": "ehr-unplanned", "incident": None, "started": None, "shift": "night"}
SOON = {"planned_start_at": "2026-11-28T02:00:00.000Z", "planned_end_at": "2026-11-28T04:00:00.000Z"}
LATER = {"planned_start_at": "2026-11-29T02:00:00.000Z", "planned_end_at": "2026-11-29T04:00:00.000Z"}
COUNTED: dict[str, Any] = {"unit": "icu", "counts": {"doses": 12, "orders": 3}, "sampled": 2, "wrong": 1}
TO_ALL = {"units": None, "roles": None}
Args = dict[str, Any]


@dataclass
class Stage:
    """The cast with their phones in an exercise that runs: an update is out, Bo has done something, help is asked."""

    hospital: Hospital
    phones: dict[str, PhonePort] = field(default_factory=dict)
    incident: str = ""
    broadcast: str = ""
    help_id: str = ""
    handover: str = ""

    def set_up(self) -> Stage:
        self.phones = {name: self.hospital.phone(name) for name in CAST}
        omar, bo = self.phones["omar"], self.phones["bo"]
        self.incident = omar.declare(kind="exercise")
        self.broadcast = uuid7()
        sent = {**MESSAGE, "broadcast": self.broadcast, "incident": self.incident, "audience": TO_ALL, "ack": "unit"}
        assert omar.do("broadcast.send", **sent)["st"] == "ok"
        bo.pull()
        assert bo.do("task.complete", task=self.task(bo, "F1"), captured={}, note="")["st"] == "ok"
        assert bo.do("task.complete", task=self.task(bo, "B1"), captured={}, note="")["st"] == "ok"
        assert bo.do("help.ask", incident=self.incident, unit=None, text="Two more hands")["st"] == "ok"
        assert bo.do("duty.claim", unit="icu", role="charge-nurse")["st"] == "ok"
        offered = {"unit": "icu", "role": "charge-nurse", "to": self.hospital.ids["nia"], "note": "Quiet night"}
        assert bo.do("handover.offer", **offered)["st"] == "ok"
        bo.pull()
        self.handover = bo.one("handover")["id"]
        self.help_id = bo.one("help")["id"]
        self.pull_all()
        return self

    def keep(self, databases: Databases) -> KeptStage:
        """The beginning as it is now, to begin from again."""
        cookie_name = self.hospital.app.config["SESSION_COOKIE_NAME"]
        phones = {name: _without_client(phone) for name, phone in self.phones.items()}
        cookies = {name: phone.client.get_cookie(cookie_name) for name, phone in self.phones.items()}
        values = {name: cookie.value for name, cookie in cookies.items() if cookie is not None}
        numbers = {name: getattr(self, name) for name in ("incident", "broadcast", "help_id", "handover")}
        return KeptStage(databases.keep(self.hospital.app), phones, values, numbers)

    def pull_all(self) -> None:
        """Every phone pulls."""
        for phone in self.phones.values():
            phone.pull()

    def own_start(self, day: str) -> str:
        """Bo has started the ICU's card alone; the run."""
        assert self.phones["bo"].do("run.start", **ALONE, day=day)["st"] == "ok"
        self.pull_all()
        return run_id(unit="icu", plan="ehr-unplanned", incident=local_run(date=day, shift="night"))

    def planned(self) -> str:
        """Omar has planned a downtime; its incident."""
        incident = self.phones["omar"].declare(title="Upgrade", **SOON)
        self.pull_all()
        return incident

    def restored(self) -> str:
        """IT has brought it back; the incident."""
        self.phones["omar"].do("incident.advance", incident=self.incident, to="restored", note="")
        self.pull_all()
        return self.incident

    @staticmethod
    def task(phone: PhonePort, code: str, role: str = "bedside-nurse") -> str:
        """The first round of a step, as the phone holds it."""
        return str(phone.one("task", role=role, code=code, occurrence=1)["id"])


@dataclass(frozen=True)
class KeptStage:
    """What `set_up` has led to: to play it takes longer than most of the tests that begin there."""

    content: Content
    phones: dict[str, dict[str, Any]]
    cookies: dict[str, str]
    numbers: dict[str, Any]

    def again(self, hospital: Hospital, databases: Databases) -> Stage:
        """The same beginning once more, in the same hospital or another test's."""
        databases.refill(hospital.app, self.content)
        meta.forget()
        stage = Stage(hospital, **self.numbers)
        for name, held in self.phones.items():
            client = hospital.app.test_client()
            client.set_cookie(hospital.app.config["SESSION_COOKIE_NAME"], self.cookies[name])
            stage.phones[name] = PhonePort(client, **copy.deepcopy(held))
        return stage


def _without_client(phone: PhonePort) -> dict[str, Any]:
    return copy.deepcopy({name: value for name, value in vars(phone).items() if name != "client"})


@dataclass(frozen=True)
class Example:
    """One op that is applied: by whom, with what, and the event it leaves (None: it leaves none)."""

    author: str
    args: Callable[[Stage], Args]
    event: str | None
    unit_matters: bool = True


def _task(code: str, **more: Any) -> Callable[[Stage], Args]:
    return lambda stage: {"task": stage.task(stage.phones["nia"], code), **more}


def _broadcast(**more: Any) -> Callable[[Stage], Args]:
    return lambda stage: {"broadcast": stage.broadcast, **more}


def _place(**more: Any) -> Callable[[Stage], Args]:
    return lambda stage: {"incident": stage.incident, "unit": "icu", **more}


def _help(**more: Any) -> Callable[[Stage], Args]:
    return lambda stage: {"help": stage.help_id, **more}


def _planned(**more: Any) -> Callable[[Stage], Args]:
    return lambda stage: {"incident": stage.planned(), **more}


def _restored(**more: Any) -> Callable[[Stage], Args]:
    return lambda stage: {"incident": stage.restored(), **more}


def _offer(stage: Stage) -> Args:
    return {"unit": "icu", "role": "bedside-nurse", "to": stage.hospital.ids["bo"], "note": "Pumps"}


def _handover(**more: Any) -> Callable[[Stage], Args]:
    return lambda stage: {"handover": stage.handover, **more}


def _declare(stage: Stage) -> Args:
    places: Args = {"units": ["icu", "5-west"], "services": ["ehr"], "level": 3}
    return {"incident": uuid7(), "plan": "ehr-unplanned", "title": "Again", "kind": "real", **places}


def _send(stage: Stage) -> Args:
    audience = {"units": ["icu"], "roles": ["bedside-nurse"]}
    return {**MESSAGE, "broadcast": uuid7(), "incident": stage.incident, "audience": audience, "ack": "person"}


def _proposed(stage: Stage) -> Args:
    ask_for_approval()
    written = {**MESSAGE, "broadcast": uuid7(), "incident": stage.incident, "audience": TO_ALL, "ack": "unit"}
    assert stage.phones["omar"].do("broadcast.send", **written)["code"] == "waits_for_approval"
    stage.pull_all()
    return {"broadcast": written["broadcast"]}


def ask_for_approval() -> None:
    """Northgate wants a second leader for every update."""
    put_policy(by_system(), "northgate", Policy(approval=True))


def _refused(stage: Stage) -> Args:
    return {**_proposed(stage), "reason": "Not yet."}


def _runner(stage: Stage) -> Args:
    return {"route": uuid7(), "broadcast": stage.broadcast, "units": None}


def _walked(stage: Stage) -> Args:
    route = _runner(stage)
    assert stage.phones["priya"].do("runner.send", **route)["st"] == "ok"
    stage.pull_all()
    return {"route": route["route"]}


def _advance(stage: Stage) -> Args:
    return {"incident": stage.incident, "to": "restored", "note": "Stay on paper."}


def _amended(stage: Stage) -> Args:
    """The plan in force asks for another colour of charts."""
    places = [UnitRef(unit, kind) for unit, _name, kind in UNITS]
    text = PLAN.replace("do: Collect the paper charts.", "do: Collect the blue charts.")
    import_plan(text, site=SITE["id"], units=places, attestation=by_system())
    stage.pull_all()
    return {"incident": stage.incident, "reason": "The paper charts ran out"}


def _stopped(stage: Stage) -> Args:
    """Northgate has a second service."""
    put_services(SITE["id"], [ServiceEntry("ehr", "Record", "Charting", 0), ServiceEntry("pacs", "Pictures", "", 1)])
    stage.pull_all()
    return {"incident": stage.incident, "service": "pacs", "to": "down"}


def command(stage: Stage) -> None:
    """Northgate has the starter's positions."""
    put_command(read_text(LIBRARY / "command.yaml"), site=SITE["id"], attestation=by_system())
    stage.pull_all()


def _called(stage: Stage) -> Args:
    command(stage)
    return {"position": "logistics", "incident": stage.incident}


def _objective(stage: Stage) -> Args:
    command(stage)
    return {"incident": stage.incident, "text": "All wards on paper by 22:00", "owner": "logistics"}


def _met(stage: Stage) -> Args:
    priya = stage.phones["priya"]
    objective = priya.record("objective.add", **_objective(stage))
    assert [result["st"] for result in priya.push()] == ["ok"]
    stage.pull_all()
    return {"objective": objective, "to": "met"}


def _period(stage: Stage) -> Args:
    command(stage)
    return {"incident": stage.incident, "no": 1, "ends_at": "2026-11-22T19:00:00.000Z", "note": ""}


def _plan_read(_stage: Stage) -> Args:
    return {"plan": "ehr-unplanned", "version": version_of(PLAN)}


def _start(stage: Stage) -> Args:
    return {**ALONE, "day": "2026-11-21"}


def _merge(stage: Stage) -> Args:
    first, second = stage.own_start("2026-11-21"), stage.own_start("2026-11-22")
    return {"run": second, "into": first}


def _end(stage: Stage) -> Args:
    return {"run": stage.own_start("2026-11-21"), "note": "It was one computer."}


def _alert(stage: Stage) -> Args:
    """Nia's phone has a subscription and asked for a test."""
    client = stage.phones["nia"].client
    keys = {"p256dh": EXAMPLE_KEY, "auth": EXAMPLE_AUTH}
    body = {"endpoint": "https://fcm.googleapis.com/fcm/send/nia", "keys": keys}
    assert client.post("/api/push/subscriptions", json=body).status_code == 201
    news = client.post("/api/push/test", json={}).get_json()["news"]
    stage.pull_all()
    return {"news": news}


def _duty(role: str) -> Callable[[Stage], Args]:
    return lambda _stage: {"unit": "icu", "role": role}


EXAMPLES: dict[tuple[str, int], Example] = {
    ("task.complete", 1): Example("nia", _task("A1", captured={"patients": 12}, note="all"), "task.completed"),
    ("task.skip", 1): Example("nia", _task("B2", reason="no orders"), "task.skipped"),
    ("task.block", 1): Example("nia", _task("A2", note="no forms"), "task.blocked"),
    ("task.reopen", 1): Example("nia", _task("F1", reason="too early"), "task.reopened"),
    ("task.confirm", 1): Example("nia", _task("B1"), "task.confirmed"),
    ("broadcast.receive", 1): Example("nia", _broadcast(read=True), None, unit_matters=False),
    ("broadcast.ack", 1): Example("nia", _broadcast(), "broadcast.acknowledged", unit_matters=False),
    ("push.arrived", 1): Example("nia", _alert, None, unit_matters=False),
    ("note.add", 1): Example("nia", _place(text="Bed 4 moved"), "note.added"),
    ("help.ask", 1): Example("nia", _place(text="Pumps"), "help.asked"),
    ("help.take", 1): Example("priya", _help(), "help.taken"),
    ("help.close", 1): Example("priya", _help(answer="On the way"), "help.closed"),
    ("help.hand", 1): Example("priya", lambda stage: _help(to=stage.hospital.ids["omar"])(stage), "help.handed"),
    ("step.flag", 1): Example("nia", _task("A3", text="The number is wrong"), "step.flagged"),
    ("plan.read", 1): Example("nia", _plan_read, "plan.read", unit_matters=False),
    ("run.start", 1): Example("nia", _start, "run.started"),
    ("run.merge", 1): Example("nia", _merge, "run.adopted"),
    ("run.end", 1): Example("nia", _end, "run.ended"),
    ("duty.claim", 1): Example("nia", _duty("bedside-nurse"), "duty.claimed", unit_matters=False),
    ("duty.release", 1): Example("bo", _duty("charge-nurse"), "duty.released", unit_matters=False),
    ("handover.offer", 1): Example("nia", _offer, "handover.offered"),
    ("handover.accept", 1): Example("nia", _handover(), "handover.accepted"),
    ("handover.refuse", 1): Example("nia", _handover(reason="busy"), "handover.refused"),
    ("handover.withdraw", 1): Example("bo", _handover(), "handover.withdrawn"),
    ("incident.declare", 1): Example("omar", _declare, "incident.declared"),
    ("broadcast.send", 1): Example("omar", _send, "broadcast.sent"),
    ("broadcast.approve", 1): Example("priya", _proposed, "broadcast.sent"),
    ("broadcast.refuse", 1): Example("priya", _refused, "broadcast.refused"),
    ("broadcast.carry", 1): Example("nia", _broadcast(unit="5-west"), "broadcast.carried", unit_matters=False),
    ("runner.send", 1): Example("priya", _runner, "broadcast.runner_sent"),
    ("runner.end", 1): Example("nia", _walked, "broadcast.runner_back", unit_matters=False),
    ("incident.postpone", 1): Example("priya", _planned(**LATER, reason="late"), "incident.postponed"),
    ("incident.go", 1): Example("priya", _planned(go=True, reason=""), "incident.went"),
    ("incident.notice", 1): Example("priya", _planned(key="T-1d"), "incident.noticed"),
    ("incident.service", 1): Example("priya", _stopped, "service.down"),
    ("incident.amend", 1): Example("priya", _amended, "incident.amended"),
    ("position.call", 1): Example("priya", _called, "handover.offered"),
    ("objective.add", 1): Example("priya", _objective, "objective.added"),
    ("objective.change", 1): Example("priya", _met, "objective.met"),
    ("period.begin", 1): Example("priya", _period, "period.begun"),
    ("unit.check", 1): Example("nia", _restored(unit="icu", check="sign-in", works=True, note=""), "unit.checked"),
    ("backlog.report", 1): Example("nia", _restored(**COUNTED), "unit.counted"),
    ("allclear.sign", 1): Example("priya", _restored(note="Checked by phone"), "incident.all_clear_signed"),
    ("incident.advance", 1): Example("priya", _advance, "incident.restored"),
}
