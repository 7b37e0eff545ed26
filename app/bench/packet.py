"""Paper for a hospital of fourteen units: how long a packet takes from the database to the PDF."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from app.base import clock
from app.base.settings import from_environment
from app.bench.frame import Options, Result, spread
from app.demo import prepare
from app.pages.packet.choice import Choice
from app.pages.packet.queries import packet_of
from app.pages.packet.typeset import pdf_of

ADDRESS = "https://wardlight.northgate.example/"
PLAN = "ehr-unplanned"


def run(options: Options) -> Result:
    """All units of the demo hospital on one plan, as many times as there are rounds; then everything in force, once."""
    with tempfile.TemporaryDirectory() as folder:
        settings = from_environment(demo=True, data_dir=Path(folder))
        app = prepare(settings, seed=42, reset=False, async_mode="threading")
        with app.app_context():
            one = [_print(Choice(plans=(PLAN,))) for _round in range(options.rounds)]
            whole = _print(Choice())
    result = Result("packet")
    result.figures = {
        "units": 14,
        "one_plan_s": spread([seconds for seconds, _cards, _bytes in one]),
        "one_plan_cards": one[0][1],
        "one_plan_bytes": one[0][2],
        "all_plans_s": round(whole[0], 1),
        "all_plans_cards": whole[1],
        "all_plans_bytes": whole[2],
    }
    usual = statistics.median(seconds for seconds, _cards, _bytes in one)
    result.goals = [("a plan for the whole hospital under 10 s", usual < 10)]
    return result


def _print(choice: Choice) -> tuple[float, int, int]:
    began = clock.ticks()
    packet = packet_of(choice, address=ADDRESS)
    size = len(pdf_of(packet))
    return clock.ticks() - began, sum(len(unit["cards"]) for unit in packet["units"]), size
