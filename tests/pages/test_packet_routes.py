"""Who may print what, and that printing is bounded."""

from __future__ import annotations

from subprocess import CompletedProcess

import pytest

from app.pages.packet import press
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.pages.conftest import page_of


def test_people_of_a_unit_get_its_packet_as_a_file(northgate: Hospital) -> None:
    nia = northgate.phone("nia").client

    answer = nia.get("/print/packet?unit=icu&role=charge-nurse&plan=ehr-unplanned&lang=es&paper=letter")

    assert answer.status_code == 200, answer.get_data(as_text=True)[:300]
    assert answer.data.startswith(b"%PDF-")
    named = 'attachment; filename="wardlight-icu-charge-nurse-ehr-unplanned-es.pdf"'
    assert answer.headers["Content-Disposition"] == named
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("who", "asked", "status"),
    [
        ("uri", "unit=icu", 403),
        ("sol", "unit=icu", 403),
        ("nia", "plan=ehr-unplanned", 403),
        ("omar", "", 400),
        ("omar", "unit=--to=x/../y", 400),
        ("omar", "unit=icu&lang=xx", 400),
    ],
)
def test_what_is_not_ones_own_or_makes_no_sense_is_refused(
    northgate: Hospital, monkeypatch: pytest.MonkeyPatch, who: str, asked: str, status: int
) -> None:
    monkeypatch.setattr(press, "_run", pytest.fail)
    client = northgate.phone(who).client

    assert client.get(f"/print/packet?{asked}").status_code == status


def test_who_asks_again_at_once_waits_a_moment(
    northgate: Hospital, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "_run", lambda _words, **_named: CompletedProcess([], 0, b"%PDF-", b""))
    nia = northgate.phone("nia").client
    asked = "/print/packet?unit=icu"

    first, second = nia.get(asked), nia.get(asked)
    clock.advance(seconds=6)

    assert (first.status_code, second.status_code, nia.get(asked).status_code) == (200, 429, 200)
    assert second.headers["Retry-After"] == "5"


def test_the_page_offers_ones_own_units_and_says_how_the_night_fared(northgate: Hospital) -> None:
    nia = page_of(northgate.phone("nia").client.get("/packets?unit=icu"))
    omar = page_of(northgate.phone("omar").client.get("/packets"))

    assert "Intensive care" in nia.text and "5 West" not in nia.text
    assert "5 West" in omar.text and "Whole hospital, one plan" in omar.text
    assert "No folder is set." in nia.text
    assert nia.inline == []


def test_packets_are_due_once_a_day_after_their_hour(northgate: Hospital, clock: FakeClock) -> None:
    from app.pages.packet.commands import note_nightly

    local_hour = clock.now().hour  # in November London keeps UTC
    before = press.is_due(local_hour + 1), press.is_due(local_hour)
    note_nightly(problem=None)
    after = press.is_due(local_hour)
    clock.advance(hours=24)

    assert (*before, after, press.is_due(local_hour)) == (False, True, False, True)
