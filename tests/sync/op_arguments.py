"""Arguments for every kind of op: one good set each, and all the ways to get a field wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from app.base.ids import uuid7
from app.sync.kinds import KINDS

SOMEWHERE = "0199a3c4-5d00-7000-8000-00000000ffff"
AUDIENCE = {"units": ["icu"], "roles": None}
SEND = {"headline": "EHR is down.", "do_now": "Paper.", "works": ["Viewer"], "ack": "unit", "audience": AUDIENCE}
ESTIMATE = {"at": "2026-11-21T21:30:00.000Z", "confidence": "low", "text": "A guess."}
MORE = {
    "stage": "confirmed",
    "what_down": ["Charting"],
    "affected": "Wards",
    "do_not": "Restart.",
    "contact": "4400",
    "estimate": ESTIMATE,
    "nothing_new": False,
    "relation": "supersedes",
    "after": 9,
}
DECLARE = {"plan": "ehr-unplanned", "title": "Down", "kind": "exercise", "level": 2, "services": ["ehr"], "units": None}
PLANNED_TIMES = {"planned_start_at": "2026-11-28T02:00:00.000Z", "planned_end_at": "2026-11-28T04:00:00.000Z"}
START = {"plan": "ehr-unplanned", "started": None, "day": "2026-11-21", "shift": "night", "version": None}

Args = dict[str, Any]


def good_args(*, task: str, incident: str, broadcast: str, help_id: str) -> dict[tuple[str, int], Args]:
    """Arguments that are well formed, for every kind."""
    place = {"incident": incident, "unit": "icu", "text": "Two more hands"}
    duty = {"unit": "icu", "role": "bedside-nurse"}
    return {
        ("task.complete", 1): {"task": task, "captured": {"patients": 12}, "note": "all seen"},
        ("task.skip", 1): {"task": task, "reason": "no patients"},
        ("task.block", 1): {"task": task, "note": "no forms"},
        ("task.reopen", 1): {"task": task, "reason": "too early"},
        ("task.confirm", 1): {"task": task},
        ("broadcast.receive", 1): {"broadcast": broadcast, "read": True, "path": "push"},
        ("broadcast.ack", 1): {"broadcast": broadcast},
        ("push.arrived", 1): {"news": SOMEWHERE},
        ("note.add", 1): place,
        ("help.ask", 1): place,
        ("help.take", 1): {"help": help_id},
        ("help.close", 1): {"help": help_id, "answer": "On the way"},
        ("help.hand", 1): {"help": help_id, "to": SOMEWHERE},
        ("step.flag", 1): {"task": task, "text": "wrong number"},
        ("plan.read", 1): {"plan": "ehr-unplanned", "version": "0123456789abcdef"},
        ("position.call", 1): {"position": "logistics", "incident": incident},
        ("objective.add", 1): {"incident": incident, "text": "All wards on paper by 22:00", "owner": "logistics"},
        ("objective.change", 1): {"objective": SOMEWHERE, "to": "dropped", "note": "No longer needed"},
        ("period.begin", 1): {"incident": incident, "no": 1, "ends_at": None, "note": ""},
        ("incident.amend", 1): {"incident": incident, "reason": "The grey charts ran out"},
        ("incident.service", 1): {"incident": incident, "service": "ehr", "to": "back"},
        ("run.start", 1): {**START, "unit": "icu", "incident": None},
        ("run.merge", 1): {"run": SOMEWHERE, "into": incident},
        ("run.end", 1): {"run": SOMEWHERE, "note": ""},
        ("duty.claim", 1): duty,
        ("duty.release", 1): duty,
        ("handover.offer", 1): {**duty, "to": None, "note": "Quiet night"},
        ("handover.accept", 1): {"handover": SOMEWHERE},
        ("handover.refuse", 1): {"handover": SOMEWHERE, "reason": "busy"},
        ("handover.withdraw", 1): {"handover": SOMEWHERE},
        ("incident.declare", 1): {"incident": uuid7(), **DECLARE},
        ("broadcast.approve", 1): {"broadcast": SOMEWHERE},
        ("broadcast.refuse", 1): {"broadcast": SOMEWHERE, "reason": "Not yet."},
        ("broadcast.carry", 1): {"broadcast": broadcast, "unit": "icu", "path": "runner", "taken_by": "Dana"},
        ("runner.send", 1): {"route": uuid7(), "broadcast": broadcast, "units": ["icu"]},
        ("runner.end", 1): {"route": SOMEWHERE},
        ("broadcast.send", 1): {**SEND, **MORE, "broadcast": uuid7(), "incident": incident, "next_update_at": None},
        ("incident.postpone", 1): {"incident": incident, **PLANNED_TIMES, "reason": "vendor is late"},
        ("incident.go", 1): {"incident": incident, "go": True, "reason": ""},
        ("incident.notice", 1): {"incident": incident, "key": "T-1d"},
        ("unit.check", 1): {"incident": incident, "unit": "icu", "check": "sign-in", "works": True, "note": ""},
        ("backlog.report", 1): {"incident": incident, "unit": "icu", "counts": {"doses": 4}, "sampled": 2, "wrong": 0},
        ("allclear.sign", 1): {"incident": incident, "note": "calm"},
        ("incident.advance", 1): {"incident": incident, "to": "restored", "note": ""},
    }


def deep(levels: int = 60) -> Any:
    """A list in a list in a list."""
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return value


WRONG_VALUES: dict[str, Any] = {
    "a number": 7,
    "a huge number": 10**30,
    "a fraction": 1.5,
    "yes": True,
    "a list": ["x"],
    "an object": {"x": 1},
    "deep": deep(),
    "long text": "x" * 5000,
    "NUL": "a\x00b",
    "a path": "../../etc/passwd",
    "another language": "ð�š€ ٣ ünit",
    "a quote": "'; DROP TABLE task; --",
    "empty": "",
    "null": None,
}


def faulty_args(good: Args) -> Iterator[tuple[str, Args]]:
    """Each field missing, and each field holding each wrong value; nothing at all; unknown fields only."""
    yield "nothing", {}
    yield "unknown fields only", {"patient": "x", "tasks": []}
    for name in good:
        yield f"{name} missing", {key: value for key, value in good.items() if key != name}
        for what, value in WRONG_VALUES.items():
            yield f"{name} is {what}", {**good, name: value}


def required_fields(kind: tuple[str, int]) -> list[str]:
    """What a kind cannot do without."""
    return [name for name, field in KINDS[kind].args.model_fields.items() if field.is_required()]
