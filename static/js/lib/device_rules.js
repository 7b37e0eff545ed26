/**
 * What leaders see of each device, and in which order: entries that are gone, then entries that wait, then all is well.
 * A device that is merely switched off is no trouble. Pure: rows and the time in, lines out.
 *
 * @typedef {{id: string, b: any}} Shown
 * @typedef {"lost"|"emptied"|"waits"|"well"} State
 * @typedef {{id: string, b: any, state: State, away: boolean, old: boolean}} DeviceLine
 *   `away`: no contact for a while; `old`: it runs another build than the server's
 */

import { toMs } from "./clock.js";

const MINUTE_MS = 60_000;
const AWAY_MIN = 15;
/** A device on its way hands in within moments: only what waits longer is worth a look. */
const WAITS_MIN = 2;
/** Until then somebody has asked the person what was lost; the timeline keeps it. */
const SHOWN_MS = 48 * 60 * MINUTE_MS;

/** @type {State[]} the worst first */
const ORDER = ["lost", "emptied", "waits", "well"];

/** @param {Shown[]} rows `device_state` rows @param {number} now @param {string|undefined} build of the server @returns {DeviceLine[]} the worst first, then what was heard last */
export const deviceLines = (rows, now, build) =>
  rows.map(({ id, b }) => ({ id, b, state: stateOf(b, now), away: isAway(b, now), old: isOld(b, build) })).sort(byTrouble);

/** @param {DeviceLine} line */
export const isTroubled = (line) => line.state !== "well";

/** @param {any} b @param {number} now @returns {State} */
function stateOf(b, now) {
  const lately = (/** @type {string|null} */ at) => Boolean(at) && now - toMs(at) < SHOWN_MS;
  if (b.gap > 0 && lately(b.gap_at)) return "lost";
  if (lately(b.emptied_at)) return "emptied";
  const since = b.oldest_at ?? b.last_contact_at;
  return b.queue_len > 0 && now - toMs(since) >= WAITS_MIN * MINUTE_MS ? "waits" : "well";
}

/** @param {any} b @param {number} now */
const isAway = (b, now) => now - toMs(b.last_contact_at) >= AWAY_MIN * MINUTE_MS;

/** A device that has sent nothing since it was updated says nothing of its build. @param {any} b @param {string|undefined} build */
const isOld = (b, build) => Boolean(build && b.app_version) && b.app_version !== build;

/** @param {DeviceLine} a @param {DeviceLine} b */
function byTrouble(a, b) {
  const worse = ORDER.indexOf(a.state) - ORDER.indexOf(b.state);
  if (worse !== 0) return worse;
  if (a.state === "waits") return toMs(a.b.oldest_at ?? a.b.last_contact_at) - toMs(b.b.oldest_at ?? b.b.last_contact_at);
  return toMs(b.b.last_contact_at) - toMs(a.b.last_contact_at);
}
