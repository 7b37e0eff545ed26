"""Bodies of the rows that the response puts on phones (docs/protocol.md section 2). Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any

from app.base.attestation import Attestation
from app.base.instants import from_wire, to_wire
from app.response.holds import may_be_held
from app.response.planned import has_begun
from app.response.recovery import is_confirmed, sample_size

CLOCKS = ("planned", "T0", "TD", "TB", "TR", "TA", "TE", "TS")


def incident_body(incident: Mapping[str, Any]) -> dict[str, Any]:
    """The `incident` row."""
    clocks = {name: to_wire(at) for name, at in clock_values(incident).items() if at is not None}
    plain = ("no", "title", "kind", "state", "level", "services", "plan", "plan_title", "lead", "lead_name")
    return {
        **{name: incident[name] for name in (*plain, "units", "do_now", "works", "note")},
        **{name: incident[name] for name in ("sequence", "go", "all_clear", "notices")},
        "planned_end_at": to_wire(incident["planned_end"]),
        "overrun_at": to_wire(incident["overrun_at"]),
        "clocks": clocks,
    }


def clock_values(incident: Mapping[str, Any]) -> dict[str, datetime | None]:
    """Every clock of an incident, None while it has not started; before a planned one begins, only `planned` counts."""
    begun = has_begun(incident)
    return {name: incident.get(name.lower()) if begun or name == "planned" else None for name in CLOCKS}


_OF_TASK = (
    "incident", "unit", "role", "phase", "title", "safety", "two_person", "capture", "state", "by", "by_name",
    "kind", "code", "hint", "captured", "note", "reason", "signs", "repeat_min", "occurrence", "anchor", "plan",
    "confirm_roles", "role_only",
)  # fmt: skip
_values_of_task = itemgetter(*_OF_TASK)


def task_body(task: Mapping[str, Any]) -> dict[str, Any]:
    """The `task` row."""
    body = dict(zip(_OF_TASK, _values_of_task(task), strict=True))
    body |= {"due_at": to_wire(task["due_at"]), "at": to_wire(task["at"]), "order": task["position"]}
    rules = task["rules"]
    if rules:
        body |= rules
    if may_be_held(rules):
        body["due_min"] = task["due_min"]
    return body | {name: task[name] for name in ("local", "held", "handed") if task[name]}


def sign_body(what: str, st: str, attestation: Attestation, *, out_of_order: bool = False) -> dict[str, Any]:
    """One sign of a task: who, what, when it happened and when it was heard; and whether the step was not due yet."""
    sign: dict[str, Any] = {
        "by": attestation.actor,
        "by_name": attestation.actor_name,
        "what": what,
        "at": to_wire(attestation.occurred_at),
        "received_at": to_wire(attestation.received_at),
        "st": st,
        "device": attestation.device,
    }
    if attestation.uncertain:
        sign["uncertain"] = True
    if attestation.late:
        sign["late"] = True
    if attestation.carried_by_name:
        sign["carried_by"] = attestation.carried_by_name
    if out_of_order:
        sign["out_of_order"] = True
    return sign


def help_body(request: Mapping[str, Any]) -> dict[str, Any]:
    """The `help` row."""
    plain = (
        "incident", "unit", "text", "task", "by", "by_name", "state", "owner", "owner_name", "answer", "kind",
        "what", "safety", "handed",
    )  # fmt: skip
    return {
        **{name: request[name] for name in plain},
        "at": to_wire(request["at"]),
        "taken_at": to_wire(request["taken_at"]),
        "answer_by": to_wire(request["answer_by"]),
        "closed_at": to_wire(request["closed_at"]),
    }


def handover_body(handover: Mapping[str, Any]) -> dict[str, Any]:
    """The `handover` row."""
    plain = (
        "unit", "role", "incident", "by", "by_name", "to", "to_name", "note", "tasks", "safety", "passed", "state",
        "answered_by", "answered_by_name", "reason",
    )  # fmt: skip
    of_step = ("task", "from_unit", "from_role", "step") if handover["task"] else ()
    moved = [from_wire(step["at"]) for step in handover["passed"]]
    return {
        **{name: handover[name] for name in (*plain, *of_step)},
        **{name: to_wire(handover[name]) for name in ("at", "next_at", "answered_at")},
        "changed_at": to_wire(max([handover["at"], *moved, handover["answered_at"] or handover["at"]])),
    }


def checks_body(
    incident: str, unit: str, checks: Mapping[str, Mapping[str, Any]], *, wanted: Collection[str]
) -> dict[str, Any]:
    """The `unit_check` row."""
    said = {
        key: {**{name: one[name] for name in ("works", "note", "by", "by_name")}, "at": to_wire(one["at"])}
        for key, one in checks.items()
    }
    return {
        "incident": incident,
        "unit": unit,
        "checks": said,
        "confirmed": is_confirmed(checks, wanted),
        "changed_at": to_wire(max((one["at"] for one in checks.values()), default=None)),
    }


def backlog_body(backlog: Mapping[str, Any], sample: Mapping[str, int]) -> dict[str, Any]:
    """The `backlog` row: numbers only; `sample` is the site's rule of how much is audited."""
    total = sum(backlog["first"].values())
    plain = ("incident", "unit", "counts", "first", "sampled", "wrong", "by", "by_name")
    return {
        **{name: backlog[name] for name in plain},
        "left": sum(backlog["counts"].values()),
        "total": total,
        "sample": sample_size(total, **sample),
        "at": to_wire(backlog["at"]),
    }


def note_body(note: Mapping[str, Any]) -> dict[str, Any]:
    """The `note` row."""
    return {**{n: note[n] for n in ("incident", "unit", "text", "by", "by_name", "kind")}, "at": to_wire(note["at"])}


def local_run_body(run: Mapping[str, Any], incident: Mapping[str, Any]) -> dict[str, Any]:
    """The `local_run` row; `incident` is the run's own stand-in."""
    plain = (
        "unit", "plan", "day", "shift", "by", "by_name", "starts", "adopted_into", "into_run", "merge_with",
    )  # fmt: skip
    return {
        **{name: run[name] for name in plain},
        "plan_title": incident["plan_title"],
        "kind": incident["kind"],
        "state": incident["state"],
        "do_now": incident["do_now"],
        "works": incident["works"],
        "started_at": to_wire(run["started_at"]),
        "adopted_at": to_wire(run["adopted_at"]),
        "ended_at": to_wire(incident["ts"]),
    }


def progress_body(incident: str, unit: str, role: str, counts: Mapping[str, Any]) -> dict[str, Any]:
    """The `progress` row of a unit and role."""
    return {
        "incident": incident,
        "unit": unit,
        "role": role,
        **{n: int(counts[n] or 0) for n in PROGRESS_COUNTS},
        "next_due_at": to_wire(counts["next_due_at"]),
    }


PROGRESS_COUNTS = (
    "total", "done", "overdue", "blocked", "skipped", "half", "safety_overdue", "now_total", "now_done", "held",
    "out_of_order",
)  # fmt: skip


def presence_body(
    incident: str, unit: str, *, connected: int, last_heard_at: datetime | None, silent_since: datetime | None
) -> dict[str, Any]:
    """The `presence` row of a unit."""
    return {
        "incident": incident,
        "unit": unit,
        "connected": connected,
        "last_heard_at": to_wire(last_heard_at),
        "silent_since": to_wire(silent_since),
    }
