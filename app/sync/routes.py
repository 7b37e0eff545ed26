"""The routes of the phone's door (docs/protocol.md section 3)."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, current_app, request
from pydantic import BaseModel, ConfigDict, Field

from app.base import clock
from app.base.errors import AppError
from app.base.instants import to_wire
from app.base.meta import epoch
from app.live import presence
from app.people.commands.devices import Held, note_held
from app.people.guard import action, current_person, json_endpoint, nothing
from app.sync.commands import push_ops
from app.sync.door import introduce
from app.sync.envelope import LONGEST_AGE_MS, PullRequest, PushRequest, Uuid, oldest_at
from app.sync.packing import packed
from app.sync.pull import granted_to, pull_answer
from app.sync.queries import signed_status
from app.sync.relay import ENVELOPES_AT_MOST, Carried, take_in
from app.sync.sealed import LARGEST_BYTES
from app.sync.sealed_ops import own_op

bp = Blueprint("sync", __name__, url_prefix="/api/sync")

PROTO = {"cur": 1, "min": 1}
LARGEST_PUSH_BYTES = 65_536
LARGEST_RELAY_BYTES = 196_608
UNSEALED_AT_MOST = 100


@bp.post("/push")
@action("sync.push")
@json_endpoint(PushRequest, max_bytes=LARGEST_PUSH_BYTES)
def push(body: PushRequest) -> Any:
    """Take ops under the author's push token; every op gets a result."""
    author = current_person()
    if len(body.ops) > current_app.extensions["settings"].max_push_ops:
        raise AppError("too_large", "Too many entries at once. Send half of them.", status=413)
    if body.device != author.device:
        sentence = "This phone has to sign in again before it can send. Nothing is lost."
        raise AppError("token_unknown", sentence, status=401)
    results = push_ops(author, body.device, body)
    return {"now": to_wire(clock.now()), "epoch": epoch(), "results": results}


@bp.post("/pull")
@action("sync.pull")
@json_endpoint(PullRequest)
def pull(body: PullRequest) -> Response:
    """Rows after the cursors; 204 when nothing is new."""
    person = current_person()
    presence.heard(person.id, person.device)
    if body.held and person.device:
        received_at = clock.now()
        held = [Held(one.user, one.len, oldest_at(one, received_at)) for one in body.held]
        note_held(person.device, held)
    granted = granted_to(person)
    answer = pull_answer(granted.scopes, epoch=epoch(), their_epoch=body.epoch, cursors=body.cursors, page=body.page)
    introduce(person, granted)
    return nothing() if answer is None else _json_text(answer)


class CarriedBody(BaseModel):
    """One envelope in base64, and how long its carrier has held it."""

    model_config = ConfigDict(strict=True)

    envelope: str = Field(min_length=1, max_length=LARGEST_BYTES * 4 // 3 + 4)
    held_ms: int = Field(default=0, ge=0, le=LONGEST_AGE_MS)


class RelayRequest(BaseModel):
    """What one phone hands in for others."""

    envelopes: list[CarriedBody] = Field(min_length=1, max_length=ENVELOPES_AT_MOST)


@bp.post("/relay")
@action("relay.carry")
@json_endpoint(RelayRequest, max_bytes=LARGEST_RELAY_BYTES)
def relay(body: RelayRequest) -> Any:
    """Take envelopes that a phone has carried, under the carrier's push token; each gets an answer."""
    carried = [Carried(one.envelope, one.held_ms) for one in body.envelopes]
    return {"now": to_wire(clock.now()), "epoch": epoch(), "answers": take_in(current_person(), carried)}


class SealedBody(BaseModel):
    """One op as a device keeps it after its author has signed out."""

    model_config = ConfigDict(strict=True)

    id: Uuid
    sealed: str = Field(min_length=1, max_length=LARGEST_PUSH_BYTES)


class UnsealRequest(BaseModel):
    """What a device holds of the person who has come back."""

    ops: list[SealedBody] = Field(min_length=1, max_length=UNSEALED_AT_MOST)


@bp.post("/unseal")
@action("sync.unseal")
@json_endpoint(UnsealRequest, max_bytes=LARGEST_RELAY_BYTES)
def unseal(body: UnsealRequest) -> Any:
    """The signed-in person's own ops, readable again; those of anybody else are left out."""
    person, key = current_person(), current_app.extensions["keys"].relay
    opened = [{"id": one.id, **inside} for one in body.ops if (inside := own_op(one.id, one.sealed, person.id, key))]
    return {"ops": opened}


@bp.get("/status")
@action("status.read")
def status() -> Response:
    """What is in force now, signed: a phone keeps it, proves its age with it and shows it to other phones."""
    return _json_text(json.dumps(signed_status(current_person().site).to_wire(), ensure_ascii=False))


def _json_text(text: str) -> Response:
    data, encoding = packed(text.encode(), request.headers.get("Accept-Encoding", ""))
    answer = Response(
        data, mimetype="application/json", headers={"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    )
    if encoding is not None:
        answer.headers["Content-Encoding"] = encoding
    return answer
