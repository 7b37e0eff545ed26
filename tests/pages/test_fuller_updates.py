"""What an update says beyond its headline, on the public page, on the ward's page and on walls: ADR 32."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.base import clock
from app.base.attestation import by_system
from app.base.ids import uuid7
from app.base.instants import to_wire
from app.pages.wall.queries import wall_json
from app.plans.commands import import_translation
from tests.cast import Hospital
from tests.pages.conftest import page_of

SPANISH = """\
plan: ehr-unplanned
language: es
texts:
  - {en: EHR down, es: Historia clínica caída}
  - {en: See every patient., es: Vea a cada paciente.}
  - {en: Open the downtime kit., es: Abra el kit.}
  - {en: Chart and order on paper., es: Registre y pida en papel.}
"""
FULL: dict[str, Any] = {
    "headline": "Record is back for reading.", "do_now": ["Chart on paper."], "do_not": ["Do not restart."],
    "works": ["Viewer"], "what_down": ["Orders", "Charting"], "ack": "none",
}  # fmt: skip


def say(hospital: Hospital, incident: str, **said: Any) -> dict[str, Any]:
    """Omar sends a full update; its result."""
    later = to_wire(clock.now() + timedelta(minutes=90))
    estimate = {"at": later, "confidence": "likely", "text": "the vendor works on it"}
    audience = {"units": None, "roles": None}
    args = {
        "broadcast": uuid7(),
        "incident": incident,
        "next_update_at": None,
        "audience": audience,
        "estimate": estimate,
    }
    result: dict[str, Any] = hospital.phone("omar", device="desk").do("broadcast.send", **{**args, **FULL, **said})
    assert result["st"] == "ok", result
    return result


@pytest.fixture
def incident(northgate: Hospital) -> str:
    return northgate.declare()


def texts(client: FlaskClient, *paths: str) -> list[str]:
    return [page_of(client.get(path)).text for path in paths]


def test_the_public_page_says_what_is_down_and_when_it_is_thought_to_be_back(
    client: FlaskClient, northgate: Hospital, incident: str
) -> None:
    say(northgate, incident)

    [page] = texts(client, "/")

    for words in ("Down: Orders; Charting", "Expected back", "about 22:21, likely", "the vendor works on it"):
        assert words in page
    assert "Chart on paper." not in page
    assert "Do not restart." not in page


def test_who_reads_an_old_number_learns_what_became_of_it(
    client: FlaskClient, northgate: Hospital, incident: str
) -> None:
    say(northgate, incident)
    say(northgate, incident, headline="Record is not back.", relation="corrects", refers_to=1)

    public, ward = texts(client, "/", "/w/icu")

    assert "Corrects update 1" in public
    assert "corrected by update 2" in public
    assert "Corrects update 1" in ward


def test_orders_to_everybody_stand_on_the_wards_page(client: FlaskClient, northgate: Hospital, incident: str) -> None:
    say(northgate, incident)

    [ward] = texts(client, "/w/icu")

    for words in ("Do now", "Chart on paper.", "Do not", "Do not restart.", "Expected back"):
        assert words in ward


def test_orders_to_some_stay_inside(client: FlaskClient, northgate: Hospital, incident: str) -> None:
    say(northgate, incident, audience={"units": ["icu"], "roles": None})

    for page in texts(client, "/w/icu", "/"):
        assert "Chart on paper." not in page
        assert "Do not restart." not in page
        assert "the vendor works on it" not in page


def test_a_wall_shows_what_not_to_do_and_the_estimate_of_its_own_update(northgate: Hospital, incident: str) -> None:
    say(northgate, incident, audience={"units": ["icu"], "roles": None})

    icu, west = (wall_json(unit, build="b", language="en") for unit in ("icu", "5-west"))

    assert '"do_not": ["Do not restart."]' in icu
    assert '"down": ["Orders", "Charting"]' in icu
    assert '"confidence": "likely"' in icu
    assert '"do_not": []' in west
    assert '"estimate": null' in west


def test_a_plan_is_read_in_the_readers_language_and_untranslated_words_stay(
    client: FlaskClient, northgate: Hospital
) -> None:
    import_translation(SPANISH, site="northgate", attestation=by_system())
    northgate.declare(title="EHR down")

    ward, public, english = texts(client, "/w/icu?lang=es", "/?lang=es", "/w/icu?lang=en")

    for words in ("Vea a cada paciente.", "Abra el kit.", "Historia clínica caída", "Collect the paper charts."):
        assert words in ward
    assert "Registre y pida en papel." in public
    assert "Vea a cada paciente." not in english
    assert "See every patient." in english
