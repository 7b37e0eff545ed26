"""When a unit has acknowledged, by rules that are data, as tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.broadcasts.policy import Policy, QuorumRules
from app.broadcasts.quorum import Acked, Way, arrived_late, standing, still_counts

NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
CHARGE_OR_TWO = (Way(("charge-nurse",), 1), Way(None, 2))
TWO_NURSES = (Way(("bedside-nurse", "charge-nurse"), 2),)


def acked(person: str, role: str, minute: int = 0) -> Acked:
    return Acked(person, [role], NOW + timedelta(minutes=minute))


@pytest.mark.parametrize(
    ("who", "ways", "targeted", "minute"),
    [
        ([], CHARGE_OR_TWO, 3, None),
        ([acked("dana", "charge-nurse", 4)], CHARGE_OR_TWO, 3, 4),
        ([acked("nia", "bedside-nurse", 1)], CHARGE_OR_TWO, 3, None),
        ([acked("nia", "bedside-nurse", 1), acked("bo", "bedside-nurse", 6)], CHARGE_OR_TWO, 3, 6),
        ([acked("bo", "bedside-nurse", 6), acked("nia", "bedside-nurse", 1)], CHARGE_OR_TWO, 3, 6),
        ([acked("nia", "bedside-nurse", 1), acked("nia", "bedside-nurse", 2)], CHARGE_OR_TWO, 3, None),
        ([acked("tess", "unit-clerk", 3)], CHARGE_OR_TWO, 1, 3),
        ([acked("tess", "unit-clerk", 3)], CHARGE_OR_TWO, 0, 3),
        ([acked("tess", "unit-clerk", 3)], TWO_NURSES, 1, None),
        ([acked("nia", "bedside-nurse", 1), acked("tess", "unit-clerk", 2)], TWO_NURSES, 3, None),
        ([acked("nia", "bedside-nurse", 1), acked("dana", "charge-nurse", 9)], TWO_NURSES, 3, 9),
        (
            [acked("nia", "bedside-nurse", 1), acked("bo", "bedside-nurse", 2), acked("dana", "charge-nurse", 0)],
            CHARGE_OR_TWO, 4, 0,
        ),
    ],
)  # fmt: skip
def test_a_unit_stands_since_the_last_word_that_one_way_needed(
    who: list[Acked], ways: tuple[Way, ...], targeted: int, minute: int | None
) -> None:
    assert standing(who, ways, targeted=targeted).at == (None if minute is None else NOW + timedelta(minutes=minute))


def test_what_is_missing_is_told_for_every_way() -> None:
    need = standing([acked("nia", "bedside-nurse")], CHARGE_OR_TWO, targeted=4).need

    assert need == (
        {"roles": ["charge-nurse"], "count": 1, "have": 0},
        {"roles": None, "count": 2, "have": 1},
    )


@pytest.mark.parametrize(
    ("unit", "unit_type", "count"), [("icu", "intensive-care", 3), ("5-west", "ward", 1), ("pharmacy", "pharmacy", 2)]
)
def test_the_nearest_rule_counts(unit: str, unit_type: str, count: int) -> None:
    def ways(number: int) -> list[dict[str, int]]:
        return [{"count": number}]

    rules = QuorumRules.model_validate(
        {"default": ways(2), "unit_types": {"ward": ways(1), "intensive-care": ways(5)}, "units": {"icu": ways(3)}}
    )

    assert rules.ways_for(unit, unit_type) == (Way(None, count),)


def test_without_a_decision_of_the_site_it_takes_somebody_accountable_or_two() -> None:
    ways = Policy().quorum.ways_for("icu", "intensive-care")

    assert standing([acked("dana", "charge-nurse")], ways, targeted=5).is_met
    assert not standing([acked("nia", "bedside-nurse")], ways, targeted=5).is_met


@pytest.mark.parametrize(("lasts", "minutes", "counts"), [(None, 9_999, True), (60, 59, True), (60, 60, False)])
def test_an_acknowledgement_runs_out_where_the_site_wants_it(lasts: int | None, minutes: int, counts: bool) -> None:
    assert still_counts(NOW, lasts, NOW + timedelta(minutes=minutes)) is counts


@pytest.mark.parametrize(("seconds", "late"), [(0, False), (120, False), (121, True)])
def test_what_took_more_than_two_minutes_arrived_late(seconds: int, late: bool) -> None:
    assert arrived_late(NOW, NOW + timedelta(seconds=seconds)) is late
