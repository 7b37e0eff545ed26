"""A Slack channel (or one that speaks the same), by its incoming webhook."""

from __future__ import annotations

from typing import Any

from app.delivery.channels.chat import check_room, sender
from app.delivery.channels.kind import ChannelKind

SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def message(title: str, body: str) -> dict[str, Any]:
    """A bold line and text; what would be markup there is text here."""
    words = f"*{title.translate(SIGNS)}*"
    return {"text": f"{words}\n{body.translate(SIGNS)}" if body else words}


KIND = ChannelKind(
    name="slack",
    title="Slack channel",
    fields=(),
    secret_label="Webhook address",
    check=check_room,
    send=sender(message),
    secret_required=True,
)
