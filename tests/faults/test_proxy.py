"""The fault proxy does what its faults say: proved with a server that counts what reaches it."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.faults import network
from tests.faults.network import Fault
from tests.faults.proxy import PORTS, FaultProxy, proxy_to

ANSWER = b'{"results": ["a result that is long enough to be cut in the middle"]}'


@dataclass
class Upstream:
    """What the server of these tests has heard."""

    port: int
    heard: list[bytes] = field(default_factory=list)


class Handler(BaseHTTPRequestHandler):
    """Answers requests; a websocket's bytes come back doubled."""

    protocol_version = "HTTP/1.1"
    upstream: Upstream

    def do_POST(self) -> None:
        self.upstream.heard.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def do_GET(self) -> None:
        self.send_response(101)
        self.end_headers()
        while data := self.connection.recv(100):
            self.connection.sendall(data * 2)

    def log_message(self, *_args: object) -> None:
        """Nothing: the tests look at what was heard."""


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Upstream(server.server_port)
    Handler.upstream = found
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def proxy(upstream: Upstream) -> Iterator[FaultProxy]:
    with proxy_to(upstream.port) as made:
        yield made


def post(proxy: FaultProxy, path: str = "/api/sync/push", *, timeout: float = 5) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=timeout)
    try:
        connection.request("POST", path, b"an op", {"Content-Length": "5"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def test_a_good_network_changes_nothing(proxy: FaultProxy, upstream: Upstream) -> None:
    assert proxy.port in PORTS
    assert post(proxy) == (200, ANSWER)
    assert (upstream.heard, [one.body for one in proxy.asked("/api/sync/push")]) == ([b"an op"], [b"an op"])


@pytest.mark.parametrize(
    ("fault", "times_heard"),
    [(network.lose_request, 0), (network.swallow_answer, 1), (network.cut_after(0), 1), (network.cut_after(90), 1)],
    ids=["request lost", "answer lost", "cut at once", "cut in the middle"],
)
def test_a_broken_connection_tells_the_phone_nothing(
    proxy: FaultProxy, upstream: Upstream, fault: Fault, times_heard: int
) -> None:
    proxy.set(fault)

    with pytest.raises((OSError, http.client.HTTPException)):
        post(proxy)

    assert len(upstream.heard) == times_heard


def test_a_doubled_request_arrives_twice_and_is_answered_once(proxy: FaultProxy, upstream: Upstream) -> None:
    proxy.set(network.duplicate)

    assert post(proxy) == (200, ANSWER)
    assert upstream.heard == [b"an op", b"an op"]


@pytest.mark.parametrize(("fault", "times_heard"), [(network.black_hole, 0), (network.hanging_answer, 1)])
def test_who_hangs_leaves_the_phone_waiting(
    proxy: FaultProxy, upstream: Upstream, fault: Fault, times_heard: int
) -> None:
    proxy.set(fault)

    with pytest.raises(TimeoutError):
        post(proxy, timeout=0.2)

    assert len(upstream.heard) == times_heard


def test_an_old_request_can_arrive_once_more(proxy: FaultProxy, upstream: Upstream) -> None:
    post(proxy)

    assert proxy.send_again(proxy.seen[0]).endswith(ANSWER)
    assert upstream.heard == [b"an op", b"an op"]


def test_latency_is_waited_for(proxy: FaultProxy) -> None:
    proxy.set(network.slow(0.2))
    began = time.monotonic()

    assert post(proxy) == (200, ANSWER)
    assert time.monotonic() - began >= 0.2


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (network.sign_in_page, 200), (network.redirect_to_sign_in, 302), (network.network_sign_in_wanted, 511),
        (network.bad_gateway, 502), (network.gateway_timeout, 504), (network.foreign_json, 200),
    ],
)  # fmt: skip
def test_somebody_else_answers_and_the_server_hears_nothing(
    proxy: FaultProxy, upstream: Upstream, fault: Fault, status: int
) -> None:
    proxy.set(fault)

    found, body = post(proxy)

    assert found == status and body not in (b"", ANSWER)
    assert upstream.heard == []


def test_truncated_json_is_a_whole_answer_of_half_the_length(proxy: FaultProxy) -> None:
    proxy.set(network.truncated_json)

    assert post(proxy) == (200, ANSWER[: len(ANSWER) // 2])


def test_a_fault_is_for_some_paths_or_some_times_only_and_ends_when_it_is_cleared(proxy: FaultProxy) -> None:
    proxy.set(network.bad_gateway, path="/api/sync/pull")
    assert (post(proxy)[0], post(proxy, "/api/sync/pull")[0]) == (200, 502)

    proxy.set(network.bad_gateway, times=1)
    assert (post(proxy)[0], post(proxy)[0]) == (502, 200)

    proxy.set(network.bad_gateway)
    proxy.clear()
    assert post(proxy)[0] == 200


def test_a_websocket_passes_is_held_in_a_black_hole_and_can_be_cut(proxy: FaultProxy) -> None:
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=5) as phone:
        phone.sendall(b"GET /socket.io/ HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
        assert b" 101 " in phone.recv(1000).split(b"\r\n")[0]
        phone.sendall(b"ping")
        assert phone.recv(100) == b"pingping"

        proxy.set(network.black_hole)
        phone.sendall(b"held")
        phone.settimeout(0.2)
        with pytest.raises(TimeoutError):
            phone.recv(100)

        proxy.clear()
        phone.settimeout(5)
        assert phone.recv(100) == b"heldheld"
        proxy.cut()
        with pytest.raises(ConnectionResetError):
            phone.recv(100)


def test_without_a_server_the_phone_s_connection_breaks(proxy: FaultProxy, upstream: Upstream) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        proxy.server_port = nobody.getsockname()[1]

        with pytest.raises((OSError, http.client.HTTPException)):
            post(proxy)
