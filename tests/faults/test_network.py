"""The network lies, loses and doubles: the phone's own JavaScript, the fault proxy, the real server (F1 to F9)."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from tests.faults import network
from tests.faults.certificate import expired_certificate
from tests.faults.exchange import answer
from tests.faults.js_phone import JsPhone, untouched
from tests.faults.network import Fault
from tests.faults.proxy import FaultProxy, proxy_to
from tests.faults.ward import Ward, op

ALONE, NOT_OURS = "alone", "not_ours"
# What happens to a request, what the phone says then, and whether the server had acted on it.
FAULTS: dict[str, tuple[Fault, str, bool]] = {
    "request lost": (network.lose_request, ALONE, False),
    "answer lost after the commit": (network.swallow_answer, ALONE, True),
    "cut before the first byte": (network.cut_after(0), ALONE, True),
    "cut in the head": (network.cut_after(40), ALONE, True),
    "cut in the body": (network.cut_after(260), ALONE, True),
    "black hole": (network.black_hole, ALONE, False),
    "answer that hangs in the middle": (network.hanging_answer, ALONE, True),
    "truncated JSON": (network.truncated_json, NOT_OURS, True),
    "sign-in page of the guest network": (network.sign_in_page, NOT_OURS, False),
    "redirect to a sign-in page": (network.redirect_to_sign_in, NOT_OURS, False),
    "511 sign in to the network": (network.network_sign_in_wanted, NOT_OURS, False),
    "204 of a network's own": (network.nothing, NOT_OURS, False),
    "JSON of somebody else": (network.foreign_json, NOT_OURS, False),
    "502 page of a proxy": (network.bad_gateway, ALONE, False),
    "504 page of a proxy": (network.gateway_timeout, ALONE, False),
}
CASES = [pytest.param(*case, id=name) for name, case in FAULTS.items()]
SENTENCES = {
    ALONE: "No answer from the server. What you record is kept on this phone.",
    NOT_OURS: "This network answers in the server's place. Open its sign-in page or use another network.",
}


def note(phone: JsPhone, incident: str, text: str) -> str:
    return phone.record("note.add", incident=incident, unit="icu", text=text)


def told(incident: str, text: str) -> dict[str, str]:
    return {"incident": incident, "unit": "icu", "text": text}


def assert_once(ward: Ward, phone: JsPhone, *ops: str) -> None:
    """Each is on record once, and its author sees so."""
    assert {one: result["st"] for one, result in ward.results(ops).items()} == dict.fromkeys(ops, "ok")
    assert sorted(row["id"] for row in phone.rows("note") if row["id"] in ops) == sorted(ops)
    assert {phone.entry(one)["state"] for one in ops} == {"on_record"}
    assert phone.shown()["waiting"] == 0


@pytest.mark.parametrize(("fault", "state", "acts"), CASES)
def test_an_entry_survives_whatever_becomes_of_its_request(
    ward: Ward, proxy: FaultProxy, nia: JsPhone, incident: str, fault: Fault, state: str, acts: bool
) -> None:
    proxy.set(fault, path="/api/sync/push")
    with nia.hurried():
        entry = note(nia, incident, "Beds counted.")
        assert nia.talk() == state

    shown = nia.shown()
    assert (shown["waiting"], nia.entry(entry)["state"], shown["sentence"]) == (1, "saved", SENTENCES[state])
    assert len(ward.results([entry])) == int(acts)
    proxy.clear()
    assert nia.talk() == "polling"
    assert_once(ward, nia, entry)


@pytest.mark.parametrize(("fault", "state", "_acts"), CASES)
def test_news_that_did_not_come_is_not_shown_as_current(
    ward: Ward, proxy: FaultProxy, nia: JsPhone, incident: str, fault: Fault, state: str, _acts: bool
) -> None:
    heard_at = nia.shown()["last_heard_at"]
    ward.person("bo").push(op("note.add", 1, told(incident, "Pumps checked.")))
    proxy.set(fault, path="/api/sync/pull")
    with nia.hurried():
        assert nia.talk() == state

    assert nia.shown()["last_heard_at"] == heard_at
    proxy.clear()
    assert nia.talk() == "polling"
    assert nia.shown()["last_heard_at"] > heard_at
    assert any(row["text"] == "Pumps checked." for row in nia.rows("note"))


def test_a_doubled_request_counts_once(ward: Ward, proxy: FaultProxy, nia: JsPhone, incident: str) -> None:
    proxy.set(network.duplicate)
    entry = note(nia, incident, "Said once.")

    assert nia.talk() == "polling"

    assert_once(ward, nia, entry)


def test_a_delayed_copy_of_an_old_request_changes_nothing(
    ward: Ward, proxy: FaultProxy, nia: JsPhone, incident: str
) -> None:
    task = untouched(nia, incident)[0]
    nia.record("task.complete", task=task, captured={}, note="")
    nia.talk()
    old = proxy.asked("/api/sync/push")[0]
    nia.record("task.reopen", task=task, reason="Not all beds.")
    nia.talk()

    proxy.send_again(old)

    nia.talk()
    shown = nia.rows("task", id=task)[0]
    assert (shown["state"], [sign["what"] for sign in shown["signs"]]) == ("open", ["complete", "reopen"])


def test_sixty_entries_that_waited_arrive_once_and_in_their_order(
    ward: Ward, proxy: FaultProxy, nia: JsPhone, incident: str
) -> None:
    proxy.set(network.lose_request)
    ops = [note(nia, incident, f"Entry {number}") for number in range(60)]
    assert nia.talk() == ALONE
    proxy.set(network.swallow_answer, times=1)
    nia.talk()
    proxy.clear()

    assert nia.talk() == "polling"

    assert_once(ward, nia, *ops)
    assert max(len(json.loads(one.body)["ops"]) for one in proxy.asked("/api/sync/push")) <= 50
    results = ward.results(ops)
    assert sorted(ops, key=lambda op: int(results[op]["seq"])) == ops


def test_a_busy_server_is_left_alone_for_the_time_it_names(
    ward: Ward, proxy: FaultProxy, nia: JsPhone, incident: str
) -> None:
    busy = answer(
        "503 Service Unavailable", '{"code":"try_later","msg":"Soon."}', kind="application/json", Retry_After="3"
    )
    proxy.set(network.saying(busy), path="/api/sync/push")
    entry = note(nia, incident, "Patience.")
    nia.talk()
    asked = len(proxy.asked("/api/sync/push"))

    assert nia.talk() == ALONE
    assert len(proxy.asked("/api/sync/push")) == asked
    proxy.clear()
    with nia.hurried(10):
        wait_until_sent(nia, entry)
    assert_once(ward, nia, entry)


def wait_until_sent(phone: JsPhone, entry: str) -> None:
    end = time.monotonic() + 10
    while phone.entry(entry)["state"] != "on_record" and time.monotonic() < end:
        phone.talk()


def test_latency_costs_time_and_nothing_else(ward: Ward, proxy: FaultProxy, nia: JsPhone, incident: str) -> None:
    proxy.set(network.slow(0.4))
    entry = note(nia, incident, "Slow line.")

    assert nia.talk() == "polling"

    assert_once(ward, nia, entry)


def test_a_server_whose_certificate_has_expired_is_no_server(
    ward: Ward, proxy: FaultProxy, nia: JsPhone, incident: str, tmp_path: Path
) -> None:
    """F7: the browser refuses; the app says that it is alone and keeps what is recorded."""
    with proxy_to(ward.port, certificate=expired_certificate(tmp_path)) as expired:
        nia.do("address", address=expired.address)
        entry = note(nia, incident, "Kept.")
        assert nia.talk() == ALONE
        assert expired.seen == []

    nia.do("address", address=proxy.address)
    assert nia.talk() == "polling"
    assert_once(ward, nia, entry)


def test_a_name_that_nobody_resolves_is_no_server(ward: Ward, proxy: FaultProxy, nia: JsPhone, incident: str) -> None:
    """F8: DNS is dead while the server lives: the entry waits until its name or its number can be reached."""
    nia.do("address", address=f"http://wardlight.invalid:{proxy.port}")
    entry = note(nia, incident, "Kept.")
    assert nia.talk() == ALONE

    nia.do("address", address=proxy.address)
    assert nia.talk() == "polling"
    assert_once(ward, nia, entry)


def test_without_a_socket_news_comes_by_pull(ward: Ward, proxy: FaultProxy, nia: JsPhone, incident: str) -> None:
    """F15: hints that are lost, by a proxy or a broker, cost time only."""
    ward.person("bo").push(op("note.add", 1, told(incident, "No hint told of this.")))

    assert nia.talk() == "polling"

    assert any(row["text"] == "No hint told of this." for row in nia.rows("note"))
