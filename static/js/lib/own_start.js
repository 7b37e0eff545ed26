/**
 * A unit starts the cards of a plan by itself: which ids, rows and due times follow from the cards this phone holds.
 * Two phones that cannot talk compute the same, and so does the server (docs/protocol.md section 5). Pure.
 *
 * @typedef {import("./types.js").Row} Row
 * @typedef {{unit: string, plan: string, incident: string|null, started: string|null, day: string, shift: "day"|"night", again?: number, version?: string}} StartArgs
 */

import { iso, toMs } from "./clock.js";
import { localRun, runId, taskId } from "./ids.js";
import { PHASES } from "./order.js";

const DAY_FROM_H = 7;
const NIGHT_FROM_H = 19;
const HOURS_MS = 3_600_000;
const MINUTE_MS = 60_000;
const ONLY_WHERE_SAID = ["depends_on", "gate", "when", "hand_off", "escalate_after_min", "at_shift_end", "forms"];

/**
 * The shift of a moment by the site's clock; a night carries the date of its evening.
 * @param {number} ms @param {string|undefined} tz @returns {{day: string, shift: "day"|"night"}}
 */
export function shiftOf(ms, tz) {
  const hour = Number(localPart(ms, tz, { hour: "2-digit", hourCycle: "h23" }));
  const shift = hour >= DAY_FROM_H && hour < NIGHT_FROM_H ? "day" : "night";
  return { day: hour < DAY_FROM_H ? dayBefore(localDate(ms, tz)) : localDate(ms, tz), shift };
}

/** @param {number} ms @param {string|undefined} tz YYYY-MM-DD */
const localDate = (ms, tz) => localPart(ms, tz, { year: "numeric", month: "2-digit", day: "2-digit" });

/** @param {number} ms @param {string|undefined} timeZone @param {Intl.DateTimeFormatOptions} parts in the order of an ISO date */
const localPart = (ms, timeZone, parts) => new Intl.DateTimeFormat("sv-SE", { ...parts, timeZone }).format(ms);

/** Noon is the same date everywhere on the way. @param {string} day */
const dayBefore = (day) => iso(Date.parse(`${day}T12:00:00Z`) - 24 * HOURS_MS).slice(0, 10);

/** The run that a start begins. @param {StartArgs} args */
export const runOf = ({ unit, plan, incident, day, shift, again }) => runId(unit, plan, incident ?? localRun(day, shift, again));

/**
 * The next free name in a shift: an earlier start of it that is over stays as it was.
 * @param {StartArgs} args @param {(run: string) => boolean} isOver @returns {StartArgs}
 */
export function freshStart(args, isOver) {
  let fresh = args;
  for (let again = 2; fresh.incident === null && isOver(runOf(fresh)); again += 1) fresh = { ...args, again };
  return fresh;
}

/** The cards of a plan that a unit of this type holds. @param {Iterable<Row>} cards @param {string} plan @param {string} type */
export const cardsFor = (cards, plan, type) => [...cards].filter(({ b }) => b.plan === plan && (b.unit_types ?? []).includes(type));

/**
 * The tasks of a run that nobody has touched.
 * @param {{run: string, incident: string, unit: string, plan: string, kind: string, clocks: Record<string, string>, cards: Row[]}} start
 * @returns {Array<{id: string, b: any}>}
 */
export const ownTasks = ({ cards, ...start }) =>
  cards.flatMap(({ b: card }) => card.steps.map((/** @type {any} */ step) => ({ id: taskId(start.run, step.key), b: { ...taskBody(card, step, start), order: placeOf(card, step) } })));

/** Where a step stands on its card: phase times 100, then as the plan is written. @param {any} card @param {any} step */
const placeOf = (card, step) =>
  100 * PHASES.indexOf(step.phase) + card.steps.filter((/** @type {any} */ one) => one.phase === step.phase).indexOf(step) + 1;

/** @param {any} card @param {any} step @param {{incident: string, unit: string, plan: string, kind: string, clocks: Record<string, string>}} start */
function taskBody(card, step, { incident, unit, plan, kind, clocks }) {
  const { phase, title, code, hint, anchor, safety, two_person, confirm_roles, role_only, capture, repeat_min } = step;
  return {
    incident, unit, role: card.role, plan, kind, occurrence: 1,
    due_at: heldFirst(step) ? null : dueAt(step, clocks),
    phase, title, code, hint, anchor, safety, two_person, confirm_roles, role_only, capture, repeat_min,
    state: "open", by: null, by_name: null, at: null, captured: {}, note: "", reason: "", signs: [], ...onlyWhereSaid(step, unit),
  };
}

/** What a task has only where its plan says so. @param {any} step @param {string} unit */
function onlyWhereSaid(step, unit) {
  const said = ONLY_WHERE_SAID.filter((name) => step[name] !== undefined).map((name) => [name, step[name]]);
  const held = heldFirst(step);
  return { ...Object.fromEntries(said), ...(step.local?.[unit] ? { local: step.local[unit] } : {}), ...(held ? { held, due_min: step.due_min } : {}) };
}

/** Why a step is not asked for yet while nobody has touched its card. @param {any} step */
const heldFirst = (step) => (step.when ? "when" : step.depends_on ? "after" : null);

/** @param {{anchor: string, due_min: number|null}} step @param {Record<string, string>} clocks */
function dueAt({ anchor, due_min }, clocks) {
  return due_min === null || !clocks[anchor] ? null : iso(toMs(clocks[anchor]) + due_min * MINUTE_MS);
}

/**
 * Where tasks went whose run was taken in: from the old name to the one that took its place.
 * @param {Iterable<Row>} runs the `local_run` rows @param {Iterable<Row>} tasks those on the phone @returns {Map<string, string>}
 */
export function placesOf(runs, tasks) {
  const adopted = [...runs].filter(({ b }) => b.into_run);
  if (adopted.length === 0) return new Map();
  return new Map([...tasks].flatMap(({ id, b }) =>
    adopted.filter((run) => run.b.adopted_into === b.incident && run.b.unit === b.unit && run.b.plan === b.plan)
      .map((run) => [taskId(run.id, `${b.role}/${b.code}`, b.occurrence), id])));
}
