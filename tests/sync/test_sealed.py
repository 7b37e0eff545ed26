"""Envelopes and signatures as both sides must make them: shared vectors, and anything that is not as it was made."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings, strategies as st

from app.base.keys import CURVE, ServerKeys, from_base64
from app.sync.sealed import LARGEST_BYTES, Unreadable, digest_of, open_envelope, push_request

CONTRACTS = Path(__file__).resolve().parents[1] / "contracts"
RELAY: dict[str, Any] = json.loads((CONTRACTS / "relay.json").read_text())
SIGNED: dict[str, Any] = json.loads((CONTRACTS / "signed.json").read_text())
ENVELOPE = from_base64(RELAY["envelope"])
KEYS = ServerKeys(
    Ed25519PrivateKey.from_private_bytes(from_base64(SIGNED["private_key"])),
    ec.derive_private_key(int.from_bytes(from_base64(RELAY["relay_private"]), "big"), CURVE),
)
NOW = datetime(2026, 11, 21, 21, 30, tzinfo=UTC)


def test_an_envelope_of_a_phone_opens_to_what_was_sealed() -> None:
    opened = open_envelope(ENVELOPE, KEYS.relay)

    assert opened.inside.model_dump(mode="json") == RELAY["inside"]
    assert (opened.code, digest_of(ENVELOPE)) == (RELAY["code"], RELAY["digest"])


def test_the_keys_of_the_contract_are_what_phones_are_told() -> None:
    assert KEYS.public() == {"sign": SIGNED["public_key"], "relay": RELAY["relay_public"]}


@pytest.mark.parametrize("case", SIGNED["cases"], ids=lambda case: str(case["name"]))
def test_signatures_are_those_of_the_contract(case: dict[str, str]) -> None:
    assert KEYS.sign(case["purpose"], case["text"]) == case["sig"]


@given(at=st.integers(0, len(ENVELOPE) - 1), flip=st.integers(1, 255))
@settings(max_examples=150, deadline=None)
def test_no_byte_can_be_altered(at: int, flip: int) -> None:
    altered = bytearray(ENVELOPE)
    altered[at] ^= flip

    with pytest.raises(Unreadable):
        open_envelope(bytes(altered), KEYS.relay)


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda tail: ENVELOPE[:90] + tail))
@settings(max_examples=100, deadline=None)
def test_noise_is_no_envelope(noise: bytes) -> None:
    with pytest.raises(Unreadable):
        open_envelope(noise, KEYS.relay)


def test_a_huge_envelope_is_not_even_tried() -> None:
    with pytest.raises(Unreadable):
        open_envelope(ENVELOPE + bytes(LARGEST_BYTES), KEYS.relay)


@given(
    way=st.timedeltas(timedelta(0), timedelta(days=6)),
    offset_ms=st.integers(-10 * 365 * 86_400_000, 10 * 365 * 86_400_000),
)
@settings(max_examples=60, deadline=None)
def test_ages_grow_by_the_time_on_the_way_whatever_the_phones_clock_says(way: timedelta, offset_ms: int) -> None:
    way = timedelta(milliseconds=way // timedelta(milliseconds=1))
    inside = open_envelope(ENVELOPE, KEYS.relay).inside.model_copy(update={"offset_ms": offset_ms})
    sealed_at = datetime.fromisoformat(inside.sent_at) + timedelta(milliseconds=offset_ms)

    request = push_request(inside, received_at=sealed_at + way, held_ms=0)

    way_ms = way // timedelta(milliseconds=1)
    assert [op.age_ms for op in request.ops] == [op[5] + way_ms for op in inside.ops]
    assert datetime.fromisoformat(request.sent_at) == datetime.fromisoformat(inside.sent_at) + way


def test_a_clock_that_was_ahead_makes_nobody_younger() -> None:
    inside = open_envelope(ENVELOPE, KEYS.relay).inside

    request = push_request(inside, received_at=NOW - timedelta(days=300), held_ms=0)

    assert [op.age_ms for op in request.ops] == [op[5] for op in inside.ops]
