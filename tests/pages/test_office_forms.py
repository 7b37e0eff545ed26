"""Downtime forms in the office: kept by their content, checked, served safely; reviews that are due."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from app.base.attestation import by_system
from app.base.db import db
from app.delivery.models import NewsItem
from app.plans.commands import import_plan
from app.plans.forms.pdf import MOST_BYTES, digest_of, fault_of_pdf
from app.plans.pack import UnitRef
from app.plans.reviews.commands import remind_reviewers
from app.plans.reviews.dates import reminder_due
from tests.cast import PLAN, SITE, UNITS, Hospital
from tests.conftest import FakeClock
from tests.pages.conftest import page_of, sign_in_on_page

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << >>\n%%EOF\n"
OTHER = PDF.replace(b"Catalog", b"Pages")
WITH_FORM = PLAN.replace(
    "cards:\n", "attachments: [{code: chart, title: Paper chart, file: forms/chart.pdf, version: '3'}]\n"
    "owner: Ward sister\nreview_by: 2026-12-15\ncards:\n", 1,
).replace("{code: A2, do: Collect the paper charts., due: 15 min}",
          "{code: A2, do: Collect the paper charts., due: 15 min, forms: [chart]}")  # fmt: skip


def put_in_force(hospital: Hospital, text: str = WITH_FORM) -> None:
    refs = [UnitRef(unit, kind) for unit, _name, kind in UNITS]
    with hospital.app.app_context():
        import_plan(text, site=SITE["id"], units=refs, attestation=by_system())


@pytest.fixture
def ines(northgate: Hospital) -> FlaskClient:
    put_in_force(northgate)
    client = northgate.app.test_client()
    assert sign_in_on_page(client, "ines").status_code == 302
    return client


def upload(client: FlaskClient, data: bytes, code: str = "chart") -> tuple[int, str]:
    token = page_of(client.get("/office/forms")).fields["csrf_token"]
    files = {"csrf_token": token, "file": (io.BytesIO(data), "anything.exe")}
    answer = client.post(f"/office/forms/ehr-unplanned/{code}", data=files)
    return answer.status_code, answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (PDF, None),
        (b"PK\x03\x04" + PDF, "no_pdf"),
        (PDF[:-8], "cut_off"),
        (PDF.replace(b"/Type", b"/JavaScript"), "active_pdf"),
        (PDF.replace(b"/Type", b"/Launch"), "active_pdf"),
        (PDF[:-6] + b" " * MOST_BYTES + b"%%EOF\n", "too_large"),
        (b"", "no_pdf"),
    ],
)
def test_only_a_whole_plain_pdf_is_kept(data: bytes, code: str | None) -> None:
    fault = fault_of_pdf(data)

    assert (fault[0] if fault else None) == code


def test_a_form_is_kept_by_its_content_and_phones_hear_of_it(northgate: Hospital, ines: FlaskClient) -> None:
    assert "no file yet" in page_of(ines.get("/office/forms")).text
    assert upload(ines, PDF)[0] == 302
    assert upload(ines, PDF)[0] == 302

    nia = northgate.phone("nia")
    document = nia.one("document")
    assert {name: document[name] for name in ("plan", "code", "title", "version", "digest", "size")} == {
        "plan": "ehr-unplanned", "code": "chart", "title": "Paper chart", "version": "3",
        "digest": digest_of(PDF), "size": len(PDF),
    }  # fmt: skip

    upload(ines, OTHER)
    nia.pull()
    assert nia.one("document")["digest"] == digest_of(OTHER)
    assert ines.get(f"/forms/{digest_of(PDF)}.pdf").data == PDF

    put_in_force(northgate, WITH_FORM.replace("version: '3'", "version: '4'"))
    nia.pull()
    assert nia.rows("document") == []


def test_what_is_no_form_is_refused_with_a_sentence(ines: FlaskClient) -> None:
    status, page = upload(ines, b"GIF89a")
    assert (status, "This is no PDF file." in page) == (400, True)
    assert upload(ines, PDF, code="other")[0] == 404
    token = page_of(ines.get("/office/forms")).fields["csrf_token"]
    empty = ines.post("/office/forms/ehr-unplanned/chart", data={"csrf_token": token})
    assert "Choose a file first." in empty.get_data(as_text=True)


def test_a_file_is_served_as_what_it_is_to_staff_only(northgate: Hospital, ines: FlaskClient) -> None:
    upload(ines, PDF)
    path = f"/forms/{digest_of(PDF)}.pdf"

    answer = ines.get(path)
    headers = answer.headers
    assert (answer.mimetype, headers["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "immutable" in headers["Cache-Control"]
    assert ines.get(f"/forms/{'0' * 64}.pdf").status_code == 404
    assert ines.get("/forms/..%2Fkeys.pdf").status_code == 404
    uri = northgate.app.test_client()
    sign_in_on_page(uri, "uri")
    assert uri.get(path).status_code == 403
    nia = northgate.app.test_client()
    sign_in_on_page(nia, "nia")
    assert (nia.get(path).status_code, nia.get("/office/forms").status_code) == (200, 403)


def test_the_print_list_names_form_version_and_steps(ines: FlaskClient) -> None:
    page = page_of(ines.get("/office/forms/print")).text

    assert all(words in page for words in ("Paper chart", "version 3", "Bedside nurse A2"))


@pytest.mark.parametrize(
    ("today", "reminder"),
    [
        (date(2026, 11, 14), None), (date(2026, 11, 15), 30), (date(2026, 12, 7), 30), (date(2026, 12, 8), 7),
        (date(2026, 12, 15), 0), (date(2026, 12, 21), 0), (date(2026, 12, 22), -7), (date(2027, 1, 6), -21),
    ],
)  # fmt: skip
def test_owners_are_reminded_a_month_a_week_and_a_day_before_and_then_weekly(today: date, reminder: int | None) -> None:
    assert reminder_due(date(2026, 12, 15), today) == reminder


def test_a_reminder_is_queued_once_in_office_hours_and_stands_in_the_office(
    northgate: Hospital, ines: FlaskClient, clock: FakeClock
) -> None:
    def queued() -> list[str]:
        with northgate.app.app_context():
            remind_reviewers()
            remind_reviewers()
            return sorted(one.facts["day"] for one in db.session.query(NewsItem).filter_by(purpose="plan.review"))

    clock.set(datetime(2026, 12, 9, 3, 0, tzinfo=UTC))
    assert queued() == []
    clock.set(datetime(2026, 12, 9, 9, 0, tzinfo=UTC))
    assert queued() == ["2026-12-15"]
    clock.set(datetime(2026, 12, 23, 9, 0, tzinfo=UTC))
    assert queued() == ["2026-12-15", "2026-12-15"]

    sign_in_on_page(ines, "ines")
    page = page_of(ines.get("/office/forms")).text
    assert "review overdue since 2026-12-15" in page
    assert "Ward sister" in page
