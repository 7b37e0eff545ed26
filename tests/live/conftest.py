"""Real servers for the tests that need real sockets: the product as it is served, and one that commits on order."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.base import clock
from app.base.signing import TicketSigner, load_secret
from app.bench.fleet import Client, Fleet
from app.bench.processes import Server, our_server
from tests.databases import Databases
from tests.server import RealServer, serving

SNDBUF_BYTES = 16_384
FORGET_SECONDS = 20


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, run_databases: Databases) -> Iterator[RealServer]:
    with serving(tmp_path_factory.mktemp("served"), run_databases, ticket_seconds="2") as running:
        yield running


@pytest.fixture(params=[True, False], ids=["fast", "stock"], scope="module")
def is_fast(request: pytest.FixtureRequest) -> bool:
    """Whether the server's own fan-out is on."""
    return bool(request.param)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory, is_fast: bool) -> Path:
    return tmp_path_factory.mktemp(f"live-{is_fast}")


@pytest.fixture(scope="module")
def live_server(data_dir: Path, is_fast: bool) -> Iterator[Server]:
    """The server, with small network buffers so that a stalled reader shows soon."""
    with our_server(data_dir, sndbuf=SNDBUF_BYTES, fast_path=is_fast) as server:
        yield server


MakeFleet = Callable[..., Fleet]


@pytest.fixture
def make_fleet(live_server: Server, data_dir: Path) -> Iterator[MakeFleet]:
    """Makes clients of the server: `rooms_of(turn)` names the rooms of each."""
    made: list[Fleet] = []
    signer = TicketSigner(load_secret(data_dir), life_seconds=60)

    def make(rooms_of: Callable[[int], list[str]], on_message: Callable[[Client, bytes], None] | None = None) -> Fleet:
        def path_of(turn: int) -> str:
            claims = {"user": f"user-{turn}", "session": f"s-{turn}", "device": f"d-{turn}", "rooms": rooms_of(turn)}
            return f"/socket.io/?EIO=4&transport=websocket&ticket={signer.sign(claims)}"

        made.append(Fleet(("127.0.0.1", live_server.port), path_of, on_message, receive_bytes=SNDBUF_BYTES))
        return made[-1]

    yield make
    for fleet in made:
        fleet.close()
    until = clock.ticks() + FORGET_SECONDS
    while live_server.ask({"ask": "stats"})["clients"] and clock.ticks() < until:
        time.sleep(0.05)
