"""What the public page may say of running incidents. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.base.instants import from_wire
from app.pages.views import DownView, EstimateView, IncidentView, PromiseView


def incident_view(
    incident: Mapping[str, Any], *, names: Mapping[str, DownView], next_update_at: datetime | None, now: datetime
) -> IncidentView:
    """An incident for everybody: the approved words of its plan, never the text of a broadcast to staff."""
    return IncidentView(
        no=incident["no"],
        title=incident["title"],
        is_exercise=incident["kind"] == "exercise",
        state=incident["state"],
        level=incident["level"],
        since=incident["t0"] or incident["td"],
        restored_at=incident["tr"],
        down=tuple(names.get(code, DownView(code, "")) for code in incident["services"]),
        do_now=incident["do_now"],
        works=as_lines(incident["works"]),
        promise=promise(next_update_at, now=now),
    )


def promise(at: datetime | None, *, now: datetime) -> PromiseView | None:
    """The promise of the next update; a minute begun counts as a whole one."""
    if at is None:
        return None
    seconds = (at - now).total_seconds()
    return PromiseView(at, minutes=-int(-abs(seconds) // 60), is_missed=seconds < 0)


def promised_at(broadcasts: Sequence[Mapping[str, Any]]) -> datetime | None:
    """When the next update was promised: by the newest broadcast that promised one. Newest first."""
    for broadcast in broadcasts:
        if broadcast["state"] == "current" and broadcast["next_update_at"] is not None:
            at: datetime = broadcast["next_update_at"]
            return at
    return None


def estimate_of(broadcast: Mapping[str, Any]) -> EstimateView | None:
    """What an update says of the end; None when it does not speak of it. "Not known" is only said by somebody."""
    said = broadcast["estimate"] or {}
    at, confidence, text = said.get("at"), said.get("confidence", "unknown"), said.get("text", "")
    if at is None and not text and confidence == "unknown":
        return None
    return EstimateView(None if at is None else from_wire(at), confidence, text)


def as_lines(value: Any) -> tuple[str, ...]:
    """A text or a list of texts, as lines without empty ones."""
    lines = value.splitlines() if isinstance(value, str) else list(value or ())
    return tuple(line.strip() for line in lines if line.strip())
