"""Coming back in order: gates, checks of the units, paper in numbers, two signatures, and no stand-down over safety."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from app.base.attestation import by_system
from app.plans.commands import import_plan
from app.plans.pack import UnitRef, parse_plan
from app.plans.recovery_rules import parse_recovery
from app.response.commands.recovery import recovery_rules
from app.response.gates import gate_body, gate_keys, still_locking
from app.response.recovery import all_signed, fault_of_stand_down, firsts, is_confirmed, sample_size, unconfirmed
from tests.cast import PLAN, SITE, UNITS, Hospital
from tests.conftest import FakeClock
from tests.phone import PhonePort

GATED = (
    PLAN.replace("{code: G1, do: Enter doses given., due: 2 h, safety: true}",
                 "{code: G1, do: Enter doses given., due: 2 h, safety: true, gate: [pharmacist/G1]}\n"
                 "      - {code: G2, do: Enter notes., due: 3 h, depends_on: [G1]}")
    + """  - role: pharmacist
    title: Pharmacist
    mission: Give the wards their lists back.
    unit_types: [pharmacy]
    steps:
      - {code: A1, do: Take stock., due: 5 min}
      - {code: G1, do: Confirm that admissions are right., due: 1 h}
"""
)  # fmt: skip


def task(key: str, unit: str, state: str = "open", rules: dict[str, Any] | None = None) -> dict[str, Any]:
    role, code = key.split("/")
    return {
        "key": key, "unit": unit, "state": state, "rules": rules, "role": role, "code": code, "title": code,
        "by_name": None, "phase": "back-entry", "plan": "p",
    }  # fmt: skip


def test_a_step_waits_for_a_gate_in_every_unit_and_not_for_its_own_card() -> None:
    waiting = task("nurse/G2", "icu", rules={"gate": ["pharmacist/G1"]})
    others = [
        task("pharmacist/G1", "pharmacy", "done"), task("pharmacist/G1", "satellite", "blocked"),
        task("nurse/G1", "icu"),
    ]  # fmt: skip

    assert [(one["key"], one["unit"]) for one in still_locking(waiting, others)] == [("pharmacist/G1", "satellite")]
    assert still_locking(waiting, []) == []
    assert still_locking(task("nurse/A1", "icu"), others) == []


def test_a_gate_counts_its_units_and_opens_with_the_last() -> None:
    one = [task("pharmacist/G1", "a", "done"), task("pharmacist/G1", "b")]

    assert (gate_body("i", one, order=0)["done"], gate_body("i", one, order=0)["open"]) == (1, False)
    assert gate_body("i", one[:1], order=0)["open"] is True
    assert gate_keys(parse_plan(GATED, source="t")) == ("pharmacist/G1",)


@pytest.mark.parametrize(("total", "size"), [(0, 0), (3, 3), (40, 5), (120, 12), (999, 30)])
def test_the_audit_takes_a_share_within_its_bounds(total: int, size: int) -> None:
    assert sample_size(total, percent=10, at_least=5, at_most=30) == size


def test_a_unit_is_confirmed_by_all_its_checks() -> None:
    works, fails = {"works": True}, {"works": False}

    assert is_confirmed({"a": works, "b": works}, ["a", "b"])
    assert not is_confirmed({"a": works}, ["a", "b"])
    assert not is_confirmed({"a": works, "b": fails}, ["a", "b"])
    assert unconfirmed(["icu", "lab"], {"lab"}) == ["icu"]
    assert firsts({"doses": 9, "notes": 2}, {"doses": 4, "orders": 7}) == {"doses": 9, "notes": 2, "orders": 7}
    assert all_signed({"it": {"by": "o"}, "clinical": {"by": "p"}}) and not all_signed({"it": {"by": "o"}})


@pytest.mark.parametrize(
    ("open_safety", "roles", "override", "code"),
    [
        (0, ["it-lead"], "", None), (1, ["incident-commander"], "", "safety_open"),
        (1, ["it-lead"], "because", "not_allowed"), (2, ["incident-commander"], "because", None),
    ],
)  # fmt: skip
def test_standing_down_over_safety_steps(open_safety: int, roles: list[str], override: str, code: str | None) -> None:
    fault = fault_of_stand_down(open_safety, roles=roles, override=override)

    assert (fault[0] if fault else None) == code


def test_the_library_s_rules_have_three_checks_in_two_languages() -> None:
    assert len(recovery_rules().checks) == 3
    with pytest.raises(Exception, match="sample"):
        parse_recovery(
            "checks: [{key: a, title: {en: a, es: a}}]\nkinds: [{key: a, title: {en: a, es: a}}]\n", source="x"
        )


@pytest.fixture
def guarded(hospital: Hospital, clock: FakeClock) -> Hospital:
    """Northgate with a plan that has gates, and with the guards of the recovery on."""
    settings = hospital.app.extensions["settings"]
    hospital.app.extensions["settings"] = replace(settings, recovery_guards=True)
    import_plan(GATED, site=SITE["id"], units=[UnitRef(i, t) for i, _n, t in UNITS], attestation=by_system())
    return hospital


def restored(hospital: Hospital, **args: Any) -> tuple[str, PhonePort]:
    omar = hospital.phone("omar")
    incident = omar.declare(**args)
    assert omar.do("incident.advance", incident=incident, to="restored", note="")["st"] == "ok"
    return incident, omar


def tick(phone: PhonePort, code: str, role: str) -> dict[str, Any]:
    phone.pull()
    return phone.do("task.complete", task=phone.one("task", code=code, role=role)["id"], captured={}, note="")


def test_a_locked_step_says_what_it_waits_for_until_the_gate_opens(guarded: Hospital) -> None:
    restored(guarded)
    nia, kim = guarded.phone("nia"), guarded.phone("kim")
    gate = nia.one("gate")
    assert (gate["key"], gate["done"], gate["total"], gate["open"]) == ("pharmacist/G1", 0, 1, False)

    refused = tick(nia, "G1", "bedside-nurse")
    assert (refused["st"], refused["code"]) == ("rejected", "gate_locked")
    assert "G1 (Pharmacy: Confirm that admissions are right.)" in refused["msg"]
    assert (
        nia.do("task.block", task=nia.one("task", code="G1", role="bedside-nurse")["id"], note="No list")["st"] == "ok"
    )
    assert tick(kim, "G1", "pharmacist")["st"] == "ok"

    nia.pull()
    assert (nia.one("gate")["open"], nia.one("gate")["units"][0]["by_name"]) == (True, "Kim")
    assert tick(nia, "G1", "bedside-nurse")["st"] == "ok"
    assert tick(nia, "G2", "bedside-nurse")["st"] == "ok"
    kim.do("task.reopen", task=kim.one("task", code="G1", role="pharmacist")["id"], reason="One list was old")
    nia.pull()
    assert nia.one("gate")["open"] is False


def test_a_gate_that_was_signed_in_the_same_handing_in_counts(guarded: Hospital) -> None:
    restored(guarded)
    nia, kim = guarded.phone("nia"), guarded.phone("kim")
    tick(kim, "G1", "pharmacist")
    for code in ("G1", "G2"):
        nia.pull()
        nia.record("task.complete", task=nia.one("task", code=code, role="bedside-nurse")["id"], captured={}, note="")

    assert [result["st"] for result in nia.push()] == ["ok", "ok"]


def test_units_confirm_from_below_and_the_newest_word_stands(guarded: Hospital, clock: FakeClock) -> None:
    incident, _omar = restored(guarded)
    nia, priya = guarded.phone("nia"), guarded.phone("priya")
    checks = [check["key"] for check in nia.one("recovery")["checks"]]
    old = nia.record("unit.check", incident=incident, unit="icu", check=checks[0], works=False, note="Slow")
    clock.advance(minutes=1)
    bo = guarded.phone("bo")
    for check in checks:
        assert bo.do("unit.check", incident=incident, unit="icu", check=check, works=True, note="")["st"] == "ok"
    clock.advance(minutes=1)

    assert {result["id"]: result["st"] for result in nia.push()} == {old: "ok"}

    priya.pull()
    row = priya.one("unit_check")
    assert (row["unit"], row["confirmed"], row["checks"][checks[0]]["by_name"]) == ("icu", True, "Bo")
    sol = guarded.phone("sol")
    assert sol.do("unit.check", incident=incident, unit="icu", check=checks[0], works=True)["code"] == "not_allowed"
    assert nia.do("unit.check", incident=incident, unit="icu", check="no-such", works=True)["code"] == "not_found"


def test_nothing_is_checked_before_it_is_back(guarded: Hospital) -> None:
    incident = guarded.declare()
    nia = guarded.phone("nia")

    answer = nia.do("unit.check", incident=incident, unit="icu", check="sign-in", works=True)

    assert (answer["st"], answer["code"]) == ("conflict", "not_restored")


def test_paper_is_counted_in_numbers_and_measured_by_the_most_there_was(guarded: Hospital, clock: FakeClock) -> None:
    incident, _omar = restored(guarded)
    nia, priya = guarded.phone("nia"), guarded.phone("priya")
    args = {"incident": incident, "unit": "icu"}
    nia.do("backlog.report", **args, counts={"doses": 80, "orders": 20}, sampled=0, wrong=0)
    clock.advance(minutes=30)
    nia.do("backlog.report", **args, counts={"doses": 10, "orders": 0}, sampled=6, wrong=1)
    priya.pull()

    row = priya.one("backlog")
    assert (row["left"], row["total"], row["sample"], row["sampled"], row["wrong"]) == (10, 100, 10, 6, 1)
    assert nia.do("backlog.report", **args, counts={"patients-by-name": 1})["code"] == "unknown_count"
    assert nia.do("backlog.report", **args, counts={"doses": -1})["code"] == "bad_args"


def test_the_all_clear_needs_two_voices_and_a_reason_while_units_have_not_confirmed(guarded: Hospital) -> None:
    incident, omar = restored(guarded, units=["icu"])
    priya, nia = guarded.phone("priya"), guarded.phone("nia")
    assert priya.do("allclear.sign", incident=incident)["code"] == "reason_needed"
    priya.record("allclear.sign", incident=incident, note="")  # without a network, before the unit has confirmed
    for check in nia.one("recovery")["checks"]:
        nia.do("unit.check", incident=incident, unit="icu", check=check["key"], works=True)

    assert omar.do("incident.advance", incident=incident, to="all_clear", note="")["st"] == "ok"
    nia.pull()
    row = nia.one("incident")
    assert (row["state"], row["all_clear"]["it"]["by_name"], row["all_clear"]["clinical"]) == ("restored", "Omar", None)
    assert omar.do("allclear.sign", incident=incident)["st"] == "ok"
    assert [result["st"] for result in priya.push()] == ["ok"]

    nia.pull()
    assert nia.one("incident")["state"] == "all_clear"
    assert nia.one("task", code="G1", role="bedside-nurse")["due_at"] is not None
    assert omar.do("allclear.sign", incident=incident)["st"] == "superseded"


def test_nurses_do_not_sign_the_all_clear(guarded: Hospital) -> None:
    incident, _omar = restored(guarded)

    assert guarded.phone("nia").do("allclear.sign", incident=incident, note="x")["code"] == "not_allowed"
    assert guarded.phone("ines").do("allclear.sign", incident=incident, note="x")["code"] == "not_allowed"


def test_nobody_stands_down_over_open_safety_steps_but_the_commander(guarded: Hospital) -> None:
    incident, omar = restored(guarded)
    priya = guarded.phone("priya")
    for phone in (omar, priya):
        assert phone.do("allclear.sign", incident=incident, note="By telephone")["st"] == "ok"
    stand_down = {"incident": incident, "to": "closed", "note": ""}

    assert omar.do("incident.advance", **stand_down)["code"] == "safety_open"
    assert omar.do("incident.advance", **stand_down, override="Enough")["code"] == "not_allowed"
    assert priya.do("incident.advance", **stand_down, override="All wards say done on paper")["st"] == "ok"

    priya.pull()
    assert (priya.one("incident")["state"], priya.one("incident")["note"]) == ("closed", "All wards say done on paper")
