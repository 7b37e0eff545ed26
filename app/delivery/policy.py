"""How long news is worth delivering, how urgent it is, what it replaces, and which ways an exercise may use. Pure."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

CHANNELS = ("push", "email", "sms", "webhook", "teams", "slack")
PEOPLES_CHANNELS = ("email", "sms")  # reach a person's own address through a configured gateway
PLACES_CHANNELS = ("webhook", "teams", "slack")  # reach a room or a program
EXERCISES_BY_DEFAULT = ("push",)

TOPIC_BYTES = 24  # 32 characters of base64url, the most that a push service takes


@dataclass(frozen=True)
class Purpose:
    """`lasts`: after that nobody needs it any more. `urgent`: phones may be woken for it.

    `replaces`: a newer one takes the place of an undelivered older one of the same incident.
    """

    lasts: timedelta
    urgent: bool
    replaces: bool = True


PURPOSES: dict[str, Purpose] = {
    "incident.declared": Purpose(timedelta(hours=4), urgent=True),
    "incident.restored": Purpose(timedelta(hours=4), urgent=True),
    "incident.all_clear": Purpose(timedelta(hours=24), urgent=True),
    "incident.closed": Purpose(timedelta(hours=24), urgent=False),
    "incident.cancelled": Purpose(timedelta(hours=4), urgent=True),
    "broadcast.sent": Purpose(timedelta(hours=4), urgent=False),
    "broadcast.acknowledged": Purpose(timedelta(hours=4), urgent=False, replaces=False),
    "ack.reminder": Purpose(timedelta(hours=1), urgent=True),
    "update.due": Purpose(timedelta(minutes=30), urgent=True),
    "step.overdue": Purpose(timedelta(hours=1), urgent=True, replaces=False),
    "help.answered": Purpose(timedelta(hours=1), urgent=True, replaces=False),
    "unit.unanswered": Purpose(timedelta(hours=1), urgent=True, replaces=False),
    "plan.review": Purpose(timedelta(days=7), urgent=False, replaces=False),
    "unit.silent": Purpose(timedelta(hours=1), urgent=False, replaces=False),
    "test": Purpose(timedelta(minutes=10), urgent=True, replaces=False),
}

# What a configured target may be told of. Reminders, answers and tests are for one person.
TO_ONE_PERSON = (
    "ack.reminder",
    "update.due",
    "step.overdue",
    "help.answered",
    "unit.unanswered",
    "test",
    "plan.review",
)
EVENTS = tuple(name for name in PURPOSES if name not in TO_ONE_PERSON)
# What is also written to people's own addresses where the gateway's events do not say otherwise.
EVENTS_FOR_PEOPLE = tuple(name for name in PURPOSES if name not in ("broadcast.acknowledged", "unit.silent", "test"))


def is_allowed(channel: str, kind: str, exercise_channels: Collection[str]) -> bool:
    """Whether news of this kind may go this way: what is real always, an exercise only where the site lets it out."""
    return kind == "real" or channel in exercise_channels


def urgency(purpose: str, *, asks: bool, quiet: bool) -> str:
    """The Urgency header: `high` wakes a sleeping phone, so only what is urgent or wants an answer gets it."""
    return "high" if (PURPOSES[purpose].urgent or asks) and not quiet else "normal"


def topic(purpose: str, *, incident: str | None, news: str) -> str:
    """The Topic header: among undelivered messages with the same one, the push service keeps only the newest."""
    about = incident if incident and PURPOSES[purpose].replaces else news
    digest = hashlib.sha256(f"wardlight|{about}".encode()).digest()[:TOPIC_BYTES]
    return base64.urlsafe_b64encode(digest).decode()
