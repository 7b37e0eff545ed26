"""Answers are packed in a way that the phone understands, or not at all."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from typing import Any

import brotli
import pytest
from werkzeug.test import TestResponse

from app.sync import packing
from tests.cast import Hospital
from tests.phone import PhonePort

UNPACK: dict[str | None, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


@pytest.fixture
def nia(hospital: Hospital) -> PhonePort:
    hospital.declare()
    return hospital.phone("nia")


def pull(nia: PhonePort, accepted: str, cursors: dict[str, int] | None = None) -> TestResponse:
    body: dict[str, Any] = {"proto": 1, "epoch": nia.epoch, "cursors": cursors or {}}
    return nia.client.post("/api/sync/pull", json=body, headers={"Accept-Encoding": accepted} if accepted else {})


@pytest.mark.parametrize(
    ("accepted", "packed"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.1, gzip", "gzip"),
        ("deflate", None),
        ("gzip;q=0", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("beside_from", [packing.COMPRESS_BESIDE_FROM_BYTES, packing.COMPRESS_FROM_BYTES])
def test_a_large_answer_is_packed_as_the_phone_likes_best(
    nia: PhonePort, monkeypatch: pytest.MonkeyPatch, accepted: str, packed: str | None, beside_from: int
) -> None:
    monkeypatch.setattr(packing, "COMPRESS_BESIDE_FROM_BYTES", beside_from)

    answer = pull(nia, accepted)

    assert answer.headers.get("Content-Encoding") == packed
    assert json.loads(UNPACK[packed](answer.data))["snap"].keys() == nia.cursors.keys()
    assert "Accept-Encoding" in answer.headers["Vary"] and int(answer.headers["Content-Length"]) == len(answer.data)


def test_a_small_answer_is_not_worth_it(nia: PhonePort) -> None:
    answer = pull(nia, "br, gzip", {**nia.cursors, "somebody:else": 1})

    assert (answer.status_code, answer.headers.get("Content-Encoding")) == (200, None)
    assert answer.get_json()["drop"] == ["somebody:else"]
