"""What a pull answers: deltas, snapshots, scopes to drop. The parts are JSON text already and are only joined."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from app.base import clock
from app.base.errors import AppError
from app.base.instants import to_wire
from app.live.queries import delta_rows, scope_heads, snapshot_page
from app.live.scopes import command_scope, site_command_scope
from app.people.person import Person
from app.people.queries import scopes_of
from app.response.commands.retire import CLOSED_STAYS
from app.response.queries import incidents_in_sight

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
        return _envelope(epoch, granted, snaps=[_next_page(page, granted, limit)])
    heads = scope_heads(granted)
    deltas: list[str] = []
    snaps: list[str] = []
    more = False
    for scope in granted:
        seq, floor = heads[scope]
        cursor = cursors.get(scope)
        if cursor is None or cursor < floor or cursor > seq:
            snaps.append(_snapshot(scope, seq, "", limit))
        elif cursor < seq:
            text, cut = _delta(scope, cursor, seq, limit)
            deltas.append(text)
            more = more or cut
    if not (deltas or snaps or drop or is_other_history):
        return None
    return _envelope(epoch, granted, deltas=deltas, snaps=snaps, drop=drop, more=more)


def _delta(scope: str, cursor: int, seq: int, limit: int) -> tuple[str, bool]:
    rows, reached = delta_rows(scope, after=cursor, limit=limit)
    to = seq if reached is None else reached
    body = f'{json.dumps(scope)}:{{"from":{cursor},"to":{to},"rows":[{",".join(rows)}]}}'
    return body, reached is not None


def _snapshot(scope: str, seq: int, after_id: str, limit: int) -> str:
    page = snapshot_page(scope, after_id=after_id, limit=limit)
    following = None if page.next_id is None else f"{seq}|{scope}|{page.next_id}"
    return f'{json.dumps(scope)}:{{"to":{seq},"rows":[{",".join(page.rows)}],"next":{json.dumps(following)}}}'


def _next_page(page: str, granted: Sequence[str], limit: int) -> str:
    found = PAGE.fullmatch(page)
    if found is None or found["scope"] not in granted:
        raise AppError("malformed", "This page is not known. Pull again without it.")
    return _snapshot(found["scope"], int(found["seq"]), found["after"], limit)


def _envelope(
    epoch: str,
    granted: Sequence[str],
    *,
    deltas: Sequence[str] = (),
    snaps: Sequence[str] = (),
    drop: Sequence[str] = (),
    more: bool = False,
) -> str:
    return (
        f'{{"epoch":{json.dumps(epoch)},"now":{json.dumps(to_wire(clock.now()))},"scopes":{json.dumps(list(granted))},'
        f'"delta":{{{",".join(deltas)}}},"snap":{{{",".join(snaps)}}},"drop":{json.dumps(list(drop))},'
        f'"more":{json.dumps(more)}}}'
    )
