"""Who may do what: the role x action table, to be read by an auditor.

A right here opens the door of an action; what a person may touch behind it also depends on the unit (Person.belongs_to)
and on what the step itself demands. A role that this table does not name has only the rights of ANY_ROLE.
"""

from __future__ import annotations

from collections.abc import Iterable

ROLES: tuple[str, ...] = (
    *("charge-nurse", "bedside-nurse", "unit-clerk", "prescriber", "triage-nurse", "or-coordinator", "clinic-lead"),
    *("pharmacist", "laboratory", "blood-bank", "imaging", "registration", "bed-management"),
    *("service-desk", "it-lead", "it-specialist", "it-security", "biomedical", "facilities"),
    *("incident-commander", "communications", "liaison", "safety-officer", "records", "logistics", "finance"),
    "administrator",
    *("operations-chief", "planning-chief"),
)

LEADER_ROLES = frozenset(
    {
        *("it-lead", "incident-commander", "administrator", "service-desk", "communications"),
        *("operations-chief", "planning-chief"),  # positions of command (library/command.yaml)
    }
)

# Groups that are not roles.
ANYONE = "anyone"  # no sign-in
SIGNED_IN = "signed-in"  # an account, even one without a role
ANY_ROLE = "any-role"  # whoever holds at least one role
SCREEN = "screen"  # a wallboard with the code of a leader; it is nobody

_COMMAND = frozenset({"it-lead", "incident-commander", "administrator"})
_STAFF = frozenset({ANY_ROLE})

WHO_MAY: dict[str, frozenset[str]] = {
    # for everybody
    "public": frozenset({ANYONE}),
    "signed_in": frozenset({SIGNED_IN}),
    # the phone's door: what comes out of it or is accepted by it is decided row by row and op by op
    "sync.pull": frozenset({SIGNED_IN}),
    "sync.push": frozenset({SIGNED_IN}),
    "address.set": frozenset({SIGNED_IN}),
    "sync.unseal": frozenset({SIGNED_IN}),
    "relay.carry": frozenset({SIGNED_IN}),
    "status.read": frozenset({ANY_ROLE}),
    # on the ward
    "task.act": _STAFF,
    "task.confirm": _STAFF,
    "broadcast.acknowledge": _STAFF,
    "broadcast.carry": _STAFF,
    "note.add": _STAFF,
    "help.ask": _STAFF,
    "step.flag": _STAFF,
    "run.start": _STAFF,
    "duty.claim": _STAFF,
    "handover": _STAFF,
    "objective.keep": _STAFF,
    "push.subscribe": _STAFF,
    "plans.view": _STAFF,
    "print": _STAFF,
    # in command
    "incident.declare": _COMMAND,
    "incident.advance": _COMMAND,
    "incident.go": _COMMAND | {"it-security", "safety-officer"},
    "broadcast.send": _COMMAND | {"communications"},
    "broadcast.approve": _COMMAND | {"communications"},
    "runner.send": LEADER_ROLES,
    "help.handle": LEADER_ROLES,
    "position.call": LEADER_ROLES,
    "board.view": LEADER_ROLES,
    "command.print": _STAFF,
    "timeline.view": LEADER_ROLES,
    # on walls
    "wall.read": LEADER_ROLES | {SCREEN},
    "wall.manage": LEADER_ROLES,
    # in office hours
    "broadcasts.manage": frozenset({"administrator", "it-lead"}),
    "plans.manage": frozenset({"administrator", "it-lead"}),
    "plans.approve": frozenset({"administrator", "it-lead", "incident-commander", "safety-officer"}),
    "people.manage": frozenset({"administrator", "it-lead"}),
    "delivery.manage": frozenset({"administrator", "it-lead"}),
}

ACTIONS: tuple[str, ...] = tuple(WHO_MAY)

# Authorised by the author's push token and not by the cookie, as what is recorded must arrive after the sign-in ended.
TOKEN_ACTIONS = frozenset({"sync.push", "relay.carry"})

# Duty in a role one does not hold by membership: the charge of a ward goes round among its nurses.
_CLAIMABLE_BY: dict[str, frozenset[str]] = {"charge-nurse": frozenset({"bedside-nurse"})}


def may(roles: Iterable[str], action: str) -> bool:
    """Whether somebody signed in with these roles may do it; KeyError for an action the table does not name."""
    allowed, held = WHO_MAY[action], frozenset(roles)
    if allowed & {ANYONE, SIGNED_IN}:
        return True
    return bool(allowed & held) or (ANY_ROLE in allowed and bool(held))


def is_public(action: str) -> bool:
    """Whether it needs no sign-in; KeyError for an action the table does not name."""
    return ANYONE in WHO_MAY[action]


def is_for_screens(action: str) -> bool:
    """Whether a wallboard may do it; KeyError for an action the table does not name."""
    return SCREEN in WHO_MAY[action]


def may_claim_duty(roles_by_membership: Iterable[str], role: str) -> bool:
    """Whether somebody may go on duty in a role: one they hold anywhere, or one that goes round among theirs."""
    held = frozenset(roles_by_membership)
    return role in held or bool(_CLAIMABLE_BY.get(role, frozenset()) & held)
