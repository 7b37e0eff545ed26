/**
 * Which doors the app shows to which role. The server decides again at every op; here a missing door only spares
 * people a refusal. Mirrors the server's role x action table.
 */

export const LEADER_ROLES = ["it-lead", "incident-commander", "administrator", "service-desk", "communications", "operations-chief", "planning-chief"];
const COMMAND = ["it-lead", "incident-commander", "administrator"];
const STAFF = "anybody with a role";

/** @type {Record<string, string[]|typeof STAFF>} */
const WHO_MAY = {
  "task.act": STAFF, "task.confirm": STAFF, "broadcast.acknowledge": STAFF, "broadcast.carry": STAFF, "note.add": STAFF, "help.ask": STAFF,
  "step.flag": STAFF, "run.start": STAFF, "duty.claim": STAFF, handover: STAFF, "objective.keep": STAFF, "plans.view": STAFF, "push.subscribe": STAFF, print: STAFF,
  "incident.declare": COMMAND, "incident.advance": COMMAND, "incident.go": [...COMMAND, "it-security", "safety-officer"], "broadcast.send": [...COMMAND, "communications"],
  "broadcast.approve": [...COMMAND, "communications"], "runner.send": LEADER_ROLES,
  "help.handle": LEADER_ROLES, "position.call": LEADER_ROLES, "board.view": LEADER_ROLES, "timeline.view": LEADER_ROLES,
  "plans.manage": ["administrator", "it-lead"], "plans.approve": [...COMMAND, "safety-officer"], "people.manage": ["administrator", "it-lead"], "delivery.manage": ["administrator", "it-lead"],
};

/** Ops whose kind is not the name of their action. @type {Record<string, string>} */
const ACTION_OF_KIND = {
  "task.complete": "task.act", "task.skip": "task.act", "task.block": "task.act", "task.reopen": "task.act",
  "broadcast.ack": "broadcast.acknowledge", "broadcast.receive": "broadcast.acknowledge",
  "broadcast.refuse": "broadcast.approve", "runner.end": "broadcast.carry",
  "help.take": "help.handle", "help.close": "help.handle", "help.hand": "help.handle", "duty.release": "duty.claim", "unit.check": "task.act", "objective.add": "objective.keep", "objective.change": "objective.keep", "period.begin": "objective.keep", "backlog.report": "task.act", "allclear.sign": "incident.go", "incident.postpone": "incident.advance", "incident.amend": "incident.advance", "incident.service": "incident.advance", "incident.notice": "broadcast.send",
  "handover.offer": "handover", "handover.accept": "handover", "handover.refuse": "handover", "handover.withdraw": "handover",
};

/** @param {string[]} roles @param {string} action an action of the table or the kind of an op; unknown ones are refused */
export function mayDo(roles, action) {
  const allowed = WHO_MAY[ACTION_OF_KIND[action] ?? action];
  if (allowed === undefined) return false;
  return allowed === STAFF ? roles.length > 0 : roles.some((role) => allowed.includes(role));
}

/** @param {string[]} roles */
export const leads = (roles) => roles.some((role) => LEADER_ROLES.includes(role));

/** Duty in a role one does not hold by membership: the charge of a ward goes round among its nurses. @type {Record<string, string[]>} */
const CLAIMABLE_BY = { "charge-nurse": ["bedside-nurse"] };

/** Whether somebody may go on duty in a role. @param {string[]} held roles by membership, anywhere @param {string} role */
export const mayClaim = (held, role) => held.includes(role) || (CLAIMABLE_BY[role] ?? []).some((one) => held.includes(one));
