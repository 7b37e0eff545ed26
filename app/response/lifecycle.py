"""What may happen to a task and to an incident. Pure: values in, a decision out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

CLOSED_STATES = ("done", "skipped")
INCIDENT_STEPS = {
    "planned": ("declared", "cancelled"),
    "declared": ("restored", "cancelled"),
    "restored": ("all_clear", "cancelled"),
    "all_clear": ("closed", "cancelled"),
    "closed": (),
    "cancelled": (),
}
RUNNING_STATES = ("declared", "restored", "all_clear")
# A unit's own start has an incident of its own, that nobody declared: it is never listed beside declared ones.
LOCAL = "local"
ADOPTED = "adopted"
CLOCK_OF_STATE = {"declared": "td", "restored": "tr", "all_clear": "ta", "closed": "ts", "cancelled": "ts"}


class TaskState(NamedTuple):
    """What a decision about a task depends on. `signers`: who signed since it was last reopened, in order."""

    state: str
    role: str
    two_person: bool
    role_only: bool
    confirm_roles: Sequence[str] | None
    signers: Sequence[str]


class Decision(NamedTuple):
    """`st` is the op's result; `state` the task's new state; `code` and `sentence` say why it was refused."""

    st: str
    state: str
    code: str = ""
    sentence: str = ""


def signers_of(signs: Sequence[dict[str, Any]]) -> list[str]:
    """Who signed since the last reopening, in order, each once."""
    signers: list[str] = []
    for sign in signs:
        if sign["what"] == "reopen" and sign["st"] == "ok":
            signers = []
        elif sign["what"] in ("complete", "confirm") and sign["st"] == "ok" and sign["by"] not in signers:
            signers.append(sign["by"])
    return signers


def decide(what: str, task: TaskState, *, actor: str, roles: Sequence[str]) -> Decision:
    """The decision on `complete`, `confirm`, `skip`, `block` or `reopen` by an actor with these roles in the unit."""
    if what == "reopen":
        return Decision("superseded", task.state) if task.state == "open" else Decision("ok", "open")
    if task.state in CLOSED_STATES:
        return Decision("superseded", task.state)
    if what == "skip":
        return Decision("ok", "skipped")
    if what == "block":
        return Decision("superseded", task.state) if task.state == "blocked" else Decision("ok", "blocked")
    return _decide_signature(what, task, actor, roles)


def _decide_signature(what: str, task: TaskState, actor: str, roles: Sequence[str]) -> Decision:
    if what == "confirm" and not task.two_person:
        return Decision("rejected", task.state, "one_signature", "This step needs one signature only. Tick it instead.")
    if task.role_only and task.role not in roles:
        return Decision(
            "rejected", task.state, "role_needed", f"This step can be signed only by: {task.role}. Your entry is kept."
        )
    if not task.two_person:
        return Decision("ok", "done")
    if actor in task.signers:
        return Decision(
            "rejected",
            task.state,
            "same_person",
            "You had signed this step already. It needs a second person. Your entry is kept.",
        )
    if not task.signers:
        return Decision("ok", "half")
    if task.confirm_roles and not set(task.confirm_roles) & set(roles):
        wanted = ", ".join(task.confirm_roles)
        return Decision(
            "rejected", task.state, "role_needed", f"The second signature must come from: {wanted}. Your entry is kept."
        )
    return Decision("ok", "done")


def next_states(state: str) -> tuple[str, ...]:
    """The states an incident may go to."""
    return INCIDENT_STEPS[state]


def is_running(state: str) -> bool:
    """Whether an incident in this state, declared or a unit's own start, still asks people to do something."""
    return state in RUNNING_STATES or state == LOCAL


def is_declared_running(state: str) -> bool:
    """The same of declared ones only."""
    return state in RUNNING_STATES
