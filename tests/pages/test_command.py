"""Incident command on paper, and its chart in the office."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from app.base.attestation import by_system
from app.plans.command.commands import put_command
from app.plans.command.queries import command_text
from app.plans.library import LIBRARY, read_text
from tests.cast import Hospital
from tests.pages.conftest import page_of, sign_in_on_page

STARTER = read_text(LIBRARY / "command.yaml")


@pytest.fixture
def town(northgate: Hospital) -> Hospital:
    put_command(STARTER + "successors:\n  operations-chief: [dana, nia]\n", site="northgate", attestation=by_system())
    return northgate


def signed_in(hospital: Hospital, username: str) -> FlaskClient:
    client = hospital.app.test_client()
    assert sign_in_on_page(client, username).status_code == 302
    return client


def test_chart_and_action_plan_print_what_stands(town: Hospital) -> None:
    incident = town.declare(level=2)
    priya = town.phone("priya")
    priya.do("duty.claim", unit="command-centre", role="incident-commander")
    priya.do("objective.add", incident=incident, text="All wards on paper by 22:00", owner="operations-chief")
    priya.do("period.begin", incident=incident, no=1, ends_at="2026-11-22T07:00:00.000Z", note="Start on paper")
    client = signed_in(town, "priya")

    chart = page_of(client.get(f"/print/command/{incident}")).text
    for words in ("Command chart", "Incident commander", "Priya", "Operations section chief", "VACANT", "Dana, Nia"):
        assert words in chart
    plan = page_of(client.get(f"/print/action-plan/{incident}"))
    for words in ("All wards on paper by 22:00", "Operational period 1", "Start on paper", "Electronic health record"):
        assert words in plan.text
    assert plan.inline == []
    assert "Plan de acción" in page_of(client.get(f"/print/action-plan/{incident}?lang=es")).text
    assert signed_in(town, "sol").get(f"/print/command/{incident}").status_code == 403
    assert client.get("/print/command/nothing").status_code == 404


def test_the_office_keeps_the_chart_and_names_what_is_thin_or_wrong(town: Hospital) -> None:
    ines = signed_in(town, "ines")
    form = page_of(ines.get("/office/command"))
    assert "Fewer than three successors:" in form.text
    own = STARTER.replace("Operations section chief", "Silver commander") + "successors:\n  logistics: [max, kim, bo]\n"
    fields = {"csrf_token": form.fields["csrf_token"]}

    wrong = page_of(ines.post("/office/command", data={**fields, "text": own + "  finance: [nobody]\n"}), status=400)
    assert "There is no account “nobody”." in wrong.text
    assert ines.post("/office/command", data={**fields, "text": "assume: []\n"}).status_code == 400
    assert ines.post("/office/command", data={**fields, "text": own.replace("\n", "\r\n")}).status_code == 302

    assert command_text("northgate") == own
    sol = town.phone("sol")
    assert sol.one("position", code="operations-chief")["title"]["en"] == "Silver commander"
    assert signed_in(town, "priya").get("/office/command").status_code == 403
