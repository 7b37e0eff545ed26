"""The shapes of push and pull requests, and the times of an op. Pure."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from math import isfinite
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator

from app.base.attestation import Attestation
from app.base.instants import from_wire

Uuid = Annotated[str, StringConstraints(pattern=r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$", to_lower=True)]
KindName = Annotated[str, StringConstraints(min_length=1, max_length=40, pattern=r"^[!-~]+$")]
LONGEST_AGE_MS = 366 * 24 * 3600 * 1000
SCOPES_AT_MOST = 500


class Op(BaseModel):
    """A change made on a phone; what its arguments must be is its kind's matter."""

    model_config = ConfigDict(strict=True)

    id: Uuid
    n: int = Field(ge=0, le=2**53)
    kind: KindName
    v: int = Field(default=1, ge=1, le=1000)
    at: str = Field(max_length=40)
    age_ms: int = Field(ge=0, le=2**53)
    base: int | None = Field(default=None, ge=0, le=2**53)
    args: dict[str, Any]

    @field_validator("at")
    @classmethod
    def _is_instant(cls, value: str) -> str:
        try:
            from_wire(value)
        except ValueError:
            raise ValueError("The field “at” must be an instant such as 2026-11-21T20:50:11.400Z.") from None
        return value

    @field_validator("args")
    @classmethod
    def _is_storable(cls, value: dict[str, Any]) -> dict[str, Any]:
        # a number such as 1e999 is JSON but no database takes it back as JSON
        if not _is_finite(value):
            raise ValueError("The field “args” holds a number that is too large.")
        return value


def _is_finite(value: dict[str, Any] | list[Any]) -> bool:
    for one in value.values() if isinstance(value, dict) else value:
        if isinstance(one, float):
            if not isfinite(one):
                return False
        elif isinstance(one, (dict, list)) and not _is_finite(one):
            return False
    return True


class Queue(BaseModel):
    """How much waits on the phone."""

    len: int = Field(ge=0, le=10_000_000)
    oldest_age_ms: int | None = Field(default=None, ge=0, le=2**53)


class PushRequest(BaseModel):
    """The body of a push."""

    proto: int = Field(ge=1, le=1000)
    device: str = Field(min_length=1, max_length=64)
    epoch: str | None = Field(default=None, max_length=64)
    sent_at: str = Field(max_length=40)
    queue: Queue | None = None
    app: str | None = Field(default=None, max_length=60)
    ops: list[Op] = Field(max_length=1000)

    @field_validator("sent_at")
    @classmethod
    def _is_instant(cls, value: str) -> str:
        try:
            from_wire(value)
        except ValueError:
            raise ValueError("The field “sent_at” must be an instant such as 2026-11-21T20:51:03.001Z.") from None
        return value

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """As for every model, but half characters (a text cut inside an emoji) become a question mark: one of them
        must not keep everything behind it on the phone."""
        return super().model_validate_json(_with_whole_characters(json_data), **options)


def _with_whole_characters(data: str | bytes | bytearray) -> str | bytes | bytearray:
    text = data if isinstance(data, str) else data.decode(errors="replace")
    if "\\ud" not in text.lower():
        return data
    try:
        return json.dumps(json.loads(text), ensure_ascii=False).encode(errors="replace")
    except (ValueError, RecursionError):
        return data  # the model says what is wrong with it


class HeldQueue(Queue):
    """How much waits in the outbox of one person on the phone."""

    user: Uuid


class PullRequest(BaseModel):
    """The body of a pull."""

    proto: int = Field(ge=1, le=1000)
    epoch: str | None = Field(default=None, max_length=64)
    cursors: dict[str, Annotated[int, Field(ge=0, le=2**53)]] = Field(default_factory=dict, max_length=SCOPES_AT_MOST)
    page: str | None = Field(default=None, max_length=400)
    held: list[HeldQueue] = Field(default_factory=list, max_length=100)


def oldest_at(queue: Queue | None, received_at: datetime) -> datetime | None:
    """Since when the oldest entry of a queue waits."""
    if queue is None or queue.oldest_age_ms is None:
        return None
    return received_at - timedelta(milliseconds=min(queue.oldest_age_ms, LONGEST_AGE_MS))


def attestation_of(
    op: Op, *, sent_at: str, received_at: datetime, actor: str, actor_name: str, device: str, doubtful: timedelta
) -> Attestation:
    """Who did the op and when: occurred = received - age; doubtful when the device's clock is off or jumped.

    `doubtful` is the skew beyond which a device's clock is not believed.
    """
    sent = from_wire(sent_at)
    skew = sent - received_at
    jump = from_wire(op.at) - sent + timedelta(milliseconds=min(op.age_ms, LONGEST_AGE_MS))
    return Attestation(
        actor=actor,
        actor_name=actor_name,
        occurred_at=received_at - timedelta(milliseconds=min(op.age_ms, LONGEST_AGE_MS)),
        received_at=received_at,
        device=device,
        skew_ms=max(-(2**31), min(2**31 - 1, round(skew.total_seconds() * 1000))),
        uncertain=abs(skew) > doubtful or abs(jump) > doubtful,
        op=op.id,
    )
