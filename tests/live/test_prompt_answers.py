"""A small answer leaves at once and whole: no phone waits 40 ms because the system saves packets."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import gevent
import pytest
from flask import Flask
from gevent import socket as gevent_socket

from app.live.server import TicketedHandler, make_server

ASK = b"GET /api/ping HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.fixture
def accepted() -> list[socket.socket]:
    """The server's side of every connection."""
    return []


@pytest.fixture
def line(app: Flask, accepted: list[socket.socket]) -> Iterator[socket.socket]:
    """A connection to the server, as a phone keeps one."""

    class Watched(TicketedHandler):
        def handle(self) -> None:
            accepted.append(self.socket)
            super().handle()

    server = make_server(app, host="127.0.0.1", port=0)
    server.handler_class = Watched
    with gevent_socket.create_connection(("127.0.0.1", server.server_port), timeout=10) as phone:
        yield phone
    server.stop(timeout=1)


def test_an_accepted_connection_sends_at_once(line: socket.socket, accepted: list[socket.socket]) -> None:
    line.sendall(ASK)
    line.recv(65536)

    assert [one.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) for one in accepted] == [1]


def test_head_and_body_of_a_small_answer_come_together_again_and_again(line: socket.socket) -> None:
    for _heartbeat in range(3):
        line.sendall(ASK)
        head, _, body = line.recv(65536).partition(b"\r\n\r\n")

        assert head.startswith(b"HTTP/1.1 200")
        assert body.startswith(b'{"')
        assert f"Content-Length: {len(body)}".encode() in head
        gevent.sleep(0)
