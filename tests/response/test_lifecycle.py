"""What may happen to a task and an incident, as a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.response.lifecycle import TaskState, decide, next_states, signers_of
from app.response.silence import silent_since

NIA, BO = "nia", "bo"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
AFTER = timedelta(minutes=10)


def task(state: str = "open", **fields: object) -> TaskState:
    plain: dict[str, object] = {"role": "bedside-nurse", "two_person": False, "role_only": False}
    plain |= {"confirm_roles": None, "signers": []}
    return TaskState(state=state, **{**plain, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("what", "state", "wanted"),
    [
        ("complete", "open", ("ok", "done")),
        ("complete", "blocked", ("ok", "done")),
        ("complete", "done", ("superseded", "done")),
        ("complete", "skipped", ("superseded", "skipped")),
        ("skip", "open", ("ok", "skipped")),
        ("skip", "done", ("superseded", "done")),
        ("block", "open", ("ok", "blocked")),
        ("block", "blocked", ("superseded", "blocked")),
        ("block", "done", ("superseded", "done")),
        ("reopen", "open", ("superseded", "open")),
        ("reopen", "done", ("ok", "open")),
        ("reopen", "skipped", ("ok", "open")),
        ("reopen", "half", ("ok", "open")),
        ("confirm", "open", ("rejected", "open")),
    ],
)
def test_a_plain_step(what: str, state: str, wanted: tuple[str, str]) -> None:
    decision = decide(what, task(state), actor=NIA, roles=["bedside-nurse"])

    assert (decision.st, decision.state) == wanted


@pytest.mark.parametrize("what", ["complete", "confirm"])
@pytest.mark.parametrize(
    ("signers", "roles", "wanted"),
    [
        ([], ["bedside-nurse"], ("ok", "half", "")),
        ([BO], ["bedside-nurse"], ("ok", "done", "")),
        ([NIA], ["bedside-nurse"], ("rejected", "half", "same_person")),
        ([BO], ["unit-clerk"], ("rejected", "half", "role_needed")),
    ],
)
def test_a_step_of_two_people(what: str, signers: list[str], roles: list[str], wanted: tuple[str, str, str]) -> None:
    step = task("half" if signers else "open", two_person=True, confirm_roles=["bedside-nurse"], signers=signers)

    decision = decide(what, step, actor=NIA, roles=roles)

    assert (decision.st, decision.state, decision.code) == wanted


def test_a_step_of_one_role_is_signed_by_nobody_else() -> None:
    step = task(role="charge-nurse", role_only=True)

    assert decide("complete", step, actor=NIA, roles=["bedside-nurse"]).code == "role_needed"
    assert decide("complete", step, actor=NIA, roles=["charge-nurse"]).st == "ok"


def test_signatures_count_from_the_last_reopening() -> None:
    signs = [
        {"what": "complete", "by": NIA, "st": "ok"},
        {"what": "reopen", "by": BO, "st": "ok"},
        {"what": "complete", "by": BO, "st": "ok"},
        {"what": "complete", "by": NIA, "st": "superseded"},
    ]

    assert signers_of(signs) == [BO]


@pytest.mark.parametrize(
    ("state", "wanted"),
    [
        ("declared", ("restored", "cancelled")),
        ("restored", ("all_clear", "cancelled")),
        ("all_clear", ("closed", "cancelled")),
        ("closed", ()),
        ("cancelled", ()),
    ],
)
def test_an_incident_goes_forward_only(state: str, wanted: tuple[str, ...]) -> None:
    assert next_states(state) == wanted


@pytest.mark.parametrize(
    ("connected", "heard_minutes_ago", "declared_minutes_ago", "silent"),
    [
        (1, 60, 60, False),
        (0, 5, 60, False),
        (0, 11, 60, True),
        (0, None, 5, False),
        (0, None, 11, True),
        (0, 600, 5, False),
    ],
)
def test_a_unit_is_silent_when_nothing_was_heard_for_long(
    connected: int, heard_minutes_ago: int | None, declared_minutes_ago: int, silent: bool
) -> None:
    heard = None if heard_minutes_ago is None else NOON - timedelta(minutes=heard_minutes_ago)
    declared = NOON - timedelta(minutes=declared_minutes_ago)

    since = silent_since(connected=connected, last_heard_at=heard, declared_at=declared, now=NOON, after=AFTER)

    assert since == ((heard or declared) if silent else None)
