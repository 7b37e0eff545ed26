/**
 * Which workaround is for whom, and until when it is safe. Pure. The server picks by the same rule
 * (app/plans/workarounds/matching.py); tests/contracts/workarounds.json keeps the two together.
 *
 * @typedef {{code: string, units: string[], unit_types: string[], roles: string[], do: any[], stop: any[], safe_min: number, owner: string, review_by: string}} Entry
 * @typedef {{entry: Entry, roles: string[]|null}} Meant  `roles` null: for whoever no other one is for
 * @typedef {{service: string, code: string, roles: string[]|null, since: string, safe_until: string}} Item
 */
import { toMs } from "./clock.js";

const MINUTE_MS = 60_000;
/** How long before its end a workaround warns: the last quarter of its time, at most half an hour. */
const WARN_MIN = 30;

/** @param {Entry[]} entries @param {string} unit @param {string} type @returns {Meant[]} */
export function entriesFor(entries, unit, type) {
  const here = entries.filter((entry) => placeOf(entry, unit, type) !== null);
  const named = [...new Set(here.flatMap((entry) => entry.roles))].sort();
  /** @type {Map<string, string[]|null>} */
  const won = new Map();
  for (const role of named) {
    const best = bestOf(here, role, unit, type);
    if (best?.roles.length) won.set(best.code, [...(won.get(best.code) ?? []), role]);
  }
  const everybody = bestOf(here.filter((entry) => entry.roles.length === 0), null, unit, type);
  if (everybody) won.set(everybody.code, null);
  return here.filter((entry) => won.has(entry.code)).map((entry) => ({ entry, roles: won.get(entry.code) ?? null }));
}

/** Of what counts in a unit, what is for somebody with these roles there. @template {{roles: string[]|null}} T @param {T[]} items @param {string[]} roles @returns {T[]} */
export function pick(items, roles) {
  const own = items.filter((item) => item.roles?.some((role) => roles.includes(role)));
  return own.length > 0 ? own : items.filter((item) => item.roles === null);
}

/** @param {Entry} entry @param {string} unit @param {string} type */
function placeOf(entry, unit, type) {
  if (entry.units.includes(unit)) return 2;
  if (entry.unit_types.includes(type)) return 1;
  return entry.units.length + entry.unit_types.length > 0 ? null : 0;
}

/** @param {Entry[]} here @param {string|null} role @param {string} unit @param {string} type @returns {Entry|undefined} */
function bestOf(here, role, unit, type) {
  const meant = here.filter((entry) => entry.roles.length === 0 || (role !== null && entry.roles.includes(role)));
  const rank = (/** @type {Entry} */ entry) => 2 * (placeOf(entry, unit, type) ?? 0) + Number(entry.roles.length > 0);
  return meant.reduce((/** @type {Entry|undefined} */ best, entry) => (best && rank(best) >= rank(entry) ? best : entry), undefined);
}

/** @param {{since: string, safe_until: string}} item @param {number} now ms @returns {"safe"|"soon"|"over"} */
export function safety({ since, safe_until }, now) {
  const [start, end] = [toMs(since), toMs(safe_until)];
  if (now >= end) return "over";
  return end - now <= Math.min(WARN_MIN * MINUTE_MS, (end - start) / 4) ? "soon" : "safe";
}

/** The items of a unit's own start, which no server has compiled: the plan's services by the rows on the phone. @param {{services: string[], since: string, unit: string, type: string, entriesOf: (service: string) => Entry[]}} start @returns {Item[]} */
export const itemsAlone = ({ services, since, unit, type, entriesOf }) =>
  services.flatMap((service) => entriesFor(entriesOf(service), unit, type).map(({ entry, roles }) => ({
    service, code: entry.code, roles, since, safe_until: new Date(toMs(since) + entry.safe_min * MINUTE_MS).toISOString(),
  })));

/** What leaders see: past its time first, then what ends next. @template {{since: string, safe_until: string}} T @param {T[]} items @param {number} now @returns {Array<T & {state: "safe"|"soon"|"over"}>} */
export const byUrgency = (items, now) =>
  items.map((item) => ({ ...item, state: safety(item, now) })).sort((a, b) => toMs(a.safe_until) - toMs(b.safe_until));
