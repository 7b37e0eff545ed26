"""Every row that phones should hold, computed anew from the domain's tables alone.

What is stored in `row` is kept up to date change by change; this is the other way to the same truth. It is right only
at the instant of the last change, as some rows count what is overdue now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.base import clock
from app.base.db import db
from app.base.event_types import sentence
from app.base.events import is_for_command
from app.base.instants import to_wire
from app.base.models import Event
from app.base.reading import Record, all_records
from app.broadcasts.bodies import (
    ack_body,
    approval_body,
    broadcast_body,
    escalation_body,
    promise_body,
    reach_body,
    route_body,
    text_body,
)
from app.broadcasts.models import Approval, Broadcast, BroadcastPolicy, Carry, Escalation, Promise, Receipt, RunnerRoute
from app.broadcasts.queries import broadcasts_of, policy_of, texts_of
from app.delivery.models import Delivery, DeliveryAddress, NewsItem, PushSubscription
from app.live.scopes import command_scope, ref_scope, site_command_scope, site_scope, unit_scope, user_scope
from app.people import queries as people
from app.people.models import Device, DeviceAuthor, SignIn, User
from app.people.queries import leaders_body, me_body
from app.people.standby.queries import people_by_username
from app.plans.command.format import frame_row, position_rows
from app.plans.command.queries import command_chart, command_unit
from app.plans.forms.queries import form_rows
from app.plans.models import PlanReading
from app.plans.pack import UnitRef, card_rows
from app.plans.queries import plan_body, plan_in_force, plan_list, reading_body, word_rows
from app.plans.workarounds.queries import workaround_bodies
from app.response.bodies import (
    backlog_body,
    checks_body,
    clock_values,
    handover_body,
    help_body,
    incident_body,
    local_run_body,
    note_body,
    progress_body,
    task_body,
)
from app.response.commands.calendar import calendar_path
from app.response.commands.gates import gate_rows
from app.response.commands.handover_rows import handover_scopes
from app.response.commands.in_use import in_use_rows
from app.response.commands.objectives import command_rows
from app.response.commands.recovery import recovery_rules
from app.response.models import Backlog, Handover, HelpRequest, Incident, LocalRun, Note, Task, UnitCheck
from app.response.queries import checks_of, incident_of, planned_incidents, progress_counts, silent_units
from app.services.queries import service_list
from tests.rows import bodies

Key = tuple[str, str]
Typed = tuple[str, dict[str, Any]]
# Rows that also hold what one process hears at the moment; the tests of the sweeps look at them.
OF_THE_MOMENT = ("presence",)
# Rows that follow a device late on purpose: they are right while the clock stands still.
LATE = ("device", "device_state")


def projected(site: str) -> dict[Key, Typed]:
    """`{(scope, id): (type, body)}` of everything at a site."""
    db.session.remove()
    found: dict[Key, Typed] = {}
    for scope, row_id, row_type, body in _all(site):
        assert (scope, row_id) not in found, f"two rows want the id {row_id} in {scope}"
        found[scope, row_id] = (row_type, body)
    return found


def differences(site: str, *, late: bool = False) -> dict[Key, tuple[Typed | None, Typed | None]]:
    """What is stored for phones and should not be, or otherwise: `{key: (stored, projected)}`.

    `late`: time has passed since the last change, so that what follows devices is left out.
    """
    left_out = OF_THE_MOMENT + (LATE if late else ())
    expected = {key: found for key, found in projected(site).items() if found[0] not in left_out}
    retired = db.session.execute(select(Incident.id).where(Incident.retired)).scalars()
    unread = {command_scope(incident) for incident in retired}  # nobody may read these scopes any more
    stored = {key: found for key, found in bodies().items() if found[0] not in left_out and key[0] not in unread}
    both = {key: (stored.get(key), expected.get(key)) for key in stored.keys() | expected.keys()}
    return {key: pair for key, pair in both.items() if pair[0] != pair[1]}


Row = tuple[str, str, str, dict[str, Any]]


def _all(site: str) -> Iterator[Row]:
    yield from _reference(site)
    yield from _people()
    yield from _leaders(site)
    yield from _acks()
    yield from _readings()
    yield from _alerts()
    for incident in all_records(select(Incident.__table__)):
        yield from _own_starts(incident)
        if not incident["retired"]:
            yield from _response(incident)
            yield from _promises(incident)
            for broadcast in all_records(select(Broadcast.__table__).where(Broadcast.incident == incident["id"])):
                yield from _broadcast(incident, broadcast)


def _reference(site: str) -> Iterator[Row]:
    scope = ref_scope(site)
    units = people.units(site)
    for unit in units:
        fields = ("name", "short", "type", "floor", "phone", "order")
        yield scope, unit["id"], "unit", {name: unit[name] for name in fields}
    for role in people.roles():
        title = {"en": role["title_en"], "es": role["title_es"]}
        body = {"code": role["code"], "title": title, "leader": role["leader"], "order": role["order"]}
        yield scope, f"role:{role['code']}", "role", body
    for entry in service_list(site):
        yield scope, f"service:{entry.code}", "service", {"code": entry.code, **entry.to_row()}
    for decided in all_records(select(BroadcastPolicy.__table__)):
        yield scope, "policy:broadcasts", "policy", decided["body"]
    for text in texts_of(site):
        yield site_command_scope(site), f"text:{text['key']}:{text['lang']}", "ready_text", text_body(text)
    for service, body in workaround_bodies(site).items():
        yield scope, f"workaround:{service}", "workaround", body
    yield from _command(site, scope)
    yield from _plans(site, [UnitRef(unit["id"], unit["type"]) for unit in units])


def _plans(site: str, refs: list[UnitRef]) -> Iterator[Row]:
    scope = ref_scope(site)
    for known in plan_list():
        plan = plan_in_force(known.id)
        yield scope, plan.id, "plan", plan_body(plan, known.version, refs)
        for form, document in form_rows(plan).items():
            if document is not None:
                yield scope, form, "document", document
        for card, body in card_rows(plan).items():
            yield scope, card, "card", body
        for words, body in word_rows(plan).items():
            yield scope, words, "words", body


def _command(site: str, scope: str) -> Iterator[Row]:
    chart = command_chart(site)
    if chart is None:
        return
    yield scope, "command", "command", frame_row(chart, command_unit(site) or "")
    known = people_by_username({name for names in chart.successors.values() for name in names})
    for row_id, body in position_rows(chart, known).items():
        yield scope, row_id, "position", body


def _people() -> Iterator[Row]:
    for user in db.session.execute(select(User.id)).scalars():
        body = me_body(user)
        if body is not None:
            yield user_scope(user), user, "me", body
    signed_in = select(SignIn.user, SignIn.device).distinct()
    devices = {device["id"]: device for device in all_records(select(Device.__table__))}
    authors = {(one["user"], one["device"]): one for one in all_records(select(DeviceAuthor.__table__))}
    for user, device_id in db.session.execute(signed_in):
        device, author = devices[device_id], authors[user, device_id]
        body = {
            "label": device["label"],
            "platform": device["platform"],
            "last_seen_at": to_wire(device["last_seen_at"]),
            "queue_len": author["queue_len"],
            "oldest_at": to_wire(author["oldest_at"]),
        }
        yield user_scope(user), device_id, "device", body
    for device_id in devices:
        state = people.device_state(device_id)
        person = people.person_of(state["person"]) if state else None
        if state is not None and person is not None and person.roles:
            body = {**state, "units": list(person.units)}
            yield site_command_scope(person.site), device_id, "device_state", body


def _leaders(site: str) -> Iterator[Row]:
    yield site_command_scope(site), "leaders", "leaders", leaders_body(site)
    for unit in people.units(site):
        body = people.duty_body(unit["id"])
        for scope in (unit_scope(unit["id"]), site_command_scope(site)):
            if body["people"] or body["required"]:
                yield scope, f"duty:{unit['id']}", "duty", body
    if planned_incidents(site, since=clock.now() - timedelta(days=400)):
        yield site_command_scope(site), "calendar", "calendar", {"path": calendar_path(site)}
    if db.session.execute(select(Incident.id).where(Incident.no > 0)).first() is not None:
        yield ref_scope(site), "recovery", "recovery", recovery_rules().to_row()
    for handover in all_records(select(Handover.__table__)):
        for scope in handover_scopes(handover):
            yield scope, handover["id"], "handover", handover_body(handover)


def _readings() -> Iterator[Row]:
    """The version of each plan that somebody has read last."""
    newest = {
        (one["person"], one["plan"]): one for one in all_records(select(PlanReading.__table__).order_by(PlanReading.at))
    }
    for (who, plan), one in newest.items():
        yield user_scope(who), f"read:{plan}", "plan_read", reading_body(plan, one["version"], one["at"])


def _own_starts(incident: Record) -> Iterator[Row]:
    """What units started by themselves stays until what it became part of leaves the phones."""
    for run in all_records(select(LocalRun.__table__).where(LocalRun.id == incident["id"])):
        whole = incident_of(run["adopted_into"]) if run["adopted_into"] else incident
        if whole is not None and not whole["retired"]:
            for scope in (unit_scope(run["unit"]), site_command_scope(run["site"])):
                yield scope, run["id"], "local_run", local_run_body(run, incident)


def _response(incident: Record) -> Iterator[Row]:
    command = command_scope(incident["id"])
    if incident["no"] > 0:  # a unit's own start is shown to its unit and the leaders only
        yield site_scope(incident["site"]), incident["id"], "incident", incident_body(incident)
    for task in _with_recent_rounds(_of(Task, incident)):
        yield unit_scope(task["unit"]), task["id"], "task", task_body(task)
    yield from _recovery(incident)
    for (scope, row_id, row_type), body in {**in_use_rows(incident), **command_rows(incident)}.items():
        yield scope, row_id, row_type, body
    for note in _of(Note, incident):
        yield unit_scope(note["unit"]), note["id"], "note", note_body(note)
    for request in _of(HelpRequest, incident):
        for scope in (unit_scope(request["unit"]), command):
            yield scope, request["id"], "help", help_body(request)
    clocks = clock_values(incident)
    for counts in progress_counts(incident["id"], clocks, units=None, now=clock.now()):
        unit, role = counts["unit"], counts["role"]
        body = progress_body(incident["id"], unit, role, counts)
        yield command, f"{incident['id']}:{unit}:{role}", "progress", body
    for event in _of(Event, incident):
        if is_for_command(event["type"]):
            yield command, event["id"], "event", _event_body(event)


def _recovery(incident: Record) -> Iterator[Row]:
    command = command_scope(incident["id"])
    for row_id, body in gate_rows(incident).items():
        yield site_scope(incident["site"]), row_id, "gate", body
    for unit in sorted({check["unit"] for check in _of(UnitCheck, incident)}):
        rules = recovery_rules()
        body = checks_body(incident["id"], unit, checks_of(incident["id"], unit), wanted=[c.key for c in rules.checks])
        for scope in (unit_scope(unit), command):
            yield scope, f"check:{incident['id']}:{unit}", "unit_check", body
    for backlog in _of(Backlog, incident):
        body = backlog_body(backlog, recovery_rules().sample.model_dump())
        for scope in (unit_scope(backlog["unit"]), command):
            yield scope, f"backlog:{incident['id']}:{backlog['unit']}", "backlog", body


def _of(model: Any, incident: Record) -> list[Record]:
    return all_records(select(model.__table__).where(model.incident == incident["id"]))


def _event_body(event: Record) -> dict[str, Any]:
    plain = {name: event[name] for name in ("incident", "type", "unit")}
    times = {"at": to_wire(event["occurred_at"]), "received_at": to_wire(event["received_at"])}
    who = {"by": event["actor"], "by_name": event["actor_name"]}
    return {**plain, **times, **who, "text": sentence(event["type"], event["facts"])}


def _broadcast(incident: Record, broadcast: Record) -> Iterator[Row]:
    command = command_scope(incident["id"])
    to_all = broadcast["units"] is None
    people_scopes = map(user_scope, broadcast["people"] or ())
    scopes = (
        [site_scope(incident["site"])] if to_all else [command, *map(unit_scope, broadcast["units"]), *people_scopes]
    )
    for scope in scopes:
        yield scope, broadcast["id"], "broadcast", broadcast_body(broadcast)
    carries = _about(Carry, broadcast)
    for route in _about(RunnerRoute, broadcast):
        yield site_scope(incident["site"]), route["id"], "runner_route", route_body(route, broadcast, carries)
    for escalation in _about(Escalation, broadcast):
        row_id = f"escalation:{broadcast['id']}:{escalation['unit']}"
        yield command, row_id, "escalation", escalation_body(escalation, broadcast)
    yield from _reach(incident, broadcast, carries)


def _about(model: Any, broadcast: Record) -> list[Record]:
    return all_records(select(model.__table__).where(model.broadcast == broadcast["id"]))


def _reach(incident: Record, broadcast: Record, carries: list[Record]) -> Iterator[Row]:
    receipts = _about(Receipt, broadcast)
    targets = incident["units"] if broadcast["units"] is None else broadcast["units"]
    units = {receipt["unit"] for receipt in receipts} | {carry["unit"] for carry in carries} | set(targets)
    silent, rules = silent_units(sorted(units)), policy_of(incident["site"]).quorum
    types = {unit["id"]: unit["type"] for unit in people.units(incident["site"])}
    for unit in units:
        body = reach_body(
            broadcast,
            unit,
            [receipt for receipt in receipts if receipt["unit"] == unit],
            carries=[carry for carry in carries if carry["unit"] == unit],
            ways=rules.ways_for(unit, types[unit]),
            silent_since=silent.get(unit),
            now=clock.now(),
        )
        yield command_scope(incident["id"]), f"{broadcast['id']}:{unit}", "reach", body


def _promises(incident: Record) -> Iterator[Row]:
    command = command_scope(incident["id"])
    for promise in _of(Promise, incident):
        body = promise_body(promise, broadcasts_of(incident["id"]))
        yield command, f"promise:{incident['id']}", "promise", body
    for approval in _of(Approval, incident):
        yield command, f"approval:{approval['broadcast']}", "approval", approval_body(approval)


def _alerts() -> Iterator[Row]:
    """What people read of push to their phones, and of their addresses."""
    for one in all_records(select(PushSubscription.__table__).where(PushSubscription.state != "ended")):
        query = select(*Delivery.__table__.c, NewsItem.created_at.label("asked_at")).join(NewsItem)
        tests = all_records(query.where(Delivery.target == one["id"], NewsItem.purpose == "test"))
        last = max(tests, key=lambda test: test["asked_at"], default=None)
        body = {
            "device": one["device"],
            "state": one["state"],
            "since": to_wire(one["state_at"]),
            "tested_at": to_wire(last["asked_at"]) if last else None,
            "handed_over_at": to_wire(last["sent_at"]) if last else None,
            "arrived_at": to_wire(last["arrived_at"]) if last else None,
            "problem": last["problem"] if last else "",
        }
        yield user_scope(one["user"]), f"push:{one['device']}", "push", body
    for one in all_records(select(DeliveryAddress.__table__)):
        body = {"channel": one["channel"], "address": one["address"], "changed_at": to_wire(one["changed_at"])}
        yield user_scope(one["user"]), f"address:{one['channel']}", "address", body


def _acks() -> Iterator[Row]:
    """What people acknowledged stays with them, also when the incident has left the phones."""
    broadcasts = {one["id"]: one for one in all_records(select(Broadcast.__table__))}
    receipts = all_records(select(Receipt.__table__).where(Receipt.acked_at.is_not(None)))
    for person, broadcast in {(receipt["person"], receipt["broadcast"]) for receipt in receipts}:
        mine = [r for r in receipts if (r["person"], r["broadcast"]) == (person, broadcast)]
        yield user_scope(person), f"ack:{broadcast}", "ack", ack_body(broadcasts[broadcast], mine)


def _with_recent_rounds(tasks: Iterable[Record]) -> Iterator[Record]:
    """All tasks, but of what comes with each shift the last two rounds, and older ones that are open."""
    rounds: dict[tuple[str, str], list[Record]] = {}
    for task in tasks:
        if task["anchor"] != "shift" or task["repeat_min"] is not None:
            yield task
        else:
            rounds.setdefault((task["run"], task["key"]), []).append(task)
    for found in rounds.values():
        newest_first = sorted(found, key=lambda task: task["occurrence"], reverse=True)
        yield from newest_first[:2]
        yield from (task for task in newest_first[2:] if task["state"] not in ("done", "skipped"))
