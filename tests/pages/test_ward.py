"""The page behind the wall's code: readable by anybody, no names, no ticks, an address that can be changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.pages.ward.codes import code_of, place_of, unit_of
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.pages.conftest import page_of, sign_in_on_page
from tests.pages.said import say


class TestReading:
    def test_a_quiet_ward_shows_its_cards_for_the_day_something_fails(
        self, client: FlaskClient, northgate: Hospital
    ) -> None:
        page = page_of(client.get("/w/icu"))

        for words in ("Nothing is down on Intensive care", "If something fails", "EHR down", "See every patient."):
            assert words in page.text
        assert page.inline == []

    def test_in_an_incident_it_shows_the_cards_of_the_unit_and_no_other_ones(
        self, client: FlaskClient, northgate: Hospital
    ) -> None:
        northgate.declare()

        text = page_of(client.get("/w/icu")).text

        for words in ("What to do on Intensive care", "#1 · EHR down", "Charge nurse", "Open the downtime kit.",
                      "within 5 min", "each 60 min", "Safety", "Two people"):  # fmt: skip
            assert words in text
        assert "Open the bridge." not in text

    def test_no_names_and_no_ticks(self, client: FlaskClient, northgate: Hospital, clock: FakeClock) -> None:
        incident = northgate.declare()
        nia = northgate.phone("nia")
        task = nia.one("task", code="A2", role="bedside-nurse")
        before = client.get("/w/icu").text
        nia.do("task.complete", task=task["id"], captured={}, note="")
        say(northgate, incident, "The vendor works on it.")

        after = client.get("/w/icu").text

        assert "Update 1 is the newest" in after
        for text in (before, after):
            assert not any(name in text for name in ("Omar", "Nia", "Dana"))
            assert "checkbox" not in text

    def test_of_an_update_to_the_unit_only_the_number_is_shown(self, client: FlaskClient, northgate: Hospital) -> None:
        incident = northgate.declare()
        say(northgate, incident, "For everybody.")
        say(northgate, incident, "For the unit only.", units=["icu"])

        icu, west = (page_of(client.get(f"/w/{unit}")).text for unit in ("icu", "5-west"))

        assert "Update 2 is the newest" in icu
        assert "ask somebody to read it to you" in icu
        assert "Update 1 is the newest" in west
        assert "For everybody." in west
        assert "For the unit only." not in icu + west

    def test_what_was_declared_for_others_is_said_and_asks_nothing(
        self, client: FlaskClient, northgate: Hospital
    ) -> None:
        northgate.declare(units=["pharmacy"])

        text = page_of(client.get("/w/icu")).text

        assert "Nothing is down on Intensive care" in text
        assert "Nothing is asked of this one." in text

    def test_an_exercise_says_so(self, client: FlaskClient, northgate: Hospital) -> None:
        northgate.declare(kind="exercise")

        page = page_of(client.get("/w/icu"))

        assert {"tape", "is-exercise"} <= set(page.classes)
        assert "What to practise on Intensive care" in page.text

    def test_it_is_asked_about_each_time_and_answered_shortly(self, client: FlaskClient, northgate: Hospital) -> None:
        first = client.get("/w/icu")
        again = {"If-None-Match": first.headers["ETag"]}

        assert first.headers["Cache-Control"] == "public, no-cache"
        assert first.headers["X-Wardlight"] == "1"
        assert client.get("/w/icu", headers=again).status_code == 304
        assert client.get("/w/5-west", headers=again).status_code == 200

    def test_an_unknown_unit_is_not_found(self, client: FlaskClient, northgate: Hospital) -> None:
        for place in ("nothing", "icu-abcdefgh", "ICU", "..", "icu%00", "x" * 300):
            assert client.get(f"/w/{place}").status_code == 404

    def test_its_worker_is_its_own_and_always_asked_for_anew(self, client: FlaskClient, northgate: Hospital) -> None:
        answer = client.get("/w/sw.js")

        assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/javascript", "no-cache")
        assert client.get("/w/sw.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


class TestCodes:
    @pytest.fixture
    def coded(self, northgate: Hospital) -> Iterator[Flask]:
        """The hospital with a word set: settings are frozen, so another one takes their place."""
        settings = northgate.app.extensions["settings"]
        northgate.app.extensions["settings"] = replace(settings, ward_code="maple")
        yield northgate.app
        northgate.app.extensions["settings"] = settings

    def test_with_a_word_only_the_address_on_the_wall_opens_the_page(self, coded: Flask, client: FlaskClient) -> None:
        place = place_of("5-west", word="maple", secret=coded.config["SECRET_KEY"])

        assert "5 West" in page_of(client.get(f"/w/{place}")).text
        for wrong in ("5-west", f"{place}x", place[:-1], place.replace("5-west", "icu"), "5-west-"):
            assert client.get(f"/w/{wrong}").status_code == 404

    def test_the_poster_carries_the_code(self, coded: Flask, client: FlaskClient) -> None:
        sign_in_on_page(client, "dana")
        code = code_of("icu", word="maple", secret=coded.config["SECRET_KEY"])

        assert f"localhost/w/icu-{code}" in page_of(client.get("/print/poster?unit=icu")).text
        assert f"localhost/w/icu-{code}" in page_of(client.get(f"/w/icu-{code}/poster")).text
        assert client.get("/w/icu/poster").status_code == 404

    def test_another_word_makes_other_codes_and_the_old_ones_open_nothing(self) -> None:
        old = place_of("icu", word="maple", secret="key")

        assert unit_of(old, word="maple", secret="key") == "icu"
        assert unit_of(old, word="birch", secret="key") is None
        assert unit_of(old, word="maple", secret="another key") is None
        assert place_of("icu", word="", secret="key") == "icu"


class TestPoster:
    def test_it_leads_to_the_page_of_the_unit_and_says_whom_to_call(
        self, client: FlaskClient, northgate: Hospital
    ) -> None:
        sign_in_on_page(client, "dana")

        page = page_of(client.get("/w/icu/poster"))

        for words in ("Computers down?", "Intensive care", "localhost/w/icu", "No account needed."):
            assert words in page.text

    def test_printing_takes_an_account_with_a_role(self, client: FlaskClient, northgate: Hospital) -> None:
        assert client.get("/w/icu/poster").headers["Location"].startswith("/login?next=")
        sign_in_on_page(client, "uri")
        assert client.get("/w/icu/poster").status_code == 403

    def test_an_unknown_unit_has_no_poster(self, client: FlaskClient, northgate: Hospital) -> None:
        sign_in_on_page(client, "dana")

        assert client.get("/w/nothing/poster").status_code == 404
        assert client.get("/print/poster?unit=nothing").status_code == 404
