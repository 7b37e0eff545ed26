"""Bodies of the rows that broadcasts put on phones (docs/protocol.md sections 2 and 11). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.base.instants import to_wire
from app.broadcasts.message import UNKNOWN
from app.broadcasts.promises import punctuality
from app.broadcasts.quorum import Acked, Way, arrived_late, standing, still_counts

NAMES_SHOWN = 5
DEVICE_PATHS = ("socket", "poll", "push", "carried")
Record = Mapping[str, Any]


def broadcast_body(broadcast: Record) -> dict[str, Any]:
    """The `broadcast` row."""
    plain = (
        "incident", "no", "state", "headline", "do_now", "works", "supersedes", "ack", "kind", "by",
        "by_name", "by_role", "stage", "what_down", "affected", "do_not", "contact", "nothing_new", "level",
        "ack_lasts_min", "relation", "refers_to", "approved_by", "approved_by_name",
    )  # fmt: skip
    return {
        **{name: broadcast[name] for name in plain},
        "estimate": broadcast["estimate"] or UNKNOWN,
        "next_update_at": to_wire(broadcast["next_update_at"]),
        "promised_at": to_wire(broadcast["promised_at"]),
        "at": to_wire(broadcast["at"]),
        "superseded_by": _newer(broadcast),
        "audience": {name: broadcast[name] for name in ("units", "roles", "on_duty", "services", "people")},
    }


def _newer(broadcast: Record) -> dict[str, Any] | None:
    if not broadcast["superseded_by"]:
        return None
    relation = broadcast["superseded_relation"] or "supersedes"
    return {"id": broadcast["superseded_by"], "no": broadcast["superseded_by_no"], "relation": relation}


def last_given(receipt: Record) -> datetime:
    """When an acknowledgement was given last."""
    given: datetime = receipt["renewed_at"] or receipt["acked_at"]
    return given


def counting_acks(broadcast: Record, receipts: Sequence[Record], *, now: datetime) -> list[Acked]:
    """The acknowledgements that have not run out."""
    return [
        Acked(receipt["person"], receipt["roles"], last_given(receipt))
        for receipt in receipts
        if receipt["acked_at"] is not None and still_counts(last_given(receipt), broadcast["ack_lasts_min"], now)
    ]


def reach_body(
    broadcast: Record,
    unit: str,
    receipts: Sequence[Record],
    *,
    carries: Sequence[Record],
    ways: Sequence[Way],
    silent_since: datetime | None,
    now: datetime,
) -> dict[str, Any]:
    """The `reach` row of a broadcast and a unit, from the receipts of its people and from what was carried there."""
    targeted = sum(1 for receipt in receipts if receipt["targeted"])
    acked = sorted((r for r in receipts if r["acked_at"] is not None), key=lambda r: (r["acked_at"], r["person"]))
    counting = counting_acks(broadcast, receipts, now=now)
    stands = standing(counting, ways, targeted=targeted)
    brought = min(carries, key=lambda carry: carry["at"], default=None)
    times = [at for at in (stands.at, brought["at"] if brought else None) if at is not None]
    return {
        "incident": broadcast["incident"],
        "broadcast": broadcast["id"],
        "no": broadcast["no"],
        "unit": unit,
        "targeted": targeted,
        "received": sum(1 for receipt in receipts if receipt["received_at"] is not None),
        "read": sum(1 for receipt in receipts if receipt["read_at"] is not None),
        "acked": len(counting),
        "lapsed": len(acked) - len(counting),
        "late": sum(1 for receipt in acked if _is_late(receipt)),
        "quorum": bool(times),
        "quorum_at": to_wire(min(times, default=None)),
        "need": list(stands.need),
        "paths": _paths(receipts, carries),
        "runner": None if brought is None else _runner(brought),
        "silent_since": to_wire(silent_since),
        "names": [receipt["person_name"] for receipt in acked[:NAMES_SHOWN]],
        "acks": [_ack(receipt) for receipt in acked[:NAMES_SHOWN]],
    }


def _is_late(receipt: Record) -> bool:
    return arrived_late(receipt["acked_at"], receipt["ack_received_at"])


def _ack(receipt: Record) -> dict[str, Any]:
    return {
        "name": receipt["person_name"],
        "at": to_wire(receipt["acked_at"]),
        "received_at": to_wire(receipt["ack_received_at"]),
        "late": _is_late(receipt),
        "carried_by": receipt["ack_carried_by"],
    }


def _paths(receipts: Sequence[Record], carries: Sequence[Record]) -> dict[str, int]:
    came = [_ways(receipt) for receipt in receipts if receipt["received_at"] is not None]
    brought = {carry["path"] for carry in carries}
    by_device = {path: sum(1 for ways in came if path in ways) for path in DEVICE_PATHS}
    return {**by_device, **{path: int(path in brought) for path in ("runner", "paper")}}


def _ways(receipt: Record) -> set[str]:
    carried = {"carried"} if receipt["ack_carried_by"] else set()
    return {receipt["path"] or "poll"} | carried


def _runner(carry: Record) -> dict[str, Any]:
    plain = {name: carry[name] for name in ("by_name", "path", "taken_by")}
    return {**plain, "at": to_wire(carry["at"]), "received_at": to_wire(carry["received_at"])}


def ack_body(broadcast: Record, receipts: Sequence[Record]) -> dict[str, Any]:
    """A person's own `ack` row, from their receipts (of several units) that are acknowledged."""
    first = min(receipts, key=lambda receipt: receipt["acked_at"])
    renewed = max((receipt["renewed_at"] for receipt in receipts if receipt["renewed_at"]), default=None)
    return {
        "broadcast": broadcast["id"],
        "incident": broadcast["incident"],
        "acked_at": to_wire(first["acked_at"]),
        "received_at": to_wire(first["ack_received_at"]),
        "renewed_at": to_wire(renewed),
        "late": _is_late(first),
    }


def approval_body(approval: Record) -> dict[str, Any]:
    """The `approval` row."""
    plain = ("incident", "broadcast", "state", "by", "by_name", "decided_by", "decided_by_name", "reason", "args")
    times = {name: to_wire(approval[name]) for name in ("at", "decided_at")}
    return {**{name: approval[name] for name in plain}, **times}


def promise_body(promise: Record, broadcasts: Sequence[Record]) -> dict[str, Any]:
    """The `promise` row, from what is owed and the updates that came."""
    times = {name: to_wire(promise[name]) for name in ("due_at", "overdue_since", "reminded_at", "nagged_at")}
    plain = {name: promise[name] for name in ("incident", "no", "nags")}
    return {**plain, **times, **punctuality(broadcasts).__dict__}


def escalation_body(escalation: Record, broadcast: Record) -> dict[str, Any]:
    """The `escalation` row of a broadcast and a unit."""
    plain = {name: escalation[name] for name in ("broadcast", "unit", "state", "step", "path", "who", "who_name")}
    times = {name: to_wire(escalation[name]) for name in ("stepped_at", "next_at")}
    return {"incident": broadcast["incident"], "no": broadcast["no"], **plain, **times}


def route_body(route: Record, broadcast: Record, carries: Sequence[Record]) -> dict[str, Any]:
    """The `runner_route` row; the first who brought it to a unit stands there."""
    plain = {name: route[name] for name in ("broadcast", "units", "state", "by", "by_name")}
    said = {name: broadcast[name] for name in ("incident", "no", "kind", "headline", "do_now", "works")}
    reached: dict[str, Any] = {}
    for carry in sorted(carries, key=lambda one: (one["at"], one["id"])):
        here = {"by_name": carry["by_name"], "at": to_wire(carry["at"]), "path": carry["path"]}
        reached.setdefault(carry["unit"], here)
    return {**plain, **said, "at": to_wire(route["at"]), "reached": reached}


def text_body(text: Record) -> dict[str, Any]:
    """The `ready_text` row."""
    return {**text["body"], "lang": text["lang"], "order": text["order"]}


def person_reached(receipt: Record, devices: Sequence[Record], labels: Mapping[str, str]) -> dict[str, Any]:
    """A person of the drill-down of reach: three facts with their times, and where each was made."""
    times = ("received_at", "read_at", "acked_at", "ack_received_at")
    on = [
        {"label": labels.get(one["device"], ""), **{name: to_wire(one[name]) for name in times[:3]}} for one in devices
    ]
    return {
        "id": receipt["person"],
        "name": receipt["person_name"],
        "roles": receipt["roles"],
        "targeted": receipt["targeted"],
        **{name: to_wire(receipt[name]) for name in times},
        "late": receipt["acked_at"] is not None and _is_late(receipt),
        "path": receipt["path"],
        "ack_carried_by": receipt["ack_carried_by"],
        "devices": on,
    }
