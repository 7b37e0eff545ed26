"""Entries and news pass from phone to phone while nobody answers."""

from __future__ import annotations

import re
import sqlite3
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Devices
from tests.e2e.people import SOON_MS, declare, installed, send_update, task, tick_next
from tests.e2e.town import Town

pytestmark = pytest.mark.e2e

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
EACH_TIMES = 12
# A busy machine sees few pictures a second.
READ_MS = 45_000
# Too much for one code: nothing in it repeats, so that nothing is won by packing it.
LONG_NOTE = "".join(sha256(bytes([n])).hexdigest()[:48] for n in range(8))


def pictures_of(page: Page) -> list[bytes]:
    """Each of the codes on a phone's screen, as a camera sees it."""
    codes = page.locator(".codes")
    parts = 1
    if codes.get_by_role("button", name="Hold still").count():
        codes.get_by_role("button", name="Hold still").click()
        parts = int(codes.locator(".codes__turn p").inner_text().split()[-1])
    pictures = []
    for _part in range(parts):
        pictures.append(codes.locator("svg.qr").screenshot(type="jpeg", quality=90))
        if parts > 1:
            codes.get_by_role("button", name="Next code").click()
    return pictures


def filmed(pictures: list[bytes], to: Path) -> Path:
    """What a camera sees that is held over one after the other, each for a moment."""
    to.write_bytes(b"".join(picture * EACH_TIMES for picture in pictures))
    return to


def bytes_of(line: str) -> tuple[str, bytes]:
    """Front and bytes of a line of a file."""
    front, _check, data = line.rsplit(":", 2) if line.count(":") == 4 else _split(line)
    groups = [data[i : i + 3] for i in range(0, len(data), 3)]
    values = [(sum(LETTERS.index(c) * 45**n for n, c in enumerate(group)), len(group) - 1) for group in groups]
    return front, b"".join(value.to_bytes(length, "big") for value, length in values)


def _split(line: str) -> tuple[str, str, str]:
    one, kind, parts, check, data = line.split(":", 4)
    return f"{one}:{kind}:{parts}", check, data


def line_of(front: str, data: bytes) -> str:
    """A line with the right check for whatever is in it."""
    text = ""
    for i in range(0, len(data), 2):
        value, digits = int.from_bytes(data[i : i + 2], "big"), 3 if i + 1 < len(data) else 2
        for _digit in range(digits):
            text, value = text + LETTERS[value % 45], value // 45
    return f"{front}:{sha256(data).hexdigest()[:8].upper()}:{text}"


def carriers(town: Town) -> list[tuple[str, str]]:
    """(kind of op, who carried it) of all that came by somebody else's phone."""
    database = sqlite3.connect(f"file:{town.data / 'wardlight.db'}?mode=ro", uri=True)
    query = "SELECT o.kind, u.username FROM op_result o JOIN user u ON u.id = o.carried_by ORDER BY o.n"
    found = database.execute(query).fetchall()
    database.close()
    return found


def test_entries_travel_by_a_colleagues_phone_and_their_author_sees_the_receipt(
    town: Town, devices: Devices, tmp_path: Path
) -> None:
    omar, nia, max_ = devices.person("omar"), devices.person("nia"), devices.person("max")
    declare(omar)
    nia.get_by_role("link", name="My card").first.click()
    expect(nia.locator("li.task--next")).to_be_visible(timeout=SOON_MS)
    installed(nia)
    installed(max_)
    devices.shut("omar")
    devices.shut("max")

    # Nia's phone has no network for the rest of the story; the server dies too.
    nia.context.set_offline(True)
    town.kill()
    nia.goto(f"{town.address}/app/card")
    for _step in range(3):
        tick_next(nia)
    task(nia, "A1").locator(".task__title").click()
    nia.get_by_role("button", name=re.compile("Add a note")).click()
    nia.get_by_role("dialog").get_by_role("textbox").fill(LONG_NOTE)
    nia.get_by_role("button", name="Keep the note").click()
    expect(nia.get_by_text("Note saved on this phone.").first).to_be_attached(timeout=SOON_MS)
    nia.goto(f"{town.address}/app/")
    nia.get_by_role("link", name="Give my entries to a colleague’s phone").click()
    expect(nia.get_by_text(re.compile("entries, sealed"))).to_be_visible(timeout=SOON_MS)
    first, *others = pictures_of(nia)
    assert len(others) >= 2
    film = filmed([*reversed(others), others[-1]], tmp_path / "entries.mjpeg")
    with nia.expect_download() as saved:
        nia.get_by_role("button", name="No camera? Pass them on as a file").click()
    file = saved.value.path().read_text().strip()
    nia.get_by_label("Whose phone is it?").fill("Max")
    nia.get_by_role("button", name="They have them").click()
    nia.goto(f"{town.address}/app/entries")
    expect(nia.get_by_text("Handed to Max’s phone").first).to_be_visible(timeout=SOON_MS)

    # Max scans, with no server either: the codes in any order, one of them twice. The one that is missing is asked
    # for by its number. Scanning again changes nothing.
    max_ = devices.open("max", sees=film)
    max_.goto(f"{town.address}/app/carry")
    max_.get_by_role("button", name="Open the camera").click()
    counted = max_.locator(".scanner__count")
    expect(counted).to_contain_text(f"{len(others)} of {len(others) + 1}", timeout=READ_MS)
    expect(counted).to_contain_text("Still missing: 1.")
    expect(max_.locator(".parcel")).to_have_count(0)
    max_.get_by_role("button", name="Close the camera").click()
    expect(max_.locator("video")).to_have_count(0)
    filmed([first], film)
    max_.get_by_role("button", name="Open the camera").click()
    carrying = max_.get_by_text(re.compile(r"Carrying \d entries of Nia.*, not yet delivered"))
    expect(carrying).to_be_visible(timeout=READ_MS)
    expect(max_.locator(".parcel")).to_have_count(1)

    # A damaged file is refused at once; one that was altered with care is refused by the server.
    reading = max_.locator("input[type=file]")
    front, data = bytes_of(file)
    reading.set_input_files({"name": "a.wardlight", "mimeType": "text/plain", "buffer": file[:-3].encode() + b"AAA"})
    expect(max_.get_by_text("This code is damaged or altered. Nothing was taken.")).to_be_visible(timeout=SOON_MS)
    altered = line_of(front, data[:-20] + bytes([data[-20] ^ 1]) + data[-19:])
    reading.set_input_files({"name": "b.wardlight", "mimeType": "text/plain", "buffer": altered.encode()})
    expect(max_.locator(".parcel")).to_have_count(2, timeout=SOON_MS)
    reading.set_input_files({"name": "c.wardlight", "mimeType": "text/plain", "buffer": file.encode()})
    expect(max_.locator(".parcel")).to_have_count(2)

    town.start()
    delivered = max_.get_by_text(re.compile(r"entries of Nia.* delivered, on record"))
    expect(delivered).to_be_visible(timeout=60_000)
    expect(max_.get_by_text(re.compile("This code is damaged, altered or not of this hospital"))).to_be_visible()
    expect(max_.locator(".parcel")).to_have_count(2)
    code = max_.locator(".parcel__code b").inner_text()
    assert {name for _kind, name in carriers(town)} == {"max"}
    assert [kind for kind, _name in carriers(town)].count("task.complete") == 3

    # Back with Nia, still without a network: the letters are right, others are not.
    nia.goto(f"{town.address}/app/hand-over-entries")
    nia.get_by_label("Six letters of the receipt").fill("AAAAAA")
    nia.get_by_role("button", name="Check").click()
    expect(nia.get_by_text("This receipt is not for entries of yours.")).to_be_visible(timeout=SOON_MS)
    nia.get_by_label("Six letters of the receipt").fill(code.lower())
    nia.get_by_role("button", name="Check").click()
    expect(nia.get_by_text("Your entries are on record: the hospital’s receipt is genuine.")).to_be_visible()
    nia.goto(f"{town.address}/app/entries")
    expect(nia.get_by_text(re.compile("Handed over, on record")).first).to_be_visible(timeout=SOON_MS)

    # Her own phone finds contact at last: nothing is doubled.
    nia.context.set_offline(False)
    expect(nia.get_by_text(re.compile("wait for the server"))).to_have_count(0, timeout=60_000)
    assert {name for _kind, name in carriers(town)} == {"max"}
    town.kill()
    database = sqlite3.connect(town.data / "wardlight.db")
    (ticks,) = database.execute("SELECT count(*) FROM task_attestation WHERE what = 'complete'").fetchone()
    database.close()
    assert ticks == 3


def test_a_current_phone_shows_the_signed_status_to_one_without_contact(
    town: Town, devices: Devices, tmp_path: Path
) -> None:
    omar, sol = devices.person("omar"), devices.person("sol")
    installed(sol)
    devices.shut("sol")
    declare(omar)
    send_update(omar, town, "Orders on paper only.")
    expect(omar.get_by_text(re.compile("Update 1 sent"))).to_be_visible(timeout=SOON_MS)
    omar.goto(f"{town.address}/app/pass-status")
    expect(omar.get_by_text(re.compile("Status as of"))).to_be_visible(timeout=SOON_MS)
    expect(omar.get_by_text(re.compile("EHR is down · Update 1"))).to_be_visible(timeout=60_000)
    film = filmed(pictures_of(omar), tmp_path / "status.mjpeg")
    town.kill()

    sol = devices.open("sol", sees=film)
    sol.goto(f"{town.address}/app/pass-status")
    sol.get_by_role("button", name="Open the camera").click()
    expect(sol.get_by_text("Taken: the status is newer than what this phone knew.")).to_be_visible(timeout=SOON_MS)
    sol.get_by_role("link", name="See it on Now").click()
    expect(sol.get_by_text(re.compile("Status as of .*, brought by a colleague’s phone"))).to_be_visible()
    expect(sol.get_by_text("Orders on paper only.")).to_be_visible()
    sol.reload()
    expect(sol.get_by_text(re.compile("brought by a colleague’s phone"))).to_be_visible(timeout=SOON_MS)

    # Half an hour later nothing here can be proved any more.
    sol.clock.set_fixed_time(sol.evaluate("Date.now() + 31 * 60_000"))
    expect(sol.locator("html.is-lapsed")).to_have_count(1, timeout=SOON_MS)
    expect(sol.get_by_text(re.compile("Check before you rely on it."))).to_be_visible()
