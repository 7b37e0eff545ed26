"""The runner's route on paper, the codes for the doors, and the office's rules and texts."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.base.attestation import by_system
from app.base.ids import uuid7
from app.broadcasts.commands.site_rules import take_starter_texts
from app.broadcasts.queries import policy_of, texts_of
from tests.broadcasts.stage import Ward
from tests.cast import Hospital
from tests.pages.conftest import page_of, sign_in_on_page


@pytest.fixture(autouse=True)
def starter_texts(northgate: Hospital) -> None:
    take_starter_texts(by_system(), "northgate")


def signed_in(hospital: Hospital, username: str) -> FlaskClient:
    client = hospital.app.test_client()
    assert sign_in_on_page(client, username).status_code == 302
    return client


def test_a_route_prints_its_doors_and_who_was_there(northgate: Hospital) -> None:
    ward = Ward(northgate).begin()
    broadcast, route = ward.send(), uuid7()
    ward.phones["priya"].do("runner.send", route=route, broadcast=broadcast, units=["icu", "pharmacy"])
    ward.phones["sol"].do("broadcast.carry", broadcast=broadcast, unit="icu")

    page = page_of(signed_in(northgate, "sol").get(f"/runner/{route}"))

    for words in ("Runner: update 1", "EHR is down.", "Paper.", "Intensive care", "Pharmacy", "Sol"):
        assert words in page.text
    assert page.inline == []
    assert "Signed 20:51, holds until 21:21." in page.text
    assert signed_in(northgate, "uri").get(f"/runner/{route}").status_code == 403
    assert signed_in(northgate, "sol").get(f"/runner/{uuid7()}").status_code == 404


def test_every_unit_has_a_code_for_its_door(northgate: Hospital) -> None:
    page = page_of(signed_in(northgate, "dana").get("/print/doors"))

    assert page.text.count("Runners: scan here") == 5
    assert "http://localhost/app/door/icu" in page.text


def test_the_office_keeps_rules_and_texts(northgate: Hospital) -> None:
    ines = signed_in(northgate, "ines")
    token = page_of(ines.get("/office/updates")).fields["csrf_token"]

    rules = "approval: true\nnag_min: 3\nack_lasts_min: 720\nquorum:\n  default:\n  - {count: 3}\n"
    answer = ines.post("/office/updates", data={"csrf_token": token, "subject": "rules", "text": rules})
    assert answer.status_code == 302
    text = "lang: en\ntexts:\n- {key: one, title: One, stage: confirmed, headline: Paper now.}\n"
    assert ines.post("/office/updates", data={"csrf_token": token, "subject": "en", "text": text}).status_code == 302

    policy = policy_of("northgate")
    assert (policy.approval, policy.nag_min, policy.ack_lasts_min, policy.quorum.default[0].count) == (True, 3, 720, 3)
    assert [one["key"] for one in texts_of("northgate", "en")] == ["one"]
    assert "Kept." in page_of(ines.get("/office/updates?saved=rules")).text


def test_a_fault_is_shown_with_its_line_and_what_was_typed_stays(northgate: Hospital) -> None:
    ines = signed_in(northgate, "ines")
    token = page_of(ines.get("/office/updates")).fields["csrf_token"]

    answer = ines.post("/office/updates", data={"csrf_token": token, "subject": "rules", "text": "nag_min: often\n"})

    page = page_of(answer, status=400)
    assert "Line 1" in page.text
    assert "nag_min: often" in page.text
    assert policy_of("northgate").nag_min == 5


def test_the_office_is_not_for_everybody(northgate: Hospital) -> None:
    for username in ("nia", "priya", "uri"):
        assert signed_in(northgate, username).get("/office/updates").status_code == 403
    ines = signed_in(northgate, "ines")
    assert ines.post("/office/updates", data={"subject": "rules", "text": "approval: true\n"}).status_code == 400
    assert policy_of("northgate").approval is False
