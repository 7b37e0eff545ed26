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
 *   to: "all"|"units"|"roles"|"services"|"people", units: string[], roles: string[], ack: "unit"|"person"|"none", asked_at: number|null,
 *   services: string[], people: Array<{id: string, name: string}>, on_duty: boolean, stage: string, what_down: string, affected: string,
 *   do_not: string, contact: string, est_at: string, est_sure: "unknown"|"low"|"likely"|"confirmed", est_text: string,
 *   relation: ""|"corrects"|"cancels", refers_to: number|null, seen: number,
 * }} ComposeDraft
 *   seen: the highest number that the author knew when writing began
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

/** What an author may leave out. */
export const BLANK = { services: [], people: [], on_duty: false, stage: "", what_down: "", affected: "", do_not: "", contact: "", est_at: "", est_sure: "unknown", est_text: "", relation: "", refers_to: null, seen: 0 };

/** What another leader has sent while this was being written: it has to be read first. @param {ComposeDraft} draft @param {Shown[]} broadcasts newest first @param {string} me @returns {any|null} its body */
export function overtakenBy(draft, broadcasts, me) {
  const newest = broadcasts[0]?.b;
  return newest && newest.no > draft.seen && newest.by !== me ? newest : null;
}

/** Units that will get it. @param {ComposeDraft} draft @param {any} incident body @param {string[]} [hit] those that need the chosen services @returns {string[]} */
export function targetUnits(draft, incident, hit = []) {
  if (draft.to === "units") return draft.units;
  if (draft.to === "people") return [];
  const all = incident.units ?? [];
  return draft.to === "services" ? all.filter((/** @type {string} */ unit) => hit.includes(unit)) : all;
}

/** @param {ComposeDraft} draft */
export const audienceOf = (draft) => ({
  units: draft.to === "units" ? draft.units : draft.to === "people" ? [] : null, roles: draft.to === "roles" ? draft.roles : null,
  ...(draft.to === "services" ? { services: draft.services } : {}), ...(draft.to === "people" ? { people: draft.people.map(({ id }) => id) } : {}),
  ...(draft.on_duty ? { on_duty: true } : {}),
});

/** Whether nobody is chosen in any way: then it is public as well (ADR 21). @param {ComposeDraft} draft */
export const isForEverybody = (draft) => Object.values(audienceOf(draft)).every((chosen) => chosen === null);

/** Why it cannot be sent yet, or "". @param {ComposeDraft} draft @param {number|null} at @returns {""|"headline"|"long"|"time"|"units"|"roles"|"services"|"people"|"refers"} */
export function missing(draft, at) {
  if (!draft.headline.trim()) return "headline";
  if (draft.headline.trim().length > HEADLINE_MAX) return "long";
  if (draft.to === "units" && draft.units.length === 0) return "units";
  if (draft.to === "roles" && draft.roles.length === 0) return "roles";
  if (draft.to === "services" && draft.services.length === 0) return "services";
  if (draft.to === "people" && draft.people.length === 0) return "people";
  if (draft.relation && !draft.refers_to) return "refers";
  return at === null ? "time" : "";
}

/** Arguments of the op. @param {ComposeDraft} draft @param {string} incident @param {number} at @param {any} [more] what the author may leave out, as arguments */
export const sendArgs = (draft, incident, at, more = {}) => ({
  broadcast: draft.broadcast, incident, headline: draft.headline.trim(), do_now: linesOf(draft.do_now), works: linesOf(draft.works),
  next_update_at: iso(at), audience: audienceOf(draft), ack: draft.ack,
  ...more,
});

/**
 * The arguments an author may leave out; what is empty is not sent.
 * @param {ComposeDraft} draft @param {{shows: (ms: number) => string, now: number, after: number}} at shows: the hospital's clock; after: the highest number the author has seen
 */
export function moreArgs(draft, { shows, now, after }) {
  const back = draft.est_at ? nextAt(draft.est_at, shows, now) : null;
  const estimate = { at: back === null ? null : iso(back), confidence: draft.est_sure, text: draft.est_text.trim() };
  const isKnown = back !== null || estimate.text !== "" || estimate.confidence !== "unknown";
  const said = { stage: draft.stage, what_down: linesOf(draft.what_down), affected: draft.affected.trim(), do_not: linesOf(draft.do_not), contact: draft.contact.trim() };
  const filled = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== ""));
  return { ...filled, ...(isKnown ? { estimate } : {}), ...(draft.relation ? { relation: draft.relation, refers_to: draft.refers_to } : {}), after };
}

/**
 * "Nothing new": the orders stand, only the promise moves. Nobody has to answer it.
 * @param {ComposeDraft} draft @param {string} incident @param {number} at @param {{headline: string, do_now: any, works: any}} standing
 */
export const quietArgs = (draft, incident, at, { headline, do_now, works }) => ({
  broadcast: draft.quiet, incident, headline, do_now, works, next_update_at: iso(at), audience: { units: null, roles: null }, ack: "none", nothing_new: true,
});

/** Whether an answer means that the update is on its way, now or since an earlier try. @param {any} result */
export const isSent = (result) => ["ok", "superseded"].includes(result.st === "dup" ? (result.first ?? "ok") : result.st);
