"""What is done about a unit that has not acknowledged, step by step, as the site's rules say. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.broadcasts.policy import ACCOUNTABLE_ROLES, EscalationStep
from app.people.person import UnitPerson

# What leaders read of a step, in each language.
WAYS = {
    "push": {"en": "message to {who}", "es": "mensaje a {who}"},
    "phone": {"en": "call {who}", "es": "llamar a {who}"},
    "runner": {"en": "send a runner", "es": "enviar un mensajero"},
}
NOBODY = {"en": "the whole unit", "es": "toda la unidad"}
UNIT = {"en": "the unit", "es": "la unidad"}
LONGEST_NAMES = 120


@dataclass(frozen=True)
class Stepped:
    """A step that is taken now: its number from 1, its way, whom it is for, and when the next one comes.

    `people` are named ones; nobody is named where the whole unit is meant. `to_leaders`: not the unit is asked for its
    answer, but leaders are told that there is none.
    """

    step: int
    path: str
    people: tuple[UnitPerson, ...]
    next_at: datetime | None
    to_leaders: bool = False

    @property
    def who(self) -> str | None:
        """The one person it is for, if it is one."""
        return self.people[0].id if len(self.people) == 1 else None

    @property
    def who_name(self) -> str:
        """The names, as far as they fit; empty for the whole unit."""
        names = ", ".join(person.name for person in self.people)
        return names if len(names) <= LONGEST_NAMES else names[: LONGEST_NAMES - 1].rsplit(",", 1)[0] + " …"


def first_at(steps: Sequence[EscalationStep], sent_at: datetime) -> datetime | None:
    """When the first step is due; None when the site wants none."""
    return sent_at + timedelta(minutes=steps[0].after_min) if steps else None


def take_step(
    steps: Sequence[EscalationStep],
    done: int,
    *,
    sent_at: datetime,
    people: Sequence[UnitPerson],
    leaders: Sequence[UnitPerson],
    tried: Collection[str],
) -> Stepped | None:
    """The step after `done` steps; None when there is none left.

    A step for who is in charge goes to the next accountable person who was not tried before: on duty first. One for
    leaders goes to all of `leaders` (see `leaders_to_tell`); when there is none, the unit itself is asked again.
    """
    if done >= len(steps):
        return None
    step = steps[done]
    named: tuple[UnitPerson, ...] = tuple(leaders) if step.who == "leaders" else ()
    if step.who == "charge":
        person = next_person(people, tried)
        named = (person,) if person else ()
    following = steps[done + 1].after_min if done + 1 < len(steps) else None
    next_at = None if following is None else sent_at + timedelta(minutes=following)
    return Stepped(done + 1, step.path, named, next_at, step.who == "leaders" and bool(named))


def leaders_to_tell(
    by_unit: Mapping[str, Sequence[UnitPerson]], unit: str, *, lead: str | None
) -> tuple[UnitPerson, ...]:
    """Who hears that a unit has not answered, of the people who hold a leader's role, by unit.

    Those on duty in the unit itself, else those on duty anywhere in the house, else all of them; and who leads the
    incident in any case, first.
    """
    everybody = list({one.id: one for people in by_unit.values() for one in people}.values())
    here = [one for one in by_unit.get(unit, ()) if one.on_duty]
    on_duty = list({one.id: one for people in by_unit.values() for one in people if one.on_duty}.values())
    chosen = here or on_duty or everybody
    first = [one for one in everybody if one.id == lead]
    rest = sorted((one for one in chosen if one.id != lead), key=lambda one: (one.name, one.id))
    return (*first, *rest)


def next_person(people: Sequence[UnitPerson], tried: Collection[str]) -> UnitPerson | None:
    """Whom to turn to next: accountable before others, on duty before the rest, each once."""
    fresh = [person for person in people if person.id not in tried]

    def rank(person: UnitPerson) -> tuple[bool, bool, str, str]:
        is_accountable = not set(ACCOUNTABLE_ROLES).isdisjoint(person.roles)
        return not is_accountable, not person.on_duty, person.name, person.id

    return min(fresh, key=rank, default=None)


def way_words(taken: Stepped) -> dict[str, str]:
    """The step in words, as facts of its event."""
    whom = {lang: taken.who_name or words for lang, words in (NOBODY if taken.path == "push" else UNIT).items()}
    return {f"way_{lang}": words.format(who=whom[lang]) for lang, words in WAYS[taken.path].items()}
