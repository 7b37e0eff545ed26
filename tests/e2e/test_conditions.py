"""A card that asks only for what applies, a step that changes hands, a form that opens without a network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Devices
from tests.e2e.people import SOON_MS, declare, installed, task
from tests.e2e.town import ROOT, Town

pytestmark = pytest.mark.e2e

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << >>\n%%EOF\n"
PLAN = """\
id: pump-recall
title: Pump recall
kind: unplanned
services: [ehr]
summary: A pump type must not be used.
icon: warn
do_now: Count your pumps.
level: 2
unit_types: [intensive-care]
attachments: [{code: tally, title: Pump tally, file: forms/tally.pdf, version: "2"}]
cards:
  - role: bedside-nurse
    title: Bedside nurse
    mission: No bad pump at a bed.
    unit_types: [intensive-care]
    steps:
      - code: A1
        do: Count the pumps in use.
        due: 10 min
        forms: [tally]
        capture: [{key: pumps, label: Pumps, type: count, min: 0}]
      - {code: A2, do: Call for spare pumps., due: 5 min, when: {step: A1, field: pumps, at_least: 6}}
      - {code: A3, do: Swap the pumps., due: 30 min, depends_on: [A2]}
      - {code: A4, do: Lock bad pumps away., due: 40 min, hand_off: charge-nurse}
  - role: charge-nurse
    title: Charge nurse
    mission: Know where each pump is.
    unit_types: [intensive-care]
    steps:
      - {code: A1, do: Tell the next shift., due: 60 min}
"""


def bring_in(town: Town, folder: Path) -> None:
    """Put the plan in force on the server that runs."""
    file = folder / "pump-recall.yaml"
    file.write_text(PLAN)
    command = [sys.executable, "-m", "app", "plans", "import", str(file)]
    environment = {**os.environ, "WARDLIGHT_DATA_DIR": str(town.data)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


def upload(page: Page, town: Town) -> None:
    """The office keeps the form's file."""
    page.goto(f"{town.address}/office/forms")
    form = page.get_by_role("listitem").filter(has_text="Pump tally")
    form.get_by_label("PDF file of this version").set_input_files(
        {"name": "tally.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    form.get_by_role("button", name="Keep this file").click()
    expect(page.get_by_text("The file is kept.")).to_be_visible(timeout=SOON_MS)


def test_a_card_asks_for_what_applies_and_a_step_and_a_form_go_where_they_are_needed(
    town: Town, devices: Devices, tmp_path: Path
) -> None:
    bring_in(town, tmp_path)
    upload(devices.desk("ines"), town)
    omar, nia, dana = devices.person("omar"), devices.person("nia"), devices.person("dana")
    installed(nia)
    declare(omar, "Pump recall")

    # What does not apply says so, and is not counted.
    nia.goto(f"{town.address}/app/card")
    expect(task(nia, "A2")).to_contain_text("Not needed unless A1 counts 6 or more", timeout=SOON_MS)
    expect(task(nia, "A3")).to_contain_text("Waits for A2")
    expect(nia.get_by_text("0 of 2 done")).to_be_visible()
    form = task(nia, "A1").get_by_role("link", name=re.compile("Form: Pump tally, version 2"))
    expect(form).to_contain_text("on this phone", timeout=SOON_MS)

    # Without a network: the form opens, and the answer makes the next step stand at once.
    nia.context.set_offline(True)
    address = str(form.get_attribute("href"))
    opened = nia.evaluate("async (url) => (await (await fetch(url)).text()).slice(0, 8)", address)
    assert opened == "%PDF-1.7"
    task(nia, "A1").get_by_role("textbox", name="Pumps").fill("9")
    task(nia, "A1").get_by_role("button", name="Done", exact=True).click()
    expect(task(nia, "A2")).to_contain_text(re.compile("in 5 min|by"))
    expect(task(nia, "A2")).not_to_contain_text("Not needed")
    nia.context.set_offline(False)
    expect(nia.get_by_text("Saved on this phone", exact=True)).to_have_count(0, timeout=60_000)

    # One step goes to the charge nurse: offered, taken, and both see it.
    task(nia, "A4").locator(".task__title").click()
    nia.get_by_role("button", name=re.compile("Hand to another role")).click()
    nia.get_by_role("button", name=re.compile("Charge nurse")).click()
    expect(nia.get_by_role("heading", name="Handed to others")).to_be_visible(timeout=SOON_MS)
    offer = dana.get_by_role("region", name="A step is handed to you")
    expect(offer).to_contain_text("Lock bad pumps away.", timeout=SOON_MS)
    offer.get_by_role("button", name="I take it over").click()
    expect(nia.get_by_text(re.compile("Dana has it since"))).to_be_visible(timeout=SOON_MS)
    dana.goto(f"{town.address}/app/card")
    expect(task(dana, "A4")).to_contain_text("from bedside nurse, ICU", timeout=SOON_MS)
