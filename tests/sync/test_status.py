"""The signed status of the site."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.base.ids import uuid7
from app.base.keys import from_base64, signed_bytes
from app.sync.frames import LETTERS
from app.sync.queries import signed_status, status_codes
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort

TO_ALL = {"units": None, "roles": None}


def ask(phone: PhonePort) -> tuple[dict[str, Any], dict[str, str]]:
    """The status as a phone reads it after it has verified the signature, and the answer itself."""
    answer = phone.client.get("/api/sync/status")
    assert answer.status_code == 200, answer.get_json()
    signed = answer.get_json()
    key = Ed25519PublicKey.from_public_bytes(from_base64(phone.boot["keys"]["sign"]))
    key.verify(from_base64(signed["sig"]), signed_bytes("status", signed["text"]))
    return json.loads(signed["text"]), signed


def send(omar: PhonePort, incident: str, headline: str, **more: Any) -> None:
    words = {"headline": headline, "do_now": "Stay on paper.", "works": ["Phones"], "next_update_at": None}
    args = {"broadcast": uuid7(), "incident": incident, "audience": TO_ALL, "ack": "unit", **words, **more}
    assert omar.do("broadcast.send", **args)["st"] == "ok"


def test_quiet_is_proved_too(hospital: Hospital, clock: FakeClock) -> None:
    status, _signed = ask(hospital.phone("nia"))

    assert (status["incidents"], status["more"], status["site"]) == ([], 0, "northgate")
    assert (status["at"], status["until"]) == ("2026-11-21T20:51:00.000Z", "2026-11-21T21:21:00.000Z")


def test_paper_carries_the_same_text_and_signature(hospital: Hospital, clock: FakeClock) -> None:
    hospital.phone("omar").declare()
    _status, signed = ask(hospital.phone("nia"))

    codes = status_codes(signed_status("northgate"))

    parts = [code.split(":", 4) for code in codes]
    assert {(part[0], part[1]) for part in parts} == {("WL1", "S")}
    assert json.loads(zlib.decompress(from_base45("".join(part[4] for part in parts)))) == signed


def from_base45(text: str) -> bytes:
    groups = [text[at : at + 3] for at in range(0, len(text), 3)]
    values = [
        (sum(LETTERS.index(letter) * 45**n for n, letter in enumerate(group)), len(group) - 1) for group in groups
    ]
    return b"".join(value.to_bytes(length, "big") for value, length in values)


def test_the_newest_update_to_all_is_in_it(hospital: Hospital, clock: FakeClock) -> None:
    omar = hospital.phone("omar")
    incident = omar.declare()
    nia = hospital.phone("nia")
    before, _signed = ask(nia)
    send(omar, incident, "Orders on paper only.")
    send(omar, incident, "For the ICU alone.", audience={"units": ["icu"], "roles": None})

    (after,) = ask(nia)[0]["incidents"]

    assert before["incidents"][0]["do_now"] == "Chart and order on paper."
    assert (after["id"], after["no"], after["state"], after["level"]) == (incident, 1, "declared", 2)
    assert (after["update"]["headline"], after["update"]["do_now"]) == ("Orders on paper only.", ["Stay on paper."])
    assert (after["do_now"], after["works"]) == ("", ["Phones"])


def test_a_real_incident_stands_before_an_exercise(hospital: Hospital, clock: FakeClock) -> None:
    omar = hospital.phone("omar")
    omar.declare()
    clock.advance(minutes=5)
    omar.declare(kind="exercise")

    assert [one["kind"] for one in ask(omar)[0]["incidents"]] == ["real", "exercise"]


def test_one_signature_serves_a_storm_and_ages_no_further_than_half_a_minute(
    hospital: Hospital, clock: FakeClock
) -> None:
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    first, signed = ask(nia)
    clock.advance(seconds=29)
    assert ask(bo)[1] == signed
    clock.advance(seconds=1)

    assert ask(bo)[0]["at"] > first["at"]


def test_an_altered_text_fails(hospital: Hospital, clock: FakeClock) -> None:
    hospital.declare()
    nia = hospital.phone("nia")
    _status, signed = ask(nia)
    key = Ed25519PublicKey.from_public_bytes(from_base64(nia.boot["keys"]["sign"]))

    for altered in (signed["text"].replace("declared", "all_clear"), signed["text"] + " ", signed["text"][:-1]):
        with pytest.raises(InvalidSignature):
            key.verify(from_base64(signed["sig"]), signed_bytes("status", altered))


def test_the_outsider_does_not_read_it(hospital: Hospital) -> None:
    assert hospital.phone("uri").client.get("/api/sync/status").status_code == 403
