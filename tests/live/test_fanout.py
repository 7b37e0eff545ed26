"""Broadcasts of a real server to real sockets: whole frames, in order, to the right rooms, whoever stalls."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

import pytest

from app.bench.fleet import Client
from app.bench.processes import Server
from tests.live.conftest import MakeFleet

TEXT = "The EHR is down. Chart and order on paper. äöü " * 60  # about 3 kB: hints carry the row
MANY = 250  # more than the server's and the client's network buffers hold


class Heard:
    """What each client heard, as the hints that were in the frames."""

    def __init__(self) -> None:
        self.hints: dict[int, list[dict[str, Any]]] = defaultdict(list)

    def __call__(self, client: Client, payload: bytes) -> None:
        event, body = json.loads(payload[2:])
        assert event == "d"
        self.hints[client.turn].append(body)

    def numbers(self, client: Client) -> list[int]:
        """The running numbers of the rows a client got, each checked to be whole."""
        rows = [row for hint in self.hints[client.turn] for row in hint.get("rows", [])]
        assert all(row["b"]["text"] == TEXT for row in rows)
        return [row["b"]["n"] for row in rows]


def commit(server: Server, scope: str, *, times: int, n: int = 1, pause_ms: int = 2) -> None:
    order = {"scope": scope, "id": "memo", "body": {"text": TEXT}, "times": times, "n": n, "pause_ms": pause_ms}
    server.tell(order)


def test_everybody_hears_everything_whole_and_in_order_though_some_stall(
    live_server: Server, make_fleet: MakeFleet
) -> None:
    heard = Heard()
    fleet = make_fleet(lambda _turn: ["site:north"], heard)
    assert fleet.open(200, seconds=30) == 200
    clients = list(fleet.clients.values())
    good, stalled = clients[:160], clients[160:]
    for client in stalled:
        fleet.stall(client)

    commit(live_server, "site:north", times=60)

    assert fleet.poll_until(lambda: all(client.messages == 60 for client in good), seconds=30)
    live_server.answer()
    for client in stalled:
        fleet.resume(client)
    commit(live_server, "site:north", times=1, n=61)
    assert fleet.poll_until(lambda: all(61 in heard.numbers(c) or _is_told(heard, c) for c in clients), seconds=20)
    assert all(heard.numbers(client) == [*range(1, 62)] for client in good)
    for client in stalled:
        got = heard.numbers(client)
        assert got == sorted(set(got)) and client.state == "joined" and not fleet.errors


def _is_told(heard: Heard, client: Client) -> bool:
    hints = heard.hints[client.turn]
    return bool(hints) and "rows" not in hints[-1]


def test_news_stays_in_its_room(live_server: Server, make_fleet: MakeFleet) -> None:
    heard = Heard()
    fleet = make_fleet(lambda turn: ["site:north", "unit:icu" if turn % 2 else "unit:5-west"], heard)
    assert fleet.open(20, seconds=20) == 20
    clients = list(fleet.clients.values())

    commit(live_server, "unit:icu", times=3)
    live_server.answer()
    commit(live_server, "site:north", times=1, n=9)

    assert fleet.poll_until(lambda: all(9 in heard.numbers(client) for client in clients), seconds=10)
    assert all(heard.numbers(c) == ([1, 2, 3, 9] if c.turn % 2 else [9]) for c in clients)


def test_clients_may_leave_in_the_middle_of_a_broadcast(live_server: Server, make_fleet: MakeFleet) -> None:
    heard = Heard()
    fleet = make_fleet(lambda _turn: ["site:north"], heard)
    assert fleet.open(120, seconds=30) == 120
    clients = list(fleet.clients.values())
    leaving, staying = clients[::3], [client for client in clients if client not in clients[::3]]

    commit(live_server, "site:north", times=40)
    while leaving:
        fleet.poll(0.01)
        fleet.drop(leaving.pop())

    assert fleet.poll_until(lambda: all(client.messages == 40 for client in staying), seconds=30)
    assert all(heard.numbers(client) == [*range(1, 41)] for client in staying)
    live_server.answer()
    assert fleet.poll_until(lambda: live_server.ask({"ask": "stats"})["clients"] == len(staying), seconds=10)
    assert live_server.ask({"ask": "stats"})["outlets"] == len(staying)


@pytest.mark.parametrize("is_fast", [True], indirect=True, ids=["fast"])
def test_a_reader_that_is_behind_gets_one_hint_when_it_catches_up(live_server: Server, make_fleet: MakeFleet) -> None:
    heard = Heard()
    fleet = make_fleet(lambda _turn: ["unit:sleepy"], heard)
    assert fleet.open(2, seconds=20) == 2
    sleeper, reader = fleet.clients.values()
    fleet.stall(sleeper)

    commit(live_server, "unit:sleepy", times=MANY, pause_ms=0)
    assert fleet.poll_until(lambda: reader.messages == MANY, seconds=60)
    fleet.resume(sleeper)
    live_server.answer()

    assert fleet.poll_until(lambda: _is_told(heard, sleeper), seconds=10)
    hints = heard.hints[sleeper.turn]
    got = heard.numbers(sleeper)
    assert got == [*range(1, len(got) + 1)]
    assert [("rows" in hint) for hint in hints] == [True] * len(got) + [False]
    assert hints[-1]["to"] == MANY and len(got) < MANY


def test_who_stays_behind_and_who_never_becomes_a_client_is_closed(
    live_server: Server, make_fleet: MakeFleet, is_fast: bool
) -> None:
    readers, silent = make_fleet(lambda _turn: ["unit:closing"]), make_fleet(lambda _turn: ["unit:closing"])
    assert readers.open(1, seconds=20) == 1
    for sleeper in list(readers.clients.values()):
        readers.stall(sleeper)
    commit(live_server, "unit:closing", times=MANY, pause_ms=0)

    assert silent.open(3, seconds=10, join=False) == 3

    waiting = list(silent.clients.values())
    assert silent.poll_until(lambda: all(client.state == "closed" for client in waiting), seconds=25)
    if is_fast:
        assert readers.poll_until(lambda: live_server.ask({"ask": "stats"})["clients"] == 0, seconds=25)
