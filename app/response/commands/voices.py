"""Which voice somebody gives at this hospital, and how it stands in a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app

from app.base.attestation import Attestation
from app.base.errors import AppError, NotAllowed
from app.base.instants import to_wire
from app.response.authority import Actor
from app.response.voices import voice_to_give, voices_of


def voice_holders() -> dict[str, list[str]]:
    """The roles of each voice at this hospital."""
    settings = current_app.extensions["settings"]
    texts = {"it": settings.it_voices, "clinical": settings.clinical_voices}
    return {voice: [role.strip() for role in text.split(",") if role.strip()] for voice, text in texts.items()}


def voice_of(actor: Actor, said: Mapping[str, Any]) -> str:
    """The voice that the actor gives. NotAllowed without one; AppError `same_person` after having given the other."""
    allowed = voices_of(actor.roles, voice_holders())
    if not allowed:
        raise NotAllowed("This is for IT and for a clinical lead to say. Your entry is kept.")
    voice = voice_to_give(said, allowed, actor=actor.id)
    if voice is None:
        raise AppError("same_person", "You have given the other voice. It needs two people.")
    return voice


def said_by(actor: Actor, attestation: Attestation, voice: str) -> dict[str, Any]:
    """Who gave a voice, in which role and when, as it stands in the row."""
    role = next(role for role in actor.roles if role in voice_holders()[voice])
    return {"by": actor.id, "by_name": actor.name, "role": role, "at": to_wire(attestation.occurred_at)}
