"""Reads of the broadcasts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.base.db import db
from app.base.errors import NotFound
from app.base.reading import Record, all_records, one_record
from app.broadcasts.bodies import person_reached
from app.broadcasts.models import (
    Approval,
    Broadcast,
    BroadcastPolicy,
    Carry,
    DeviceReceipt,
    Escalation,
    Promise,
    ReadyText,
    Receipt,
    RunnerRoute,
)
from app.broadcasts.policy import Policy
from app.people.queries import device_labels


def broadcast_of(broadcast_id: str) -> Record | None:
    """One broadcast with all its columns, or None."""
    return one_record(select(Broadcast.__table__).where(Broadcast.id == broadcast_id))


def broadcasts_of(incident: str) -> list[Record]:
    """The broadcasts of an incident, newest first."""
    query = select(Broadcast.__table__).where(Broadcast.incident == incident).order_by(Broadcast.no.desc())
    return all_records(query)


def broadcasts_of_all(incidents: Sequence[str]) -> dict[str, list[Record]]:
    """The broadcasts of many incidents, each list newest first; incidents without any are absent."""
    query = select(Broadcast.__table__).where(Broadcast.incident.in_(incidents)).order_by(Broadcast.no.desc())
    found: dict[str, list[Record]] = {}
    for broadcast in all_records(query):
        found.setdefault(broadcast["incident"], []).append(broadcast)
    return found


def receipts_of(broadcast: str, units: Sequence[str]) -> list[Record]:
    """The receipts of these units' people."""
    query = select(Receipt.__table__).where(Receipt.broadcast == broadcast, Receipt.unit.in_(units))
    return all_records(query)


def units_concerned(broadcast: Mapping[str, Any], incident: Mapping[str, Any]) -> set[str]:
    """The units that a broadcast was for, and those whose people have it all the same."""
    known = db.session.execute(select(Receipt.unit).where(Receipt.broadcast == broadcast["id"]).distinct())
    targets = broadcast["units"] if broadcast["units"] is not None else incident["units"]
    return {*known.scalars(), *targets}


def receipts_of_person(broadcast: str, person: str) -> list[Record]:
    """A person's receipts of a broadcast, one for each unit."""
    query = select(Receipt.__table__).where(Receipt.broadcast == broadcast, Receipt.person == person)
    return all_records(query)


def device_receipts_of(broadcast: str, people: Sequence[str]) -> list[Record]:
    """What is known of these people's devices, the first that had it first."""
    query = (
        select(DeviceReceipt.__table__)
        .where(DeviceReceipt.broadcast == broadcast, DeviceReceipt.person.in_(people))
        .order_by(DeviceReceipt.received_at, DeviceReceipt.device)
    )
    return all_records(query)


def carries_of(broadcast: str, units: Sequence[str] | None = None) -> list[Record]:
    """What was brought to units on foot or on paper, the first first."""
    query = select(Carry.__table__).where(Carry.broadcast == broadcast).order_by(Carry.at, Carry.id)
    return all_records(query if units is None else query.where(Carry.unit.in_(units)))


def policy_of(site: str) -> Policy:
    """What the site has decided about its broadcasts; the defaults when it has decided nothing."""
    found = db.session.execute(select(BroadcastPolicy.body).where(BroadcastPolicy.site == site)).scalar()
    return Policy() if found is None else Policy.model_validate(found)


def approval_of(broadcast: str) -> Record | None:
    """A broadcast that waits or waited for a second leader, or None."""
    return one_record(select(Approval.__table__).where(Approval.broadcast == broadcast))


def promise_of(incident: str) -> Record | None:
    """What is kept of the incident's promise, or None before it was looked at."""
    return one_record(select(Promise.__table__).where(Promise.incident == incident))


def escalations_of(broadcast: str, units: Sequence[str] | None = None) -> list[Record]:
    """How far it has come with each unit."""
    query = select(Escalation.__table__).where(Escalation.broadcast == broadcast).order_by(Escalation.unit)
    return all_records(query if units is None else query.where(Escalation.unit.in_(units)))


def routes_of(broadcast: str) -> list[Record]:
    """The runner's routes of a broadcast."""
    query = select(RunnerRoute.__table__).where(RunnerRoute.broadcast == broadcast)
    return all_records(query.order_by(RunnerRoute.at, RunnerRoute.id))


def route_of(route: str) -> Record | None:
    """One runner's route, or None."""
    return one_record(select(RunnerRoute.__table__).where(RunnerRoute.id == route))


def open_escalations(*conditions: Any) -> list[Record]:
    """Units that something is still to be done about, the longest due first."""
    query = (
        select(Escalation.__table__)
        .where(Escalation.state.in_(("waiting", "running")), Escalation.next_at.is_not(None), *conditions)
        .order_by(Escalation.next_at, Escalation.broadcast, Escalation.unit)
    )
    return all_records(query)


def texts_of(site: str, lang: str | None = None) -> list[Record]:
    """The site's ready texts, in one language or all, in their order."""
    query = select(ReadyText.__table__).where(ReadyText.site == site)
    query = query if lang is None else query.where(ReadyText.lang == lang)
    return all_records(query.order_by(ReadyText.lang, ReadyText.order))


def people_reached(site: str, broadcast_id: str, unit: str) -> dict[str, Any]:
    """Who of a unit was reached by a broadcast, by name, with the devices. NotFound for an unknown broadcast."""
    broadcast = broadcast_of(broadcast_id)
    if broadcast is None or broadcast["site"] != site:
        raise NotFound("This update is not known here.")
    receipts = receipts_of(broadcast_id, [unit])
    devices: dict[str, list[dict[str, Any]]] = {}
    for device in device_receipts_of(broadcast_id, [receipt["person"] for receipt in receipts]):
        devices.setdefault(device["person"], []).append(device)
    labels = device_labels(device["device"] for found in devices.values() for device in found)
    people = [person_reached(receipt, devices.get(receipt["person"], []), labels) for receipt in receipts]
    return {"people": sorted(people, key=lambda person: (person["name"], person["id"]))}
