"""Entries that a device keeps sealed after its author has signed out: anybody hands them in, nobody else reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.base.keys import CURVE, from_base64, to_base64
from app.sync.sealed import Unreadable
from app.sync.sealed_ops import open_op
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort

CONTRACT: dict[str, Any] = json.loads((Path(__file__).parents[1] / "contracts" / "sealed_op.json").read_text())
KEY = ec.derive_private_key(int.from_bytes(from_base64(CONTRACT["relay_private"]), "big"), CURVE)


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def sealed(hospital: Hospital, op: dict[str, Any], author: str) -> dict[str, Any]:
    """The op as the author's phone keeps it after signing out."""
    server = hospital.app.extensions["keys"].relay.public_key()
    own = ec.generate_private_key(CURVE)
    info = b"wardlight entry 1" + point_of(own.public_key()) + point_of(server) + op["id"].encode()
    secret = HKDF(algorithm=SHA256(), length=44, salt=None, info=info).derive(own.exchange(ec.ECDH(), server))
    inside = json.dumps({name: op[name] for name in ("kind", "v", "base", "args")}).encode()
    closed = AESGCM(secret[:32]).encrypt(secret[32:], inside, f"{op['id']}\n{author}".encode())
    return {**op, "kind": "sealed", "base": 0, "args": {"sealed": to_base64(point_of(own.public_key()) + closed)}}


def envelope_with_note(phone: PhonePort, incident: str) -> dict[str, Any]:
    phone.record("note.add", incident=incident, unit="icu", text="We are on paper.")
    return phone.envelope(phone.outbox)


def test_both_sides_make_and_open_the_same_bytes() -> None:
    assert open_op(CONTRACT["id"], CONTRACT["sealed"], CONTRACT["author"], KEY) == CONTRACT["inside"]


@pytest.mark.parametrize(
    "what", ["another op", "another author", "a changed letter", "half of it", "no text", "nothing"]
)
def test_what_is_not_as_it_was_sealed_stays_shut(what: str) -> None:
    op_id, author, text = CONTRACT["id"], CONTRACT["author"], CONTRACT["sealed"]
    given: dict[str, tuple[str, Any, str]] = {
        "another op": (op_id[:-1] + "2", text, author),
        "another author": (op_id, text, op_id),
        "a changed letter": (op_id, ("A" if text[-9] != "A" else "B").join([text[:-9], text[-8:]]), author),
        "half of it": (op_id, text[: len(text) // 2], author),
        "no text": (op_id, {"x": 1}, author),
        "nothing": (op_id, None, author),
    }

    with pytest.raises(Unreadable):
        open_op(given[what][0], given[what][1], given[what][2], KEY)


def test_it_is_on_record_once_as_if_it_had_never_been_sealed(hospital: Hospital, clock: FakeClock) -> None:
    incident = hospital.declare()
    nia = hospital.phone("nia")
    body = envelope_with_note(nia, incident)
    shut = {**body, "ops": [sealed(hospital, body["ops"][0], hospital.ids["nia"])]}

    first = nia.post_push(shut).get_json()["results"]
    again = nia.post_push(body).get_json()["results"]

    assert [(one["st"], one.get("first")) for one in (*first, *again)] == [("ok", None), ("dup", "ok")]
    nia.pull()
    assert [note["text"] for note in nia.rows("note")] == ["We are on paper."]


def test_nobody_else_can_hand_it_in_as_theirs_or_have_it_opened(hospital: Hospital, clock: FakeClock) -> None:
    incident = hospital.declare()
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    op = sealed(hospital, envelope_with_note(nia, incident)["ops"][0], hospital.ids["nia"])
    asked = {"ops": [{"id": op["id"], "sealed": op["args"]["sealed"]}]}
    body = envelope_with_note(bo, incident)

    refused = bo.post_push({**body, "ops": [op]}).get_json()["results"]

    assert [(one["st"], one["code"]) for one in refused] == [("rejected", "unreadable")]
    assert bo.client.post("/api/sync/unseal", json=asked).get_json() == {"ops": []}
    uri = hospital.phone("uri")
    assert uri.client.post("/api/sync/unseal", json=asked).get_json() == {"ops": []}


def test_its_author_reads_it_again_after_signing_in(hospital: Hospital, clock: FakeClock) -> None:
    nia = hospital.phone("nia")
    op = envelope_with_note(nia, hospital.declare())["ops"][0]
    shut = sealed(hospital, op, hospital.ids["nia"])
    asked = {"ops": [{"id": op["id"], "sealed": shut["args"]["sealed"]}]}

    answer = nia.client.post("/api/sync/unseal", json=asked).get_json()

    assert answer == {"ops": [{name: op[name] for name in ("id", "kind", "v", "base", "args")}]}
    assert nia.client.post("/api/sync/unseal", json={"ops": []}).status_code == 400
