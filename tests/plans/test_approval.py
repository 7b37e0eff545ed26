"""A version becomes the plan by two people's yes; staff see what changed for them and say that they have read it."""

import json

import pytest
from sqlalchemy import select

from app.base.attestation import attest_now
from app.base.db import db
from app.base.errors import AppError, NotFound
from app.live.models import Row
from app.people.person import Person
from app.plans.approval import approve_plan, draft_plan, put_in_force, retire_plan, submit_plan
from app.plans.commands import import_plan
from app.plans.diff import card_changes, line_changes
from app.plans.pack import parse_plan, version_of
from app.plans.queries import plan_list, plan_text, version_in_force, version_state
from tests.cast import PLAN as CAST_PLAN
from tests.plans.test_links import PLAN

NEW = PLAN.replace("do: Tell the units.", "do: Tell all units.").replace("title: Gates", "title: Gates anew", 1)
V1, V2 = version_of(PLAN), version_of(NEW)


def who(name):
    return attest_now(None, name)


def person(name):
    return Person(id=name, name=name, username=name, site="northgate")


def approve(part, name, version=V2):
    return approve_plan("gates", version, part, actor=person(name), attestation=who(name))


@pytest.fixture
def drafted(app):
    import_plan(PLAN, site="northgate", units=[], attestation=who("Ines"))
    assert draft_plan(NEW, attestation=who("Ines")) == V2
    return V2


def in_force(version=V2):
    put_in_force("gates", version, site="northgate", units=[], attestation=who("Ines"))


def bodies():
    db.session.rollback()
    query = select(Row.id, Row.body).where(Row.deleted.is_(False))
    return {row_id: json.loads(body) for row_id, body in db.session.execute(query)}


def test_draft_changes_nothing_on_phones(drafted):
    assert version_in_force("gates") == V1
    assert bodies()["gates"]["title"] == "Gates"
    assert draft_plan(PLAN, attestation=who("Ines")) == V1
    assert version_state("gates", V1) == "in_force"


def test_two_people_approve_and_the_version_before_is_retired(drafted):
    submit_plan("gates", V2, attestation=who("Ines"))

    assert approve("owner", "ines") == "review"
    assert approve("emergency", "priya") == "approved"
    in_force()

    assert (version_state("gates", V1), version_state("gates", V2)) == ("retired", "in_force")
    assert bodies()["gates"]["replaces"] == V1
    assert bodies()["gates"]["changes"] == [
        {
            "role": "pharmacist",
            "card": "kept",
            "added": [],
            "removed": [],
            "changed": ["G2"],
            "was": {"G2": {"title": "Tell the units."}},
        }
    ]


def test_one_person_cannot_approve_twice_and_repeating_changes_nothing(drafted):
    submit_plan("gates", V2, attestation=who("Ines"))
    submit_plan("gates", V2, attestation=who("Ines"))
    approve("owner", "ines")

    assert approve("owner", "ines") == "review"
    with pytest.raises(AppError, match="needs a second person"):
        approve("emergency", "ines")


def test_steps_of_the_way_cannot_be_left_out(drafted):
    with pytest.raises(AppError, match="this version is a draft"):
        approve("owner", "ines")
    with pytest.raises(AppError, match="Two people approve a version first"):
        in_force()
    with pytest.raises(AppError, match="this version is in force"):
        submit_plan("gates", V1, attestation=who("Ines"))
    with pytest.raises(NotFound):
        submit_plan("gates", "0" * 16, attestation=who("Ines"))


def test_retired_plan_leaves_the_phones_and_stays_readable(drafted):
    retire_plan("gates", site="northgate", attestation=who("Ines"))

    assert not [row for row in bodies() if row.startswith("gates")]
    assert plan_list() == ()
    assert plan_text("gates", V1) == PLAN
    with pytest.raises(NotFound):
        retire_plan("gates", site="northgate", attestation=who("Ines"))


def test_difference_names_cards_and_lines():
    before = parse_plan(PLAN, source="a")
    after = parse_plan(NEW[: NEW.index("  - role: charge-nurse")], source="b")

    changes = {change.role: change for change in card_changes(before, after)}

    assert (changes["pharmacist"].changed, changes["pharmacist"].lines) == (("G2",), 1)
    assert (changes["charge-nurse"].card, changes["charge-nurse"].lines) == ("removed", 2)
    [line] = [line for line in line_changes(before, after) if line.role == "pharmacist"]
    assert line.before is not None and line.after is not None
    assert (line.before.do, line.after.do) == ("Tell the units.", "Tell all units.")
    assert card_changes(before, before) == ()


def test_nurse_says_that_she_has_read_a_version_once(hospital):
    nia, version = hospital.phone("nia"), version_of(CAST_PLAN)

    first = nia.do("plan.read", plan="ehr-unplanned", version=version)
    again = nia.do("plan.read", plan="ehr-unplanned", version=version)
    other = nia.do("plan.read", plan="ehr-unplanned", version="0" * 16)
    nia.pull()

    assert (first["st"], again["st"], other["st"]) == ("ok", "superseded", "rejected")
    assert nia.one("plan_read")["version"] == version


def test_person_without_a_role_reads_no_plans(hospital):
    refused = hospital.phone("uri").do("plan.read", plan="ehr-unplanned", version=version_of(CAST_PLAN))

    assert refused["st"] == "rejected"
