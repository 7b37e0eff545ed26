/** Planned downtimes: how long until the start, which words are due, who has said go. Pure. */

import { iso, toMs } from "./clock.js";

const MINUTE_MS = 60_000;
const NEAR_MIN = 120;
export const VOICES = /** @type {const} */ (["it", "clinical"]);

/** @typedef {{id: string, b: any}} Shown */

/** Planned and not begun, the next one first. @template {Shown} T @param {T[]} incidents @returns {T[]} */
export const waiting = (incidents) => incidents.filter(({ b }) => b.state === "planned").sort((a, b) => toMs(a.b.clocks.planned) - toMs(b.b.clocks.planned));

/** Days, hours and minutes left; `late` once the start is past. @param {string} at @param {number} now */
export function leftUntil(at, now) {
  const minutes = Math.round(Math.abs(toMs(at) - now) / MINUTE_MS);
  return { late: toMs(at) < now, days: Math.floor(minutes / 1440), hours: Math.floor((minutes % 1440) / 60), minutes: minutes % 60 };
}

/** Whether both voices say go. @param {any} go of an incident */
export const bothSayGo = (go) => Boolean(go) && VOICES.every((voice) => go[voice]?.go === true);

/** The start is so near, or past, that it may be started by a tap; before that another time is the way. @param {string} at @param {number} now */
export const isNear = (at, now) => toMs(at) - now <= NEAR_MIN * MINUTE_MS;

/** Notices that are due and not done. @param {any} b of an incident @param {number} now @returns {any[]} */
export const dueNotices = (b, now) => (b.notices ?? []).filter((/** @type {any} */ one) => !one.sent_at && toMs(one.due_at) <= now);

/**
 * The instant at which the hospital's clock shows a date and time.
 * @param {string} text "2026-11-28T02:00" as a date field gives it @param {string} tz @returns {string|null} ISO, or null for no time
 */
export function instantOf(text, tz) {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) return null;
  const wanted = Date.parse(`${text}:00Z`);
  if (Number.isNaN(wanted)) return null;
  // twice, as the first guess may lie on the other side of a change of the clocks
  const guess = wanted - offsetAt(wanted, tz);
  return iso(wanted - offsetAt(guess, tz));
}

/** "2026-11-28T02:00" for a date field. @param {string|number} at @param {string} tz */
export const fieldOf = (at, tz) => iso(toMs(at) + offsetAt(toMs(at), tz)).slice(0, 16);

/** How far the zone's clock is ahead of UTC. @param {number} ms @param {string} tz */
function offsetAt(ms, tz) {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: tz, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }).formatToParts(ms);
  const part = (/** @type {string} */ type) => parts.find((one) => one.type === type)?.value ?? "";
  const shown = Date.parse(`${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}:00Z`);
  return shown - Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}
