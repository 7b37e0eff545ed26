/** The phases of a card and when each runs. Pure. */
import { toMs } from "../lib/clock.js";
import { clockTime } from "../lib/format.js";
import { PHASES } from "../lib/order.js";
import { t } from "../lib/text.js";

const MINUTE_MS = 60_000;

/** @type {Record<string, [from: number, to: number|null]>} minutes after the incident was declared */
const WINDOW = { "0-15": [0, 15], "15-60": [15, 60], "1-4h": [60, 240], "4-12h": [240, 720], "12h+": [720, null] };

/** @type {Record<string, string>} phases that wait for a clock of the incident */
const WAITS_FOR = { recovery: "TR", "back-entry": "TA", close: "TA" };

/** @type {Record<string, () => string>} */
const TITLES = {
  pre: () => t("Before it starts"), "0-15": () => t("0–15 min"), "15-60": () => t("15–60 min"), "1-4h": () => t("1–4 h"),
  "4-12h": () => t("4–12 h"), "12h+": () => t("Over 12 h"), recovery: () => t("IT is back, not cleared"),
  "back-entry": () => t("Entering back"), close: () => t("Closing"),
};

/** @param {string} phase */
export const phaseTitle = (phase) => TITLES[phase]?.() ?? phase;

/** @param {string} phase @param {Record<string, string|undefined>} clocks of the incident */
export const isWaiting = (phase, clocks) => Boolean(WAITS_FOR[phase]) && !clocks[WAITS_FOR[phase]];

/** Whether a phase has begun. @param {string} phase @param {Record<string, string|undefined>} clocks @param {number} now ms */
export function hasBegun(phase, clocks, now) {
  if (WAITS_FOR[phase]) return !isWaiting(phase, clocks);
  const start = toMs(clocks.TD) + (WINDOW[phase]?.[0] ?? 0) * MINUTE_MS;
  return Number.isNaN(start) || start <= now;
}

/** When the phases begin that run by the clock. @param {Record<string, string|undefined>} clocks @returns {number[]} ms */
export const phaseStarts = (clocks) => Object.values(WINDOW).map(([from]) => toMs(clocks.TD) + from * MINUTE_MS);

/**
 * What can be asked of people by now: the phases that have begun, and whatever was done ahead of its time.
 * A tally of everything, back-entry included, would say "3 of 35" to somebody who is perfectly in time.
 * @template {{b: any}} T @param {T[]} tasks @param {Record<string, string|undefined>} clocks @param {number} now ms
 */
export const soFar = (tasks, clocks, now) => tasks.filter(({ b }) => b.state !== "open" || !b.held && hasBegun(b.phase, clocks, now));

/** "to 10:40", "from 10:40" or what it waits for. @param {string} phase @param {Record<string, string|undefined>} clocks @param {number} now ms */
export function phaseTime(phase, clocks, now) {
  if (WAITS_FOR[phase]) return waitWords(WAITS_FOR[phase], clocks);
  const declared = toMs(clocks.TD);
  const [from, to] = WINDOW[phase] ?? [null, null];
  if (Number.isNaN(declared) || from === null) return "";
  const start = declared + from * MINUTE_MS;
  if (now < start) return t("from {time}", { time: clockTime(start) });
  return to === null ? t("since {time}", { time: clockTime(start) }) : t("to {time}", { time: clockTime(declared + to * MINUTE_MS) });
}

/** Tasks by phase, in the card's order; a phase without tasks is left out. @template {{b: any}} T @param {T[]} tasks @returns {Array<{phase: string, tasks: T[]}>} */
export const byPhase = (tasks) =>
  PHASES.map((phase) => ({ phase, tasks: tasks.filter(({ b }) => b.phase === phase) })).filter((group) => group.tasks.length > 0);

/** @param {string} clock @param {Record<string, string|undefined>} clocks */
function waitWords(clock, clocks) {
  if (clocks[clock]) return t("since {time}", { time: clockTime(clocks[clock]) });
  return clock === "TR" ? t("when IT says it is back") : t("after the all-clear");
}
