/** In which order things are shown, and which task comes next. Pure. */

import { toMs } from "./clock.js";

export const PHASES = ["pre", "0-15", "15-60", "1-4h", "4-12h", "12h+", "recovery", "back-entry", "close"];

/** @typedef {{id: string, b: any}} Shown */

/** Open work that a person can do; a half signed task still needs somebody. */
const UNFINISHED = ["open", "half"];

/** By phase, then the card's order, then when it is due. @template {Shown} T @param {T[]} tasks @returns {T[]} */
export function inCardOrder(tasks) {
  return [...tasks].sort((a, b) => phase(a) - phase(b) || (a.b.order ?? 0) - (b.b.order ?? 0) || compare(due(a), due(b)) || compare(a.id, b.id));
}

/** The unfinished task that is due first; tasks whose clock has not started come last. @template {Shown} T @param {T[]} tasks @returns {T|null} */
export function nextOf(tasks) {
  const open = inCardOrder(tasks.filter((task) => UNFINISHED.includes(task.b.state)));
  return open.reduce((/** @type {T|null} */ first, task) => (first === null || due(task) < due(first) ? task : first), null);
}

/** Running incidents, real ones before exercises, the newest first. @template {Shown} T @param {T[]} incidents @returns {T[]} */
export function running(incidents) {
  const exercise = (/** @type {T} */ one) => (one.b.kind === "exercise" ? 1 : 0);
  return incidents
    .filter((one) => ["declared", "restored", "all_clear"].includes(one.b.state))
    .sort((a, b) => exercise(a) - exercise(b) || compare(startOf(b), startOf(a)));
}

/** @param {Shown[]} rows by `order`, then name @returns {any[]} */
export const byOrder = (rows) =>
  [...rows].sort((a, b) => (a.b.order ?? 0) - (b.b.order ?? 0) || compare(a.id, b.id));

/** The latest known moment of the start, so that a declared incident beats one that only began. @param {Shown} incident */
export const startOf = (incident) => incident.b.clocks?.TD ?? incident.b.clocks?.T0 ?? "";

/** @param {Shown} task */
const phase = (task) => PHASES.indexOf(task.b.phase);

/** @param {Shown} task */
const due = (task) => (task.b.due_at ? toMs(task.b.due_at) : Infinity);

/** @param {string|number} a @param {string|number} b */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
