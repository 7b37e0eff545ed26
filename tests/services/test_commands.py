"""The service catalogue that phones hold before anything happens."""

import json

from sqlalchemy import select

from app.base.db import db
from app.live.models import Row
from app.live.queries import scope_heads
from app.services.commands import put_services
from app.services.entry import ServiceEntry
from app.services.queries import service_codes, service_list

EHR = ServiceEntry("ehr", "Electronic health record", "the chart", 1)
PACS = ServiceEntry("pacs", "Image archive", "the pictures", 2)


def rows():
    db.session.rollback()
    query = select(Row.id, Row.type, Row.body).where(Row.scope == "ref:northgate", Row.deleted.is_(False))
    return {row_id: (kind, json.loads(body)) for row_id, kind, body in db.session.execute(query)}


def test_services_are_listed_in_their_order_and_sent_as_rows(app):
    put_services("northgate", [PACS, EHR])

    assert service_list("northgate") == (EHR, PACS)
    assert service_codes("northgate") == {"ehr", "pacs"}
    assert rows()["service:ehr"] == (
        "service",
        {
            "code": "ehr",
            "title": "Electronic health record",
            "plain": "the chart",
            "order": 1,
            "needs": [],
            "used_by": None,
        },
    )


def test_putting_the_same_services_again_moves_no_cursor(app):
    put_services("northgate", [EHR, PACS])
    before = scope_heads(["ref:northgate"])

    put_services("northgate", [EHR, PACS])

    assert scope_heads(["ref:northgate"]) == before


def test_service_that_is_no_longer_named_leaves_list_and_phones(app):
    put_services("northgate", [EHR, PACS])

    put_services("northgate", [ServiceEntry("ehr", "Record", "the chart", 1)])

    assert [entry.title for entry in service_list("northgate")] == ["Record"]
    assert set(rows()) == {"service:ehr"}


def test_another_site_keeps_its_own_services(app):
    put_services("northgate", [EHR])

    put_services("southgate", [PACS])

    assert service_codes("northgate") == {"ehr"}
