"""Somebody who says something to one process, and ears at the sockets of another: how long news takes across."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable
from typing import Any

from app.base import clock
from app.base.ids import uuid7
from app.base.instants import to_wire
from app.base.signing import TicketSigner, load_secret
from app.bench.fleet import Client, Fleet
from app.bench.town import Phone, Town
from app.live.scopes import unit_scope

ANSWER_SECONDS = 20.0


def tickets(town: Town, phone: Phone) -> Callable[[int], str]:
    """Fresh tickets of a person's socket, as boot would give them."""
    signer = TicketSigner(load_secret(town.data_dir), life_seconds=60)

    def path_of(turn: int) -> str:
        claims = {"user": phone.user, "session": f"s{turn}", "device": phone.device, "rooms": [unit_scope(phone.unit)]}
        return f"/socket.io/?EIO=4&transport=websocket&ticket={signer.sign(claims)}"

    return path_of


def say(town: Town, phone: Phone, port: int, n: int) -> int:
    """Hand in a note to the server on a port; the cursor of its scope after it. RuntimeError when it is not taken."""
    now = to_wire(clock.now())
    args = {"incident": town.incident, "unit": phone.unit, "text": f"note {n}"}
    op = {"id": uuid7(), "n": n, "kind": "note.add", "v": 1, "at": now, "age_ms": 0, "base": None, "args": args}
    body = {"proto": 1, "device": phone.device, "epoch": town.epoch, "sent_at": now, "ops": [op]}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_SECONDS)
    try:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {phone.token}"}
        connection.request("POST", "/api/sync/push", json.dumps(body), headers)
        answer = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    result = answer.get("results", [answer])[0]
    if result.get("st") != "ok":
        raise RuntimeError(str(result))
    return int(result["seq"])


class Ear:
    """A socket of a phone that notes how far it was told its unit has come."""

    def __init__(self, town: Town, phone: Phone, port: int) -> None:
        self.told = 0
        self.with_rows = False
        self._fleet = Fleet(("127.0.0.1", port), tickets(town, phone), self._hear)
        if self._fleet.open(1, seconds=10) != 1:
            raise RuntimeError(f"no socket: {self._fleet.errors or self._fleet.turned_away}")

    def _hear(self, _client: Client, payload: bytes) -> None:
        event, body = self._parsed(payload)
        if event == "d" and body["to"] > self.told:
            self.told, self.with_rows = body["to"], "rows" in body

    @staticmethod
    def _parsed(payload: bytes) -> tuple[str, dict[str, Any]]:
        event, body = json.loads(payload[2:])
        return str(event), body

    def wait_for(self, seq: int, *, seconds: float) -> float | None:
        """Seconds until it is told of a cursor; None when that does not come in time."""
        began = clock.ticks()
        came = self._fleet.poll_until(lambda: self.told >= seq, seconds=seconds)
        return clock.ticks() - began if came else None

    def close(self) -> None:
        """Hang up."""
        self._fleet.close()
