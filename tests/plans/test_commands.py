"""Putting plans in force: phones get them, the exact text is kept, repeating changes nothing."""

import json

import pytest
from sqlalchemy import select

from app.base.attestation import attest_now
from app.base.db import db
from app.base.errors import NotFound
from app.base.models import Event
from app.live.models import Row
from app.live.queries import scope_heads
from app.plans.commands import import_plan, refresh_plan_rows
from app.plans.errors import PlanErrors
from app.plans.library import LIBRARY, read_text
from app.plans.pack import UnitRef, card_rows, parse_plan, plan_row, version_of
from app.plans.queries import plan_in_force, plan_list, plan_text, plan_versions, version_in_force

ICU = UnitRef("icu", "intensive-care")
WARD = UnitRef("5-west", "ward")
TEXT = read_text(LIBRARY / "plans" / "ehr-unplanned.yaml")


def put(text=TEXT, units=(ICU, WARD)):
    return import_plan(text, site="northgate", units=units, attestation=attest_now(None, "Ines"))


def rows():
    db.session.rollback()
    query = select(Row.id, Row.body).where(Row.scope == "ref:northgate", Row.deleted.is_(False))
    return {row_id: json.loads(body) for row_id, body in db.session.execute(query)}


def test_phones_hold_the_plan_and_every_card(app):
    plan = parse_plan(TEXT, source="x")

    imported = put()

    assert imported.changed
    assert rows() == {
        "ehr-unplanned": plan_row(plan, version_of(TEXT), [ICU, WARD]),
        **json.loads(json.dumps(card_rows(plan))),
    }


def test_plan_in_force_is_the_one_of_the_file(app):
    put()

    assert plan_in_force("ehr-unplanned") == parse_plan(TEXT, source="x")
    assert version_in_force("ehr-unplanned") == version_of(TEXT)
    assert [(entry.id, entry.kind) for entry in plan_list()] == [("ehr-unplanned", "unplanned")]


def test_text_comes_out_as_it_went_in(app):
    text = TEXT.replace("\n", "\r\n") + "# Ende: ñ, 中\r\n"

    imported = put(text)

    assert plan_text("ehr-unplanned", imported.version) == text


def test_importing_twice_changes_nothing(app):
    put()
    before = scope_heads(["ref:northgate"])

    again = put()

    assert not again.changed
    assert scope_heads(["ref:northgate"]) == before
    db.session.rollback()
    assert db.session.execute(select(Event.type)).scalars().all() == ["plan.imported"]


def test_new_version_replaces_the_old_which_stays_readable(app, clock):
    first = put()
    clock.advance(days=1)

    second = put(TEXT.replace("title: EHR is down", "title: The chart is down"))

    assert plan_in_force("ehr-unplanned").title == "The chart is down"
    assert plan_versions("ehr-unplanned") == (second.version, first.version)
    assert plan_text("ehr-unplanned", first.version) == TEXT
    assert rows()["ehr-unplanned"]["version"] == second.version


def test_going_back_to_an_earlier_text_puts_that_version_in_force_again(app):
    first = put()
    put(TEXT.replace("title: EHR is down", "title: The chart is down"))

    back = put()

    assert back.version == first.version
    assert back.changed
    assert plan_in_force("ehr-unplanned").title == "EHR is down"


def test_card_that_is_no_longer_in_the_plan_leaves_the_phones(app):
    put()

    put(TEXT[: TEXT.index("  - role: facilities")])

    assert "ehr-unplanned:facilities" not in rows()
    assert "ehr-unplanned:finance" in rows()


def test_new_unit_appears_in_the_plan_after_a_refresh(app):
    put(units=[ICU])

    refresh_plan_rows(site="northgate", units=[ICU, WARD])

    assert rows()["ehr-unplanned"]["units"] == ["icu", "5-west"]


def test_file_with_faults_changes_nothing(app):
    put()

    with pytest.raises(PlanErrors):
        put(TEXT.replace("kind: unplanned", "kind: sudden"))

    assert version_in_force("ehr-unplanned") == version_of(TEXT)


def test_plan_that_is_not_there_is_said_so(app):
    with pytest.raises(NotFound):
        plan_in_force("no-such-plan")
