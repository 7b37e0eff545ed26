/** Writing an update: how long, for whom, and when the next one comes. Pure. */

import { iso } from "./clock.js";

const MINUTE_MS = 60_000;
const QUARTER_MIN = 15;
const DAY_MIN = 1440;
const ROUND_TO_MIN = 5;
export const HEADLINE_MAX = 140;

/**
 * @typedef {{
 *   broadcast: string, quiet: string, headline: string, do_now: string, works: string, next: "30"|"60"|"other", other: string,
 *   to: "all"|"units"|"roles", units: string[], roles: string[], ack: "unit"|"person"|"none", asked_at: number|null,
 * }} ComposeDraft
 * @typedef {{id: string, b: any}} Shown
 */

/** A round time at least `minutes` from now: people remember 10:50, not 10:47. @param {number} now @param {number} minutes */
export function roundedIn(now, minutes) {
  const step = ROUND_TO_MIN * MINUTE_MS;
  return Math.ceil((now + minutes * MINUTE_MS) / step) * step;
}

/**
 * The next moment at which the hospital's clock shows `wanted`, also in the nights in which clocks are changed: each
 * quarter of an hour is looked up, as no zone is off by less.
 * @param {string} wanted "HH:MM" @param {(ms: number) => string} shows the hospital's clock @param {number} now @returns {number|null}
 */
export function nextAt(wanted, shows, now) {
  const [start, to] = [Math.floor(now / MINUTE_MS) * MINUTE_MS, minuteOfDay(wanted)];
  const from = minuteOfDay(shows(start));
  if (to === null || from === null) return null;
  const first = start + (((to - from - 1 + DAY_MIN) % QUARTER_MIN) + 1) * MINUTE_MS;
  for (let at = first; at <= start + 2 * DAY_MIN * MINUTE_MS; at += QUARTER_MIN * MINUTE_MS) {
    if (shows(at) === wanted) return at;
  }
  return null;
}

/** @param {string} text */
function minuteOfDay(text) {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text);
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}

/** When the draft promises the next update; null while no time is given. @param {ComposeDraft} draft @param {(ms: number) => string} shows @param {number} now */
export const promisedAt = (draft, shows, now) =>
  draft.next === "other" ? nextAt(draft.other, shows, now) : roundedIn(now, Number(draft.next));

/** One line stays a sentence, several become numbered orders. @param {string} text @returns {string|string[]} */
export function linesOf(text) {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  return lines.length > 1 ? lines : (lines[0] ?? "");
}

/** @param {string|string[]|null|undefined} value */
export const textOf = (value) => (Array.isArray(value) ? value.join("\n") : (value ?? ""));

/** Units that will get it. @param {ComposeDraft} draft @param {any} incident body @returns {string[]} */
export const targetUnits = (draft, incident) => (draft.to === "units" ? draft.units : (incident.units ?? []));

/** Why it cannot be sent yet, or "". @param {ComposeDraft} draft @param {number|null} at @returns {""|"headline"|"long"|"time"|"units"|"roles"} */
export function missing(draft, at) {
  if (!draft.headline.trim()) return "headline";
  if (draft.headline.trim().length > HEADLINE_MAX) return "long";
  if (draft.to === "units" && draft.units.length === 0) return "units";
  if (draft.to === "roles" && draft.roles.length === 0) return "roles";
  return at === null ? "time" : "";
}

/** Arguments of the op. @param {ComposeDraft} draft @param {string} incident @param {number} at */
export const sendArgs = (draft, incident, at) => ({
  broadcast: draft.broadcast, incident, headline: draft.headline.trim(), do_now: linesOf(draft.do_now), works: linesOf(draft.works),
  next_update_at: iso(at), audience: { units: draft.to === "units" ? draft.units : null, roles: draft.to === "roles" ? draft.roles : null }, ack: draft.ack,
});

/**
 * "Nothing new": the orders stand, only the promise moves. Nobody has to answer it.
 * @param {ComposeDraft} draft @param {string} incident @param {number} at @param {{headline: string, do_now: any, works: any}} standing
 */
export const quietArgs = (draft, incident, at, { headline, do_now, works }) => ({
  broadcast: draft.quiet, incident, headline, do_now, works, next_update_at: iso(at), audience: { units: null, roles: null }, ack: "none",
});

/** Whether an answer means that the update is on its way, now or since an earlier try. @param {any} result */
export const isSent = (result) => ["ok", "superseded"].includes(result.st === "dup" ? (result.first ?? "ok") : result.st);
