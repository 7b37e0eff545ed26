"""The text of what a pull answers, the same wherever it is given: by the framework or at the door before it. Pure.

The parts are JSON text already and are only joined.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.base.instants import to_wire
from app.base.json_text import sorted_text

# Of a scope: its counter, and the lowest cursor that a delta can start from.
Head = tuple[int, int]


class Changes(Protocol):
    """Gives the rows of a scope after a cursor as JSON text, and the seq reached when there are more of them."""

    def __call__(self, scope: str, *, after: int) -> tuple[list[str], int | None]: ...


@dataclass(frozen=True, slots=True)
class Deltas:
    """What has changed, as JSON text by scope, and whether some of it is left for the next pull."""

    texts: list[str]
    more: bool


def needs_snapshot(cursor: int | None, head: Head) -> bool:
    """Whether no delta leads from this cursor to the head: it is new, too old, or of what was undone."""
    seq, floor = head
    return cursor is None or not floor <= cursor <= seq


def deltas(granted: Sequence[str], cursors: Mapping[str, int], heads: Mapping[str, Head], changes: Changes) -> Deltas:
    """The delta of every scope that has moved and needs no snapshot, in the order granted."""
    texts: list[str] = []
    more = False
    for scope in granted:
        cursor, (seq, _floor) = cursors.get(scope), heads[scope]
        if cursor is None or cursor == seq or needs_snapshot(cursor, heads[scope]):
            continue
        rows, reached = changes(scope, after=cursor)
        to = seq if reached is None else reached
        texts.append(f'{sorted_text(scope)}:{{"from":{cursor},"to":{to},"rows":[{",".join(rows)}]}}')
        more = more or reached is not None
    return Deltas(texts, more)


def snapshot(scope: str, seq: int, rows: Sequence[str], following: str | None) -> str:
    """A page of a snapshot, and how to ask for the one that follows."""
    return f'{sorted_text(scope)}:{{"to":{seq},"rows":[{",".join(rows)}],"next":{sorted_text(following)}}}'


def envelope(
    epoch: str,
    granted: Sequence[str],
    *,
    now: datetime,
    deltas: Deltas | None = None,
    snaps: Sequence[str] = (),
    drop: Sequence[str] = (),
) -> str:
    """The body of an answer."""
    texts, more = ([], False) if deltas is None else (deltas.texts, deltas.more)
    return (
        f'{{"epoch":{sorted_text(epoch)},"now":{sorted_text(to_wire(now))},"scopes":{sorted_text(list(granted))},'
        f'"delta":{{{",".join(texts)}}},"snap":{{{",".join(snaps)}}},"drop":{sorted_text(list(drop))},'
        f'"more":{sorted_text(more)}}}'
    )
