"""Who is still alerted aloud: after an acknowledgement only what concerns that person. Pure."""

from __future__ import annotations

ALWAYS = frozenset({"help.answered", "test"})  # about this one person
TURNS = frozenset({"incident.declared", "incident.restored", "incident.all_clear", "incident.cancelled"})

LOUD, QUIET, NOT_AT_ALL = "loud", "quiet", "not_at_all"


def alerting(purpose: str, *, asks: bool, acknowledged: bool) -> str:
    """How a person hears of it: `loud`, `quiet` (shown without sound) or `not_at_all`.

    `acknowledged`: of a reminder, that they have answered what it reminds of; of other news, that they have
    acknowledged an update of this incident, so that they are known to be following it.
    """
    if purpose in ALWAYS or not acknowledged:
        return LOUD
    if purpose == "ack.reminder":
        return NOT_AT_ALL
    return LOUD if asks or purpose in TURNS else QUIET
