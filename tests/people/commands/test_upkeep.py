from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.base.db import db
from app.live.sockets import socketio
from app.people.commands.upkeep import end_expired_sign_ins, forget_old_sign_ins
from app.people.models import PushToken, SignIn
from tests.conftest import FakeClock
from tests.people.cast import DANA, NIA, signed_in


def kept() -> tuple[int, int]:
    counts = [db.session.execute(select(func.count()).select_from(table)).scalar_one() for table in (SignIn, PushToken)]
    return counts[0], counts[1]


def test_a_socket_does_not_listen_longer_than_its_sign_in(app: Flask, client: FlaskClient, clock: FakeClock) -> None:
    ticket = signed_in(client, NIA)["ws_ticket"]
    socket = socketio.test_client(app, query_string=f"?EIO=4&transport=websocket&ticket={ticket}")
    ends_at = clock.now() + timedelta(hours=12)
    clock.advance(hours=11)
    signed_in(app.test_client(), DANA)
    end_expired_sign_ins()
    assert socket.is_connected()

    clock.advance(hours=1)

    end_expired_sign_ins()
    end_expired_sign_ins()
    assert not socket.is_connected()
    ended = {one.user: one.ended_at for one in db.session.execute(select(SignIn.user, SignIn.ended_at))}
    assert ended == {NIA.id: ends_at, DANA.id: None}


def test_old_sign_ins_and_tokens_are_forgotten_after_ninety_days(client: FlaskClient, clock: FakeClock) -> None:
    signed_in(client, NIA)

    clock.advance(days=90)
    forget_old_sign_ins()
    assert kept() == (1, 1)

    clock.advance(days=15)
    forget_old_sign_ins()
    assert kept() == (0, 0)
