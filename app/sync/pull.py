"""What a pull answers: deltas, snapshots, scopes to drop."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from flask import current_app

from app.base import clock
from app.base.errors import AppError
from app.live.queries import delta_rows, scope_heads, snapshot_page
from app.live.scopes import command_scope, site_command_scope
from app.people.person import Person
from app.people.queries import scopes_of
from app.response.commands.retire import CLOSED_STAYS
from app.response.queries import incidents_in_sight
from app.sync.answers import deltas, envelope, needs_snapshot, snapshot

# As _snapshot writes it: the cursor that the finished snapshot will have, its scope, the last row of the page before.
PAGE = re.compile(r"(?P<seq>[0-9]{1,18})\|(?P<scope>[^|\0]+)\|(?P<after>[^\0]+)")


@dataclass(frozen=True)
class Granted:
    """What a person may read now, and when time alone changes that (None: never)."""

    scopes: list[str]
    until: datetime | None = None


def granted_to(person: Person) -> Granted:
    """Everything the person may read now, the command scopes of incidents included."""
    scopes = scopes_of(person)
    if not (person.is_leader and scopes):
        return Granted(scopes)
    seen = incidents_in_sight(person.site, closed_after=clock.now() - CLOSED_STAYS)
    scopes += [site_command_scope(person.site), *(command_scope(incident) for incident in seen)]
    ends = [closed_at + CLOSED_STAYS for closed_at in seen.values() if closed_at is not None]
    return Granted(scopes, min(ends, default=None))


def pull_answer(
    granted: list[str], *, epoch: str, their_epoch: str | None, cursors: Mapping[str, int], page: str | None
) -> str | None:
    """The body of the answer as JSON text, or None when there is nothing new. AppError `malformed` for a bad page.

    A page of another epoch is not continued: two histories must not mix in one snapshot.
    """
    drop = sorted(set(cursors) - set(granted))
    is_other_history = their_epoch is not None and their_epoch != epoch
    cursors = {} if their_epoch != epoch else cursors
    limit = current_app.extensions["settings"].snapshot_page_rows
    if page is not None and their_epoch == epoch:
        return envelope(epoch, granted, now=clock.now(), snaps=[_next_page(page, granted, limit)])
    heads = scope_heads(granted)
    moved = deltas(granted, cursors, heads, partial(delta_rows, limit=limit))
    new = [scope for scope in granted if needs_snapshot(cursors.get(scope), heads[scope])]
    snaps = [_snapshot(scope, heads[scope][0], "", limit) for scope in new]
    if not (moved.texts or snaps or drop or is_other_history):
        return None
    return envelope(epoch, granted, now=clock.now(), deltas=moved, snaps=snaps, drop=drop)


def _snapshot(scope: str, seq: int, after_id: str, limit: int) -> str:
    page = snapshot_page(scope, after_id=after_id, limit=limit)
    following = None if page.next_id is None else f"{seq}|{scope}|{page.next_id}"
    return snapshot(scope, seq, page.rows, following)


def _next_page(page: str, granted: Sequence[str], limit: int) -> str:
    found = PAGE.fullmatch(page)
    if found is None or found["scope"] not in granted:
        raise AppError("malformed", "This page is not known. Pull again without it.")
    return _snapshot(found["scope"], int(found["seq"]), found["after"], limit)
