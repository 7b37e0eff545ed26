"""The plan file as values: what may be written, and what follows from it. docs/plan-format.md."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from app.plans.durations import (
    DUE_PATTERN,
    SPAN_PATTERN,
    WHEN_IT_HAPPENS,
    due_minutes,
    span_minutes,
)

Phase = Literal["pre", "0-15", "15-60", "1-4h", "4-12h", "12h+", "recovery", "back-entry", "close"]
Anchor = Literal["T0", "TD", "TR", "TA", "shift", "planned"]
Until = Literal["TR", "TA", "TE", "TS"]

PHASES: tuple[Phase, ...] = (
    "pre", "0-15", "15-60", "1-4h", "4-12h", "12h+", "recovery", "back-entry", "close",
)  # fmt: skip
PHASE_OF_LETTER: dict[str, Phase] = dict(zip("PABCDEFGH", PHASES, strict=True))
ANCHOR_OF_PHASE: dict[Phase, Anchor] = {
    **dict.fromkeys(PHASES, "TD"),
    "pre": "planned",
    "recovery": "TR",
    "back-entry": "TA",
    "close": "TA",
}
UNTIL_OF_PHASE: dict[Phase, Until] = {
    **dict.fromkeys(PHASES, "TA"),
    "back-entry": "TE",
    "close": "TS",
}

# A code has two digits at most.
PLACES_A_PHASE = 100

SLUG_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
Slug = Annotated[str, Field(pattern=SLUG_PATTERN, max_length=60)]
Line = Annotated[str, Field(min_length=1, max_length=160, pattern=r"^\S(?:.*\S)?$")]
CODE_PATTERN = r"^[A-HP][1-9][0-9]?$"
Code = Annotated[str, Field(pattern=CODE_PATTERN)]
KEY_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*/[A-HP][1-9][0-9]?$"
Key = Annotated[str, Field(pattern=KEY_PATTERN, max_length=64)]
FieldKey = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
FILE_PATTERN = r"^[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*$"
DAY_PATTERN = r"^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$"


class Written(BaseModel):
    """Anything an author writes: unknown words are refused, values never change afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CaptureField(Written):
    """A number, time or choice that is recorded with a step. Never anything about one patient."""

    key: FieldKey
    label: Annotated[str, Field(min_length=1, max_length=60)]
    type: Literal["count", "time", "text", "choice", "person", "tick"]
    choices: tuple[Line, ...] | None = None
    min: int | None = None
    max: int | None = None
    required: bool = False

    @model_validator(mode="after")
    def _choices_belong_to_choice(self) -> Self:
        if (self.type == "choice") != bool(self.choices):
            raise ValueError("A field of type choice needs choices, and no other type has them.")
        return self


class Condition(Written):
    """A step that is asked only after another step of the card has recorded something."""

    step: Code
    field: FieldKey
    one_of: tuple[Line, ...] | None = None
    at_least: int | None = None
    at_most: int | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> Self:
        if bool(self.one_of) == (self.at_least is not None or self.at_most is not None):
            raise ValueError("A condition has one_of, or at_least and at_most.")
        return self


class Attachment(Written):
    """A downtime form or another page that phones keep and paper carries."""

    code: Slug
    title: Line
    file: Annotated[str, Field(pattern=FILE_PATTERN, max_length=120)]
    version: Annotated[str, Field(min_length=1, max_length=20)]


class Step(Written):
    """One thing to do."""

    code: Code
    phase: Phase | None = None
    do: Line
    hint: Annotated[str, Field(min_length=1, max_length=240)] | None = None
    due: Annotated[str, Field(pattern=DUE_PATTERN)] | None = None
    anchor: Anchor | None = None
    safety: bool = False
    two_person: bool = False
    confirm_roles: tuple[Slug, ...] | None = None
    role_only: bool = False
    capture: tuple[CaptureField, ...] = ()
    repeat: Annotated[str, Field(pattern=SPAN_PATTERN)] | None = None
    until: Until | None = None
    depends_on: tuple[Code, ...] = ()
    gate: tuple[Key, ...] = ()
    when: Condition | None = None
    hand_off: Slug | None = None
    escalate_after: Annotated[str, Field(pattern=SPAN_PATTERN)] | None = None
    at_shift_end: Literal["carry", "close"] | None = None
    forms: tuple[Slug, ...] = ()
    local: dict[Slug, Line] = Field(default_factory=dict)

    @field_validator("capture")
    @classmethod
    def _keys_differ(cls, capture: tuple[CaptureField, ...]) -> tuple[CaptureField, ...]:
        keys = [field.key for field in capture]
        if len(keys) != len(set(keys)):
            raise ValueError("Two fields of one step have the same key.")
        return capture

    @model_validator(mode="after")
    def _parts_agree(self) -> Self:
        if self.phase is not None and self.phase != PHASE_OF_LETTER[self.code[0]]:
            meant = PHASE_OF_LETTER[self.code[0]]
            raise ValueError(f"Code {self.code} stands for the phase {meant}, not {self.phase}.")
        if self.confirm_roles is not None and not self.two_person:
            raise ValueError("confirm_roles needs two_person.")
        if self.until is not None and not self.comes_again:
            raise ValueError("until needs repeat, or the anchor shift.")
        if self.at_shift_end is not None and not self.comes_each_shift:
            raise ValueError("at_shift_end needs the anchor shift, and no repeat.")
        if self.repeat is not None and not span_minutes(self.repeat):
            raise ValueError("repeat must be at least one minute.")
        if self.escalate_after is not None and self.due_min is None:
            raise ValueError("escalate_after counts from the due time: the step needs one.")
        return self

    @property
    def in_phase(self) -> Phase:
        """The phase, which the letter of the code decides."""
        return PHASE_OF_LETTER[self.code[0]]

    @property
    def counted_from(self) -> Anchor:
        """The clock from which the due time counts."""
        return self.anchor or ANCHOR_OF_PHASE[self.in_phase]

    @property
    def due_min(self) -> int | None:
        """Minutes after the anchor; None when the step is due whenever it happens."""
        return due_minutes(self.due)

    @property
    def repeat_min(self) -> int | None:
        """Minutes between two rounds."""
        return span_minutes(self.repeat) if self.repeat else None

    @property
    def repeats_until(self) -> Until | None:
        """The clock that ends the repeating."""
        return (self.until or UNTIL_OF_PHASE[self.in_phase]) if self.comes_again else None

    @property
    def comes_each_shift(self) -> bool:
        """Whether it comes again with every shift; a step with a beat of its own goes by that."""
        return self.anchor == "shift" and self.repeat is None

    @property
    def comes_again(self) -> bool:
        """Whether there is more than one round of it."""
        return self.repeat is not None or self.comes_each_shift

    @property
    def escalate_after_min(self) -> int | None:
        """Minutes after the due time when leaders are told that it is still open."""
        return span_minutes(self.escalate_after) if self.escalate_after else None

    @property
    def comes_when_it_happens(self) -> bool:
        """True when the author said that the step has no hour (as opposed to forgetting it)."""
        return self.due == WHEN_IT_HAPPENS


class Card(Written):
    """A role's part of the plan, and the types of units whose holders of the role get it."""

    role: Slug
    title: Line
    mission: Line
    unit_types: Annotated[tuple[Slug, ...], Field(min_length=1)]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _codes_differ(self) -> Self:
        seen: set[str] = set()
        for step in self.steps:
            if step.code in seen:
                raise ValueError(f"Code {step.code} is used twice on the card of {self.role}.")
            seen.add(step.code)
        return self

    @property
    def steps_in_order(self) -> tuple[Step, ...]:
        """Steps by phase, and within a phase as they are written: a code is a name, not a place."""
        return tuple(sorted(self.steps, key=lambda step: PHASES.index(step.in_phase)))

    @property
    def places(self) -> dict[str, int]:
        """Where each step stands on the card, by code: phase times 100, and how many come before it in the phase."""
        last = {phase: PHASES.index(phase) * PLACES_A_PHASE for phase in PHASES}
        places: dict[str, int] = {}
        for step in self.steps:
            last[step.in_phase] += 1
            places[step.code] = last[step.in_phase]
        return places


class Plan(Written):
    """A prepared response to one kind of downtime."""

    id: Slug
    title: Line
    kind: Literal["unplanned", "planned"]
    services: Annotated[tuple[Slug, ...], Field(min_length=1)]
    summary: Annotated[str, Field(min_length=1, max_length=300)]
    icon: Slug
    do_now: Line
    works: tuple[Line, ...] = ()
    level: Annotated[int, Field(ge=1, le=4)]
    unit_types: Annotated[tuple[Slug, ...], Field(min_length=1)]
    owner: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    review_by: Annotated[str, Field(pattern=DAY_PATTERN)] | None = None
    references: tuple[Line, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    cards: Annotated[tuple[Card, ...], Field(min_length=1)]

    @field_validator("review_by")
    @classmethod
    def _is_a_day(cls, day: str | None) -> str | None:
        if day is not None:
            try:
                date.fromisoformat(day)
            except ValueError:
                raise ValueError(f'"review_by" is a day such as 2027-05-01, not "{day}".') from None
        return day

    @model_validator(mode="after")
    def _cards_fit(self) -> Self:
        roles = [card.role for card in self.cards]
        twice = sorted({role for role in roles if roles.count(role) > 1})
        if twice:
            raise ValueError(f"There are two cards for {', '.join(twice)}.")
        missing = {t for card in self.cards for t in card.unit_types} - set(self.unit_types)
        if missing:
            raise ValueError(f"Cards name unit types the plan does not: {', '.join(sorted(missing))}.")
        return self
