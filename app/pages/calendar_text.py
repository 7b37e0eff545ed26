"""Planned downtimes as an iCalendar text (RFC 5545). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from app.response.voices import both_say_go

LINE_OCTETS = 75
PRODUCT = "-//Wardlight//Planned downtimes//EN"


def calendar_text(incidents: Sequence[Mapping[str, Any]], *, site: str, now: datetime, host: str) -> str:
    """The whole calendar; `host` makes the ids of its entries unique in the world. Lines end with CRLF."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines.append(f"X-WR-CALNAME:{_escaped(site)}")
    for incident in incidents:
        lines += _entry(incident, now=now, host=host)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def status_of(incident: Mapping[str, Any]) -> str:
    """TENTATIVE until both voices say go, CONFIRMED from then on, CANCELLED when it was called off."""
    if incident["state"] == "cancelled":
        return "CANCELLED"
    begun = incident["state"] != "planned"
    return "CONFIRMED" if begun or both_say_go(incident["go"]) else "TENTATIVE"


def _entry(incident: Mapping[str, Any], *, now: datetime, host: str) -> list[str]:
    exercise = "EXERCISE: " if incident["kind"] == "exercise" else ""
    services = ", ".join(incident["services"])
    about = f"#{incident['no']} · {services}" + (f"\n{incident['note']}" if incident["note"] else "")
    return [
        "BEGIN:VEVENT",
        f"UID:{incident['id']}@{host}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(incident['planned'])}",
        f"DTEND:{_utc(incident['planned_end'])}",
        f"SEQUENCE:{incident['sequence']}",
        f"STATUS:{status_of(incident)}",
        f"SUMMARY:{_escaped(exercise + incident['title'])}",
        f"DESCRIPTION:{_escaped(about)}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, the later ones after a blank; no letter is cut in two."""
    pieces, piece, used = [], "", 0
    for letter in line:
        size = len(letter.encode())
        if used + size > LINE_OCTETS:
            pieces.append(piece)
            piece, used = " ", 1
        piece, used = piece + letter, used + size
    return "\r\n".join([*pieces, piece])
