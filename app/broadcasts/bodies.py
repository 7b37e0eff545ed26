"""Bodies of the rows that broadcasts put on phones (docs/protocol.md section 2). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.base.instants import to_wire
from app.broadcasts.audience import Acked, has_quorum

NAMES_SHOWN = 5


def broadcast_body(broadcast: Mapping[str, Any]) -> dict[str, Any]:
    """The `broadcast` row."""
    plain = (
        "incident", "no", "state", "headline", "do_now", "works", "supersedes", "ack", "kind", "by",
        "by_name", "by_role",
    )  # fmt: skip
    newer = broadcast["superseded_by"]
    return {
        **{name: broadcast[name] for name in plain},
        "next_update_at": to_wire(broadcast["next_update_at"]),
        "at": to_wire(broadcast["at"]),
        "superseded_by": {"id": newer, "no": broadcast["superseded_by_no"]} if newer else None,
        "audience": {"units": broadcast["units"], "roles": broadcast["roles"]},
    }


def reach_body(
    broadcast: Mapping[str, Any], unit: str, receipts: Sequence[Mapping[str, Any]], *, silent_since: datetime | None
) -> dict[str, Any]:
    """The `reach` row of a broadcast and a unit from the receipts of the unit's people."""
    targeted = sum(1 for receipt in receipts if receipt["targeted"])
    acked = sorted((r for r in receipts if r["acked_at"] is not None), key=lambda receipt: receipt["acked_at"])
    return {
        "incident": broadcast["incident"],
        "broadcast": broadcast["id"],
        "no": broadcast["no"],
        "unit": unit,
        "targeted": targeted,
        "received": sum(1 for receipt in receipts if receipt["received_at"] is not None),
        "read": sum(1 for receipt in receipts if receipt["read_at"] is not None),
        "acked": len(acked),
        "quorum": has_quorum([Acked(r["person"], r["roles"]) for r in acked], targeted=targeted),
        "silent_since": to_wire(silent_since),
        "names": [receipt["person_name"] for receipt in acked[:NAMES_SHOWN]],
    }
