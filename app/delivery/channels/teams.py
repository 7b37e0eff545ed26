"""A Microsoft Teams channel, by its workflow's webhook."""

from __future__ import annotations

from typing import Any

from app.delivery.channels.chat import check_room, sender
from app.delivery.channels.kind import ChannelKind

CARD = "application/vnd.microsoft.card.adaptive"


def card(title: str, body: str) -> dict[str, Any]:
    """An adaptive card with a bold first line."""
    lines = [{"type": "TextBlock", "text": title, "weight": "bolder", "size": "medium", "wrap": True}]
    if body:
        lines.append({"type": "TextBlock", "text": body, "wrap": True})
    content = {"type": "AdaptiveCard", "version": "1.4", "body": lines}
    return {"type": "message", "attachments": [{"contentType": CARD, "content": content}]}


KIND = ChannelKind(
    name="teams",
    title="Teams channel",
    fields=(),
    secret_label="Webhook address",
    check=check_room,
    send=sender(card),
    secret_required=True,
)
