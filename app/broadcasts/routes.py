"""What leaders ask the server about an update while they write it or follow it (docs/protocol.md section 11)."""

from __future__ import annotations

from typing import Annotated, Any

from flask import Blueprint, request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.broadcasts.audience import Audience
from app.broadcasts.commands.audit import STALLED_AFTER, escalation_late
from app.broadcasts.commands.targets import counted_audience
from app.broadcasts.queries import people_reached
from app.people.guard import action, current_person, json_endpoint
from app.people.queries import find_people

bp = Blueprint("broadcasts", __name__, url_prefix="/api")

PEOPLE_SHOWN = 20
LETTERS_NEEDED = 2
Id = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Ids = Annotated[tuple[Id, ...], Field(max_length=500)]


class AudienceWish(BaseModel):
    """Whom an update would be for; null means all of the incident."""

    model_config = ConfigDict(extra="ignore")

    units: Ids | None = None
    roles: Ids | None = None
    on_duty: bool = False
    services: Ids | None = None
    people: Ids | None = None


class AudienceQuestion(BaseModel):
    """Which incident, and whom."""

    model_config = ConfigDict(extra="ignore")

    incident: Id
    audience: AudienceWish = AudienceWish()


@bp.post("/audience")
@action("broadcast.send")
@json_endpoint(AudienceQuestion)
def count_audience(body: AudienceQuestion) -> dict[str, Any]:
    """How many people in which units an update would go to now."""
    return counted_audience(current_person().site, body.incident, Audience(**dict(body.audience)))


@bp.get("/audience/people")
@action("broadcast.send")
def search_people() -> dict[str, Any]:
    """People whose name contains `q` (two letters at least)."""
    text = request.args.get("q", "").strip()[:60]
    return {"people": find_people(text, limit=PEOPLE_SHOWN) if len(text) >= LETTERS_NEEDED else []}


@bp.get("/broadcasts/<broadcast>/reach/<unit>")
@action("board.view")
def unit_reach(broadcast: str, unit: str) -> dict[str, Any]:
    """Names: who of a unit has received, read and acknowledged an update, on which device and by which path."""
    return people_reached(current_person().site, broadcast[:60], unit[:60])


@bp.get("/health")
@action("public")
def health() -> tuple[dict[str, Any], int]:
    """For whoever watches this server: 503 when units that have not acknowledged are not followed up any more."""
    late = escalation_late()
    is_well = late <= STALLED_AFTER
    return {"ok": is_well, "escalation": {"late_s": round(late.total_seconds())}}, 200 if is_well else 503
