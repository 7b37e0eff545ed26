/**
 * What an own op does to a row before the server has answered: the overlay's rules, one small function per kind.
 * The same cases run against the server through tests/contracts. A reducer gets the row's body and gives the new
 * body, or null when the op changes nothing. Kinds that create a row get null and give a body.
 *
 * @typedef {import("./types.js").Op} Op
 * @typedef {import("./types.js").Actor} Actor
 * @typedef {(b: any, op: Op, actor: Actor) => any} Reducer
 */
import { fromPaper } from "./paper_entry.js";

import { beginPeriod, changeObjective, setObjective } from "./command_reducers.js";
import { check, count } from "./recovery_reducers.js";

const SETTLED = ["done", "skipped"];

/** @type {Reducer} */
function complete(b, op, actor) {
  if (op.args.paper) return fromPaper(b, op, actor);
  if (SETTLED.includes(b.state)) return signed(b, op, actor, "complete", "superseded");
  const state = afterSignature(b, actor);
  const captured = { ...b.captured, ...op.args.captured };
  return state && settled(b, op, actor, "complete", { state, captured, note: op.args.note ?? "" });
}

/** @type {Reducer} */
function confirm(b, op, actor) {
  if (SETTLED.includes(b.state)) return signed(b, op, actor, "confirm", "superseded");
  const state = b.two_person ? afterSignature(b, actor) : null;
  return state && settled(b, op, actor, "confirm", { state });
}

/** @type {Reducer} */
function skip(b, op, actor) {
  if (SETTLED.includes(b.state)) return signed(b, op, actor, "skip", "superseded");
  return settled(b, op, actor, "skip", { state: "skipped", reason: op.args.reason });
}

/** @type {Reducer} */
function block(b, op, actor) {
  if ([...SETTLED, "blocked"].includes(b.state)) return signed(b, op, actor, "block", "superseded");
  return settled(b, op, actor, "block", { state: "blocked", note: op.args.note ?? "" });
}

/** @type {Reducer} */
function reopen(b, op, actor) {
  if (b.state === "open") return signed(b, op, actor, "reopen", "superseded");
  const empty = { by: null, by_name: null, at: null, captured: {}, note: "" };
  return { ...settled(b, op, actor, "reopen", { state: "open", reason: op.args.reason }), ...empty };
}

/** @type {Reducer} */
const takeHelp = (b, op, actor) =>
  b.state === "open" ? { ...b, state: "taken", owner: actor.id, owner_name: actor.name, taken_at: op.at } : null;

/** @type {Reducer} */
function closeHelp(b, op, actor) {
  if (b.state === "closed") return null;
  const taken_at = b.taken_at ?? op.at;
  return { ...b, state: "closed", owner: actor.id, owner_name: actor.name, taken_at, answer: op.args.answer, closed_at: op.at };
}

/** @type {Reducer} */
function handHelp(b, op) {
  if (b.state === "closed" || b.owner === op.args.to) return null;
  return { ...b, state: "taken", owner: op.args.to, owner_name: op.args.to_name ?? "", taken_at: op.at };
}

/** @type {Reducer} */
const askHelp = (b, op, actor) => b ?? { ...message(op, actor), task: null, state: "open", what: op.args.what ?? "help" };

/** @type {Reducer} */
const addNote = (b, op, actor) => b ?? message(op, actor);

/** @type {Reducer} the first who brought it stays */
function carry(b, op, actor) {
  if (b.reached?.[op.args.unit]) return null;
  return { ...b, reached: { ...b.reached, [op.args.unit]: { by_name: actor.name, at: op.at, path: op.args.path ?? "runner" } } };
}

/** @type {Reducer} */
function claim(b, op) {
  const duty = b.duty ?? [];
  if (duty.some(isFor(op))) return null;
  return heldBy(b, [...duty, { unit: op.args.unit, role: op.args.role, since: op.at }]);
}

/** @type {Reducer} */
function release(b, op) {
  const duty = b.duty ?? [];
  return duty.some(isFor(op)) ? heldBy(b, duty.filter((/** @type {any} */ held) => !isFor(op)(held))) : null;
}

/** Roles and units follow from what is held: those of a duty end with it. @param {any} b @param {any[]} duty */
function heldBy(b, duty) {
  const places = [...(b.memberships ?? []), ...duty];
  const held = (/** @type {"role"|"unit"} */ what, /** @type {string[]} */ before = []) => {
    const now = new Set(places.map((place) => place[what]));
    return [...new Set([...before.filter((one) => now.has(one)), ...now])];
  };
  return { ...b, duty, roles: held("role", b.roles), units: held("unit", b.units) };
}

/** @type {Reducer} */
function offer(b, op, actor) {
  const { unit, role, to, to_name = "", note, task, from_unit, from_role, step } = op.args;
  const ofStep = task ? { task, from_unit, from_role, step } : {};
  const empty = { passed: [], next_at: null, answered_by: null, answered_by_name: "", answered_at: null, reason: "" };
  return b ?? { unit, role, to: to ?? null, to_name, note, by: actor.id, by_name: actor.name, at: op.at, state: "offered", ...empty, ...ofStep };
}

/** The first answer of somebody whose it is; who was asked before it went on may still take it. @param {string} state @returns {Reducer} */
const answer = (state) => (b, op, actor) => {
  const asked = [b.to ?? actor.id, ...(b.passed ?? []).map((/** @type {any} */ step) => step.to)];
  if (b.state !== "offered" || (state === "refused" && b.to !== actor.id && !b.task)) return null;
  if (state === "accepted" && (b.by === actor.id || !asked.includes(actor.id))) return null;
  return { ...b, state, answered_by: actor.id, answered_by_name: actor.name, answered_at: op.at, reason: op.args.reason ?? "" };
};

/**
 * The kinds that show before the answer: type of their row, how to find its id, and the rule.
 * @type {Record<string, {t: string, id: (op: Op, actor: Actor) => string, reduce: Reducer, creates?: true, what?: string}>}
 */
export const REDUCERS = {
  "task.complete": { t: "task", id: (op) => op.args.task, reduce: complete, what: "complete" },
  "task.confirm": { t: "task", id: (op) => op.args.task, reduce: confirm, what: "confirm" },
  "task.skip": { t: "task", id: (op) => op.args.task, reduce: skip, what: "skip" },
  "task.block": { t: "task", id: (op) => op.args.task, reduce: block, what: "block" },
  "task.reopen": { t: "task", id: (op) => op.args.task, reduce: reopen, what: "reopen" },
  "help.ask": { t: "help", id: (op) => op.id, reduce: askHelp, creates: true },
  "help.take": { t: "help", id: (op) => op.args.help, reduce: takeHelp },
  "help.hand": { t: "help", id: (op) => op.args.help, reduce: handHelp },
  "help.close": { t: "help", id: (op) => op.args.help, reduce: closeHelp },
  "note.add": { t: "note", id: (op) => op.id, reduce: addNote, creates: true },
  "broadcast.carry": { t: "runner_route", id: (op) => op.args.route ?? "", reduce: carry },
  "runner.end": { t: "runner_route", id: (op) => op.args.route, reduce: (b) => (b.state === "ended" ? null : { ...b, state: "ended" }) },
  "unit.check": { t: "unit_check", id: ({ args }) => `check:${args.incident}:${args.unit}`, reduce: check, creates: true },
  "backlog.report": { t: "backlog", id: ({ args }) => `backlog:${args.incident}:${args.unit}`, reduce: count, creates: true },
  "objective.add": { t: "objective", id: (op) => op.id, reduce: setObjective, creates: true },
  "objective.change": { t: "objective", id: (op) => op.args.objective, reduce: changeObjective },
  "period.begin": { t: "period", id: ({ args }) => `period:${args.incident}:${args.no}`, reduce: beginPeriod, creates: true },
  "handover.offer": { t: "handover", id: (op) => op.id, reduce: offer, creates: true },
  "handover.accept": { t: "handover", id: (op) => op.args.handover, reduce: answer("accepted") },
  "handover.refuse": { t: "handover", id: (op) => op.args.handover, reduce: answer("refused") },
  "handover.withdraw": { t: "handover", id: (op) => op.args.handover, reduce: answer("withdrawn") },
  "duty.claim": { t: "me", id: (_op, actor) => actor.id, reduce: claim },
  "duty.release": { t: "me", id: (_op, actor) => actor.id, reduce: release },
};

/** @param {any} b @param {Op} op @param {Actor} actor @param {string} what @param {object} fields */
function settled(b, op, actor, what, fields) {
  return { ...signed(b, op, actor, what, "ok"), by: actor.id, by_name: actor.name, at: op.at, reason: "", ...fields };
}

/** The state after one more signature; null when the same person signs again. @param {any} b @param {Actor} actor */
function afterSignature(b, actor) {
  if (!b.two_person) return "done";
  const signers = signersOf(b.signs ?? []);
  if (signers.includes(actor.id)) return null;
  return signers.length > 0 ? "done" : "half";
}

/** Who signed since the task was last reopened. @param {Array<import("./types.js").Sign>} signs @returns {string[]} */
export function signersOf(signs) {
  const counted = signs.filter((sign) => sign.st === "ok");
  const since = counted.findLastIndex((sign) => sign.what === "reopen");
  return counted.slice(since + 1).filter((sign) => ["complete", "confirm"].includes(sign.what)).map((sign) => sign.by);
}

/** @param {any} b @param {Op} op @param {Actor} actor @param {string} what @param {"ok"|"superseded"} st */
function signed(b, op, actor, what, st) {
  const sign = { by: actor.id, by_name: actor.name, what, at: op.at, st, op: op.id };
  return { ...b, signs: [...(b.signs ?? []), sign] };
}

/** @param {Op} op @param {Actor} actor */
function message(op, actor) {
  const { incident, unit, text } = op.args;
  return { incident, unit, text, by: actor.id, by_name: actor.name, at: op.at };
}

/** @param {Op} op */
const isFor = (op) => (/** @type {any} */ held) => held.unit === op.args.unit && held.role === op.args.role;
