"""Every op kind and version ever shipped: its arguments, its action in the role x action table, its command.

A kind that is in here stays in here: an old phone must always be able to hand in its work.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from app.base.attestation import Attestation
from app.base.outcome import Outcome
from app.base.unit_of_work import write
from app.broadcasts.commands.messages import approve_broadcast, refuse_broadcast, send_broadcast
from app.broadcasts.commands.receipts import acknowledge_broadcast, receive_broadcast
from app.broadcasts.commands.runners import carry_broadcast, end_runner, send_runner
from app.delivery.commands.subscriptions import note_arrival, note_push_of
from app.people.commands.duty import release_duty
from app.people.person import Person
from app.plans.approval import read_plan
from app.response.amending.commands import amend_incident
from app.response.commands.assuming import assume_duty
from app.response.commands.handover import accept_handover, offer_handover, refuse_handover, withdraw_handover
from app.response.commands.help import ask_help, close_help, hand_help, take_help
from app.response.commands.incidents import advance_incident, declare_incident
from app.response.commands.notes import add_note, flag_step
from app.response.commands.objectives import add_objective, begin_period, change_objective
from app.response.commands.outages import change_service
from app.response.commands.planned import note_notice, plan_incident, postpone_incident, say_go
from app.response.commands.positions import call_position
from app.response.commands.recovery import make_check, report_backlog, sign_all_clear
from app.response.commands.runs import end_run, merge_runs, start_run
from app.response.commands.step_offers import offer_step
from app.response.commands.tasks import block_task, complete_task, confirm_task, reopen_task, skip_task
from app.sync import args, broadcast_args, paper_args

Apply = Callable[[Person, Attestation, Any], Outcome]


@dataclass(frozen=True)
class Kind:
    """How one (kind, version) is read, guarded and applied. `online`: it is worth something only now.

    `task` names the argument with the task that it changes, if that is all it reads of the tables: many such
    entries are read and written together.
    """

    args: type[BaseModel]
    action: str
    apply: Apply
    online: bool = False
    task: str | None = None


def _plain(command: Callable[..., Outcome]) -> Apply:
    def apply(actor: Person, attestation: Attestation, arguments: BaseModel) -> Outcome:
        return command(actor, attestation, **vars(arguments))

    return apply


def _complete(actor: Person, attestation: Attestation, arguments: paper_args.CompleteArgs) -> Outcome:
    paper = arguments.paper.as_entry() if arguments.paper else None
    return complete_task(actor, attestation, **{**vars(arguments), "paper": paper})


def _send(actor: Person, attestation: Attestation, arguments: broadcast_args.SendArgs) -> Outcome:
    audience = (arguments.audience or broadcast_args.AudienceArgs()).as_audience()
    return send_broadcast(
        actor, attestation, broadcast=arguments.broadcast, incident=arguments.incident, after=arguments.after,
        message=arguments.as_message(), audience=audience,
    )  # fmt: skip


def _receive(actor: Person, attestation: Attestation, arguments: args.ReceiveArgs) -> Outcome:
    with write() as work:
        if arguments.path == "push":
            note_push_of(work, actor.id, attestation, ref=arguments.broadcast)
        return receive_broadcast(actor, attestation, **vars(arguments))


def _declare(actor: Person, attestation: Attestation, arguments: args.DeclareArgs) -> Outcome:
    times = ("planned_start_at", "planned_end_at")
    if arguments.planned_start_at is not None:
        return plan_incident(actor, attestation, **vars(arguments))
    return declare_incident(actor, attestation, **{k: v for k, v in vars(arguments).items() if k not in times})


def _offer(actor: Person, attestation: Attestation, arguments: args.OfferArgs) -> Outcome:
    if arguments.task is None:
        return offer_handover(
            actor, attestation, unit=arguments.unit, role=arguments.role, to=arguments.to, note=arguments.note
        )
    return offer_step(
        actor, attestation, task=arguments.task, unit=arguments.unit, role=arguments.role, note=arguments.note
    )


KINDS: dict[tuple[str, int], Kind] = {
    ("task.complete", 1): Kind(paper_args.CompleteArgs, "task.act", _complete, task="task"),
    ("task.skip", 1): Kind(args.ReasonArgs, "task.act", _plain(skip_task), task="task"),
    ("task.block", 1): Kind(args.BlockArgs, "task.act", _plain(block_task), task="task"),
    ("task.reopen", 1): Kind(args.ReasonArgs, "task.act", _plain(reopen_task), task="task"),
    ("task.confirm", 1): Kind(args.TaskArgs, "task.confirm", _plain(confirm_task), task="task"),
    ("broadcast.receive", 1): Kind(args.ReceiveArgs, "broadcast.acknowledge", _receive),
    ("broadcast.ack", 1): Kind(args.BroadcastArgs, "broadcast.acknowledge", _plain(acknowledge_broadcast)),
    ("push.arrived", 1): Kind(args.ArrivedArgs, "push.subscribe", _plain(note_arrival)),
    ("note.add", 1): Kind(args.NoteArgs, "note.add", _plain(add_note)),
    ("help.ask", 1): Kind(args.HelpAskArgs, "help.ask", _plain(ask_help)),
    ("help.take", 1): Kind(args.HelpTakeArgs, "help.handle", _plain(take_help)),
    ("help.close", 1): Kind(args.HelpCloseArgs, "help.handle", _plain(close_help)),
    ("help.hand", 1): Kind(args.HelpHandArgs, "help.handle", _plain(hand_help)),
    ("step.flag", 1): Kind(args.FlagArgs, "step.flag", _plain(flag_step)),
    ("plan.read", 1): Kind(args.PlanReadArgs, "plans.view", _plain(read_plan)),
    ("run.start", 1): Kind(args.StartArgs, "run.start", _plain(start_run)),
    ("run.merge", 1): Kind(args.MergeArgs, "run.start", _plain(merge_runs)),
    ("run.end", 1): Kind(args.EndArgs, "run.start", _plain(end_run)),
    ("duty.claim", 1): Kind(args.DutyArgs, "duty.claim", _plain(assume_duty)),
    ("duty.release", 1): Kind(args.DutyArgs, "duty.claim", _plain(release_duty)),
    ("handover.offer", 1): Kind(args.OfferArgs, "handover", _offer),
    ("handover.accept", 1): Kind(args.HandoverArgs, "handover", _plain(accept_handover)),
    ("handover.refuse", 1): Kind(args.RefuseArgs, "handover", _plain(refuse_handover)),
    ("handover.withdraw", 1): Kind(args.HandoverArgs, "handover", _plain(withdraw_handover)),
    ("incident.declare", 1): Kind(args.DeclareArgs, "incident.declare", _declare, online=True),
    ("incident.postpone", 1): Kind(args.PostponeArgs, "incident.advance", _plain(postpone_incident), online=True),
    ("incident.go", 1): Kind(args.GoArgs, "incident.go", _plain(say_go), online=True),
    ("incident.service", 1): Kind(args.ServiceArgs, "incident.advance", _plain(change_service), online=True),
    ("incident.notice", 1): Kind(args.NoticeArgs, "broadcast.send", _plain(note_notice)),
    ("incident.amend", 1): Kind(args.AmendArgs, "incident.advance", _plain(amend_incident), online=True),
    ("position.call", 1): Kind(args.CallArgs, "position.call", _plain(call_position)),
    ("objective.add", 1): Kind(args.ObjectiveArgs, "objective.keep", _plain(add_objective)),
    ("objective.change", 1): Kind(args.ObjectiveChangeArgs, "objective.keep", _plain(change_objective)),
    ("period.begin", 1): Kind(args.PeriodArgs, "objective.keep", _plain(begin_period)),
    ("unit.check", 1): Kind(args.CheckArgs, "task.act", _plain(make_check)),
    ("backlog.report", 1): Kind(args.BacklogArgs, "task.act", _plain(report_backlog)),
    ("allclear.sign", 1): Kind(args.SignArgs, "incident.go", _plain(sign_all_clear)),
    ("broadcast.send", 1): Kind(broadcast_args.SendArgs, "broadcast.send", _send, online=True),
    ("broadcast.approve", 1): Kind(args.BroadcastArgs, "broadcast.approve", _plain(approve_broadcast), online=True),
    ("broadcast.refuse", 1): Kind(
        broadcast_args.RefuseArgs, "broadcast.approve", _plain(refuse_broadcast), online=True
    ),
    ("broadcast.carry", 1): Kind(broadcast_args.CarryArgs, "broadcast.carry", _plain(carry_broadcast)),
    ("runner.send", 1): Kind(broadcast_args.RunnerArgs, "runner.send", _plain(send_runner), online=True),
    ("runner.end", 1): Kind(broadcast_args.RouteArgs, "broadcast.carry", _plain(end_runner)),
    ("incident.advance", 1): Kind(args.AdvanceArgs, "incident.advance", _plain(advance_incident), online=True),
}
