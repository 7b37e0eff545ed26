"""What the door answers to requests that are wrong as a whole: the promised status, a sentence, and nothing changed."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.base.db import db
from app.base.ids import uuid7
from app.base.meta import put_meta
from app.base.unit_of_work import write
from app.live.commands import compact_tombstones
from app.live.models import Scope
from app.people.commands.accounts import end_account, end_membership
from app.people.commands.tokens import revoke_push_tokens
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort
from tests.tables import changed_tables, contents

pytestmark = pytest.mark.door

PUSH, PULL = "/api/sync/push", "/api/sync/pull"
ANYWHERE = {"code", "msg"}


def said(answer: TestResponse) -> tuple[int, str]:
    """Status and code; and whatever the fault, there is a sentence for a person."""
    body = answer.get_json()
    assert body is not None and set(body) >= ANYWHERE, answer.get_data(as_text=True)
    assert body["msg"][0].isupper() and body["msg"][-1] in ".?!", body["msg"]
    return answer.status_code, body["code"]


@pytest.fixture
def nia(hospital: Hospital, clock: FakeClock) -> PhonePort:
    hospital.declare()
    return hospital.phone("nia")


def note(nia: PhonePort, text: str = "All beds seen") -> dict[str, Any]:
    """A push of one note, as a phone would send it."""
    nia.record("note.add", incident=nia.one("incident")["id"], unit="icu", text=text)
    return nia.envelope([nia.outbox.pop()])


def post(nia: PhonePort, path: str, data: Any, **headers: str) -> TestResponse:
    """A request with Nia's cookie and token; `headers` replace or (None) remove."""
    sent = {"Content-Type": "application/json", "Authorization": f"Bearer {nia.token}", **headers}
    text = data if isinstance(data, str | bytes) else json.dumps(data)
    return nia.client.post(path, data=text, headers={name: value for name, value in sent.items() if value})


@pytest.mark.parametrize("path", [PUSH, PULL])
@pytest.mark.parametrize(
    "data",
    ["", "{", "null", "[]", "7", '"text"', '{"proto":1,', b"\xff\xfe\x00", "[" * 100_000, '{"proto": NaN}', "{}"],
    ids=["empty", "open", "null", "list", "number", "text", "cut", "bytes", "deep", "nan", "no fields"],
)
def test_what_is_no_request_is_malformed(nia: PhonePort, path: str, data: Any) -> None:
    before = contents()

    answer = post(nia, path, data)

    assert said(answer) in [(400, "malformed"), (413, "too_large")]
    assert changed_tables(before, contents()) == []


@pytest.mark.parametrize("path", [PUSH, PULL])
@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_only_json_is_taken(nia: PhonePort, path: str, kind: str) -> None:
    assert said(post(nia, path, note(nia), **{"Content-Type": kind})) == (415, "not_json")


@pytest.mark.parametrize("path", [PUSH, PULL])
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example", "file://"])
def test_another_site_s_page_is_refused(nia: PhonePort, path: str, origin: str) -> None:
    before = contents()

    assert said(post(nia, path, note(nia), Origin=origin)) == (403, "foreign_origin")
    assert changed_tables(before, contents()) == []


@pytest.mark.parametrize("origin", ["", "http://localhost"])
def test_a_program_without_an_origin_and_our_own_pages_are_served(nia: PhonePort, origin: str) -> None:
    answer = post(nia, PUSH, note(nia), Origin=origin)

    assert [result["st"] for result in answer.get_json()["results"]] == ["ok"]


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer x", "Basic bmlhOmRlbW8=", "Bearer " + "x" * 3000, "Bearer é"]
)
def test_without_a_token_of_ours_nothing_is_taken(nia: PhonePort, header: str) -> None:
    before = contents()

    assert said(post(nia, PUSH, note(nia), Authorization=header)) == (401, "token_unknown")
    assert changed_tables(before, contents()) == []


def test_a_revoked_token_takes_nothing(nia: PhonePort, hospital: Hospital) -> None:
    revoke_push_tokens(hospital.ids["nia"])

    assert said(nia.post_push(note(nia))) == (401, "token_unknown")


def test_an_expired_token_takes_nothing(nia: PhonePort, clock: FakeClock) -> None:
    clock.advance(days=14, seconds=1)

    assert said(nia.post_push(note(nia))) == (401, "token_unknown")


def test_the_token_of_an_ended_account_works_for_a_day(nia: PhonePort, hospital: Hospital, clock: FakeClock) -> None:
    """F37: what was recorded before the account ended must still arrive."""
    end_account(hospital.ids["nia"])
    clock.advance(hours=23)
    assert nia.post_push(note(nia)).get_json()["results"][0]["st"] == "ok"

    clock.advance(hours=2)
    assert said(nia.post_push(note(nia))) == (401, "token_unknown")


def test_a_token_of_another_device_takes_nothing(nia: PhonePort) -> None:
    before = contents()

    assert said(nia.post_push({**note(nia), "device": "device-of-somebody"})) == (401, "token_unknown")
    assert changed_tables(before, contents()) == []


def test_a_push_needs_no_cookie_and_a_pull_needs_one(nia: PhonePort, clock: FakeClock) -> None:
    """I11: recording goes on when the sign-in has expired, reading does not."""
    body = note(nia)
    clock.advance(hours=13)

    assert nia.post_push(body).get_json()["results"][0]["st"] == "ok"
    assert said(post(nia, PULL, {"proto": 1, "cursors": {}})) == (401, "sign_in")


WRONG: list[Any] = [None, 7, -1, 1.5, True, "x" * 5000, "", [], {}, [[]], {"a": []}, 2**80, "2026-02-30T00:00:00Z"]
ENVELOPE = ["proto", "device", "epoch", "sent_at", "queue", "ops"]
IN_OP = ["id", "n", "kind", "v", "at", "age_ms", "base", "args"]


@pytest.mark.parametrize("field", ENVELOPE)
def test_wrong_types_around_the_ops_change_nothing(nia: PhonePort, field: str) -> None:
    good, before = note(nia), contents()
    missing = {name: value for name, value in good.items() if name != field}
    for body in [missing, *({**good, field: value} for value in WRONG)]:
        body = {**body, "ops": body["ops"] if field == "ops" and "ops" in body else []}
        answer = nia.post_push(body)
        if answer.status_code != 200:
            assert said(answer) in [(400, "malformed"), (401, "token_unknown")]
    assert changed_tables(before, contents()) == []


@pytest.mark.parametrize("field", IN_OP)
def test_wrong_types_in_an_op_are_malformed_or_that_op_s_own_result(nia: PhonePort, field: str) -> None:
    good, before = note(nia) | {"queue": {"len": 100, "oldest_age_ms": 0}}, contents()
    op = good["ops"][0]
    missing = {name: value for name, value in op.items() if name != field}
    accepted = 0
    for n, wrong in enumerate([missing, *({**op, field: value} for value in WRONG)], start=1):
        fresh = {name: value for name, value in (("id", uuid7()), ("n", n)) if name != field}
        answer = nia.post_push({**good, "ops": [wrong | fresh]})
        if answer.status_code != 200:
            assert said(answer) == (400, "malformed")
            continue
        (result,) = answer.get_json()["results"]
        accepted += result["st"] == "ok"
        assert result["st"] in ("ok", "rejected")
    assert bool(changed_tables(before, contents())) is bool(accepted)


def test_fifty_ops_are_taken_and_one_more_is_not(nia: PhonePort) -> None:
    incident = nia.one("incident")["id"]
    for number in range(51):
        nia.record("note.add", incident=incident, unit="icu", text=f"Bed {number}")
    before = contents()

    assert said(nia.post_push(nia.envelope(nia.outbox))) == (413, "too_large")
    assert changed_tables(before, contents()) == []
    assert {result["st"] for result in nia.push()} == {"ok"}
    assert [result["st"] for result in nia.push()] == ["ok"]


def test_more_than_64_kilobytes_are_not_read(nia: PhonePort) -> None:
    """F5: the phone halves the batch."""
    good, before = note(nia), contents()
    room = 65_536 - len(json.dumps({**good, "pad": ""}))

    assert said(post(nia, PUSH, {**good, "pad": "x" * (room + 1)})) == (413, "too_large")
    assert changed_tables(before, contents()) == []
    assert post(nia, PUSH, {**good, "pad": "x" * room}).status_code == 200


def test_a_body_that_hides_its_length_is_not_read_either(nia: PhonePort) -> None:
    answer = nia.client.post(
        PUSH,
        input_stream=BytesIO(b'{"pad":"' + b"x" * 70_000 + b'"}'),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {nia.token}"},
        environ_overrides={"wsgi.input_terminated": True},
    )

    assert said(answer) == (413, "too_large")


@pytest.mark.parametrize(
    "cursors", [[], "x", {"unit:icu": "x"}, {"unit:icu": -1}, {"unit:icu": 2**60}, {"unit:icu": None}]
)
def test_cursors_that_are_none_are_malformed(nia: PhonePort, cursors: Any) -> None:
    body = {"proto": 1, "epoch": nia.epoch, "cursors": cursors, "page": None}

    assert said(post(nia, PULL, body)) == (400, "malformed")


def test_too_many_cursors_are_malformed(nia: PhonePort) -> None:
    body = {"proto": 1, "epoch": nia.epoch, "cursors": {f"unit:{n}": 0 for n in range(501)}}

    assert said(post(nia, PULL, body)) == (400, "malformed")


def pulled(nia: PhonePort, cursors: dict[str, int], **changed: Any) -> dict[str, Any]:
    body = {"proto": 1, "epoch": nia.epoch, "cursors": cursors, "page": None, **changed}
    answer = post(nia, PULL, body)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return dict(answer.get_json())


def test_scopes_of_others_are_dropped_and_never_read(nia: PhonePort, hospital: Hospital) -> None:
    """I8: whatever a phone asks for, it gets what its person may read."""
    incident = nia.one("incident")["id"]
    foreign = [
        "unit:5-west",
        f"incident:{incident}:command",
        f"user:{hospital.ids['omar']}",
        "site:other",
        "",
        "x\x00y",
    ]

    answer = pulled(nia, dict.fromkeys([*foreign, *nia.cursors], 0))

    assert sorted(answer["drop"]) == sorted(foreign)
    assert set(answer["delta"]) | set(answer["snap"]) <= set(answer["scopes"])
    assert not set(answer["scopes"]) & set(foreign)


def test_a_cursor_ahead_of_the_server_gets_a_snapshot(nia: PhonePort) -> None:
    """F17: the server was restored, or the phone lies."""
    head = nia.cursors["unit:icu"]

    answer = pulled(nia, {**nia.cursors, "unit:icu": head + 1})

    assert answer["snap"]["unit:icu"]["to"] == head
    assert {row["id"] for row in answer["snap"]["unit:icu"]["rows"]} == set(nia.base["unit:icu"])


def test_a_cursor_below_the_floor_gets_a_snapshot(nia: PhonePort) -> None:
    """F16."""
    with write() as work:
        work.session.execute(update(Scope).where(Scope.id == "unit:icu").values(floor=5))
    at_floor = pulled(nia, {**nia.cursors, "unit:icu": 5})

    below = pulled(nia, {**nia.cursors, "unit:icu": 4})

    assert (list(at_floor["delta"]), list(at_floor["snap"])) == (["unit:icu"], [])
    assert (list(below["delta"]), list(below["snap"])) == ([], ["unit:icu"])
    assert compact_tombstones() == 0


def test_a_stale_cursor_gets_what_changed_since(nia: PhonePort) -> None:
    answer = pulled(nia, {**nia.cursors, "unit:icu": 2})

    assert answer["delta"]["unit:icu"]["from"] == 2
    assert {row["seq"] > 2 for row in answer["delta"]["unit:icu"]["rows"]} == {True}


def test_another_epoch_gets_everything_anew(nia: PhonePort) -> None:
    """F17, the backup: cursors of another history say nothing."""
    with write() as work:
        put_meta(work, "epoch", "restored")

    answer = pulled(nia, nia.cursors)

    assert (answer["epoch"], answer["delta"], set(answer["snap"])) == ("restored", {}, set(answer["scopes"]))


def test_whoever_may_read_nothing_any_more_hears_of_the_new_epoch_too(nia: PhonePort, hospital: Hospital) -> None:
    """F34: else a phone would go on showing what a restored server knows nothing of."""
    end_membership(hospital.ids["nia"], unit="icu", role="bedside-nurse")
    with write() as work:
        put_meta(work, "epoch", "restored")

    answer = pulled(nia, nia.cursors)

    assert (answer["epoch"], answer["scopes"], sorted(answer["drop"])) == ("restored", [], sorted(nia.cursors))


def test_a_push_of_another_epoch_is_taken_all_the_same(nia: PhonePort) -> None:
    body = {**note(nia), "epoch": "before the backup"}

    assert nia.post_push(body).get_json()["results"][0]["st"] == "ok"


FOREIGN_PAGES = ["", "x", "|", "||", "²|unit:icu|a", "-1|unit:icu|", "1|unit:5-west|a", "1|nowhere|a", "1"]
FOREIGN_PAGES += ["9" * 399, "1|unit:icu", "1|unit:icu|a\0"]


@pytest.mark.parametrize("page", FOREIGN_PAGES)
def test_a_page_that_we_did_not_name_is_malformed(nia: PhonePort, page: str) -> None:
    answer = post(nia, PULL, {"proto": 1, "epoch": nia.epoch, "cursors": {}, "page": page})

    assert said(answer) == (400, "malformed")


def test_a_page_after_a_row_that_is_gone_goes_on_where_it_was(nia: PhonePort) -> None:
    answer = pulled(nia, {}, page="3|unit:icu|zzzz")

    assert answer["snap"]["unit:icu"]["rows"] == []


def test_pages_of_a_history_that_was_replaced_start_anew(nia: PhonePort) -> None:
    """F21: a restore between two pages must not mix two histories."""
    with write() as work:
        put_meta(work, "epoch", "restored")

    answer = pulled(nia, {}, page="3|unit:icu|a")

    assert set(answer["snap"]) == set(answer["scopes"])
    assert db.session.get(Scope, "unit:icu") is not None
