"""Wallboards: let in by a leader's code, for one place, without names, until somebody ends them."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient

from app.base.attestation import by_system
from app.base.instants import to_wire
from app.people.queries import screens
from app.plans.commands import import_translation
from app.plans.queries import plan_in_force
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.pages.conftest import page_of, sign_in_on_page
from tests.pages.said import advance, say


def leader(hospital: Hospital, username: str = "priya") -> FlaskClient:
    client = hospital.app.test_client()
    assert sign_in_on_page(client, username).status_code == 302
    return client


def code_for(client: FlaskClient, *, unit: str = "", label: str = "Corridor") -> str:
    """The code of a new screen, as the leader reads it."""
    token = page_of(client.get("/screens")).fields["csrf_token"]
    page = page_of(client.post("/screens", data={"csrf_token": token, "unit": unit, "label": label}))
    return page.words[page.words.index("once, within 15 min") + 1]


def let_in(hospital: Hospital, code: str) -> tuple[FlaskClient, Any]:
    """A screen that has typed a code, and the answer to it."""
    screen = hospital.app.test_client()
    token = page_of(screen.get("/wall")).fields["csrf_token"]
    return screen, screen.post("/wall", data={"csrf_token": token, "code": code})


def wall(client: FlaskClient, unit: str = "") -> dict[str, Any]:
    answer = client.get(f"/api/wall/{unit}" if unit else "/api/wall")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


class TestDoor:
    def test_a_code_makes_a_screen_the_wall_of_its_unit_and_of_nothing_else(self, northgate: Hospital) -> None:
        screen, answer = let_in(northgate, code_for(leader(northgate), unit="icu"))

        assert answer.headers["Location"] == "/wall/icu"
        assert "HttpOnly" in answer.headers["Set-Cookie"]
        assert wall(screen, "icu")["place"] == "Intensive care"
        assert screen.get("/wall").headers["Location"] == "/wall/icu"
        assert screen.get("/wall/5-west").headers["Location"] == "/wall/icu"
        for path in ("/api/wall", "/api/wall/5-west"):
            assert screen.get(path).status_code == 403
        for path in ("/api/boot", "/screens", "/print/poster"):
            assert screen.get(path).status_code in (302, 401)

    def test_a_code_counts_once(self, northgate: Hospital) -> None:
        code = code_for(leader(northgate))
        let_in(northgate, code)

        _screen, answer = let_in(northgate, code)

        assert "That code opens no screen, or no longer." in page_of(answer, 401).text

    def test_a_code_ends_after_a_quarter_of_an_hour(self, northgate: Hospital, clock: FakeClock) -> None:
        code = code_for(leader(northgate))
        clock.advance(minutes=15)

        assert let_in(northgate, code)[1].status_code == 401

    def test_a_code_may_be_typed_in_any_way_people_type(self, northgate: Hospital) -> None:
        code = code_for(leader(northgate))

        assert let_in(northgate, f" {code.lower().replace(' ', '-')} ")[1].status_code == 302

    def test_anything_else_opens_nothing(self, northgate: Hospital) -> None:
        for typed in ("", "x", "AAAA AAAA", "\x00", "K" * 41, "' OR 1=1"):
            screen, answer = let_in(northgate, typed)

            assert answer.status_code in (400, 401)
            assert screen.get("/api/wall").status_code == 401

    def test_a_form_from_elsewhere_is_refused(self, client: FlaskClient, northgate: Hospital) -> None:
        code = code_for(leader(northgate))

        assert client.post("/wall", data={"code": code}).status_code == 400

    def test_an_ended_screen_reads_nothing_more(self, northgate: Hospital) -> None:
        priya = leader(northgate)
        screen, _answer = let_in(northgate, code_for(priya))
        assert wall(screen)["units"] == []
        [known] = screens("northgate")
        token = page_of(priya.get("/screens")).fields["csrf_token"]

        for _ in range(2):
            assert priya.post(f"/screens/{known.id}/end", data={"csrf_token": token}).status_code == 302

        assert screen.get("/api/wall").status_code == 401
        assert "Make this screen a wallboard" in page_of(screen.get("/wall")).text
        assert screens("northgate") == []

    def test_a_cookie_that_somebody_made_up_is_nobody(self, client: FlaskClient, northgate: Hospital) -> None:
        client.set_cookie("wardlight_screen", "made-up")

        assert client.get("/api/wall").status_code == 401


class TestLeaders:
    def test_leaders_see_every_wall_and_staff_and_strangers_the_door(
        self, client: FlaskClient, northgate: Hospital
    ) -> None:
        assert wall(leader(northgate), "icu")["place"] == "Intensive care"
        assert client.get("/api/wall").status_code == 401
        for username in ("nia", "uri"):
            person = leader(northgate, username)
            assert person.get("/api/wall").status_code == 403
            assert person.get("/screens").status_code == 403
            assert "Make this screen a wallboard" in page_of(person.get("/wall")).text

    def test_a_screen_needs_a_known_place_and_a_name(self, northgate: Hospital) -> None:
        priya = leader(northgate)
        token = page_of(priya.get("/screens")).fields["csrf_token"]

        for unit, label in (("nothing", "Corridor"), ("icu", ""), ("icu", "x" * 81)):
            said = {"csrf_token": token, "unit": unit, "label": label}
            assert priya.post("/screens", data=said).status_code == 400
        assert screens("northgate") == []

    def test_the_list_says_when_a_screen_was_heard(self, northgate: Hospital, clock: FakeClock) -> None:
        priya = leader(northgate)
        screen, _answer = let_in(northgate, code_for(priya, unit="icu", label="ICU corridor"))
        clock.advance(minutes=6)
        wall(screen, "icu")

        text = page_of(priya.get("/screens")).text

        assert "ICU corridor Intensive care · heard 20:57 · Priya" in text

    def test_ending_an_unknown_screen_is_not_found(self, northgate: Hospital) -> None:
        priya = leader(northgate)
        token = page_of(priya.get("/screens")).fields["csrf_token"]

        assert priya.post("/screens/nothing/end", data={"csrf_token": token}).status_code == 404


class TestState:
    def test_the_wall_of_a_unit_shows_orders_promise_and_its_steps_without_names(
        self, northgate: Hospital, clock: FakeClock
    ) -> None:
        incident = northgate.declare()
        say(northgate, incident, "For the unit.", units=["icu"], do_now=["Count doses.", "Use red paper."], minutes=13)
        nia = northgate.phone("nia")
        task = nia.one("task", code="A2", role="bedside-nurse")
        nia.do("task.complete", task=task["id"], captured={}, note="")

        state = wall(leader(northgate), "icu")

        [card] = state["incidents"]
        assert (card["label"], card["title"], card["kind"], card["state"]) == ("#1", "EHR is down", "real", "declared")
        assert card["do_now"] == ["Count doses.", "Use red paper."]
        assert card["works"] == ["Phones"]
        assert card["update"] == {
            "no": 1, "headline": "For the unit.", "relation": None, "refers_to": None, "at": to_wire(clock.now())
        }  # fmt: skip
        assert state["counts"] == {"now_total": 5, "now_done": 1, "overdue": 0, "blocked": 0}
        assert state["units"] is None
        text = leader(northgate).get("/api/wall/icu").text
        assert not any(name in text for name in ("Omar", "Nia", northgate.ids["nia"], northgate.ids["omar"]))

    def test_what_a_plan_says_is_in_the_language_of_the_screen(self, northgate: Hospital) -> None:
        spanish = "plan: ehr-unplanned\nlanguage: es\ntexts:\n"
        with northgate.app.app_context():
            plan = plan_in_force("ehr-unplanned")
            pairs = {plan.do_now: "Trabaje en papel.", plan.works[0]: "Los teléfonos"}
            text = spanish + "".join(f"  - {{en: {json.dumps(en)}, es: {es}}}\n" for en, es in pairs.items())
            import_translation(text, site="northgate", attestation=by_system())
        northgate.declare()
        priya = leader(northgate)

        for path in ("/api/wall/icu?lang=es", "/api/wall?lang=es"):
            [card] = priya.get(path).get_json()["incidents"]
            assert (card["do_now"], card["works"][0]) == (["Trabaje en papel."], "Los teléfonos")
        [card] = priya.get("/api/wall/icu").get_json()["incidents"]
        assert card["do_now"] == [plan.do_now]
        text = northgate.app.test_client().get("/w/icu?lang=es").text
        assert "Trabaje en papel." in text and plan.do_now not in text

    def test_what_was_said_to_another_unit_is_not_on_this_wall(self, northgate: Hospital) -> None:
        incident = northgate.declare()
        say(northgate, incident, "For pharmacy.", units=["pharmacy"])

        [card] = wall(leader(northgate), "icu")["incidents"]

        assert card["update"] is None
        assert card["do_now"] == ["Chart and order on paper."]

    def test_the_command_centre_sees_each_unit_and_how_far_the_newest_update_came(self, northgate: Hospital) -> None:
        incident = northgate.declare()
        update = say(northgate, incident, "For all.")
        northgate.phone("dana").do("broadcast.ack", broadcast=update)
        sol = northgate.phone("sol")
        sol.do("task.block", task=sol.one("task", code="A2", role="bedside-nurse")["id"], note="No toner.")

        lines = {line["unit"]: line for line in wall(leader(northgate))["units"]}

        assert lines["icu"]["reached"] == "acked"
        assert lines["pharmacy"]["reached"] == "none"
        assert lines["5-west"]["blocked"] == 1
        assert wall(leader(northgate))["units"][0]["unit"] == "5-west"

    def test_the_same_answer_is_not_said_twice(self, northgate: Hospital, clock: FakeClock) -> None:
        priya = leader(northgate)
        first = priya.get("/api/wall")
        again = {"If-None-Match": first.headers["ETag"]}
        clock.advance(minutes=3)

        same = priya.get("/api/wall", headers=again)
        assert (same.status_code, same.data) == (304, b"")
        assert same.headers["X-Wardlight-Now"] == to_wire(clock.now())
        assert same.headers["X-Wardlight"] == "1"

        northgate.declare()
        assert priya.get("/api/wall", headers=again).status_code == 200

    def test_a_tick_on_the_ward_is_on_its_wall(self, northgate: Hospital) -> None:
        northgate.declare()
        priya, nia = leader(northgate), northgate.phone("nia")
        before = wall(priya, "icu")["counts"]["now_done"]
        nia.do("task.complete", task=nia.one("task", code="A2", role="bedside-nurse")["id"], captured={}, note="")

        assert wall(priya, "icu")["counts"]["now_done"] == before + 1

    def test_a_real_incident_stands_before_an_exercise_and_what_ended_is_gone(self, northgate: Hospital) -> None:
        northgate.declare(kind="exercise", title="Drill")
        incident = northgate.declare()

        assert [one["label"] for one in wall(leader(northgate))["incidents"]] == ["#2", "E1"]
        advance(northgate, incident, "cancelled")
        assert [one["label"] for one in wall(leader(northgate))["incidents"]] == ["E1"]

    def test_an_unknown_unit_is_not_found(self, northgate: Hospital) -> None:
        priya = leader(northgate)

        assert priya.get("/api/wall/nothing").status_code == 404
        assert priya.get("/wall/nothing").status_code == 404

    def test_the_page_holds_no_data_and_nothing_inline(self, northgate: Hospital) -> None:
        northgate.declare()

        answer = leader(northgate).get("/wall")

        assert "EHR is down" not in answer.text
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]
