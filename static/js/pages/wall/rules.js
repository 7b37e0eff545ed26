/** When a wall has contact, what is new on it, how its promise stands. Pure. */
import { minutesUntil } from "../../lib/format.js";

export const ASK_EVERY_MS = 5_000;
export const LOST_AFTER_MS = 15_000;
/** After this the question of now has had no answer in time. */
const LATE_AFTER_MS = 8_000;
export const NEWS_SHOWN_MS = 20_000;
/** Where the picture stands, in hundredths of the screen's width: it moves on each minute, so that nothing burns in. */
const PLACES = [[0, 0], [0.5, 0.2], [0.3, 0.6], [-0.3, 0.5], [-0.5, 0.1], [-0.4, -0.4], [0.1, -0.5], [0.5, -0.3]];

/**
 * @typedef {{no: number, headline: string, at: string, relation: string|null, refers_to: number|null}} Update
 * @typedef {{at: string|null, confidence: string, text: string}} Estimate
 * @typedef {{id: string, label: string, title: string, kind: string, state: string, since: string, do_now: string[], do_not: string[], down: string[],
 *   works: string[], estimate: Estimate|null, update: Update|null, next_update_at: string|null}} Incident
 * @typedef {{now_total: number, now_done: number, overdue: number, blocked: number}} Counts
 * @typedef {Counts & {unit: string, name: string, silent_since: string|null, update: number|null, reached: string}} UnitLine
 * @typedef {{epoch: string, build: string, place: string, ward: string, desk: {name: string, phone: string}|null, incidents: Incident[],
 *   counts: Counts|null, units: UnitLine[]|null}} WallState what the server says (docs/protocol.md section 11)
 * @typedef {Record<string, number>} Heard the newest number by incident
 * @typedef {{incident: Incident, no: number}} News
 */

/** Whether the wall may show what it holds as true now. @param {number|null} heardMs @param {number} nowMs both on the steady clock */
export const hasContact = (heardMs, nowMs) => heardMs !== null && nowMs - heardMs < LOST_AFTER_MS;

/** Whether an answer is overdue, though contact is not lost yet. @param {number} silentMs */
export const isLate = (silentMs) => silentMs >= LATE_AFTER_MS;

/** @param {WallState} state @returns {Heard} */
export const heardOf = (state) => Object.fromEntries(state.incidents.map((one) => [one.id, one.update?.no ?? 0]));

/**
 * What has come since: a number above the one that was heard, or an incident that was not there. Nothing on a first look.
 * @param {Heard|null} before @param {WallState} state @returns {News[]}
 */
export function newsOf(before, state) {
  if (before === null) return [];
  const numbers = state.incidents.map((incident) => ({ incident, no: incident.update?.no ?? 0 }));
  return numbers.filter(({ incident, no }) => !(incident.id in before) || no > before[incident.id]);
}

/**
 * The promise: minutes left, or since it was missed. Null without one.
 * @param {string|null} at @param {number} now
 */
export function promiseOf(at, now) {
  const minutes = minutesUntil(at, now);
  return minutes === null ? null : { minutes: Math.abs(minutes), missed: minutes < 0 };
}

/** @param {number} minute any number that grows by one each minute */
export const placeAt = (minute) => PLACES[Math.abs(Math.floor(minute)) % PLACES.length];
