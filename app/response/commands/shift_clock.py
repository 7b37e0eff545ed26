"""The clock `shift` of an incident: the first start of a shift after its declaration, and those that follow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from flask import current_app

from app.people.queries import site_card
from app.response.shifts import next_start, shift_starts, shift_times


def first_shift(incident: Mapping[str, Any], begun_at: datetime) -> datetime:
    """When steps that count from the shift begin for the first time."""
    return next_start(_times(), _zone(incident), after=begun_at)


def shifts_begun(incident: Mapping[str, Any], now: datetime) -> list[datetime]:
    """The starts of shifts since the incident was declared."""
    return shift_starts(_times(), _zone(incident), after=incident["td"], until=now)


def shift_of(incident: Mapping[str, Any], number: int) -> datetime:
    """The start of the `number`-th shift of an incident, from 1."""
    far = incident["td"] + timedelta(days=number + 1)
    return shift_starts(_times(), _zone(incident), after=incident["td"], until=far)[number - 1]


def _times() -> tuple[time, ...]:
    return shift_times(current_app.extensions["settings"].shift_starts)


def _zone(incident: Mapping[str, Any]) -> str:
    return str(site_card(incident["site"])["tz"])
