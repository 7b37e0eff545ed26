"""Plans in the office: from a draft over two signatures to being in force, files in and out, words of a country."""

from __future__ import annotations

import io
import json

import pytest
from flask.testing import FlaskClient

from app.base.meta import meta
from app.plans.drafts import draft_of, needed_draft, save_draft
from app.plans.pack import parse_plan
from app.plans.queries import VOCABULARY, plan_text, version_in_force
from app.plans.sheets import csv_bytes
from app.plans.yaml_text import read_yaml
from tests.cast import PLAN, Hospital
from tests.pages.conftest import page_of, sign_in_on_page
from tests.plans.test_drafts import person, who
from tests.shared_app import air, app, shared_app  # noqa: F401

EHR = "/office/plans/ehr-unplanned"


class Desk:
    """Somebody at the office's desk."""

    token = ""

    def __init__(self, hospital: Hospital, username: str) -> None:
        self.client: FlaskClient = hospital.app.test_client()
        assert sign_in_on_page(self.client, username).status_code == 302

    def post(self, path: str, **data: object) -> object:
        if not self.token:
            pages = (page_of(self.client.get(one)).fields for one in ("/office/plans", EHR))
            self.token = next(fields["csrf_token"] for fields in pages if "csrf_token" in fields)
        return self.client.post(path, data={"csrf_token": self.token, **data}, content_type="multipart/form-data")

    def text(self, path: str) -> str:
        return page_of(self.client.get(path)).text


@pytest.fixture
def ines(northgate: Hospital) -> Desk:
    return Desk(northgate, "ines")


def change_draft(change: object) -> None:
    draft = needed_draft("ehr-unplanned")
    value = json.loads(json.dumps(read_yaml(draft.text, source="x").value))
    change(value)  # type: ignore[operator]
    save_draft("ehr-unplanned", draft.rev, value, actor=person("ines"), attestation=who("ines"))


def test_a_draft_goes_its_way_and_staff_are_told_what_changed(northgate: Hospital, ines: Desk) -> None:
    before = version_in_force("ehr-unplanned")
    assert ines.post(EHR, do="begin", version=before).headers["Location"].endswith(f"{EHR}/edit")
    change_draft(lambda value: value["cards"][0]["steps"][1].update(do="Collect all paper charts."))
    version = northgate.phone("ines").client.post("/api/plans/ehr-unplanned/draft/submit", json={"rev": 2}).get_json()
    version = version["version"]

    compared = ines.text(f"{EHR}/compare?before={before}&after={version}")
    assert "Collect the paper charts." in compared
    assert "Collect all paper charts." in compared
    assert "1 line" in compared
    page = ines.text(EHR)
    assert "texts are not translated" in page
    assert "Collect all paper charts." in page.partition("Readers of this language")[2].partition("Approve as owner")[0]
    assert "Put it in force" not in page
    ines.post(f"{EHR}/review", do="owner", version=version)
    assert "needs a second person" in ines.text(EHR)
    refused = ines.post(f"{EHR}/review", do="emergency", version=version)
    assert "needs a second person" in page_of(refused, status=400).text
    Desk(northgate, "priya").post(f"{EHR}/review", do="emergency", version=version)
    ines.post(EHR, do="force", version=version)

    assert version_in_force("ehr-unplanned") == version
    nia = northgate.phone("nia")
    nia.do("plan.read", plan="ehr-unplanned", version=version)
    page = ines.text(EHR)
    assert "Who has read what changed 1 of 4" in page
    assert "Approved by Priya" in page


def test_a_review_gives_back_with_a_reason(northgate: Hospital, ines: Desk) -> None:
    ines.post(EHR, do="begin", version=version_in_force("ehr-unplanned"))
    change_draft(lambda value: value.update(title="EHR gone"))
    answer = northgate.phone("ines").client.post("/api/plans/ehr-unplanned/draft/submit", json={"rev": 2})
    version = answer.get_json()["version"]
    priya = Desk(northgate, "priya")

    assert page_of(priya.post(f"{EHR}/review", do="return", version=version, reason=" "), status=400)
    priya.post(f"{EHR}/review", do="return", version=version, reason="Which wards?")

    assert "Which wards?" in ines.text(EHR)
    assert priya.client.get(f"{EHR}/edit").status_code == 403
    assert priya.post(EHR, do="force", version=version).status_code == 403


def test_files_come_in_as_drafts_and_faults_are_named_with_their_line(ines: Desk) -> None:
    wrong = PLAN.replace("level: 2", "level: 9")
    answer = ines.post("/office/plans/import", file=(io.BytesIO(wrong.encode()), "ehr.yaml"))
    assert 'ehr.yaml, line 9: "level" must be at most 4.' in page_of(answer, status=400).text
    assert draft_of("ehr-unplanned") is None

    table = csv_bytes(parse_plan(PLAN.replace("EHR down", "EHR gone"), source="x"))
    answer = ines.post("/office/plans/import", file=(io.BytesIO(table), "ehr.csv"))
    assert answer.status_code in (200, 302)
    assert "title: EHR gone" in needed_draft("ehr-unplanned").text
    other = ines.post("/office/plans/import", file=(io.BytesIO(PLAN.encode()), "ehr.yaml"))
    assert "throw it away first" in page_of(other, status=409).text
    ines.post(EHR, do="drop")
    assert draft_of("ehr-unplanned") is None


@pytest.mark.parametrize("form", ["yaml", "xlsx", "csv", "fhir", "fhir-r5"])
def test_every_form_can_be_taken_along(ines: Desk, form: str) -> None:
    answer = ines.client.get(f"{EHR}/export/{form}")

    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    if form == "yaml":
        assert answer.text == plan_text("ehr-unplanned", version_in_force("ehr-unplanned") or "")


def test_a_new_plan_begins_as_a_draft(ines: Desk) -> None:
    assert ines.post("/office/plans/new", plan="lifts-down", title="Lifts").headers["Location"].endswith("/edit")
    assert page_of(ines.post("/office/plans/new", plan="Lifts down", title="Lifts"), status=400)
    assert page_of(ines.post("/office/plans/new", plan="ehr-unplanned", title="x"), status=400)
    assert "being written by Ines" in ines.text("/office/plans")
    assert "data-plan=" in ines.client.get("/office/plans/lifts-down/edit").text


def test_the_words_of_a_country_are_chosen_in_the_office(ines: Desk) -> None:
    ines.post("/office/vocabulary", pack="uk-ie")

    assert meta(VOCABULARY) == "uk-ie"
    assert page_of(ines.post("/office/vocabulary", pack="klingon"), status=400)


def test_the_office_of_plans_is_not_for_everybody(northgate: Hospital, ines: Desk) -> None:
    for username in ("nia", "uri"):
        client = northgate.app.test_client()
        sign_in_on_page(client, username)
        assert client.get("/office/plans").status_code == 403
    assert ines.client.post(EHR, data={"do": "retire"}).status_code == 400
    ines.post(EHR, do="retire")
    assert version_in_force("ehr-unplanned") is None
    assert "retired" in ines.text("/office/plans")


def test_pages_speak_spanish_and_hold_no_inline_script(ines: Desk) -> None:
    page = page_of(ines.client.get(f"{EHR}?lang=es"))

    assert "Empezar un borrador desde lo vigente" in page.text
    assert page.inline == []
