"""Two voices, IT and clinical, of two different people: for go / no-go and for the all-clear. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

VOICES = ("it", "clinical")
Said = Mapping[str, Any]


def voices_of(roles: Collection[str], holders: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The voices that somebody with these roles may give; `holders` are the roles of each voice."""
    return tuple(voice for voice in VOICES if set(holders[voice]) & set(roles))


def voice_to_give(said: Said, allowed: Collection[str], *, actor: str) -> str | None:
    """Which voice the actor gives: their own again, else one that nobody has given, else the first they may.

    None when they have given the other voice already: one person is never both.
    """
    own = [voice for voice in VOICES if said.get(voice) and said[voice]["by"] == actor]
    if own:
        return own[0] if own[0] in allowed else None
    free = [voice for voice in allowed if not said.get(voice)]
    return next(iter([*free, *allowed]), None)


def both_say_go(said: Said | None) -> bool:
    """Whether both voices were given and both say go."""
    return said is not None and all((said.get(voice) or {}).get("go") is True for voice in VOICES)


def no_voices() -> dict[str, Any]:
    """Nobody has said anything."""
    return dict.fromkeys(VOICES)
