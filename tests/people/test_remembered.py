"""Whose a sign-in is: remembered while nothing changes, and never longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import insert

from app.base import clock as base_clock
from app.base.db import db
from app.base.unit_of_work import write
from app.people.commands.accounts import add_membership, end_account, end_membership
from app.people.commands.devices import DeviceCard, meet_device
from app.people.commands.tokens import issue_push_token, revoke_push_tokens, token_hash
from app.people.models import SignIn
from app.people.remembered import author_of_token, known_sign_in, person_of_sign_in
from tests.conftest import FakeClock
from tests.databases import Databases
from tests.people.cast import NIA, URI
from tests.shared_app import app_for_many
from tests.statements import statements_heard


@pytest.fixture(scope="module")
def shared_app(run_databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """With the memory, also where the run goes without it."""
    with app_for_many(run_databases, tmp_path_factory.mktemp("remembered"), fast_path=True) as made:
        yield made


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """What is asked of the database."""
    with statements_heard() as asked:
        yield asked


@pytest.fixture
def token() -> str:
    """Nia is signed in as `s-nia` and may hand in ops with this token; Uri as `s-uri`."""
    with write() as work:
        for user in (NIA.id, URI.id):
            meet_device(work, user, DeviceCard("d1"))
        until = work.now + timedelta(hours=12)
        common = {"device": "d1", "created_at": work.now, "expires_at": until, "ended_at": None}
        both = [{"id": f"s-{name}", "user": user, **common} for name, user in (("nia", NIA.id), ("uri", URI.id))]
        work.session.execute(insert(SignIn), both)
        token = issue_push_token(work, NIA.id, "d1")
    db.session.remove()
    return token_hash(token)


def test_a_sign_in_that_nothing_has_changed_costs_one_small_statement(token: str, statements: list[str]) -> None:
    first, author = person_of_sign_in("s-nia"), author_of_token(token)
    del statements[:]

    assert person_of_sign_in("s-nia") is first
    assert author_of_token(token) is author
    assert [one for one in statements if "rights" in one] == [one for one in statements if one != "BEGIN"]
    assert len([one for one in statements if one != "BEGIN"]) == 2


def test_a_change_is_noticed_at_once(token: str) -> None:
    held = [_memberships(token)]
    add_membership(NIA.id, unit="5w", role="charge-nurse")
    held.append(_memberships(token))
    end_membership(NIA.id, unit="icu", role="bedside-nurse")
    held.append(_memberships(token))

    first, second = ("icu", "bedside-nurse"), ("5w", "charge-nurse")
    assert held == [[{first}] * 2, [{first, second}] * 2, [{second}] * 2]


def _memberships(token: str) -> list[set[tuple[str, str]]]:
    people = person_of_sign_in("s-nia"), author_of_token(token)
    return [set() if one is None else set(one.memberships) for one in people]


def test_what_ends_is_forgotten(token: str, app: Flask) -> None:
    assert person_of_sign_in("s-nia") is not None
    assert author_of_token(token) is not None

    end_account(NIA.id)
    revoke_push_tokens(NIA.id)

    assert person_of_sign_in("s-nia") is author_of_token(token) is None
    assert len(app.extensions["remembered"]) == len(app.extensions["remembered_people"]) == 0


def test_the_sign_in_and_the_token_of_a_person_share_what_they_hold(token: str) -> None:
    signed_in = person_of_sign_in("s-nia")
    db.session.remove()
    asked: list[str] = []
    trace = db.engine.raw_connection
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(db.engine, "raw_connection", lambda: asked.append("a question") or trace())
        author = author_of_token(token)

    assert signed_in is not None and author is not None
    assert author.memberships is signed_in.memberships
    assert len(asked) == 1


def test_nobody_signs_in_with_a_person_s_id(token: str) -> None:
    assert person_of_sign_in("s-nia") is not None

    assert person_of_sign_in(NIA.id) is author_of_token(NIA.id) is None


def test_a_lost_right_counts_for_a_day_to_the_minute(token: str, clock: FakeClock) -> None:
    end_membership(NIA.id, unit="icu", role="bedside-nurse")

    clock.advance(hours=23, minutes=59)
    author = author_of_token(token)
    assert author is not None and author.ended == (("icu", "bedside-nurse"),)
    clock.advance(minutes=1)

    author = author_of_token(token)
    assert author is not None and author.ended == ()


def test_a_sign_in_and_a_token_expire(token: str, clock: FakeClock) -> None:
    clock.advance(hours=11, minutes=59)
    assert person_of_sign_in("s-nia") is not None
    clock.advance(minutes=1)
    assert person_of_sign_in("s-nia") is None

    clock.advance(days=13, hours=11)
    assert author_of_token(token) is not None
    clock.advance(hours=1)
    assert author_of_token(token) is None


def test_a_clock_that_was_set_back_makes_it_read_anew(token: str, clock: FakeClock) -> None:
    before = person_of_sign_in("s-nia")
    clock.advance(minutes=-1)

    after = person_of_sign_in("s-nia")

    assert after == before
    assert after is not before


def test_what_may_be_undone_is_neither_believed_nor_kept(token: str) -> None:
    before = person_of_sign_in("s-nia")
    with pytest.raises(InterruptedError):
        _end_and_think_again()

    assert person_of_sign_in("s-nia") is before


def _end_and_think_again() -> None:
    with write():
        end_membership(NIA.id, unit="icu", role="bedside-nurse")
        inside = person_of_sign_in("s-nia")
        assert inside is not None and inside.memberships == ()
        raise InterruptedError


def test_somebody_without_any_right_is_not_remembered(token: str) -> None:
    """Their site is the server's, which may change without a stamp."""
    assert person_of_sign_in("s-uri") is not person_of_sign_in("s-uri")


def test_only_this_very_answer_is_what_is_known(token: str) -> None:
    mine = person_of_sign_in("s-nia")
    assert mine is not None
    known = known_sign_in(mine)
    assert known is not None
    assert known.until == base_clock.now() + timedelta(hours=12)

    add_membership(NIA.id, unit="5w", role="charge-nurse")
    person_of_sign_in("s-nia")

    assert known_sign_in(mine) is None


def test_the_memory_is_bounded(token: str, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app.extensions["remembered"], "limit", 1)

    for _turn in range(2):
        assert person_of_sign_in("s-nia") is not None
        assert author_of_token(token) is not None

    assert len(app.extensions["remembered"]) == 1
