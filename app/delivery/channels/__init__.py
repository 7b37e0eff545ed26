"""The ways out of the house, one file each, behind one interface: fields to configure, a check, and `send`."""

from __future__ import annotations

from app.delivery.channels import email, slack, sms, teams, webhook
from app.delivery.channels.kind import ChannelKind

CONFIGURED: dict[str, ChannelKind] = {
    kind.name: kind for kind in (email.KIND, sms.KIND, webhook.KIND, teams.KIND, slack.KIND)
}
