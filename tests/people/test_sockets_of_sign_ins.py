from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_socketio import SocketIOTestClient

from app.live.sockets import socketio
from app.people.commands.accounts import set_password
from tests.people.cast import NIA, signed_in


def listening(app: Flask, boot: dict[str, Any]) -> SocketIOTestClient:
    """The socket a phone opens with the ticket of its boot answer."""
    query = f"?EIO=4&transport=websocket&ticket={boot['ws_ticket']}"
    socket = socketio.test_client(app, query_string=query)
    assert socket.is_connected()
    return socket


def test_logout_closes_the_sockets_of_this_sign_in_only(app: Flask, client: FlaskClient) -> None:
    phone = listening(app, signed_in(client, NIA))
    tablet = listening(app, signed_in(app.test_client(), NIA, device="tablet"))

    client.post("/api/logout", json={})

    assert not phone.is_connected()
    assert tablet.is_connected()


def test_a_new_password_closes_them_all(app: Flask, client: FlaskClient) -> None:
    sockets = [
        listening(app, signed_in(client, NIA)),
        listening(app, signed_in(app.test_client(), NIA, device="tablet")),
    ]

    set_password(NIA.id, "another-lamp")

    assert [socket.is_connected() for socket in sockets] == [False, False]
