"""What the worker does with each answer of a push service that checks everything."""

from __future__ import annotations

import os
import socket
import time
from datetime import timedelta
from typing import Any

import pytest

from app.base import clock as base_clock
from app.base.instants import to_wire
from app.delivery.answers import SENT, is_doubted
from app.delivery.commands.claim import LEASE, claim_due, release_leases
from app.delivery.commands.record import probe_results, record_results
from app.delivery.worker import is_dead_here, own_lease
from tests.conftest import FakeClock
from tests.delivery.conftest import Post

INCIDENT = "0199d000-0000-7000-8000-000000000009"
REF = "0199d000-0000-7000-8000-000000000001"
FACTS = {"no": 3, "headline": "EHR is down. Stay on paper.", "do_now": "Chart on paper."}


def tell(post: Post, *names: str, **fields: Any) -> None:
    given: dict[str, Any] = {
        "incident": INCIDENT,
        "ref": REF,
        "path": f"/app/updates/{REF}",
        "asks": True,
        "facts": FACTS,
    }
    post.ways.tell(*names, **{**given, **fields})


def test_a_push_arrives_with_all_that_a_strict_service_demands(post: Post) -> None:
    post.phone("nia")
    tell(post, "nia")

    post.work()

    [push] = post.service.received("nia")
    assert push.headers["ttl"] == str(4 * 3600)
    assert push.headers["urgency"] == "high"
    assert len(push.headers["topic"]) == 32
    assert push.claims["aud"] == post.service.origin
    assert push.claims["sub"] == "https://wardlight.example"
    shown = push.message["notification"]
    assert push.message["web_push"] == 8030
    assert (shown["title"], shown["body"]) == ("Update 3: EHR is down. Stay on paper.", "Chart on paper.")
    assert shown["navigate"] == f"https://wardlight.example/app/updates/{REF}"
    assert shown["data"]["user"] == post.ways.hospital.ids["nia"]
    assert (shown["data"]["broadcast"], shown["data"]["asks"]) == (REF, True)
    assert shown["data"]["at"] == to_wire(base_clock.now())
    assert shown["actions"][0]["action"] == "ack"
    assert post.states() == [("sent", "")]
    assert post.path() == "up"


def test_the_words_are_in_the_language_of_the_phone_and_an_exercise_says_so(post: Post) -> None:
    post.phone("nia", lang="es")
    tell(post, "nia", kind="exercise")

    post.work()

    [push] = post.service.received("nia")
    assert push.message["notification"]["title"] == "SIMULACRO · Aviso 3: EHR is down. Stay on paper."


def test_the_longest_message_keeps_the_budget(post: Post) -> None:
    post.phone("nia")
    tell(post, "nia", facts={"no": 3, "headline": "ü" * 140, "do_now": "€" * 8000})

    post.work()

    assert post.states() == [("sent", "")]


def test_many_phones_are_served_at_once_each_exactly_once(post: Post) -> None:
    post.service.delay_seconds = 0.02
    for n in range(60):
        post.phone("nia", f"phone-{n}", device=f"d{n}")
    tell(post, "nia")

    began = time.monotonic()
    post.work(in_flight=30)

    assert time.monotonic() - began < 60 * 0.02 + 2
    assert sorted(push.name for push in post.service.pushes) == sorted(f"phone-{n}" for n in range(60))
    assert set(post.states()) == {("sent", "")}


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_said_to_be_gone_is_doubted_for_a_minute_and_then_given_up(
    post: Post, clock: FakeClock, status: int
) -> None:
    nia, dana = post.phone("nia"), post.phone("dana")
    post.service.answer["nia"] = status
    tell(post, "nia", "dana")

    post.work()

    assert post.subscription(nia) == "quarantined"
    assert sorted(post.states()) == [("quarantined", "gone"), ("sent", "")]
    clock.advance(seconds=61)
    post.work()
    assert (post.subscription(nia), post.subscription(dana)) == ("gone", "active")
    assert sorted(post.states()) == [("dead", "gone"), ("sent", "")]
    assert post.path() == "up"


def test_when_a_proxy_says_gone_of_everybody_nobody_is_given_up(post: Post, clock: FakeClock) -> None:
    phones = [post.phone(name) for name in ("nia", "dana", "bo", "sol", "max")]
    post.service.answer["*"] = 410
    tell(post, "nia", "dana", "bo", "sol", "max")
    post.work()
    assert post.path() == "doubted"
    clock.advance(seconds=61)
    post.work()
    assert {post.subscription(phone) for phone in phones} == {"quarantined"}

    post.service.answer.clear()
    clock.advance(minutes=5)
    post.work()

    assert {post.subscription(phone) for phone in phones} == {"active"}
    assert len(post.service.pushes) == 5
    assert set(post.states()) == {("sent", "")}


@pytest.mark.parametrize(
    ("gone", "answered", "doubted"),
    [(1, 1, False), (2, 2, False), (3, 3, True), (3, 15, False), (4, 15, True), (20, 100, False), (21, 100, True)],
)
def test_a_few_lost_phones_are_believed_and_a_fifth_of_all_is_not(gone: int, answered: int, doubted: bool) -> None:
    assert is_doubted(gone=gone, answered=answered) is doubted


def test_a_push_that_is_too_large_for_the_service_is_not_tried_again(post: Post, clock: FakeClock) -> None:
    nia = post.phone("nia")
    post.service.answer["nia"] = 413
    tell(post, "nia")

    post.work()

    assert post.states() == [("dead", "too_large")]
    assert post.subscription(nia) == "active"


@pytest.mark.parametrize("status", [400, 401, 403])
def test_a_refusal_of_our_key_keeps_the_subscription_and_is_shown(post: Post, clock: FakeClock, status: int) -> None:
    nia = post.phone("nia")
    post.service.answer["nia"] = status
    tell(post, "nia")

    post.work()

    assert post.states() == [("failed", "refused")]
    assert (post.subscription(nia), post.path()) == ("active", "refused")
    post.service.answer.clear()
    clock.advance(minutes=3)
    post.work()
    assert (post.states(), post.path()) == ([("sent", "")], "up")


def test_a_busy_service_gets_the_time_it_asks_for(post: Post, clock: FakeClock) -> None:
    for name in ("nia", "dana"):
        post.phone(name)
    post.service.answer["*"] = (429, {"Retry-After": "120"}, b"")
    tell(post, "nia", "dana")
    post.work(in_flight=1)

    post.service.answer.clear()
    clock.advance(seconds=119)
    post.work()
    assert post.service.pushes == []
    clock.advance(seconds=2)
    post.work()

    assert set(post.states()) == {("sent", "")}
    assert len(post.service.pushes) == 2


def test_a_failing_service_is_tried_again_with_growing_pauses_until_nobody_needs_it(
    post: Post, clock: FakeClock
) -> None:
    post.phone("nia")
    post.service.answer["nia"] = 500
    tell(post, "nia")
    pauses = []
    for _turn in range(12):
        post.work()
        [one] = post.ways.queued()
        pauses.append((one.next_try_at - base_clock.now()).total_seconds())
        clock.set(one.next_try_at)

    assert pauses[:8] == [5, 10, 20, 40, 80, 160, 320, 600]
    assert set(pauses[8:]) == {600}
    assert post.path() == "down"
    clock.advance(hours=4)
    post.work()
    assert post.states()[0][0] == "dead"


def test_a_page_in_place_of_an_answer_is_no_success(post: Post) -> None:
    post.phone("nia")
    post.service.answer["nia"] = (200, {"Content-Type": "text/html"}, b"<h1>Guest network</h1>")
    tell(post, "nia")

    post.work()

    assert (post.states(), post.path()) == ([("failed", "not_the_service")], "down")


def test_a_redirect_is_not_followed(post: Post) -> None:
    post.phone("nia")
    post.phone("dana")
    post.service.answer["nia"] = (307, {"Location": post.service.endpoint("dana")}, b"")
    tell(post, "nia")

    post.work()

    assert post.service.received("dana") == []
    assert post.states() == [("failed", "not_the_service")]


def test_a_service_that_hangs_is_cut_off_and_the_others_go_on(post: Post) -> None:
    post.phone("nia")
    post.phone("dana")
    post.service.answer["nia"] = "hang"
    tell(post, "nia", "dana")

    began = time.monotonic()
    post.work(seconds=0.5)

    assert time.monotonic() - began < 4
    assert sorted(post.states()) == [("failed", "no_contact"), ("sent", "")]


def test_when_nobody_answers_the_rest_waits_without_being_tried(post: Post, clock: FakeClock) -> None:
    names = ("nia", "dana", "bo", "sol", "max", "kim", "priya")
    for n in range(30):
        post.phone(names[n % 7], f"p{n}", device=f"d{n}")
    tell(post, *names)
    post.service.answer["*"] = (302, {"Location": "/login"}, b"")

    post.work(in_flight=2)

    tried = [one for one in post.ways.queued() if one.attempts]
    assert len(tried) < 12
    assert post.path() == "down"
    assert all(one.state in ("queued", "failed") for one in post.ways.queued())


def test_what_came_too_late_is_not_sent_any_more(post: Post, clock: FakeClock) -> None:
    post.phone("nia")
    tell(post, "nia")
    clock.advance(hours=5)

    post.work()

    assert post.states() == [("dead", "expired")]
    assert post.service.pushes == []


def test_the_time_to_live_shrinks_with_what_is_left(post: Post, clock: FakeClock) -> None:
    post.phone("nia")
    tell(post, "nia")
    clock.advance(hours=3, minutes=59)

    post.work()

    assert post.service.received("nia")[0].headers["ttl"] == "60"


def test_a_subscription_elsewhere_than_at_a_push_service_is_never_asked(post: Post) -> None:
    post.ways.phone("nia", endpoint="http://169.254.169.254/latest", origin="http://169.254.169.254")
    tell(post, "nia")

    post.work()

    assert post.states() == [("dead", "no_push_service")]


def test_two_workers_never_have_the_same_delivery(post: Post, clock: FakeClock) -> None:
    for n in range(20):
        post.phone("nia", f"p{n}", device=f"d{n}")
    tell(post, "nia")

    first, second = claim_due("a:1", limit=12), claim_due("b:2", limit=12)

    assert (len(first), len(second)) == (12, 8)
    assert {job.id for job in first}.isdisjoint({job.id for job in second})


def test_what_a_dead_worker_held_comes_free_and_what_a_living_one_holds_does_not(post: Post, clock: FakeClock) -> None:
    post.phone("nia")
    post.phone("dana")
    tell(post, "nia", "dana")
    dead = f"{socket.gethostname()[:60]}:{2**22 + 1}"
    claim_due(dead, limit=1)
    claim_due("elsewhere:1", limit=1)

    assert release_leases(is_dead_here) == 1
    assert release_leases(is_dead_here) == 0
    assert len(claim_due("me:1", limit=5)) == 1
    assert claim_due("me:1", limit=5) == []
    clock.advance(seconds=LEASE / timedelta(seconds=1) + 1)
    assert len(claim_due("me:1", limit=5)) == 2


def test_only_dead_processes_of_this_machine_are_taken_for_dead() -> None:
    host = socket.gethostname()[:60]

    assert not is_dead_here(own_lease())
    assert not is_dead_here(f"{host}:{os.getppid()}")
    assert not is_dead_here("elsewhere:999999")
    assert not is_dead_here("nonsense")
    assert is_dead_here(f"{host}:{2**22 + 1}")


def test_a_result_that_comes_after_the_lease_ran_out_is_left_to_who_claimed_it_since(
    post: Post, clock: FakeClock
) -> None:
    post.phone("nia")
    tell(post, "nia")
    [job] = claim_due("slow:1", limit=1)
    clock.advance(seconds=LEASE / timedelta(seconds=1) + 1)
    claim_due("quick:2", limit=1)

    record_results("slow:1", [(job, SENT)], jitter=lambda: 1.0)

    assert post.states() == [("claimed", "")]


def test_looking_for_the_services_notices_a_network_that_is_gone(post: Post, clock: FakeClock) -> None:
    probe_results([(post.service.origin, False)])
    assert post.path() == "down"
    probe_results([(post.service.origin, True)])
    assert post.path() == "up"
