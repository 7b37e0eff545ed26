"""Whom an update replaces and whom it means, as tables."""

from __future__ import annotations

import pytest

from app.broadcasts.audience import Audience, units_meant

ALL = Audience()
ICU = Audience(units=("icu",))
ICU_AND_ED = Audience(units=("icu", "ed"))
NURSES = Audience(roles=("bedside-nurse",))
ON_DUTY = Audience(on_duty=True)
DANA = Audience(units=(), people=("dana",))


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
        (ALL, ON_DUTY, True),
        (ON_DUTY, ALL, False),
        (ALL, DANA, True),
        (ICU, DANA, False),
        (DANA, DANA, True),
        (DANA, ICU, False),
    ],
)
def test_an_update_replaces_only_what_everybody_of_it_will_read(newer: Audience, older: Audience, covers: bool) -> None:
    assert newer.covers(older) is covers


@pytest.mark.parametrize(
    ("audience", "hit", "meant"),
    [
        (ALL, None, ("icu", "ed", "pharmacy")),
        (ICU_AND_ED, None, ("icu", "ed")),
        (ALL, {"pharmacy", "elsewhere"}, ("pharmacy",)),
        (ICU_AND_ED, {"pharmacy"}, ()),
        (DANA, None, ()),
    ],
)
def test_the_units_meant_are_those_named_that_need_the_service(
    audience: Audience, hit: set[str] | None, meant: tuple[str, ...]
) -> None:
    assert units_meant(audience, ["icu", "ed", "pharmacy"], hit) == meant
