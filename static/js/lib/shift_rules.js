/** Who holds what on this shift, what is offered to whom, what nobody holds. Pure. */

import { mayClaim } from "./permissions.js";

/**
 * @typedef {{id: string, b: any}} Shown
 * @typedef {{id: string, units: string[], memberships: Array<{unit: string, role: string}>, duty: Array<{unit: string, role: string, since?: string}>, standby?: Array<{unit: string, role: string}>}} Me
 */

const UNFINISHED = ["open", "half", "blocked"];

/** Whether the person may go on duty in a role, by what they hold or as a successor in that unit. @param {Me} me @param {string} role @param {string} [unit] */
export const mayHold = (me, role, unit) => mayClaim(me.memberships.map((one) => one.role), role) || succeeds(me, role, unit);

/** @param {Me} me @param {string} role @param {string} [unit] */
const succeeds = (me, role, unit) => (me.standby ?? []).some((one) => one.role === role && one.unit === unit);

/** @param {Me} me @param {string} unit @param {string} role */
export const isOnDuty = (me, unit, role) => me.duty.some((held) => held.unit === unit && held.role === role);

/** Offers that the person may answer, those by name first. @template {Shown} T @param {T[]} handovers @param {Me} me @returns {T[]} */
export function offersFor(handovers, me) {
  const mine = (/** @type {any} */ b) => b.to === null || b.to === me.id || (b.passed ?? []).some((/** @type {any} */ one) => one.to === me.id);
  return handovers
    .filter(({ b }) => b.state === "offered" && !b.task && b.by !== me.id && (me.units.includes(b.unit) || succeeds(me, b.role, b.unit)) && mayHold(me, b.role, b.unit) && mine(b))
    .sort((a, b) => Number(b.b.to === me.id) - Number(a.b.to === me.id) || (a.b.at < b.b.at ? -1 : 1));
}

/** What the person has offered and what became of it, the newest first. @template {Shown} T @param {T[]} handovers @param {Me} me @returns {T[]} */
export const ownOffers = (handovers, me) => handovers.filter(({ b }) => b.by === me.id && !b.task).sort((a, b) => (a.b.at < b.b.at ? 1 : -1));

/** The required roles that nobody holds and this person may. @param {Shown[]} duties @param {Me} me @returns {Array<{unit: string, role: string, since: string|null}>} */
export const unclaimedFor = (duties, me) =>
  duties.filter(({ b }) => me.units.includes(b.unit)).flatMap(({ b }) =>
    b.unclaimed.filter((/** @type {any} */ one) => mayHold(me, one.role, b.unit) && !isOnDuty(me, b.unit, one.role)).map((/** @type {any} */ one) => ({ unit: b.unit, ...one })));

/**
 * The roles of a unit as the shift sees them: the required ones, those somebody holds, and the person's own.
 * @param {any} b body of the `duty` row, or null @param {Me} me @param {string} unit
 * @returns {Array<{role: string, required: boolean, holders: Array<{user: string, name: string, since: string}>, mine: boolean, mayTake: boolean}>}
 */
export function rolesOf(b, me, unit) {
  const own = me.memberships.filter((one) => one.unit === unit).map((one) => one.role);
  const held = [...(b?.holders ?? []).map((/** @type {any} */ one) => one.role), ...me.duty.filter((one) => one.unit === unit).map((one) => one.role)];
  return [...new Set([...(b?.required ?? []), ...held, ...own])].map((role) => {
    const mine = isOnDuty(me, unit, role);
    const holders = (b?.holders ?? []).filter((/** @type {any} */ one) => one.role === role && (one.user !== me.id || mine));
    return { role, required: (b?.required ?? []).includes(role), holders, mine, mayTake: !mine && mayHold(me, role, unit) };
  });
}

/** Whom a role can be offered to, successors in their order first. @param {any} b body of the `duty` row @param {string} role @param {string} giver @param {Array<{id: string, name: string}>} [successors] */
export function takers(b, role, giver, successors = []) {
  const people = (b?.people ?? []).filter((/** @type {any} */ one) => mayClaim(one.roles, role) && !successors.some(({ id }) => id === one.id));
  return [...successors.map((one) => ({ ...one, roles: [] })), ...people].filter((one) => one.id !== giver);
}

/** What is still open of a role. @template {Shown} T @param {T[]} tasks of the unit @param {string} role @returns {T[]} safety first */
export const openOf = (tasks, role) =>
  tasks.filter(({ b }) => b.role === role && !b.held && UNFINISHED.includes(b.state)).sort((a, b) => Number(b.b.safety) - Number(a.b.safety));
