"""What has changed is handed out at the door in the framework's very words."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from sqlalchemy import update
from werkzeug.test import TestResponse

from app.base import clock
from app.base.unit_of_work import write
from app.live.models import Row, Scope
from app.live.queries import Ask
from app.live.rows import drop_row, put_row
from app.sync.recent import KEPT_SECONDS, LARGEST_CHARACTERS
from tests.cast import Hospital
from tests.phone import PhonePort
from tests.rows import heads
from tests.sync.door_stage import PULL, ask, inside, known, nia, omar, put_news, shared_app, usual, without_door

__all__ = ["inside", "nia", "omar", "shared_app"]
ICU, SITE, REF = "unit:icu", "site:northgate", "ref:northgate"
PAGE_ROWS = 3


def put(scope: str, *row_ids: str, text: str = "News.") -> None:
    with write() as work:
        for row_id in row_ids:
            put_row(work, scope, row_id, "note", {"text": text})


def drop(scope: str, *row_ids: str) -> None:
    with write() as work:
        for row_id in row_ids:
            drop_row(work, scope, row_id, "note")


def told(answer: TestResponse) -> tuple[Any, ...]:
    """All of an answer, to the byte."""
    return answer.status, sorted(answer.headers), answer.data


def at_the_door(phone: PhonePort, inside: list[str], body: Any = None, **headers: str) -> dict[str, Any]:
    """What the phone is told at the door, after a look that the framework alone says the same."""
    framework = without_door(phone, lambda: ask(phone, body, **headers))
    inside.clear()
    door = ask(phone, body, **headers)
    assert told(door) == told(framework)
    assert (door.status_code, inside) == (200, [])
    return dict(framework.get_json(silent=True) or {})


def small_pages(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], snapshot_page_rows=PAGE_ROWS))


def test_one_scope_has_moved(nia: PhonePort, inside: list[str]) -> None:
    put_news()

    told = at_the_door(nia, inside)

    before = nia.cursors[ICU]
    row = {"id": "n-1", "t": "note", "seq": before + 1, "b": {"text": "News."}}
    assert told["delta"] == {ICU: {"from": before, "to": before + 1, "rows": [row]}}
    assert told["more"] is False


def test_several_scopes_have_moved_and_come_as_they_were_granted(nia: PhonePort, inside: list[str]) -> None:
    for scope in sorted(nia.cursors, reverse=True):
        put(scope, "n-1")

    told = at_the_door(nia, inside)

    assert list(told["delta"]) == told["scopes"] == list(nia.cursors)


def test_what_went_is_told_as_gone(nia: PhonePort, inside: list[str]) -> None:
    put(ICU, "n-1", "n-2")
    drop(ICU, "n-1")

    rows = at_the_door(nia, inside)["delta"][ICU]["rows"]

    assert [(row["id"], row.get("del")) for row in rows] == [("n-2", None), ("n-1", 1)]


def test_more_than_a_page_comes_in_parts(
    hospital: Hospital, nia: PhonePort, inside: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small_pages(hospital.app, monkeypatch)
    put(ICU, *(f"n-{number}" for number in range(PAGE_ROWS + 1)))

    told = at_the_door(nia, inside)

    assert (len(told["delta"][ICU]["rows"]), told["more"]) == (PAGE_ROWS, True)
    assert nia.pull() == 2
    assert {f"n-{number}" for number in range(PAGE_ROWS + 1)} <= nia.base[ICU].keys()
    assert inside == []


@pytest.mark.parametrize(
    ("accepted", "packed"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0", None), ("", None)]
)
def test_it_is_packed_as_the_phone_likes_best(nia: PhonePort, inside: list[str], accepted: str, packed: str) -> None:
    put(ICU, "n-1", text="Patients go to room «Zürich» 🛏. " * 100)

    at_the_door(nia, inside, **({"Accept-Encoding": accepted} if accepted else {}))

    assert ask(nia, **{"Accept-Encoding": accepted}).headers.get("Content-Encoding") == packed


def test_over_https_it_promises_what_the_framework_promises(nia: PhonePort, inside: list[str]) -> None:
    put_news()

    first, second = (nia.client.post(PULL, json=usual(nia), base_url="https://localhost") for _turn in range(2))

    assert inside == [PULL]
    assert told(second) == told(first)
    assert "Strict-Transport-Security" in second.headers


def test_a_leader_hears_what_moved_in_command(omar: PhonePort, inside: list[str]) -> None:
    command = next(scope for scope in omar.cursors if scope.startswith("incident:"))
    put(command, "n-1")
    put(f"{SITE}:command", "n-1")

    assert list(at_the_door(omar, inside)["delta"]) == [f"{SITE}:command", command]


def older_floor(phone: PhonePort) -> dict[str, Any]:
    with write() as work:
        work.session.execute(update(Scope).where(Scope.id == REF).values(floor=phone.cursors[REF]))
    return usual(phone, cursors={**phone.cursors, REF: phone.cursors[REF] - 1})


FOR_THE_FRAMEWORK: dict[str, Callable[[PhonePort], Any]] = {
    "a floor above the cursor": older_floor,
    "a cursor ahead": lambda nia: usual(nia, cursors={**nia.cursors, REF: nia.cursors[REF] + 1}),
    "a scope more": lambda nia: usual(nia, cursors={**nia.cursors, "unit:pharmacy": 1}),
    "a scope fewer": lambda nia: usual(nia, cursors={s: n for s, n in nia.cursors.items() if s != REF}),
    "another epoch": lambda nia: usual(nia, epoch="another"),
    "no epoch": lambda nia: usual(nia, epoch=None),
    "a page": lambda nia: usual(nia, page=f"1|{REF}|a"),
    "something waits": lambda nia: usual(nia, held=[{"user": nia.boot["user"]["id"], "len": 2, "oldest_age_ms": 5}]),
}


@pytest.mark.parametrize("case", FOR_THE_FRAMEWORK)
def test_more_than_what_has_changed_is_the_frameworks(nia: PhonePort, inside: list[str], case: str) -> None:
    put_news()
    body = FOR_THE_FRAMEWORK[case](nia)

    answer = ask(nia, body)

    assert (answer.status_code, inside) == (200, [PULL])
    assert told(answer) == told(without_door(nia, lambda: ask(nia, body)))


def test_a_database_that_goes_away_between_two_questions_is_the_frameworks_to_explain(
    nia: PhonePort, inside: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put_news()

    def asked_in_vain(*_which: Any, ask: Ask, **_how: Any) -> Any:
        return ask("SELECT nothing FROM nowhere", ())

    monkeypatch.setattr("app.sync.door.delta_rows", asked_in_vain)

    assert ask(nia).get_json()["delta"].keys() == {ICU}
    assert inside == [PULL]


def reword(scope: str, row_id: str, text: str) -> None:
    """By hand, behind the back of the scope's counter."""
    with write() as work:
        work.session.execute(
            update(Row).where(Row.scope == scope, Row.id == row_id).values(body=json.dumps({"text": text}))
        )


def texts(answer: TestResponse) -> list[str]:
    return [row["b"]["text"] for row in answer.get_json()["delta"][ICU]["rows"]]


def test_phones_that_missed_the_same_are_told_from_one_reading_for_some_seconds(
    hospital: Hospital, nia: PhonePort, inside: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = known(hospital, "dana", inside)
    put_news()
    began = clock.ticks()
    monkeypatch.setattr(clock, "ticks", lambda: began)
    assert texts(ask(nia)) == ["News."]
    reword(ICU, "n-1", "By hand.")

    assert texts(ask(dana)) == ["News."]
    monkeypatch.setattr(clock, "ticks", lambda: began + KEPT_SECONDS)
    assert texts(ask(dana)) == ["By hand."]
    assert inside == []


def test_what_is_very_large_is_read_for_each(nia: PhonePort, inside: list[str]) -> None:
    put(ICU, "n-1", text="x" * LARGEST_CHARACTERS)
    ask(nia)
    reword(ICU, "n-1", "By hand.")

    assert texts(ask(nia)) == ["By hand."]
    assert inside == []


WRITES = st.lists(
    st.tuples(st.sampled_from([put, put, drop]), st.sampled_from([ICU, SITE, REF]), st.sampled_from("abcdefgh")),
    max_size=8,
)
EXAMPLES = settings(
    max_examples=25, phases=(Phase.generate,), derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_whatever_is_written_and_wherever_a_phone_stands_both_say_the_same(
    hospital: Hospital, nia: PhonePort, inside: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small_pages(hospital.app, monkeypatch)
    answered: list[tuple[int, bool]] = []

    @EXAMPLES
    @given(writes=WRITES, behind=st.lists(st.integers(-1, 9), min_size=3, max_size=3))
    def both_agree(writes: list[Any], behind: list[int]) -> None:
        for number, (act, scope, row_id) in enumerate(writes):
            act(scope, row_id, **({"text": f"{number}"} if act is put else {}))
        now = heads()
        there = {scope: max(0, now.get(scope, 0) - back) for scope, back in zip((ICU, SITE, REF), behind, strict=True)}
        body = usual(nia, cursors={**nia.cursors, **there})
        framework = without_door(nia, lambda: ask(nia, body))
        inside.clear()
        assert told(ask(nia, body)) == told(framework)
        answered.append((framework.status_code, inside == []))

    both_agree()

    assert answered.count((200, True)) >= 10
    assert (200, False) in answered
