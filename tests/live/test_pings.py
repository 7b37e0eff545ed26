"""Idle clients get their pings though no greenlet sleeps for each."""

from __future__ import annotations

import engineio
import gevent
from engineio.packet import PING, PONG, Packet
from engineio.socket import Socket

from app.live import later as later_module
from app.live.pings import share_pings


def test_every_client_is_pinged_after_the_interval_and_again_after_its_pong() -> None:
    engine = engineio.Server(async_mode="gevent", ping_interval=0.2, ping_timeout=20)
    share_pings(engine)
    clients = [Socket(engine, f"sid-{number}") for number in range(50)]
    closed = clients.pop()
    for client in (*clients, closed):
        client.schedule_ping()
    closed.closed = True

    for _beat in range(2):
        packets = [client.queue.get(timeout=5) for client in clients]
        assert {packet.packet_type for packet in packets} == {PING}
        for client in clients:
            client.receive(Packet(PONG))

    assert closed.queue.empty()
    assert later_module._looker is not None


def test_other_background_work_of_the_engine_starts_as_ever() -> None:
    engine = engineio.Server(async_mode="gevent")
    share_pings(engine)
    heard: list[int] = []

    engine.start_background_task(heard.append, 1).join()
    gevent.sleep(0)

    assert heard == [1]
