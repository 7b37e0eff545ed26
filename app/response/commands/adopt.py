"""Taking a unit's own start into a declared incident, or into another own start: nothing doubled, nobody left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, update

from app.base.attestation import Attestation
from app.base.reading import all_records
from app.base.unit_of_work import UnitOfWork
from app.live.rows import drop_row, put_row
from app.live.scopes import command_scope, site_command_scope, site_scope, unit_scope
from app.live.timeline import tell
from app.people.queries import people_of_unit, site_card, unit_name
from app.plans.ids import run_id, task_id
from app.response.adoption import belongs_to, merged
from app.response.bodies import help_body, incident_body, local_run_body, note_body
from app.response.commands.gates import GATES
from app.response.commands.holds import note_hold
from app.response.commands.task_rows import put_task
from app.response.lifecycle import ADOPTED, LOCAL
from app.response.models import HelpRequest, Incident, LocalRun, Note, Task, TaskAlias
from app.response.progress import PROGRESS
from app.response.queries import adopted_by, incident_of, is_on_phones, local_run_of, own_starts, tasks_of

Record = Mapping[str, Any]


def adopt_own_starts(work: UnitOfWork, attestation: Attestation, incident: Record) -> None:
    """Take in what the units of a declared incident started by themselves of its plan. Repeating it finds none."""
    for run in own_starts(incident["site"], incident["plan"], units=incident["units"]):
        if belongs_to(run, incident):
            adopt_run(work, attestation, run, incident_of(incident["id"]) or incident)
            work.give_way()


def adopt_run(work: UnitOfWork, attestation: Attestation, run: Record, target: Record) -> None:
    """Join the tasks, notes and requests of an own start to those of the target; its tasks leave the phones."""
    into_run = target["id"] if target["state"] == LOCAL else run_id(
        unit=run["unit"], plan=run["plan"], incident=target["id"]
    )  # fmt: skip
    adopt_tasks(work, tasks_of(run["id"]), target, into_run)
    _move_words(work, run, target)
    _take_over(work, run, target, into_run)
    _begin_earlier(work, run, target)
    PROGRESS.mark(work, (target["id"], run["unit"]))
    GATES.mark(work, target["id"])
    zone = ZoneInfo(site_card(run["site"])["tz"])
    tell(
        work, "run.adopted", attestation, incident=target["id"], unit=run["unit"], unit_name=unit_name(run["unit"]),
        plan_title=target["plan_title"], time=run["started_at"].astimezone(zone).strftime("%H:%M"), run=run["id"],
    )  # fmt: skip


def adopt_tasks(work: UnitOfWork, tasks: Sequence[Record], target: Record, into_run: str) -> None:
    """Give each task its place in the target's run; phones may go on naming the old ones.

    In few statements, as every unit of a hospital may have started by itself when IT declares.
    """
    if not tasks:
        return
    places = {task["id"]: task_id(into_run, task["key"], task["occurrence"]) for task in tasks}
    there = tasks_of(target["id"], unit=tasks[0]["unit"])
    present = {task["id"]: task for task in there}
    confirmers = _confirmers(tasks)
    moved: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for task in tasks:
        new_id = places[task["id"]]
        if new_id in present:
            fields = merged(task, present[new_id], may_confirm=confirmers.get(tuple(task["confirm_roles"] or ())))
            changed.append({**present[new_id], **fields})
        else:  # a step of another version of the plan, or a later round: it moves as it is
            moved.append({**task, "id": new_id, "run": into_run, "incident": target["id"], "kind": target["kind"]})
        drop_row(work, unit_scope(task["unit"]), task["id"], "task")
    if moved:
        work.session.execute(insert(Task), moved)
    if changed:
        work.session.execute(update(Task), changed)
    for task in (*moved, *changed):
        note_hold(work, task)
    for task in (*moved, *changed) if is_on_phones(target["id"]) else ():
        put_task(work, task)
    _remember_places(work, places)


def _confirmers(tasks: Sequence[Record]) -> dict[tuple[str, ...], Set[str]]:
    """Whose second signature counts, for each set of roles that may give one."""
    asked = {(task["unit"], tuple(task["confirm_roles"])) for task in tasks if task["confirm_roles"]}
    return {roles: {person.id for person in people_of_unit(unit, roles)} for unit, roles in asked}


def _remember_places(work: UnitOfWork, places: Mapping[str, str]) -> None:
    for column in (TaskAlias.task, HelpRequest.task):
        query = select(column).where(column.in_(list(places))).distinct()
        for task in [str(found) for found in work.session.execute(query).scalars()]:
            named = update(column.class_).where(column == task)
            work.session.execute(named.values(task=places[task]))
    work.session.execute(insert(TaskAlias), [{"id": task, "task": place} for task, place in places.items()])


def _move_words(work: UnitOfWork, run: Record, target: Record) -> None:
    """Notes and requests for help follow; the unit and the leaders see them under the target."""
    place = unit_scope(run["unit"])
    for model in (Note, HelpRequest):
        query = select(model.id).where(model.incident == run["id"])
        moved = list(work.session.execute(query).scalars())
        work.session.execute(update(model).where(model.id.in_(moved)).values(incident=target["id"]))
        for record in all_records(select(model.__table__).where(model.id.in_(moved))):
            if model is Note:
                put_row(work, place, record["id"], "note", note_body(record))
                continue
            for scope in (place, command_scope(target["id"])):
                put_row(work, scope, record["id"], "help", help_body(record))


def _take_over(work: UnitOfWork, run: Record, target: Record, into_run: str) -> None:
    """Mark the run, and those it had taken in before, as part of the target; an offer to merge it has ended."""
    over = {"adopted_into": target["id"], "into_run": into_run}
    now = {**over, "adopted_at": work.now, "merge_with": None}
    work.session.execute(update(LocalRun).where(LocalRun.id == run["id"]).values(**now))
    ended = {"state": ADOPTED, "ts": work.now, "retired": True}
    work.session.execute(update(Incident).where(Incident.id == run["id"]).values(**ended))
    earlier = [one["id"] for one in adopted_by(run["id"])]
    offered = list(work.session.execute(select(LocalRun.id).where(LocalRun.merge_with == run["id"])).scalars())
    work.session.execute(update(LocalRun).where(LocalRun.id.in_(earlier)).values(**over))
    work.session.execute(update(LocalRun).where(LocalRun.id.in_(offered)).values(merge_with=None))
    if target["state"] == LOCAL:
        _share_starts(work, run, target["id"])
    for run_id_ in (run["id"], *earlier, *offered, target["id"]):
        put_local_run(work, run_id_)


def _share_starts(work: UnitOfWork, run: Record, into: str) -> None:
    other = local_run_of(into)
    if other is None:
        return
    starts = sorted([*other["starts"], *run["starts"]], key=lambda start: start["at"])
    both = {"starts": starts, "started_at": min(run["started_at"], other["started_at"])}
    work.session.execute(update(LocalRun).where(LocalRun.id == into).values(**both))


def put_local_run(work: UnitOfWork, run: str) -> None:
    """Put the row of an own start for its unit and for the leaders."""
    found, stand_in = local_run_of(run), incident_of(run)
    if found is None or stand_in is None:
        return
    for scope in (unit_scope(found["unit"]), site_command_scope(found["site"])):
        put_row(work, scope, run, "local_run", local_run_body(found, stand_in))


def _begin_earlier(work: UnitOfWork, run: Record, target: Record) -> None:
    """The first symptom of an incident is at the latest when the first unit noticed."""
    if target["t0"] is not None and target["t0"] <= run["started_at"]:
        return
    work.session.execute(update(Incident).where(Incident.id == target["id"]).values(t0=run["started_at"]))
    if target["state"] != LOCAL:
        body = incident_body({**target, "t0": run["started_at"]})
        put_row(work, site_scope(target["site"]), target["id"], "incident", body)
