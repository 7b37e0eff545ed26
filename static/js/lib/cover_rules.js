/** Which roles of an incident's units are held, offered or held by nobody. Pure. */

/** @typedef {{id: string, b: any}} Shown */

/**
 * @template {Shown} T
 * @param {T[]} duties `duty` rows @param {T[]} handovers @param {string[]} units of the incident
 * @returns {{unclaimed: Array<{unit: string, role: string, since: string|null}>, offered: T[], held: Array<{unit: string, role: string, user: string, name: string, since: string}>}}
 */
export function coverOf(duties, handovers, units) {
  const own = duties.filter(({ b }) => units.includes(b.unit)).sort((a, b) => (a.b.unit < b.b.unit ? -1 : 1));
  return {
    unclaimed: own.flatMap(({ b }) => b.unclaimed.map((/** @type {any} */ one) => ({ unit: b.unit, ...one }))),
    offered: handovers.filter(({ b }) => b.state === "offered" && !b.task && units.includes(b.unit)).sort((a, b) => (a.b.at < b.b.at ? -1 : 1)),
    held: own.flatMap(({ b }) => b.holders.map((/** @type {any} */ one) => ({ unit: b.unit, ...one }))),
  };
}
