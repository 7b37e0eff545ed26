"""Whatever is sent to the door: never a fault of the server, always the promised shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings, strategies as st

from app.base.ids import uuid7
from app.sync.kinds import KINDS
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort

FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
STATES = {"ok", "dup", "superseded", "conflict", "rejected", "retry"}
FAULTS = {400: {"malformed"}, 401: {"token_unknown"}, 413: {"too_large"}}

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(-5, 60), st.floats(), st.text(max_size=30),
    st.sampled_from(["icu", "5-west", "ehr-unplanned", "bedside-nurse", "restored", "real", "2026-11-21T20:51:00Z"]),
    st.builds(uuid7),
)  # fmt: skip
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
PUSH_FIELDS = ["proto", "device", "epoch", "sent_at", "queue", "ops"]
FIELDS = sorted({name for kind in KINDS.values() for name in kind.args.model_fields})


def posted(client: FlaskClient, path: str, body: Any, **headers: str) -> Any:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(path, data=data, headers={"Content-Type": "application/json", **headers})


def known(phone: PhonePort) -> st.SearchStrategy[Any]:
    """Ids that mean something to this phone, so that fuzzing gets behind the first check."""
    ids = [row["id"] for rows in phone.base.values() for row in rows.values()]
    return st.sampled_from(sorted(ids))


@pytest.fixture
def omar(hospital: Hospital, clock: FakeClock) -> PhonePort:
    hospital.declare(units=["icu", "service-desk"], kind="exercise")
    return hospital.phone("omar")


@FUZZ
@given(data=st.data())
def test_any_op_gets_a_result_or_makes_the_request_malformed(omar: PhonePort, data: st.DataObject) -> None:
    values = ANYTHING | known(omar)
    op = st.fixed_dictionaries(
        {
            "id": st.builds(uuid7), "n": st.integers(0, 2**53), "v": st.sampled_from([1, 1, 1, 2]),
            "kind": st.sampled_from([name for name, _ in KINDS]) | st.text(max_size=9), "age_ms": st.integers(0, 2**53),
            "at": st.just("2026-11-21T20:50:11.400Z") | st.datetimes().map(lambda at: f"{at.isoformat()}Z"),
            "args": st.dictionaries(st.sampled_from(FIELDS), values, max_size=8),
        }
    )  # fmt: skip
    ops = data.draw(st.lists(op, max_size=4))

    answer = posted(
        omar.client, "/api/sync/push", {**omar.envelope([]), "ops": ops}, Authorization=f"Bearer {omar.token}"
    )

    if answer.status_code != 200:
        assert answer.get_json()["code"] in FAULTS[answer.status_code]
        return
    results = answer.get_json()["results"]
    assert [result["id"] for result in results] == [one["id"] for one in ops]
    for result in results:
        assert result["st"] in STATES
        assert (result["seq"] is None) == (result["scope"] is None) or result["st"] == "rejected"
        assert result["st"] == "ok" or result.get("msg")


@FUZZ
@given(
    body=st.dictionaries(st.sampled_from(["proto", "device", "epoch", "sent_at", "queue", "ops"]), ANYTHING) | ANYTHING
)
def test_any_push_is_answered(omar: PhonePort, body: Any) -> None:
    answer = posted(omar.client, "/api/sync/push", body, Authorization=f"Bearer {omar.token}")

    assert answer.status_code == 200 or answer.get_json()["code"] in FAULTS[answer.status_code]


@FUZZ
@given(data=st.data())
def test_any_pull_is_answered_with_what_may_be_read(omar: PhonePort, data: st.DataObject) -> None:
    scopes = st.sampled_from([*omar.cursors, "unit:icu", "unit:5-west"]) | st.text(max_size=20)
    pages = st.builds("{}|{}|{}".format, st.integers(-1, 99), scopes, st.text(max_size=9)) | st.text(max_size=20)
    body = {
        "proto": data.draw(st.just(1) | ANYTHING),
        "epoch": data.draw(st.just(omar.epoch) | st.none() | st.text(max_size=9)),
        "cursors": data.draw(st.dictionaries(scopes, st.integers(0, 60) | ANYTHING, max_size=5)),
        "page": data.draw(st.none() | pages),
    }

    answer = posted(omar.client, "/api/sync/pull", body)

    if answer.status_code == 200:
        found = answer.get_json()
        assert set(found["delta"]) | set(found["snap"]) <= set(found["scopes"]) == set(omar.cursors)
    else:
        assert answer.status_code == 204 or answer.get_json()["code"] in FAULTS[answer.status_code]


@FUZZ
@given(path=st.sampled_from(["/api/sync/push", "/api/sync/pull", "/api/login"]), body=st.binary(max_size=200))
def test_any_bytes_are_answered(omar: PhonePort, path: str, body: bytes) -> None:
    answer = posted(omar.client, path, body, Authorization=f"Bearer {omar.token}")

    assert answer.status_code in (200, 400, 401)
