"""A unit starts its card by itself: phones converge, and a declaration takes everything in, nothing doubled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app.base.ids import uuid7
from app.base.instants import to_wire
from app.plans.ids import local_run, run_id, task_id
from tests.cast import Hospital
from tests.conftest import START, FakeClock
from tests.phone import PhonePort

PLAN = "ehr-unplanned"
NIGHT = {"day": "2026-11-21", "shift": "night"}
RUN = run_id(unit="icu", plan=PLAN, incident=local_run(date="2026-11-21", shift="night"))


def start(phone: PhonePort, unit: str = "icu", **more: Any) -> str:
    return phone.record("run.start", **{"unit": unit, "plan": PLAN, "incident": None, "started": None, **NIGHT, **more})


def local_task(code: str, *, role: str = "bedside-nurse", run: str = RUN) -> str:
    return task_id(run, f"{role}/{code}")


def tick(phone: PhonePort, code: str, **more: Any) -> str:
    return phone.record("task.complete", **{"task": local_task(code), "captured": {}, "note": "", **more})


def states(results: list[dict[str, Any]]) -> list[str]:
    return [result["st"] for result in results]


def test_two_phones_that_start_alone_meet_in_one_run_with_both_ticks(hospital: Hospital, clock: FakeClock) -> None:
    nia, bo, priya = hospital.phone("nia"), hospital.phone("bo"), hospital.phone("priya")
    start(nia)
    tick(nia, "A1", captured={"patients": 9})
    clock.advance(minutes=4)
    start(bo)
    tick(bo, "A2")

    assert states(nia.push()) == ["ok", "ok"]
    assert states(bo.push()) == ["superseded", "ok"]

    for phone in (nia, bo, priya):
        phone.pull()
    assert nia.base["unit:icu"] == bo.base["unit:icu"]
    run = nia.one("local_run")
    assert (run["id"], run["state"], run["by_name"], run["started_at"]) == (RUN, "local", "Nia", to_wire(START))
    assert [one["by_name"] for one in run["starts"]] == ["Nia", "Bo"]
    done = {task["code"]: task["by_name"] for task in nia.rows("task", state="done")}
    assert done == {"A1": "Nia", "A2": "Bo"}
    assert {task["incident"] for task in nia.rows("task")} == {RUN}
    assert priya.one("local_run", scope="site:northgate:command")["unit"] == "icu"
    assert priya.one("event", type="run.started")["text"]["en"] == "Intensive care started EHR down by itself"
    assert [row["done"] for row in priya.rows("progress", role="bedside-nurse")] == [2]
    assert nia.rows("incident") == []


def test_the_same_step_ticked_on_both_is_set_by_the_first_and_names_both(hospital: Hospital, clock: FakeClock) -> None:
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    for phone in (nia, bo):
        start(phone)
        tick(phone, "A1")

    bo.push()
    assert states(nia.push()) == ["superseded", "superseded"]

    nia.pull()
    shown = nia.one("task", id=local_task("A1"))
    assert shown["by_name"] == "Bo"
    assert [(sign["by_name"], sign["st"]) for sign in shown["signs"]] == [("Bo", "ok"), ("Nia", "superseded")]


def test_the_earlier_start_counts_also_when_it_is_heard_later(hospital: Hospital, clock: FakeClock) -> None:
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    start(nia)
    clock.advance(minutes=6)
    start(bo)

    bo.push()
    nia.push()

    bo.pull()
    assert bo.one("local_run")["started_at"] == to_wire(START)
    assert bo.one("task", id=local_task("A1"))["due_at"] == to_wire(START + timedelta(minutes=10))


def test_what_a_unit_began_is_taken_in_when_it_declares(hospital: Hospital, clock: FakeClock) -> None:
    nia, omar, priya = hospital.phone("nia"), hospital.phone("omar"), hospital.phone("priya")
    start(nia)
    tick(nia, "A1", captured={"patients": 9})
    nia.record("help.ask", incident=RUN, unit="icu", text="No charts.")
    nia.push()
    clock.advance(minutes=7)

    incident = omar.declare()

    for phone in (nia, priya):
        phone.pull()
    assert len(nia.rows("task", role="bedside-nurse")) == 7, "nothing is doubled"
    assert {task["incident"] for task in nia.rows("task")} == {incident}
    ticked = nia.one("task", role="bedside-nurse", code="A1")
    assert (ticked["state"], ticked["by_name"], ticked["captured"]) == ("done", "Nia", {"patients": 9})
    assert nia.one("task", role="bedside-nurse", code="A2")["due_at"] == to_wire(START + timedelta(minutes=15))
    run = nia.one("local_run")
    assert (run["state"], run["adopted_into"]) == ("adopted", incident)
    assert run["into_run"] == run_id(unit="icu", plan=PLAN, incident=incident)
    assert nia.one("incident")["clocks"]["T0"] == to_wire(START)
    assert nia.one("help")["incident"] == priya.one("help")["incident"] == incident
    told = priya.one("event", type="run.adopted")["text"]
    assert told["en"].startswith("Intensive care had started EHR down by itself at 20:51;")
    assert told["es"].startswith("Intensive care había iniciado EHR down por su cuenta a las 20:51;")
    assert f"incident:{RUN}:command" not in priya.base


def test_entries_that_name_a_step_of_the_own_start_land_on_the_one_that_took_its_place(
    hospital: Hospital, clock: FakeClock
) -> None:
    nia, bo, omar = hospital.phone("nia"), hospital.phone("bo"), hospital.phone("omar")
    start(nia)
    nia.push()
    omar.declare()
    clock.advance(minutes=2)

    tick(nia, "A2")
    nia.record("task.reopen", task=local_task("A2"), reason="Not all of them.")
    nia.record("step.flag", task=local_task("A3"), text="There are no pumps here.")
    nia.record("note.add", incident=RUN, unit="icu", text="We are on paper.")
    start(bo)
    tick(bo, "A2")

    assert states(nia.push()) == ["ok"] * 4
    assert states(bo.push()) == ["superseded", "ok"]
    nia.pull()
    shown = nia.one("task", role="bedside-nurse", code="A2")
    assert [(sign["by_name"], sign["what"]) for sign in shown["signs"]] == [
        ("Nia", "complete"),
        ("Nia", "reopen"),
        ("Bo", "complete"),
    ]
    assert nia.one("note")["incident"] == nia.one("incident")["id"]
    assert len(nia.rows("task", role="bedside-nurse")) == 7


def test_a_phone_that_comes_after_the_declaration_joins_it_at_once(hospital: Hospital, clock: FakeClock) -> None:
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    start(nia)
    tick(nia, "A1")
    tick(nia, "B1")
    clock.advance(minutes=3)
    incident = hospital.declare()
    bo.pull()
    shown = bo.one("task", role="bedside-nurse", code="A1")["id"]
    assert bo.do("task.complete", task=shown, captured={"patients": 8}, note="")["st"] == "ok"
    second = bo.one("task", role="bedside-nurse", code="B1")["id"]
    assert bo.do("task.complete", task=second, captured={}, note="")["st"] == "ok"

    results = nia.push()

    assert states(results) == ["ok", "superseded", "ok"]
    assert results[1]["by_name"] == "Bo"
    nia.pull()
    assert len(nia.rows("task", role="bedside-nurse")) == 7
    first = nia.one("task", id=shown)
    assert (first["by_name"], first["captured"]) == ("Bo", {"patients": 8})
    assert {sign["by_name"] for sign in first["signs"]} == {"Bo", "Nia"}
    assert nia.one("task", id=second)["state"] == "done", "two people have signed it, one of them alone"
    assert nia.one("local_run")["adopted_into"] == incident


def test_a_late_phone_joins_the_incident_that_has_ended_meanwhile(hospital: Hospital, clock: FakeClock) -> None:
    nia, omar = hospital.phone("nia"), hospital.phone("omar")
    start(nia)
    tick(nia, "A3")
    clock.advance(minutes=5)
    incident = omar.declare()
    for state in ("restored", "all_clear", "closed"):
        clock.advance(hours=1)
        omar.do("incident.advance", incident=incident, to=state, note="")

    assert states(nia.push()) == ["ok", "ok"]

    nia.pull()
    assert nia.one("task", role="bedside-nurse", code="A3")["by_name"] == "Nia"
    assert nia.one("local_run")["adopted_into"] == incident


def test_starting_it_again_and_again_is_harmless(hospital: Hospital, clock: FakeClock) -> None:
    nia = hospital.phone("nia")
    first = start(nia)
    nia.push(lose_answer=True)
    start(nia)

    results = {result["id"]: result for result in nia.push()}

    assert (results[first]["st"], results[first]["first"]) == ("dup", "ok")
    nia.pull()
    assert len(nia.rows("task", role="bedside-nurse")) == 7
    assert [one["by_name"] for one in nia.one("local_run")["starts"]] == ["Nia"]


def test_nobody_starts_the_card_of_another_unit(hospital: Hospital, clock: FakeClock) -> None:
    sol, uri = hospital.phone("sol"), hospital.phone("uri")

    start(sol)
    start(uri)

    assert [(result["st"], result["code"]) for result in sol.push()] == [("rejected", "not_allowed")]
    assert [(result["st"], result["code"]) for result in uri.push()] == [("rejected", "not_allowed")]
    assert hospital.phone("nia").rows("local_run") == []


def test_an_exercise_never_takes_in_what_is_real(hospital: Hospital, clock: FakeClock) -> None:
    nia, omar = hospital.phone("nia"), hospital.phone("omar")
    exercise = omar.declare(kind="exercise")
    start(nia)
    tick(nia, "A1")
    assert states(nia.push()) == ["ok", "ok"]
    nia.pull()
    assert nia.one("local_run")["state"] == "local"
    assert {task["kind"] for task in nia.rows("task", incident=RUN)} == {"real"}
    clock.advance(minutes=5)

    incident = omar.declare()

    nia.pull()
    assert nia.one("local_run")["adopted_into"] == incident
    assert nia.one("task", incident=incident, role="bedside-nurse", code="A1")["state"] == "done"
    assert {task["state"] for task in nia.rows("task", incident=exercise)} == {"open"}


def test_two_starts_split_by_midnight_are_offered_as_one_and_joined_on_request(
    hospital: Hospital, clock: FakeClock
) -> None:
    nia, bo, priya = hospital.phone("nia"), hospital.phone("bo"), hospital.phone("priya")
    start(nia)
    tick(nia, "A1")
    nia.push()
    clock.advance(hours=3, minutes=30)
    day = {"day": "2026-11-22", "shift": "night"}
    other = run_id(unit="icu", plan=PLAN, incident=local_run(date="2026-11-22", shift="night"))
    start(bo, **day)
    bo.record("task.complete", task=local_task("A2", run=other), captured={}, note="")
    bo.push()
    nia.pull()
    assert nia.one("local_run", id=RUN)["merge_with"] == other
    assert nia.one("local_run", id=other)["merge_with"] == RUN

    assert nia.do("run.merge", run=other, into=RUN)["st"] == "ok"
    assert nia.do("run.merge", run=other, into=RUN)["st"] == "superseded"

    nia.pull()
    assert len(nia.rows("task", role="bedside-nurse")) == 7
    assert {task["code"]: task["by_name"] for task in nia.rows("task", state="done")} == {"A1": "Nia", "A2": "Bo"}
    kept = nia.one("local_run", id=RUN)
    assert (kept["merge_with"], [one["by_name"] for one in kept["starts"]]) == (None, ["Nia", "Bo"])
    assert nia.one("local_run", id=other)["into_run"] == RUN
    incident = hospital.declare()
    late = bo.do("task.complete", task=local_task("A3", run=other), captured={}, note="")
    assert late["st"] == "ok"
    for phone in (nia, priya):
        phone.pull()
    assert nia.one("task", role="bedside-nurse", code="A3")["incident"] == incident
    assert {run["adopted_into"] for run in nia.rows("local_run")} == {incident}


def test_a_false_alarm_is_ended_and_a_declaration_leaves_it_alone(hospital: Hospital, clock: FakeClock) -> None:
    nia, sol, omar = hospital.phone("nia"), hospital.phone("sol"), hospital.phone("omar")
    start(nia)
    nia.push()
    assert sol.do("run.end", run=RUN, note="")["code"] == "not_allowed"
    assert nia.do("run.end", run=RUN, note="It was one computer.")["st"] == "ok"
    assert nia.do("run.end", run=RUN, note="")["st"] == "superseded"

    incident = omar.declare()

    nia.pull()
    assert nia.one("local_run")["state"] == "closed"
    assert len(nia.rows("task", incident=incident, role="bedside-nurse")) == 7


def test_the_next_downtime_of_a_shift_gets_fresh_cards(hospital: Hospital, clock: FakeClock) -> None:
    nia, bo = hospital.phone("nia"), hospital.phone("bo")
    start(nia)
    tick(nia, "A1")
    nia.record("run.end", run=RUN, note="It was one computer.")
    nia.push()
    clock.advance(hours=2)
    anew = run_id(unit="icu", plan=PLAN, incident=local_run(date="2026-11-21", shift="night", again=2))

    start(nia, again=2)
    start(bo, again=2)
    bo.record("task.complete", task=local_task("A1", run=anew), captured={}, note="")
    assert states(nia.push()) == ["ok"]
    assert states(bo.push()) == ["superseded", "ok"]

    nia.pull()
    assert nia.one("local_run", id=anew)["state"] == "local"
    done = nia.rows("task", incident=anew, state="done")
    assert [(task["code"], task["by_name"]) for task in done] == [("A1", "Bo")]
    assert nia.one("task", id=local_task("A1"))["by_name"] == "Nia"


def test_a_unit_that_was_left_out_joins_the_incident_by_its_own_start(hospital: Hospital, clock: FakeClock) -> None:
    incident = hospital.declare(units=["5-west"])
    nia = hospital.phone("nia")
    assert nia.rows("task") == []

    assert start(nia, incident=incident) and states(nia.push()) == ["ok"]
    assert start(nia, incident=incident) and states(nia.push()) == ["superseded"]

    nia.pull()
    assert nia.one("incident")["units"] == ["5-west", "icu"]
    assert len(nia.rows("task", role="bedside-nurse")) == 7
    assert start(nia, incident=uuid7()) and [result["code"] for result in nia.push()] == ["not_found"]


def test_numbers_of_declared_incidents_have_no_holes(hospital: Hospital, clock: FakeClock) -> None:
    nia, sol = hospital.phone("nia"), hospital.phone("sol")
    for phone, unit in ((nia, "icu"), (sol, "5-west")):
        start(phone, unit)
        phone.push()

    hospital.declare()

    nia.pull()
    assert nia.one("incident")["no"] == 1
