"""A draft in the making: begun, saved by number, handed in as a version; nobody writes over what they have not seen."""

import json
import re

import pytest

from app.base.attestation import attest_now
from app.base.errors import AppError, Conflict, NotFound
from app.people.person import Person
from app.plans.approval import approve_plan, put_in_force, return_plan
from app.plans.commands import import_plan
from app.plans.drafts import begin_draft, begin_with_text, draft_of, drop_draft, needed_draft, save_draft, submit_draft
from app.plans.errors import PlanErrors
from app.plans.office import plan_overviews, plan_versions_of, readers_of
from app.plans.pack import version_of
from app.plans.plain_values import refuse_wild_values
from app.plans.queries import plan_text, version_in_force, version_state
from app.plans.starter import starter_text
from app.plans.yaml_text import read_yaml
from tests.cast import PLAN as CAST_PLAN
from tests.plans.test_links import PLAN
from tests.shared_app import air, app, shared_app  # noqa: F401

V1 = version_of(PLAN)


def who(name):
    return attest_now(name, name.capitalize())


def person(name):
    return Person(id=name, name=name.capitalize(), username=name, site="northgate")


def value_of(plan="gates"):
    return json.loads(json.dumps(read_yaml(needed_draft(plan).text, source="x").value))


def save(rev, change, name="ines", plan="gates"):
    value = value_of(plan)
    change(value)
    return save_draft(plan, rev, value, actor=person(name), attestation=who(name))


def tell_all(value):
    value["cards"][0]["steps"][0]["do"] = "Tell everybody."


@pytest.fixture
def begun(hospital):
    import_plan(PLAN, site="northgate", units=[], attestation=who("ines"))
    begin_draft("gates", V1, actor=person("ines"), attestation=who("ines"))
    return hospital


def test_draft_begins_as_the_version_and_begins_once(begun):
    begin_draft("gates", V1, actor=person("omar"), attestation=who("omar"))

    draft = needed_draft("gates")
    assert (draft.text, draft.rev, draft.by_name, draft.based_on) == (PLAN, 1, "Ines", V1)
    assert version_in_force("gates") == V1


def test_each_save_counts_up_and_keeps_all_other_lines(begun):
    draft, _ = save(1, tell_all)
    again, _ = save(2, lambda value: None)

    before = value_of()["cards"][0]["steps"][0]["do"]
    assert (draft.rev, again.rev, before) == (2, 2, "Tell everybody.")
    old = read_yaml(PLAN, source="x").value["cards"][0]["steps"][0]["do"]
    assert draft.text == PLAN.replace(old, "Tell everybody.", 1)


def test_second_writer_hears_who_was_faster_and_nothing_is_written(begun):
    save(1, tell_all)

    with pytest.raises(Conflict, match="Ines has saved this draft since") as caught:
        save(1, lambda value: value.update(title="Mine"), name="omar")

    assert caught.value.facts["by_name"] == "Ines"
    assert value_of()["title"] != "Mine"


def test_faults_and_advice_come_with_their_place(begun):
    _, found = save(1, lambda value: value["cards"][0]["steps"][0].update(do="Call them and tell all."))
    path = ("cards", 0, "steps", 0)
    assert (path, "two-actions") in {(one.path, one.rule) for one in found}

    _, found = save(2, lambda value: value["cards"][0]["steps"][0].update(do=""))
    assert [one.path for one in found if one.is_fault] == [(*path, "do")]
    with pytest.raises(PlanErrors):
        submit_draft("gates", 3, site="northgate", attestation=who("ines"))
    assert draft_of("gates") is not None


def test_draft_becomes_a_version_in_review_and_comes_in_force(begun):
    with pytest.raises(AppError, match="in force already"):
        submit_draft("gates", 1, site="northgate", attestation=who("ines"))
    save(1, tell_all)
    with pytest.raises(Conflict):
        submit_draft("gates", 1, site="northgate", attestation=who("omar"))

    version = submit_draft("gates", 2, site="northgate", attestation=who("ines"))

    assert draft_of("gates") is None
    assert version_state("gates", version) == "review"
    return_plan("gates", version, "Say which units.", attestation=who("priya"))
    assert plan_versions_of("gates")[0].returned == "Say which units."
    begin_draft("gates", version, actor=person("ines"), attestation=who("ines"))
    version = submit_draft("gates", 1, site="northgate", attestation=who("ines"))
    for part, name in (("owner", "ines"), ("emergency", "priya")):
        approve_plan("gates", version, part, actor=person(name), attestation=who(name))
    put_in_force("gates", version, site="northgate", units=[], attestation=who("ines"))
    assert version_in_force("gates") == version
    assert [one.by_name for one in plan_versions_of("gates")[0].signatures] == ["Ines", "Priya"]


def test_retired_version_can_be_wanted_back_and_needs_fresh_signatures(begun):
    save(1, tell_all)
    version = submit_draft("gates", 2, site="northgate", attestation=who("ines"))
    for part, name in (("owner", "ines"), ("emergency", "priya")):
        approve_plan("gates", version, part, actor=person(name), attestation=who(name))
    put_in_force("gates", version, site="northgate", units=[], attestation=who("ines"))

    begin_draft("gates", V1, actor=person("ines"), attestation=who("ines"))
    assert submit_draft("gates", 1, site="northgate", attestation=who("ines")) == V1

    assert version_state("gates", V1) == "review"


def test_thrown_away_draft_is_gone_and_the_plan_stays(begun):
    drop_draft("gates", attestation=who("ines"))
    drop_draft("gates", attestation=who("ines"))

    with pytest.raises(NotFound):
        needed_draft("gates")
    assert plan_text("gates", V1) == PLAN


def test_file_and_new_plan_begin_as_drafts_and_faults_keep_them_out(begun):
    text = starter_text("lifts-down", "Lifts are down")
    assert begin_with_text(text, actor=person("ines"), attestation=who("ines"), source="x") == "lifts-down"
    assert begin_with_text(text, actor=person("ines"), attestation=who("ines"), source="x") == "lifts-down"
    with pytest.raises(Conflict):
        begin_with_text(text.replace("Phones", "Doors"), actor=person("omar"), attestation=who("omar"), source="x")
    with pytest.raises(PlanErrors, match="written in small letters"):
        begin_with_text(starter_text("No good", "x"), actor=person("ines"), attestation=who("ines"), source="x")
    with pytest.raises(AppError, match="never changes"):
        save(1, lambda value: value.update(id="other"), plan="lifts-down")


def test_list_says_how_far_each_plan_is(begun, clock):
    begin_with_text(starter_text("lifts-down", "Lifts"), actor=person("omar"), attestation=who("omar"), source="x")
    owned = re.sub("owner: .*\nreview_by: .*", "owner: Ines\nreview_by: 2026-01-01", PLAN)
    import_plan(owned, site="northgate", units=[], attestation=who("ines"))

    found = {one.id: one for one in plan_overviews(clock.now().date())}

    assert (found["gates"].states, found["gates"].is_overdue, found["gates"].owner) == (
        ("in_force", "retired"),
        True,
        "Ines",
    )
    assert (found["gates"].draft_by, found["lifts-down"].draft_by, found["lifts-down"].states) == ("Ines", "Omar", ())


def test_office_sees_who_has_read_what_changed_on_their_card(hospital):
    changed = CAST_PLAN.replace("do: See every patient.", "do: See each patient.")
    import_plan(changed, site="northgate", units=[], attestation=who("ines"), source="x")
    assert [(one.name, one.role) for one in readers_of("ehr-unplanned")][:1] == [("Max", "bedside-nurse")]

    hospital.phone("nia").do("plan.read", plan="ehr-unplanned", version=version_of(changed))

    read = [one.name for one in readers_of("ehr-unplanned") if one.read_at]
    assert read == ["Nia"]
    assert {one.name for one in readers_of("ehr-unplanned")} == {"Nia", "Bo", "Sol", "Max"}


@pytest.mark.parametrize(
    "value",
    [
        {"id": 4},
        {"id": True},
        {"Id": "x"},
        {"id": "x" * 2001},
        {"id": "\x00"},
        {"id": "\ud800"},
        {"a": [[[[[[[[["deep"]]]]]]]]]},
        {"a": ["x"] * 20_001},
    ],
)
def test_door_refuses_what_no_plan_holds(value):
    with pytest.raises(AppError):
        refuse_wild_values(value)


def test_editors_door_is_for_who_keeps_plans(begun):
    nia, ines = begun.phone("nia"), begun.phone("ines")

    assert nia.client.get("/api/plans/gates/draft").status_code == 403
    answer = ines.client.get("/api/plans/gates/draft").get_json()
    assert (answer["rev"], answer["value"]["id"]) == (1, "gates")
    assert answer["taken"]["pharmacist"]
    assert list(answer["value"])[:3] == ["id", "title", "kind"]
    answer["value"]["title"] = "Gates of the night"
    saved = ines.client.post("/api/plans/gates/draft", json={"rev": 1, "value": answer["value"]})
    late = ines.client.post("/api/plans/gates/draft", json={"rev": 1, "value": answer["value"]})
    assert (saved.status_code, saved.get_json()["rev"]) == (200, 2)
    assert (late.status_code, late.get_json()["code"]) == (409, "changed_meanwhile")
    assert late.get_json()["by_name"] == "Ines"
    assert nia.client.get("/api/plans/gates/try").get_json()["value"]["title"] == "Gates of the night"
    assert begun.phone("uri").client.get("/api/plans/gates/try").status_code == 403
    assert ines.client.post("/api/plans/gates/draft/submit", json={"rev": 2}).get_json()["version"]
    assert nia.client.get("/api/plans/gates/try").status_code == 404
