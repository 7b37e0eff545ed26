"""Whom an update replaces and when a unit has acknowledged, as tables."""

from __future__ import annotations

import pytest

from app.broadcasts.audience import Acked, Audience, has_quorum

ALL = Audience(None, None)
ICU = Audience(("icu",), None)
ICU_AND_ED = Audience(("icu", "ed"), None)
NURSES = Audience(None, ("bedside-nurse",))


@pytest.mark.parametrize(
    ("newer", "older", "covers"),
    [
        (ALL, ALL, True),
        (ALL, ICU, True),
        (ICU, ALL, False),
        (ICU_AND_ED, ICU, True),
        (ICU, ICU_AND_ED, False),
        (ALL, NURSES, True),
        (NURSES, ALL, False),
    ],
)
def test_an_update_replaces_only_what_everybody_of_it_will_read(newer: Audience, older: Audience, covers: bool) -> None:
    assert newer.covers(older) is covers


@pytest.mark.parametrize(
    ("acked", "targeted", "wanted"),
    [
        ([], 3, False),
        ([Acked("dana", ["charge-nurse"])], 3, True),
        ([Acked("nia", ["bedside-nurse"])], 3, False),
        ([Acked("nia", ["bedside-nurse"]), Acked("bo", ["bedside-nurse"])], 3, True),
        ([Acked("nia", ["bedside-nurse"]), Acked("nia", ["bedside-nurse"])], 3, False),
        ([Acked("tess", ["unit-clerk"])], 1, True),
        ([Acked("tess", ["unit-clerk"])], 0, True),
    ],
)
def test_a_unit_has_acknowledged_by_its_charge_or_by_two(acked: list[Acked], targeted: int, wanted: bool) -> None:
    assert has_quorum(acked, targeted=targeted) is wanted
