"""Entries that come by a colleague's phone."""

from __future__ import annotations

import json
import zlib
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import select

from app.base.db import db
from app.base.keys import from_base64, signed_bytes, to_base64
from app.people.commands.tokens import revoke_push_tokens
from app.response.models import TaskAttestation
from app.sync.models import OpResult, Relayed
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort
from tests.sync.sealing import carry, inside_of, seal, seal_bytes


@pytest.fixture
def ward(hospital: Hospital, clock: FakeClock) -> tuple[PhonePort, PhonePort]:
    """Nia's phone with two entries that wait, and Max's that carries."""
    hospital.declare()
    nia, max_ = hospital.phone("nia"), hospital.phone("max")
    for code in ("A2", "A3"):
        nia.record("task.complete", task=task(nia, code), captured={}, note="")
    return nia, max_


def task(phone: PhonePort, code: str) -> str:
    return str(phone.one("task", role="bedside-nurse", code=code, occurrence=1)["id"])


def answer_of(response: Any) -> dict[str, Any]:
    assert response.status_code == 200, response.get_json()
    (answer,) = response.get_json()["answers"]
    return dict(answer)


def test_carried_entries_are_on_record_under_their_authors_name(
    ward: tuple[PhonePort, PhonePort], hospital: Hospital, clock: FakeClock
) -> None:
    nia, max_ = ward
    envelope, code = seal(inside_of(nia), nia.boot["keys"]["relay"])
    clock.advance(minutes=40)

    answer = answer_of(carry(max_, envelope))

    assert (answer["st"], answer["author_name"], answer["count"], answer["refused"]) == ("taken", "Nia", 2, [])
    assert answer["code"] == code
    bo = hospital.phone("bo")
    done = bo.one("task", role="bedside-nurse", code="A2")
    sign = done["signs"][-1]
    assert (done["state"], sign["by_name"], sign["carried_by"]) == ("done", "Nia", "Max")
    assert done["at"] == "2026-11-21T20:51:00.000Z"
    assert not sign.get("uncertain")
    records = db.session.execute(select(OpResult).where(OpResult.actor == hospital.ids["nia"])).scalars().all()
    assert {record.carried_by for record in records} == {hospital.ids["max"]}
    kept = db.session.execute(select(TaskAttestation)).scalars().all()
    assert {one.carried_by for one in kept} == {hospital.ids["max"]}


def test_the_timeline_says_who_carried(ward: tuple[PhonePort, PhonePort], hospital: Hospital) -> None:
    nia, max_ = ward
    nia.record("task.block", task=task(nia, "A1"), note="No charts")

    carry(max_, seal(inside_of(nia), nia.boot["keys"]["relay"])[0])

    told = hospital.phone("priya").one("event", type="task.blocked")
    assert told["text"]["en"].endswith("(carried by Max)")
    assert told["text"]["es"].endswith("(traído por Max)")


def test_the_receipt_is_signed_for_this_envelope(ward: tuple[PhonePort, PhonePort]) -> None:
    nia, max_ = ward
    answer = answer_of(carry(max_, seal(inside_of(nia), nia.boot["keys"]["relay"])[0]))

    receipt = answer["receipt"]
    key = Ed25519PublicKey.from_public_bytes(from_base64(nia.boot["keys"]["sign"]))
    key.verify(from_base64(receipt["sig"]), signed_bytes("receipt", receipt["text"]))
    assert json.loads(receipt["text"])["digest"] == answer["digest"]


def test_repeats_are_harmless_by_whichever_way_they_come(ward: tuple[PhonePort, PhonePort], hospital: Hospital) -> None:
    nia, max_ = ward
    envelope, _code = seal(inside_of(nia), nia.boot["keys"]["relay"])
    sealed_again, _code = seal(inside_of(nia), nia.boot["keys"]["relay"])

    first = answer_of(carry(max_, envelope))
    again = answer_of(carry(hospital.phone("bo"), envelope))
    other = answer_of(carry(max_, sealed_again))
    own = nia.push()

    assert again == first
    assert (other["st"], other["refused"]) == ("taken", [])
    assert {(result["st"], result["first"]) for result in own} == {("dup", "ok")}
    nia.pull()
    assert len(nia.one("task", code="A2", role="bedside-nurse")["signs"]) == 1
    assert len(db.session.execute(select(Relayed)).scalars().all()) == 2


@pytest.mark.parametrize("place", ["magic", "version", "header", "count", "point", "sealed", "tag", "cut", "longer"])
def test_an_envelope_with_one_altered_byte_is_refused_and_leaves_nothing(
    ward: tuple[PhonePort, PhonePort], place: str
) -> None:
    nia, max_ = ward
    envelope, _code = seal(inside_of(nia), nia.boot["keys"]["relay"])
    start = 3 + envelope[2]
    at = {
        "magic": 0,
        "version": 1,
        "header": 5,
        "count": start - 2,
        "point": start + 7,
        "sealed": start + 80,
        "tag": -1,
    }
    altered = bytearray(envelope)
    if place in at:
        altered[at[place]] ^= 1
    elif place == "cut":
        del altered[-1]
    else:
        altered.append(0)

    answer = answer_of(carry(max_, bytes(altered)))

    assert (answer["st"], answer["code"]) == ("refused", "altered")
    assert answer["msg"].startswith("This code is damaged")
    assert db.session.execute(select(Relayed)).all() == []
    nia.pull()
    assert nia.one("task", code="A2", role="bedside-nurse")["state"] == "open"


def test_what_was_sealed_for_another_hospital_is_refused(ward: tuple[PhonePort, PhonePort], make_app: Any) -> None:
    nia, max_ = ward
    foreign = make_app().extensions["keys"].public()["relay"]

    assert answer_of(carry(max_, seal(inside_of(nia), foreign)[0]))["code"] == "altered"


def test_nobody_speaks_for_somebody_else(ward: tuple[PhonePort, PhonePort]) -> None:
    nia, max_ = ward
    key = nia.boot["keys"]["relay"]
    invented = {**inside_of(nia), "token": "made-up"}
    other_device = {**inside_of(nia), "device": max_.device}

    refused = [answer_of(carry(max_, seal(inside, key)[0])) for inside in (invented, other_device)]

    assert [one["code"] for one in refused] == ["sign_in", "altered"]


def test_a_revoked_token_asks_for_a_new_sign_in_and_the_entries_stay(
    ward: tuple[PhonePort, PhonePort], hospital: Hospital
) -> None:
    nia, max_ = ward
    envelope, _code = seal(inside_of(nia), nia.boot["keys"]["relay"])
    revoke_push_tokens(hospital.ids["nia"])

    answer = answer_of(carry(max_, envelope))

    assert (answer["st"], answer["code"]) == ("refused", "sign_in")
    assert "still on the phone they came from" in answer["msg"]


def test_what_is_no_request_is_refused_whole(ward: tuple[PhonePort, PhonePort]) -> None:
    nia, max_ = ward
    key, good = nia.boot["keys"]["relay"], inside_of(nia)
    for inside in (
        {**good, "sent_at": "yesterday"},
        {**good, "ops": [good["ops"][0][:-1]]},
        {**good, "ops": [[*good["ops"][0][:5], "old", *good["ops"][0][6:]]]},
        {**good, "offset_ms": 10**14},
    ):
        answer = answer_of(carry(max_, seal(inside, key)[0]))
        assert (answer["st"], answer["code"] in ("malformed", "altered")) == ("refused", True), inside
    for packed in (b"", b"not zipped", zlib.compress(b"[]"), zlib.compress(b" " * 10_000_000)[:16_000]):
        assert answer_of(carry(max_, seal_bytes(packed, key, name="Nia", count=1)[0]))["code"] == "altered"


def test_a_phone_that_never_knew_the_time_is_timed_by_its_carrier_and_marked(
    ward: tuple[PhonePort, PhonePort], clock: FakeClock
) -> None:
    nia, max_ = ward
    nia.outbox.clear()
    nia.ahead = timedelta(hours=3)
    nia.record("task.complete", task=task(nia, "A2"), captured={}, note="")
    envelope, _code = seal(inside_of(nia, offset_ms=None), nia.boot["keys"]["relay"])
    clock.advance(minutes=25)

    carry(max_, envelope, held_ms=25 * 60_000)

    nia.pull()
    done = nia.one("task", code="A2", role="bedside-nurse")
    assert done["at"] == "2026-11-21T20:51:00.000Z"
    assert done["signs"][-1]["uncertain"] is True


def test_being_carried_is_no_contact_of_the_device(
    ward: tuple[PhonePort, PhonePort], hospital: Hospital, clock: FakeClock
) -> None:
    nia, max_ = ward
    envelope, _code = seal(inside_of(nia), nia.boot["keys"]["relay"])
    heard = hospital.phone("priya").one("device_state", id="device-nia")["last_contact_at"]
    clock.advance(hours=2)

    carry(max_, envelope)

    assert hospital.phone("priya").one("device_state", id="device-nia")["last_contact_at"] == heard


def test_a_refused_entry_is_named_in_the_receipt_and_no_code_says_that_all_is_well(
    ward: tuple[PhonePort, PhonePort],
) -> None:
    nia, max_ = ward
    nia.record("help.close", help="0" * 8 + "-0000-4000-8000-" + "0" * 12, answer="Not mine to close")

    answer = answer_of(carry(max_, seal(inside_of(nia), nia.boot["keys"]["relay"])[0]))

    assert (answer["count"], answer["refused"], answer["code"]) == (3, [3], "")
    assert json.loads(answer["receipt"]["text"])["refused"] == [3]


def test_the_outsider_may_carry_too_and_a_stranger_may_not(
    ward: tuple[PhonePort, PhonePort], hospital: Hospital
) -> None:
    nia, max_ = ward
    envelope, _code = seal(inside_of(nia), nia.boot["keys"]["relay"])
    max_.token = "made-up"

    assert carry(max_, envelope).status_code == 401
    assert answer_of(carry(hospital.phone("uri"), envelope))["st"] == "taken"


def test_too_much_from_one_person_is_asked_to_wait(ward: tuple[PhonePort, PhonePort], clock: FakeClock) -> None:
    _nia, max_ = ward
    for number in range(60):
        assert carry(max_, bytes([87, 1, number])).status_code == 200

    busy = carry(max_, b"W\x01one more")
    clock.advance(minutes=11)

    assert (busy.status_code, busy.get_json()["code"]) == (429, "slow_down")
    assert carry(max_, b"W\x01one more").status_code == 200


def test_a_request_is_bounded(ward: tuple[PhonePort, PhonePort]) -> None:
    _nia, max_ = ward

    assert carry(max_, *[bytes([n]) for n in range(9)]).status_code == 400
    assert carry(max_, b"x" * 17_000).status_code == 400
    assert carry(max_).status_code == 400
    assert to_base64(b"\xff\xfe") == "__4"
