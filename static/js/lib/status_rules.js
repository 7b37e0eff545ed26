/**
 * The signed status: when to ask for a new one, whether one from another phone is worth taking, and from when on what is
 * shown may not be relied on. Pure.
 *
 * @typedef {{no: number, headline: string, do_now: string[], at: string, next_update_at: string|null}} StatusUpdate
 * @typedef {{id: string, no: number, title: string, kind: string, state: string, level: number, services: string[],
 *   clocks: Record<string, string>, do_now: string, works: string[], update: StatusUpdate|null}} StatusIncident
 * @typedef {{v: number, site: string, name: string, epoch: string, at: string, until: string, incidents: StatusIncident[], more: number}} Status
 */

import { toMs } from "./clock.js";

/** Without any status, as before the first contact with a server that signs: as long as one counts by default. */
const USUAL_LIFE_MS = 30 * 60_000;
/** A clock that is a little behind the server's must not refuse what was signed this moment. */
const CLOCK_ROOM_MS = 2 * 60_000;
const RUNNING = ["declared", "restored", "all_clear"];

/** What a status or the rows say, shortly; the same words mean the same news. @param {Array<{id: string, state: string, level: number, no: number}>} incidents */
const gist = (incidents) => incidents.map(({ id, state, level, no }) => [id, state, level, no].join(" ")).sort().join("|");

/** @param {Status} status */
export const gistOfStatus = ({ incidents }) => gist(incidents.map(({ id, state, level, update }) => ({ id, state, level, no: update?.no ?? 0 })));

/**
 * The same from rows, as far as a status tells of them: what runs, and the newest update to all.
 * @param {Array<{id: string, b: any}>} incidents @param {Array<{b: any}>} broadcasts
 */
export function gistOfRows(incidents, broadcasts) {
  const toAll = broadcasts.filter(({ b }) => b.state === "current" && !b.audience?.units && !b.audience?.roles);
  const newest = (/** @type {string} */ id) => Math.max(0, ...toAll.filter(({ b }) => b.incident === id).map(({ b }) => b.no));
  return gist(incidents.filter(({ b }) => RUNNING.includes(b.state)).map(({ id, b }) => ({ id, state: b.state, level: b.level, no: newest(id) })));
}

/** A third of its life is over, or it came from another phone, or it says something else than the rows. @param {{status: Status, brought: boolean}|null} held @param {string} rows gist @param {number} now ms */
export function isDue(held, rows, now) {
  if (!held || held.brought) return true;
  const [at, until] = [toMs(held.status.at), toMs(held.status.until)];
  return now - at > (until - at) / 3 || now < at - CLOCK_ROOM_MS || (held.status.more === 0 && gistOfStatus(held.status) !== rows);
}

/** @param {any} status @returns {status is Status} */
export const isStatus = (status) =>
  status?.v === 1 && typeof status.site === "string" && Array.isArray(status.incidents) && Number.isFinite(toMs(status.at)) && Number.isFinite(toMs(status.until));

/**
 * Whether a verified status that another phone shows is news here.
 * @param {Status} status @param {{site: string|undefined, known_at: number|null, now: number}} here `known_at`: how new the news here is, ms
 * @returns {"taken"|"foreign"|"expired"|"older"}
 */
export function worth(status, { site, known_at, now }) {
  if (status.site !== site) return "foreign";
  if (now > toMs(status.until) || toMs(status.at) > now + CLOCK_ROOM_MS) return "expired";
  return known_at !== null && toMs(status.at) <= known_at ? "older" : "taken";
}

/**
 * Whether nothing here can be proved to be valid any more.
 * @param {{tone: string, last_heard_at: number|null, status: Status|null, now: number}} here
 */
export function hasLapsed({ tone, last_heard_at, status, now }) {
  if (tone !== "alone" && tone !== "stale") return false;
  if (status) return now > toMs(status.until);
  return last_heard_at === null || now > last_heard_at + USUAL_LIFE_MS;
}
