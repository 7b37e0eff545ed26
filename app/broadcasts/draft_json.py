"""A written broadcast as JSON and back, while it waits for a second leader. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.base.instants import from_wire, to_wire
from app.broadcasts.audience import Audience
from app.broadcasts.message import Message

LISTS = ("units", "roles", "services", "people")


def draft_to_json(message: Message, audience: Audience) -> dict[str, Any]:
    """The draft as its `approval` row shows it."""
    whom = {name: None if (names := getattr(audience, name)) is None else list(names) for name in LISTS}
    at = to_wire(message.next_update_at)
    return {**message.values(), "next_update_at": at, "audience": {**whom, "on_duty": audience.on_duty}}


def draft_from_json(args: Mapping[str, Any]) -> tuple[Message, Audience]:
    """The same draft again."""
    plain = {name: value for name, value in args.items() if name not in ("audience", "next_update_at")}
    at = args["next_update_at"]
    message = Message(**plain, next_update_at=None if at is None else from_wire(at))
    whom = args["audience"]
    names = {name: None if whom[name] is None else tuple(whom[name]) for name in LISTS}
    return message, Audience(**names, on_duty=whom["on_duty"])
