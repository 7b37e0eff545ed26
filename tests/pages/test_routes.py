from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.base.ids import uuid7
from app.base.instants import to_wire
from app.base.unit_of_work import write
from app.people.commands.reference import store_reference
from app.plans.sheet_code import incident_card_code, spaced
from tests.cast import PASSWORD, SITE, Hospital
from tests.conftest import FakeClock
from tests.pages.conftest import page_of, sign_in_on_page

PUBLIC = ("/", "/login", "/logout", "/nothing-here", "/?lang=es")


def signed_in(hospital: Hospital, username: str) -> FlaskClient:
    client = hospital.app.test_client()
    assert sign_in_on_page(client, username).status_code == 302
    return client


def send_update(hospital: Hospital, incident: str, clock: FakeClock, *, minutes: int) -> None:
    """Omar sends an update that promises the next one."""
    promised = to_wire(clock.now() + timedelta(minutes=minutes))
    said = {
        "headline": "The vendor works on it.",
        "do_now": "Bring orders to the desk.",
        "works": "Phones",
        "next_update_at": promised,
    }
    audience = {"units": None, "roles": None}
    phone = hospital.phone("omar", device="desk")
    result = phone.do("broadcast.send", broadcast=uuid7(), incident=incident, **said, audience=audience, ack="none")
    assert result["st"] == "ok", result


class TestPublicStatus:
    def test_nothing_is_down_and_the_page_says_when_it_looked(self, client: FlaskClient, northgate: Hospital) -> None:
        page = page_of(client.get("/"))

        assert "Nothing is down" in page.text
        assert "20:51" in page.text
        assert "Northgate Hospital" in page.text

    def test_a_real_incident_says_what_is_down_what_works_and_what_to_do(
        self, client: FlaskClient, northgate: Hospital
    ) -> None:
        northgate.declare()

        page = page_of(client.get("/"))

        for words in (
            "#1",
            "EHR is down",
            "Electronic health record",
            "Viewer",
            "Chart and order on paper.",
            "no time promised yet",
        ):
            assert words in page.text
        assert "Nothing is down" not in page.text
        assert "tape" not in page.classes

    def test_of_an_update_to_all_everybody_reads_the_headline_and_not_the_orders_or_the_author(
        self, client: FlaskClient, northgate: Hospital, clock: FakeClock
    ) -> None:
        incident = northgate.declare()
        send_update(northgate, incident, clock, minutes=13)

        page = page_of(client.get("/"))

        assert "The vendor works on it." in page.text
        assert "in 13 min" in page.text
        assert "Bring orders to the desk." not in page.text
        assert "Omar" not in page.text

    def test_a_missed_promise_is_called_late(self, client: FlaskClient, northgate: Hospital, clock: FakeClock) -> None:
        incident = northgate.declare()
        send_update(northgate, incident, clock, minutes=5)
        clock.advance(minutes=12)

        page = page_of(client.get("/"))

        assert "The update is late" in page.text
        assert "promised 7 min ago" in page.text
        assert "promise--missed" in page.classes

    def test_an_exercise_says_so_in_words_and_in_pattern(self, client: FlaskClient, northgate: Hospital) -> None:
        northgate.declare(kind="exercise")

        page = page_of(client.get("/"))

        for words in (
            "E1",
            "Exercise: EHR is down",
            "Exercise, not real",
            "Down, pretended",
            "Nothing is really down.",
        ):
            assert words in page.text
        assert {"tape", "is-exercise"} <= set(page.classes)

    def test_a_real_incident_during_an_exercise_comes_first_and_turns_the_page_real(
        self, client: FlaskClient, northgate: Hospital, clock: FakeClock
    ) -> None:
        northgate.declare()
        clock.advance(minutes=3)
        northgate.declare(kind="exercise", title="Drill")

        page = page_of(client.get("/"))

        assert page.text.index("Real incident") < page.text.index("Exercise: Drill")
        assert "Nothing is really down." not in page.text

    def test_after_it_was_restored_everybody_reads_to_stay_on_paper(
        self, client: FlaskClient, northgate: Hospital, clock: FakeClock
    ) -> None:
        incident = northgate.declare()
        clock.advance(minutes=90)
        northgate.phone("omar", device="desk").do("incident.advance", incident=incident, to="restored", note="")

        page = page_of(client.get("/"))

        assert "IT says it works again, 22:21." in page.text
        assert "Stay on paper until the all-clear." in page.text

    def test_the_numbers_to_call_are_listed_and_can_be_tapped(self, client: FlaskClient, northgate: Hospital) -> None:
        desk = {
            "id": "call-service-desk",
            "name": "IT service desk",
            "what": "Something is down",
            "phone": "44 00",
            "order": 0,
        }
        with write() as work:
            store_reference(work, site=SITE, units=[], roles=[], contacts=[desk])

        answer = client.get("/")

        assert "IT service desk" in page_of(answer).text
        assert 'href="tel:4400"' in answer.get_data(as_text=True)

    def test_a_server_without_a_hospital_still_answers(self, empty_app: Flask) -> None:
        assert "Nothing is down" in page_of(empty_app.test_client().get("/")).text

    def test_nobody_shows_an_old_status_without_asking(self, client: FlaskClient, northgate: Hospital) -> None:
        first = client.get("/")
        again = {"If-None-Match": first.headers["ETag"]}

        assert first.headers["Cache-Control"] == "public, no-cache"
        assert client.get("/", headers=again).status_code == 304
        northgate.declare()
        assert client.get("/", headers=again).status_code == 200


class TestSignIn:
    def test_dana_signs_in_and_goes_on_to_the_app(self, client: FlaskClient, northgate: Hospital) -> None:
        answer = sign_in_on_page(client, "dana")

        assert (answer.status_code, answer.headers["Location"]) == (302, "/app/")
        assert client.get("/api/boot").get_json()["user"]["username"] == "dana"

    def test_after_signing_in_one_comes_to_the_page_that_asked(self, client: FlaskClient, northgate: Hospital) -> None:
        asked = client.get("/print/poster?unit=icu").headers["Location"]
        form = page_of(client.get(asked))

        answer = sign_in_on_page(client, "dana", next=form.fields["next"])

        assert answer.headers["Location"] == "/print/poster?unit=icu"

    @pytest.mark.parametrize(
        "wanted",
        [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "/a\nb",
        ],
    )
    def test_signing_in_never_leads_to_another_host(
        self, client: FlaskClient, northgate: Hospital, wanted: str
    ) -> None:
        assert sign_in_on_page(client, "dana", next=wanted).headers["Location"] == "/app/"

    def test_a_wrong_password_gets_a_sentence_and_keeps_the_name(
        self, client: FlaskClient, northgate: Hospital
    ) -> None:
        answer = sign_in_on_page(client, "dana", password="not hers")

        page = page_of(answer, 401)
        assert "That name and password do not fit together." in page.text
        assert page.fields["username"] == "dana"
        assert page.fields["password"] == ""
        assert client.get("/api/boot").status_code == 401

    def test_too_many_tries_say_how_long_to_wait(self, client: FlaskClient, northgate: Hospital) -> None:
        for _ in range(5):
            sign_in_on_page(client, "dana", password="not hers")

        answer = sign_in_on_page(client, "dana")

        assert "Try again in 15 min" in page_of(answer, 429).text
        assert answer.headers["Retry-After"] == "900"

    def test_strangers_guesses_do_not_lock_the_browser_that_dana_uses(self, northgate: Hospital) -> None:
        hers, stranger = signed_in(northgate, "dana"), northgate.app.test_client()
        for _ in range(6):
            sign_in_on_page(stranger, "dana", password="guess")

        assert sign_in_on_page(hers, "dana").status_code == 302

    def test_a_form_from_elsewhere_is_refused(self, client: FlaskClient, northgate: Hospital) -> None:
        answer = client.post("/login", data={"username": "dana", "password": PASSWORD})

        assert "open for too long" in page_of(answer, 400).text
        assert client.get("/api/boot").status_code == 401

    def test_a_missing_password_is_named(self, client: FlaskClient, northgate: Hospital) -> None:
        assert "Your password is missing." in page_of(sign_in_on_page(client, "dana", password=""), 400).text

    def test_a_name_with_a_nul_is_read_without_it(self, client: FlaskClient, northgate: Hospital) -> None:
        assert sign_in_on_page(client, "da\x00na").status_code == 302

    def test_the_form_says_what_is_down(self, client: FlaskClient, northgate: Hospital) -> None:
        northgate.declare()

        assert "EHR is down" in page_of(client.get("/login")).text

    def test_signing_out_takes_a_button_and_not_only_a_link(self, northgate: Hospital) -> None:
        client = signed_in(northgate, "dana")

        page = page_of(client.get("/logout"))
        assert "Sign out, Dana?" in page.text
        assert client.get("/api/boot").status_code == 200

        assert client.post("/logout", data={"csrf_token": page.fields["csrf_token"]}).headers["Location"] == "/"
        assert client.get("/api/boot").status_code == 401

    def test_a_sign_out_from_elsewhere_is_refused(self, northgate: Hospital) -> None:
        client = signed_in(northgate, "dana")

        assert client.post("/logout").status_code == 400
        assert client.get("/api/boot").status_code == 200


class TestPaper:
    def test_the_card_prints_what_was_ticked_until_then(self, northgate: Hospital, clock: FakeClock) -> None:
        incident = northgate.declare()
        nia = northgate.phone("nia")
        task = nia.one("task", code="A1", role="bedside-nurse")
        clock.advance(minutes=4)
        nia.do("task.complete", task=task["id"], captured={"patients": 6}, note="")

        page = page_of(signed_in(northgate, "dana").get(f"/print/card/{incident}/icu/bedside-nurse"))

        for words in (
            "Bedside nurse, Intensive care",
            "real incident #1",
            "Patients seen",
            "6",
            "20:55",
            "Nia",
            "Two people",
        ):
            assert words in page.text
        code = incident_card_code(incident=incident, unit="icu", role="bedside-nurse")
        assert spaced(code) in page.text
        assert "No patient names or numbers on this sheet." in page.text

    def test_an_exercise_is_an_exercise_on_every_sheet(self, northgate: Hospital) -> None:
        incident = northgate.declare(kind="exercise")

        page = page_of(signed_in(northgate, "dana").get(f"/print/card/{incident}/icu/charge-nurse"))

        assert page.classes.count("tape") == page.classes.count("a4") == 1
        assert "EXERCISE, not real, E1" in page.text

    def test_people_of_another_unit_do_not_print_the_card_and_leaders_do(self, northgate: Hospital) -> None:
        incident = northgate.declare()
        path = f"/print/card/{incident}/icu/charge-nurse"

        assert "Your role does not open this" in page_of(signed_in(northgate, "sol").get(path), 403).text
        assert signed_in(northgate, "omar").get(path).status_code == 200

    def test_a_card_that_is_not_in_the_incident_is_not_found(self, northgate: Hospital) -> None:
        incident = northgate.declare()
        client = signed_in(northgate, "omar")

        assert client.get(f"/print/card/{incident}/icu/it-lead").status_code == 404
        assert client.get(f"/print/card/{uuid7()}/icu/charge-nurse").status_code == 404

    def test_the_poster_names_its_unit_the_address_and_whom_to_call(self, northgate: Hospital) -> None:
        page = page_of(signed_in(northgate, "dana").get("/print/poster?unit=icu"))

        for words in ("Computers down?", "Intensive care", "localhost", "No account needed."):
            assert words in page.text


class TestRecord:
    def test_leaders_read_the_timeline_newest_first(self, northgate: Hospital, clock: FakeClock) -> None:
        incident = northgate.declare()
        clock.advance(minutes=2)
        northgate.phone("nia").do("help.ask", incident=incident, unit=None, text="No toner.")

        text = page_of(signed_in(northgate, "priya").get(f"/incidents/{incident}/timeline")).text

        assert text.index("asks for help: No toner.") < text.index("Declared by Omar, level 2")

    def test_what_was_done_without_contact_says_when_it_was_heard(self, northgate: Hospital, clock: FakeClock) -> None:
        incident = northgate.declare()
        nia = northgate.phone("nia")
        nia.record("help.ask", incident=incident, unit=None, text="No toner.")
        clock.advance(minutes=9)
        nia.push()

        text = page_of(signed_in(northgate, "priya").get(f"/incidents/{incident}/timeline")).text

        assert "made without contact, heard at 21:00" in text

    def test_a_nurse_does_not_read_the_timeline(self, northgate: Hospital) -> None:
        incident = northgate.declare()

        assert signed_in(northgate, "nia").get(f"/incidents/{incident}/timeline").status_code == 403

    def test_an_unknown_incident_is_not_found(self, northgate: Hospital) -> None:
        assert signed_in(northgate, "priya").get(f"/incidents/{uuid7()}/timeline").status_code == 404


class TestOutsiders:
    def test_uri_reads_the_public_status_only(self, northgate: Hospital) -> None:
        incident = northgate.declare()
        uri = signed_in(northgate, "uri")

        assert uri.get("/").status_code == 200
        for path in ("/print/poster", f"/print/card/{incident}/icu/charge-nurse", f"/incidents/{incident}/timeline"):
            assert uri.get(path).status_code == 403

    def test_without_an_account_the_way_leads_to_the_sign_in(self, client: FlaskClient, northgate: Hospital) -> None:
        for path in ("/print/poster", "/print/card/x/icu/charge-nurse", "/incidents/x/timeline"):
            assert client.get(path).headers["Location"].startswith("/login?next=")


class TestEveryPage:
    @pytest.mark.parametrize("path", PUBLIC)
    def test_a_page_has_nothing_inline_and_one_policy(
        self, client: FlaskClient, northgate: Hospital, path: str
    ) -> None:
        answer = client.get(path)

        assert page_of(answer, answer.status_code).inline == []
        assert "'unsafe" not in answer.headers["Content-Security-Policy"]

    def test_a_demo_says_so_on_every_page(self, demo_app: Flask) -> None:
        client = demo_app.test_client()

        for path in (*PUBLIC, "/styleguide"):
            answer = client.get(path)
            assert "DEMO" in page_of(answer, answer.status_code).text

    def test_the_styleguide_is_in_the_demo_only(self, client: FlaskClient, demo_app: Flask) -> None:
        assert client.get("/styleguide").status_code == 404

        page = page_of(demo_app.test_client().get("/styleguide"))
        assert page.inline == []
        assert {"wall--lost", "promise--missed", "empty", "pin--locked"} <= set(page.classes)
