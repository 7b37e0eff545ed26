"""What a phone would read of a scope."""

from __future__ import annotations

import json
from typing import Any

from app.live.queries import scope_heads, snapshot_page


def rows_of(scope: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The live rows of a scope: `{(type, id): body}`."""
    rows = [json.loads(row) for row in snapshot_page(scope, after_id="", limit=1000).rows]
    return {(row["t"], row["id"]): row["b"] for row in rows}


def body_of(scope: str, row_id: str) -> dict[str, Any]:
    """The body of the row with this id, of whatever type."""
    return next(body for (_type, found), body in rows_of(scope).items() if found == row_id)


def head_of(scope: str) -> int:
    """The cursor a phone would reach."""
    return scope_heads([scope])[scope][0]
