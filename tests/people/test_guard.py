from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import BaseModel
from sqlalchemy import insert

from app.base.attestation import by_system
from app.base.unit_of_work import write
from app.people.commands.accounts import add_user
from app.people.commands.devices import DeviceCard, meet_device
from app.people.commands.tokens import revoke_push_tokens
from app.people.guard import action, current_person, json_endpoint
from app.people.models import SignIn
from app.people.permissions import ACTIONS, ROLES, TOKEN_ACTIONS, is_public, may
from tests.conftest import FakeClock
from tests.databases import Databases
from tests.people.cast import NIA, URI, signed_in
from tests.shared_app import app_for_many

pytestmark = pytest.mark.door


class NoteBody(BaseModel):
    text: str


@pytest.fixture(scope="module")
def shared_app(run_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An app for the tests of this file, with views that only they need."""
    with app_for_many(run_databases, tmp_path_factory.mktemp("guarded")) as made:
        guard_views(made)
        yield made


def guard_views(app: Flask) -> None:
    """One view for each action under /api, one page, one that says who pushes, and one that reads JSON."""
    for name in ACTIONS:
        app.add_url_rule(f"/api/try/{name}", f"try.{name}", action(name)(lambda: {"ok": True}))
    app.add_url_rule("/board", "try-page", action("board.view")(lambda: "board"), methods=["GET", "POST"])
    app.add_url_rule("/api/try/author", "try-author", action("sync.push")(lambda: {"id": current_person().id}))

    @action("note.add")
    @json_endpoint(NoteBody, max_bytes=100)
    def note(*, body: NoteBody) -> dict[str, Any]:
        return {"text": body.text, "by": current_person().id}

    app.add_url_rule("/api/try/note", "try-note", note, methods=["POST"])


@pytest.fixture
def sign_in_as(app: Flask) -> Callable[[str], FlaskClient]:
    """Somebody with one role (none for "") and a sign-in, without the slow hashing."""

    def make(role: str) -> FlaskClient:
        held = [("icu", role)] if role else []
        user = add_user(by_system(), username=f"one-{role or 'nobody'}", name="One", memberships=held)
        with write() as work:
            meet_device(work, user, DeviceCard("d1"))
            until = work.now + timedelta(hours=1)
            values = {
                "id": f"sign-in-{role}",
                "user": user,
                "device": "d1",
                "created_at": work.now,
                "expires_at": until,
            }
            work.session.execute(insert(SignIn), [values])
        client = app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = f"sign-in-{role}"
        return client

    return make


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_each_role_gets_through_exactly_the_doors_of_the_table(
    role: str, sign_in_as: Callable[[str], FlaskClient]
) -> None:
    client = sign_in_as(role)
    by_cookie = [name for name in ACTIONS if name not in TOKEN_ACTIONS]

    opened = {name: client.get(f"/api/try/{name}").status_code for name in by_cookie}

    assert opened == {name: 200 if may([role] if role else [], name) else 403 for name in by_cookie}


def test_without_a_sign_in_only_the_public_doors_open(client: FlaskClient) -> None:
    opened = {name for name in ACTIONS if client.get(f"/api/try/{name}").status_code == 200}

    assert opened == {name for name in ACTIONS if is_public(name)}
    assert client.get("/api/try/board.view").get_json()["code"] == "sign_in"


def test_a_page_leads_to_the_login_page_and_back(client: FlaskClient) -> None:
    assert client.get("/board?view=late").headers["Location"] == "/login?next=%2Fboard%3Fview%3Dlate"
    assert client.post("/board").headers["Location"] == "/login"


def test_the_wrong_role_is_told_so(client: FlaskClient) -> None:
    signed_in(client, NIA)

    answer = client.get("/api/try/incident.declare")

    assert (answer.status_code, answer.get_json()["code"]) == (403, "not_allowed")


def test_the_view_names_its_action() -> None:
    assert action("public")(lambda: "").action == "public"  # type: ignore[attr-defined]


def test_an_unknown_action_fails_when_the_view_is_made() -> None:
    with pytest.raises(KeyError):
        action("tasks.act")


def push(client: FlaskClient, token: str) -> tuple[int, str]:
    answer = client.get("/api/try/sync.push", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, answer.get_json().get("code", "")


def test_the_push_door_opens_by_token_and_not_by_cookie(app: Flask, client: FlaskClient) -> None:
    token = signed_in(client, NIA)["push_token"]

    assert client.get("/api/try/sync.push").get_json()["code"] == "token_unknown"
    assert push(app.test_client(), token) == (200, "")
    assert push(client, "made-up") == (401, "token_unknown")


def test_whose_cookie_it_is_does_not_matter_for_a_push(client: FlaskClient) -> None:
    token = signed_in(client, NIA)["push_token"]
    signed_in(client, URI)

    answer = client.get("/api/try/author", headers={"Authorization": f"Bearer {token}"})

    assert answer.get_json() == {"id": NIA.id}


def test_a_token_works_after_logout_and_ends_by_revocation_or_age(client: FlaskClient, clock: FakeClock) -> None:
    token = signed_in(client, NIA)["push_token"]
    client.post("/api/logout", json={})
    assert push(client, token) == (200, "")

    clock.advance(days=14)
    assert push(client, token) == (401, "token_unknown")

    fresh = signed_in(client, NIA)["push_token"]
    assert revoke_push_tokens(NIA.id, device="another") == 0
    assert push(client, fresh) == (200, "")
    revoke_push_tokens(NIA.id, device="phone-1")
    assert push(client, fresh) == (401, "token_unknown")


def test_a_push_token_does_not_read(app: Flask, client: FlaskClient) -> None:
    token = signed_in(client, NIA)["push_token"]

    answer = app.test_client().get("/api/try/sync.pull", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (None, 200),
        ("http://localhost", 200),
        ("https://LOCALHOST", 200),
        ("http://localhost:8000", 403),
        ("https://evil.example", 403),
        ("http://localhost.evil.example", 403),
        ("null", 403),
        ("", 403),
    ],
)
def test_a_foreign_origin_is_refused_and_none_is_fine(client: FlaskClient, origin: str | None, status: int) -> None:
    signed_in(client, NIA)
    headers = {} if origin is None else {"Origin": origin}

    answer = client.post("/api/try/note", json={"text": "wet floor"}, headers=headers)

    assert answer.status_code == status
    assert status == 200 or answer.get_json()["code"] == "foreign_origin"


@pytest.mark.parametrize(
    ("data", "content_type", "status", "code"),
    [
        (b'{"text":"a"}', "text/plain", 415, "not_json"),
        (b'{"text":"a"}', None, 415, "not_json"),
        (b"text=a", "application/x-www-form-urlencoded", 415, "not_json"),
        (b'{"text":"a"}', "application/json; charset=utf-8", 200, None),
        (b'{"text":', "application/json", 400, "malformed"),
        (b'{"text":"\xff"}', "application/json", 400, "malformed"),
        (b"[" * 90, "application/json", 400, "malformed"),
        (b"", "application/json", 400, "malformed"),
        (b'{"text":7}', "application/json", 400, "malformed"),
        (b'{"text":"' + b"a" * 100 + b'"}', "application/json", 413, "too_large"),
    ],
)
def test_a_body_is_json_that_fits_or_it_is_refused(
    client: FlaskClient, data: bytes, content_type: str | None, status: int, code: str | None
) -> None:
    signed_in(client, NIA)

    answer = client.post("/api/try/note", data=data, content_type=content_type)

    assert (answer.status_code, answer.get_json().get("code")) == (status, code)


def test_the_clock_of_the_server_is_asked_at_each_request(client: FlaskClient, clock: FakeClock) -> None:
    signed_in(client, NIA)
    clock.advance(hours=11, minutes=59)
    assert client.get("/api/try/signed_in").status_code == 200
    clock.advance(minutes=1)
    assert client.get("/api/try/signed_in").status_code == 401
