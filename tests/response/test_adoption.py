"""What joins what, and how two records of one step become one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from app.base.instants import to_wire
from app.response.adoption import are_neighbours, belongs_to, merged, started_at
from tests.conftest import START

RUN = {"id": "run", "unit": "icu", "plan": "ehr-unplanned", "started_at": START}


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def sign(who: str, what: str, minutes: int, *, heard: int | None = None, st: str = "ok") -> dict[str, Any]:
    heard_at = at(minutes if heard is None else heard)
    said = {"by": who, "by_name": who.title(), "what": what, "st": st, "device": f"device-{who}"}
    return {**said, "at": to_wire(at(minutes)), "received_at": to_wire(heard_at)}


def task(*signs: dict[str, Any], state: str = "open", two_person: bool = False, **more: Any) -> dict[str, Any]:
    last = signs[-1] if signs and state != "open" else None
    values = {
        "by": last["by"] if last else None,
        "by_name": last["by_name"] if last else None,
        "at": datetime.fromisoformat(last["at"]) if last else None,
    }
    plain = {"due_at": at(60), "captured": {}, "note": "", "reason": "", "two_person": two_person}
    return {**plain, **values, "state": state, "signs": list(signs), **more}


def join(local: dict[str, Any], target: dict[str, Any], may_confirm: set[str] | None = None) -> dict[str, Any]:
    return merged(local, target, may_confirm=may_confirm)


def test_an_untouched_step_takes_over_what_the_other_says() -> None:
    local = task(sign("nia", "complete", 1), state="done", captured={"patients": 9}, note="two in bay", due_at=at(10))

    joined = join(local, task())

    assert (joined["state"], joined["by"], joined["at"], joined["due_at"]) == ("done", "nia", at(1), at(10))
    assert (joined["captured"], joined["note"]) == ({"patients": 9}, "two in bay")
    assert join(task(), local) | {"due_at": None} == joined | {"due_at": None}


def test_whom_the_server_heard_first_sets_the_step_and_both_stay() -> None:
    local = task(sign("nia", "complete", 1, heard=30), state="done", captured={"patients": 9, "bays": 2})
    target = task(sign("bo", "complete", 20), state="done", captured={"patients": 8})

    joined = join(local, target)

    assert (joined["by_name"], joined["at"]) == ("Bo", at(20))
    assert [(one["by"], one["st"]) for one in joined["signs"]] == [("bo", "ok"), ("nia", "superseded")]
    assert joined["captured"] == {"patients": 8, "bays": 2}


def test_a_step_that_was_opened_again_stays_open_until_it_is_done_after_that() -> None:
    local = task(sign("nia", "complete", 1), sign("nia", "reopen", 3), state="open")
    done_between = task(sign("bo", "complete", 2), state="done")

    joined = join(local, done_between)

    assert (joined["state"], joined["by"], joined["captured"]) == ("open", None, {})
    assert [one["st"] for one in joined["signs"]] == ["ok", "superseded", "ok"]


@pytest.mark.parametrize(
    ("other", "may_confirm", "state"),
    [
        ("bo", None, "done"),
        ("nia", None, "half"),
        ("bo", {"bo"}, "done"),
        ("bo", {"dana"}, "half"),
    ],
)
def test_two_half_signed_steps_are_done_only_by_two_people_who_may(
    other: str, may_confirm: set[str] | None, state: str
) -> None:
    local = task(sign("nia", "complete", 1), state="half", two_person=True)
    target = task(sign(other, "complete", 2), state="half", two_person=True)

    assert join(local, target, may_confirm)["state"] == state


def test_a_request_for_help_is_not_lost_behind_a_skip() -> None:
    local = task(sign("nia", "block", 1), state="blocked", note="No printer.")
    target = task(sign("bo", "skip", 5), state="skipped", reason="Nothing to print.")

    joined = join(local, target)

    assert (joined["state"], joined["by"], joined["note"], joined["reason"]) == (
        "skipped", "bo", "No printer.", "Nothing to print.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "belongs"),
    [
        ({}, True),
        ({"plan": "network-down"}, False),
        ({"kind": "exercise"}, False),
        ({"units": ["5-west"]}, False),
        ({"state": "cancelled", "ts": at(90)}, False),
        ({"state": "closed", "ts": at(90)}, True),
        ({"state": "closed", "ts": at(-1), "td": at(-90)}, False),
        ({"state": "closed", "ts": at(60 * 48), "td": at(60 * 40)}, False),
    ],
)
def test_an_own_start_belongs_to_the_incident_of_its_plan_unit_and_time(change: dict[str, Any], belongs: bool) -> None:
    incident = {"plan": "ehr-unplanned", "kind": "real", "units": ["icu"], "state": "declared", "td": at(7), "ts": None}

    assert belongs_to(RUN, {**incident, **change}) is belongs


def test_starts_of_one_unit_and_plan_are_neighbours_within_a_shift() -> None:
    assert are_neighbours(RUN, {**RUN, "id": "other", "started_at": at(13 * 60)})
    assert not are_neighbours(RUN, RUN)
    assert not are_neighbours(RUN, {**RUN, "id": "other", "unit": "5-west"})
    assert not are_neighbours(RUN, {**RUN, "id": "other", "started_at": at(15 * 60)})


def test_a_nurse_may_say_that_it_began_earlier_but_not_later_nor_days_ago() -> None:
    assert started_at(said=None, occurred_at=at(5)) == at(5)
    assert started_at(said=at(-20), occurred_at=at(5)) == at(-20)
    assert started_at(said=at(20), occurred_at=at(5)) == at(5)
    assert started_at(said=at(-60 * 72), occurred_at=at(0)) == at(-60 * 24)
