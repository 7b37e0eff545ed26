/** Incident command: who holds which position, what is vacant, which period runs. Pure. */

import { toMs } from "./clock.js";

/**
 * @typedef {{id: string, b: any}} Shown
 * @typedef {{user: string, name: string, since: string}} Holder
 * @typedef {{code: string, b: any, holders: Holder[], offer: any, required: boolean, vacant: boolean, depth: number}} Line
 */

/** The positions with who holds them, in the order of the chart. @param {Shown[]} positions @param {any} duty body of the command centre's `duty` row @param {Shown[]} handovers @param {string} unit @param {number} level of the incident, 0 without one @returns {Line[]} */
export function chartLines(positions, duty, handovers, unit, level) {
  return [...positions].sort((a, b) => a.b.order - b.b.order).map(({ b }) => {
    const holders = (duty?.holders ?? []).filter((/** @type {any} */ one) => one.role === b.code);
    const offer = handovers.find((one) => one.b.unit === unit && one.b.role === b.code && one.b.state === "offered")?.b ?? null;
    const required = b.from_level !== null && b.from_level <= level;
    return { code: b.code, b, holders, offer, required, vacant: required && holders.length === 0, depth: b.successors.length };
  });
}

/** What this person shows at once: a position taken or given up on this phone. @param {Line[]} lines @param {{id: string, name: string, duty: Array<{unit: string, role: string, since?: string}>}} me @param {string} unit @returns {Line[]} */
export function withMine(lines, me, unit) {
  return lines.map((line) => {
    const own = me.duty.find((held) => held.unit === unit && held.role === line.code);
    const others = line.holders.filter((one) => one.user !== me.id);
    const holders = own ? [...others, { user: me.id, name: me.name, since: own.since ?? "" }] : others;
    return { ...line, holders, vacant: line.required && holders.length === 0 };
  });
}

/** @param {Line[]} lines @param {{code: string}[]} sections @returns {Array<{section: any, lines: Line[]}>} */
export const bySection = (lines, sections) =>
  sections.map((section) => ({ section, lines: lines.filter(({ b }) => b.section === section.code) })).filter((group) => group.lines.length > 0);

/**
 * The period that runs: before anybody has planned one, the first since the declaration.
 * @param {Shown[]} periods of the incident @param {any} incident body @param {number} now ms
 * @returns {{no: number, starts_at: string, ends_at: string|null, note: string, over: boolean}}
 */
export function runningPeriod(periods, incident, now) {
  const newest = [...periods].sort((a, b) => b.b.no - a.b.no)[0]?.b;
  const found = newest ?? { no: 1, starts_at: incident.clocks.TD, ends_at: null, note: "" };
  return { no: found.no, starts_at: found.starts_at, ends_at: found.ends_at, note: found.note, over: found.ends_at !== null && toMs(found.ends_at) <= now };
}

const ORDER = /** @type {Record<string, number>} */ ({ open: 0, met: 1, dropped: 2 });

/** Open ones first, then the newest. @template {Shown} T @param {T[]} objectives @returns {T[]} */
export const inOrder = (objectives) => [...objectives].sort((a, b) => ORDER[a.b.state] - ORDER[b.b.state] || (a.b.at < b.b.at ? 1 : -1));
