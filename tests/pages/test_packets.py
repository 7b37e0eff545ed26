"""Packets: what is on the sheets, that a scanner reads them, and what is printed every night."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import packets
from app.base.settings import CHECKOUT
from app.pages.packet.choice import Choice
from app.pages.packet.queries import packet_of
from app.pages.packet.typeset import pdf_of, pictures_of, words_of
from app.plans.queries import version_in_force
from app.plans.sheet_code import card_code, log_code, poster_code, spaced
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.rows import snapshot

ADDRESS = "https://down.northgate.example/"


def icu(northgate: Hospital, **choice: Any) -> dict[str, Any]:
    return packet_of(Choice(units=("icu",), **choice), address=ADDRESS)


def scan(pages: Iterable[bytes], folder: Path) -> list[str]:
    """What the app's decoder reads off these pages after a poor scanner had them."""
    paths = []
    for number, page in enumerate(pages):
        paths.append(folder / f"{number}.png")
        paths[-1].write_bytes(page)
    command = ["node", "tests/js/scan_pages.js", *map(str, paths)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))


def alarms() -> dict[str, Any]:
    return {row_id: row["b"] for row_id, row in snapshot("site:northgate:command").items() if row["t"] == "alarm"}


def texts_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts_of(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts_of(one)]
    return [value] if isinstance(value, str) else []


def test_a_unit_gets_a_sheet_for_each_of_its_roles_with_the_code_of_the_version(northgate: Hospital) -> None:
    cards = icu(northgate)["units"][0]["cards"]

    version = version_in_force("ehr-unplanned") or ""
    assert [card["role"] for card in cards] == ["Bedside nurse", "Charge nurse"]
    assert cards[0]["key"] == card_code(unit="icu", plan="ehr-unplanned", role="bedside-nurse", version=version)
    assert cards[0]["version"] == version[:8]


def test_times_rounds_and_second_signatures_are_said_in_words(northgate: Hospital) -> None:
    nurse, charge = icu(northgate)["units"][0]["cards"]
    first, rounds = nurse["phases"][0], nurse["phases"][1]["rows"][1]

    assert (first["name"], first["from"]) == ("First 15 minutes", "after it was declared")
    assert (first["rows"][0]["due"], first["rows"][0]["fields"][0]["label"]) == ("10 min", "Patients seen")
    assert (rounds["due"], rounds["from"], rounds["rounds"]) == ("1 h", "each 1 h", True)
    assert charge["phases"][1]["rows"][0]["rules"] == ["Second signature by: Bedside nurse."]


def test_a_packet_of_one_role_has_nothing_of_the_others(northgate: Hospital) -> None:
    packet = packet_of(Choice(roles=("charge-nurse",)), address=ADDRESS)

    assert {unit["id"] for unit in packet["units"]} == {"icu", "5-west"}
    assert {card["role"] for unit in packet["units"] for card in unit["cards"]} == {"Charge nurse"}


def test_both_languages_have_the_same_words_to_say() -> None:
    def shape(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: shape(one) for name, one in value.items()}
        return [shape(one) for one in value] if isinstance(value, list) else type(value).__name__

    assert shape(words_of("en")) == shape(words_of("es"))
    assert len(texts_of(words_of("es"))) == len(texts_of(words_of("en")))


def test_the_same_packet_is_the_same_bytes(northgate: Hospital, clock: FakeClock) -> None:
    assert pdf_of(icu(northgate, paper="letter")) == pdf_of(icu(northgate, paper="letter"))


def test_a_poor_scan_of_every_sheet_still_gives_its_code(northgate: Hospital, tmp_path: Path) -> None:
    packet = icu(northgate, language="es")
    pages = pictures_of(packet, dpi=150)

    said = scan([pages[1], pages[-5], pages[-1]], tmp_path)

    first = packet["units"][0]["cards"][0]["key"]
    assert said == [f"{ADDRESS}app/paper/{first}", f"{ADDRESS}app/paper/{log_code(unit='icu')}", f"{ADDRESS}w/icu"]
    assert packet["units"][0]["poster"]["code"] == spaced(poster_code(unit="icu"))


@pytest.fixture
def nightly(app: Flask, northgate: Hospital, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Print the night's packets into a folder, of one unit that is quick to set."""
    from contextlib import nullcontext
    from dataclasses import replace

    settings = replace(app.extensions["settings"], packet_folder=str(tmp_path / "packets"))
    monkeypatch.setattr(packets, "command_app", lambda _settings: nullcontext(app))
    monkeypatch.setattr(packets, "packet_units", lambda _choice: ["service-desk"])
    return lambda: packets.print_night(settings)


def test_the_newest_seven_nights_are_kept_and_latest_points_at_the_last(
    nightly: Any, clock: FakeClock, tmp_path: Path
) -> None:
    home = tmp_path / "packets"
    for night in range(1, 9):
        (home / f"2026-10-0{night}-030000").mkdir(parents=True)

    done = nightly()

    assert (home / "latest").resolve() == done.folder.resolve()
    assert sorted(path.name for path in done.folder.iterdir()) == ["service-desk-en.pdf", "service-desk-es.pdf"]
    assert len(packets.nights(home)) == 7
    assert not (home / "2026-10-02-030000").exists()


def test_leaders_see_a_night_that_failed_until_one_succeeds(nightly: Any, northgate: Hospital, tmp_path: Path) -> None:
    (tmp_path / "packets").write_text("no folder")

    with pytest.raises(packets.PacketError):
        nightly()
    failed = alarms()
    (tmp_path / "packets").unlink()
    nightly()

    assert str(tmp_path / "packets") in failed["alarm:packets"]["text"]["en"]
    assert alarms() == {}
