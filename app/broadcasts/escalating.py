"""What is done about a unit that has not acknowledged, step by step, as the site's rules say. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.broadcasts.policy import ACCOUNTABLE_ROLES, EscalationStep
from app.people.person import UnitPerson

# What leaders read of a step, in each language.
WAYS = {
    "push": {"en": "message to {who}", "es": "mensaje a {who}"},
    "phone": {"en": "call the unit", "es": "llamar a la unidad"},
    "runner": {"en": "send a runner", "es": "enviar un mensajero"},
}
NOBODY = {"en": "the whole unit", "es": "toda la unidad"}


@dataclass(frozen=True)
class Stepped:
    """A step that is taken now: its number from 1, its way, whom it is for, and when the next one comes."""

    step: int
    path: str
    who: str | None
    who_name: str
    next_at: datetime | None


def first_at(steps: Sequence[EscalationStep], sent_at: datetime) -> datetime | None:
    """When the first step is due; None when the site wants none."""
    return sent_at + timedelta(minutes=steps[0].after_min) if steps else None


def take_step(
    steps: Sequence[EscalationStep],
    done: int,
    *,
    sent_at: datetime,
    people: Sequence[UnitPerson],
    tried: Collection[str],
) -> Stepped | None:
    """The step after `done` steps; None when there is none left.

    A step for who is in charge goes to the next accountable person who was not tried before: on duty first.
    """
    if done >= len(steps):
        return None
    step = steps[done]
    person = next_person(people, tried) if step.who == "charge" else None
    following = steps[done + 1].after_min if done + 1 < len(steps) else None
    next_at = None if following is None else sent_at + timedelta(minutes=following)
    return Stepped(done + 1, step.path, person.id if person else None, person.name if person else "", next_at)


def next_person(people: Sequence[UnitPerson], tried: Collection[str]) -> UnitPerson | None:
    """Whom to turn to next: accountable before others, on duty before the rest, each once."""
    fresh = [person for person in people if person.id not in tried]

    def rank(person: UnitPerson) -> tuple[bool, bool, str, str]:
        is_accountable = not set(ACCOUNTABLE_ROLES).isdisjoint(person.roles)
        return not is_accountable, not person.on_duty, person.name, person.id

    return min(fresh, key=rank, default=None)


def way_words(taken: Stepped) -> dict[str, str]:
    """The step in words, as facts of its event."""
    return {f"way_{lang}": words.format(who=taken.who_name or NOBODY[lang]) for lang, words in WAYS[taken.path].items()}
