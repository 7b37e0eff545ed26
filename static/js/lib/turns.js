/** When time alone changes what is shown of steps, so that a clock that moves every few seconds draws nothing anew. Pure. */
import { toMs } from "./clock.js";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** From here on a delay is said in hours. */
const HOURS_FROM_MS = 2 * HOUR_MS;
const UNFINISHED = ["open", "half", "blocked"];

/**
 * @typedef {object} Picture  what of the steps is shown
 * @property {number[]} starts  when phases begin, ms
 * @property {number} foldAfterMs  how long after it was done a step folds away
 * @property {string|null} [counted]  the step whose minutes are counted down; undefined: no minutes are shown, late ones neither
 */

/**
 * The last moment up to `at` at which it was another picture: a step became late, or later by a minute that is shown, a
 * phase began, something was folded away. What is worked out for this moment holds until the next one.
 * @param {Array<{id: string, b: any}>} tasks @param {Picture} picture @param {number} at ms @returns {number} ms, 0 when there was none
 */
export function lastTurn(tasks, picture, at) {
  const turns = tasks.map((task) => (UNFINISHED.includes(task.b.state) ? dueTurn(task, picture, at) : toMs(task.b.at) + picture.foldAfterMs + 1));
  return [...picture.starts, ...turns].reduce((last, turn) => (turn > last && turn <= at ? turn : last), 0);
}

/** @param {{id: string, b: any}} task @param {Picture} picture @param {number} at ms */
function dueTurn({ id, b }, { counted }, at) {
  const late = toMs(b.due_at) + 1;
  if (counted === undefined || Number.isNaN(late) || (at < late && id !== counted)) return late;
  const begun = at - late; // below zero while its minutes are counted down
  if (begun < HOURS_FROM_MS) return at - (((begun % MINUTE_MS) + MINUTE_MS) % MINUTE_MS);
  return at - ((begun + MINUTE_MS) % HOUR_MS); // the 180th minute is the third hour
}
