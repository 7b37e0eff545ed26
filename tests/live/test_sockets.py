"""Websockets on the real server: a ticket opens the door, commits are heard, and only by those they are for."""

from __future__ import annotations

import base64
import os
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest

from app.base import clock
from app.base.ids import uuid7
from app.base.instants import to_wire
from tests.server import Browser, HintSocket, RealServer

# A hint is due within a second; the machine that runs the tests may be busy with others.
HINT_SECONDS = 5
QUIET_SECONDS = 1.0
CLAIM = {"unit": "icu", "role": "charge-nurse"}


def op(kind: str, /, **args: Any) -> dict[str, Any]:
    made = {"id": uuid7(), "n": 1, "kind": kind, "v": 1, "base": None, "args": args, "age_ms": 0}
    return {**made, "at": to_wire(clock.now())}


@pytest.fixture(scope="module")
def incident(server: RealServer) -> str:
    made = uuid7()
    omar = Browser(server, "omar", "desk").sign_in()
    declared = op("incident.declare", incident=made, plan="ehr-unplanned", kind="exercise", units=["icu"])
    results = omar.push(declared).json["results"]
    assert results[0]["st"] == "ok", results
    return made


def cursors_of(browser: Browser) -> dict[str, int]:
    """The cursors after a first pull, page after page."""
    answer = browser.pull({}).json
    found = {scope: snap["to"] for scope, snap in answer["snap"].items()}
    assert all(snap["next"] is None for snap in answer["snap"].values())
    return found


@pytest.fixture
def nia(server: RealServer, incident: str) -> Browser:
    return Browser(server, "nia", f"phone-{uuid7()}").sign_in()


@pytest.fixture
def listening(server: RealServer) -> Iterator[Any]:
    """Opens sockets with fresh tickets and closes them at the end."""
    opened: list[HintSocket] = []

    def listen(browser: Browser) -> HintSocket:
        opened.append(HintSocket(server, browser.get("/api/boot").json["ws_ticket"]))
        return opened[-1]

    yield listen
    for one in opened:
        one.close()


def hints_of(ear: HintSocket, scope: str, *, after: int, up_to: int = 0) -> list[dict[str, Any]]:
    """The hints of a scope beyond a cursor, until one reaches `up_to` (or the first)."""
    found: list[dict[str, Any]] = []
    end = time.monotonic() + HINT_SECONDS
    while time.monotonic() < end and not (found and found[-1]["to"] >= up_to):
        heard = ear.events(wait_seconds=end - time.monotonic(), until=scope)
        found += [body for name, body in heard if name == "d" and body["s"] == scope and body["to"] > after]
    return found


def handshake(server: RealServer, query: str) -> tuple[bytes, bool]:
    """The answer to a websocket handshake, and whether the server hung up after it."""
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [f"GET /socket.io/?{query} HTTP/1.1", f"Host: 127.0.0.1:{server.port}", "Upgrade: websocket"]
    lines += ["Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13"]
    with socket.create_connection(("127.0.0.1", server.port), timeout=HINT_SECONDS) as raw:
        raw.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        received = b""
        try:
            while part := raw.recv(4096):
                received += part
        except TimeoutError:
            return received, False
        return received, True


@pytest.mark.parametrize(
    "ticket",
    ["", "&ticket=", "&ticket=forged", "&ticket=eyJ1c2VyIjoibmlhIn0.aaaa.bbbb"],
    ids=["none", "empty", "x", "signed"],
)
def test_without_a_ticket_of_ours_the_handshake_is_refused_and_the_line_closed(server: RealServer, ticket: str) -> None:
    answer, hung_up = handshake(server, f"EIO=4&transport=websocket{ticket}")

    assert answer.startswith(b"HTTP/1.1 401 ")
    assert hung_up


def test_a_ticket_past_its_life_is_refused(server: RealServer, nia: Browser) -> None:
    time.sleep(3.1)  # this server's tickets live two seconds, counted in whole ones

    answer, hung_up = handshake(server, f"EIO=4&transport=websocket&ticket={nia.boot['ws_ticket']}")

    assert (answer.split(b"\r\n")[0], hung_up) == (b"HTTP/1.1 401 Unauthorized", True)


def test_there_is_no_way_in_by_polling(server: RealServer, nia: Browser) -> None:
    ticket = nia.get("/api/boot").json["ws_ticket"]

    answer = server.request("GET", f"/socket.io/?EIO=4&transport=polling&ticket={ticket}")

    assert answer.status in (400, 401)


def test_a_committed_change_is_heard_with_its_rows_and_joins_the_cursor(
    server: RealServer, incident: str, nia: Browser, listening: Any
) -> None:
    ear = listening(nia)
    cursor = cursors_of(nia)["unit:icu"]

    result = nia.push(op("note.add", incident=incident, unit="icu", text="Pumps checked")).json["results"][0]

    hint = hints_of(ear, "unit:icu", after=cursor)[0]
    assert (hint["s"], hint["e"], hint["from"], hint["to"]) == ("unit:icu", nia.boot["epoch"], cursor, result["seq"])
    assert [row["b"]["text"] for row in hint["rows"]] == ["Pumps checked"]
    pulled = nia.pull({"unit:icu": cursor}).json["delta"]["unit:icu"]
    assert pulled["rows"] == hint["rows"]


def test_a_refused_entry_is_not_heard(server: RealServer, incident: str, nia: Browser, listening: Any) -> None:
    ear = listening(nia)
    cursor = cursors_of(nia)["unit:icu"]
    kim = Browser(server, "kim", f"phone-{uuid7()}").sign_in()

    refused = kim.push(op("note.add", incident=incident, unit="icu", text="Not mine to write")).json["results"]
    nia.push(op("note.add", incident=incident, unit="icu", text="Mine"))

    assert refused[0]["st"] == "rejected"
    hint = hints_of(ear, "unit:icu", after=cursor)[0]
    assert (hint["from"], [row["b"]["text"] for row in hint["rows"]]) == (cursor, ["Mine"])


def test_leaders_hear_of_the_command_scope_and_nurses_do_not(
    server: RealServer, incident: str, nia: Browser, listening: Any
) -> None:
    priya = Browser(server, "priya", f"laptop-{uuid7()}").sign_in()
    hers, his = listening(priya), listening(nia)
    command = f"incident:{incident}:command"

    nia.push(op("help.ask", incident=incident, unit=None, text="Two more hands"))

    assert command in {body.get("s") for _name, body in hers.events(wait_seconds=HINT_SECONDS, until=command)}
    heard = {body.get("s") for _name, body in his.events(wait_seconds=QUIET_SECONDS)}
    assert "unit:icu" in heard
    assert not {scope for scope in heard if str(scope).startswith("incident:")}


def test_other_units_and_the_outsider_hear_nothing(
    server: RealServer, incident: str, nia: Browser, listening: Any
) -> None:
    others = [Browser(server, name, f"phone-{uuid7()}").sign_in() for name in ("sol", "uri")]
    ears = [listening(other) for other in others]

    nia.push(op("note.add", incident=incident, unit="icu", text="For our unit"))

    heard = [body.get("s") for ear in ears for _name, body in ear.events(wait_seconds=QUIET_SECONDS)]
    own = {f"user:{other.boot['user']['id']}" for other in others}  # each may hear of their own new phone
    assert set(heard) <= own


def test_whoever_goes_on_duty_is_told_that_their_rights_changed(nia: Browser, listening: Any) -> None:
    ear = listening(nia)

    assert nia.push(op("duty.claim", **CLAIM)).json["results"][0]["st"] == "ok"

    names = [name for name, _body in ear.events(wait_seconds=QUIET_SECONDS)]
    assert "auth" in names
    assert nia.push(op("duty.release", **CLAIM)).json["results"][0]["st"] == "ok"


def test_many_notes_of_a_moment_become_few_hints_that_join(
    server: RealServer, incident: str, nia: Browser, listening: Any
) -> None:
    ear = listening(nia)
    cursor = cursors_of(nia)["unit:icu"]

    for number in range(8):
        nia.push(op("note.add", incident=incident, unit="icu", text=f"Bed {number}"))

    hints = hints_of(ear, "unit:icu", after=cursor, up_to=cursor + 8)
    # what came just before the first note may share its hint
    assert hints[0]["from"] <= cursor
    assert [hint["from"] for hint in hints[1:]] == [hint["to"] for hint in hints[:-1]]
    assert hints[-1]["to"] == cursor + 8
