"""What became of an op, as its command says it; the phone's door turns it into the op's result."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Outcome(NamedTuple):
    """`st` is ok, superseded, conflict or rejected; `scope` where the effect shows; `by`/`at` who was first and when.

    `code` and `msg` say why it is not ok, in words for the author.
    """

    st: str = "ok"
    scope: str | None = None
    by: str | None = None
    by_name: str | None = None
    at: datetime | None = None
    code: str = ""
    msg: str = ""
