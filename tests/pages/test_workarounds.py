"""The office's page of workarounds: listed, edited, taken in and given out unchanged, printed, due for review."""

from __future__ import annotations

import io
import zipfile

import pytest
from flask.testing import FlaskClient

from app.plans.workarounds.queries import workaround_text
from tests.cast import Hospital
from tests.conftest import FakeClock
from tests.pages.conftest import page_of, sign_in_on_page

TEXT = """\
# written by hand, kept as it is
service: ehr
title: {en: The chart is down, es: No hay historia}
workarounds:
  - code: wards
    unit_types: [ward]
    owner: Preparedness office
    review_by: 2027-05-01
    safe_for: 4 h
    do: [{en: Use paper., es: Use papel.}]
    stop: [{en: Stop typing., es: Deje de escribir.}]
"""


@pytest.fixture
def ines(northgate: Hospital) -> FlaskClient:
    client = northgate.app.test_client()
    assert sign_in_on_page(client, "ines").status_code == 302
    return client


def token(client: FlaskClient, path: str) -> str:
    return page_of(client.get(path)).fields["csrf_token"]


def keep(client: FlaskClient, text: str, status: int = 302) -> str:
    path = "/office/workarounds/ehr"
    answer = client.post(path, data={"csrf_token": token(client, path), "text": text})
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_what_is_typed_is_kept_to_the_letter_and_given_out_again(ines: FlaskClient) -> None:
    keep(ines, TEXT.replace("\n", "\r\n"))  # as a browser sends it

    assert workaround_text("northgate", "ehr") == TEXT
    assert ines.get("/office/workarounds/ehr.yaml").get_data(as_text=True) == TEXT
    packed = zipfile.ZipFile(io.BytesIO(ines.get("/office/workarounds.zip").data))
    assert packed.read("workarounds/ehr.yaml").decode() == TEXT
    page = page_of(ines.get("/office/workarounds/ehr?saved=1"))
    assert "Phones have it at their next contact." in page.text
    assert "Use paper." in page.text


def test_a_file_is_taken_in_and_one_with_faults_is_not(ines: FlaskClient) -> None:
    path = "/office/workarounds"
    data = {"csrf_token": token(ines, path), "file": (io.BytesIO(TEXT.encode()), "ehr.yaml")}
    assert ines.post(path, data=data).status_code == 302
    broken = TEXT.replace("    owner: Preparedness office\n", "").replace("service: ehr", "service: abacus")

    data = {"csrf_token": token(ines, path), "file": (io.BytesIO(broken.encode()), "ehr.yaml")}
    page = page_of(ines.post(path, data=data), status=400)

    assert 'Line 5: "owner" is missing.' in page.text
    assert workaround_text("northgate", "ehr") == TEXT
    assert "There is no service" in keep(ines, TEXT.replace("service: ehr", "service: abacus"), status=400)


def test_what_is_due_for_review_stands_out(ines: FlaskClient, clock: FakeClock) -> None:
    keep(ines, TEXT)
    assert "nothing is due for review" in page_of(ines.get("/office/workarounds")).text

    clock.advance(days=200)
    assert sign_in_on_page(ines, "ines").status_code == 302

    text = page_of(ines.get("/office/workarounds")).text
    assert "1 due for review" in text
    assert "review overdue since 2027-05-01" in text


def test_it_prints_for_a_unit_in_the_reader_s_language(ines: FlaskClient) -> None:
    keep(ines, TEXT)

    assert "Use papel." in page_of(ines.get("/print/workarounds?unit=5-west&lang=es")).text
    assert "Use paper." not in page_of(ines.get("/print/workarounds?unit=icu")).text
    assert ines.get("/print/workarounds?unit=nowhere").status_code == 404


def test_it_can_be_removed(ines: FlaskClient) -> None:
    keep(ines, TEXT)
    path = "/office/workarounds/ehr"

    assert ines.post(path, data={"csrf_token": token(ines, path), "do": "remove"}).status_code == 302

    assert workaround_text("northgate", "ehr") is None
    assert "nothing is written yet" in page_of(ines.get("/office/workarounds")).text


def test_the_office_is_not_for_everybody(northgate: Hospital) -> None:
    nia = northgate.app.test_client()
    assert sign_in_on_page(nia, "nia").status_code == 302

    assert nia.get("/office/workarounds").status_code == 403
    assert nia.get("/office/workarounds.zip").status_code == 403
    assert nia.get("/print/workarounds").status_code == 200
