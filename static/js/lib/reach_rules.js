/** Who was reached by an update, unit by unit: what leaders see and in which order. Pure. */

/** @typedef {{id: string, b: any}} Shown */
/**
 * @typedef {{id: string, name: string, floor: string, b: any, escalation: any, rank: number}} ReachLine
 *   b: body of the `reach` row
 */

const PATHS = ["socket", "poll", "push", "carried", "runner", "paper"];

/** The ways by which an update came to a unit, the one that reached most first. @param {any} paths @returns {string[]} */
export const pathsOf = (paths) => PATHS.filter((path) => (paths?.[path] ?? 0) > 0).sort((a, b) => paths[b] - paths[a]);

/**
 * One line a unit, the least reached first.
 * @param {{reach: Shown[], escalations: Shown[], units: Shown[]}} rows @param {string} broadcast @returns {ReachLine[]}
 */
export function reachLines({ reach, escalations, units }, broadcast) {
  const unitOf = new Map(units.map((unit) => [unit.id, unit.b]));
  return reach.filter(({ b }) => b.broadcast === broadcast).map(({ b }) => ({
    id: b.unit, name: unitOf.get(b.unit)?.name ?? b.unit, floor: unitOf.get(b.unit)?.floor ?? "", b,
    escalation: escalations.find((one) => one.b.broadcast === broadcast && one.b.unit === b.unit)?.b ?? null, rank: rankOf(b),
  })).sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name));
}

/** 0 is the worst. @param {any} b */
function rankOf(b) {
  if (b.quorum) return 4;
  if (b.targeted === 0) return 5;
  if (b.received === 0) return b.silent_since ? 0 : 1;
  return b.read === 0 ? 2 : 3;
}

/** @param {ReachLine[]} lines */
export function reachTotals(lines) {
  const asked = lines.filter(({ b }) => b.targeted > 0);
  const sum = (/** @type {string} */ field) => lines.reduce((all, { b }) => all + (b[field] ?? 0), 0);
  return {
    units: asked.length, reached: asked.filter(({ b }) => b.quorum).length, missing: asked.filter(({ b }) => !b.quorum).map(({ id }) => id),
    targeted: sum("targeted"), received: sum("received"), read: sum("read"), acked: sum("acked"), late: sum("late"),
  };
}

/** How much the nearest way to a quorum still takes. @param {any} b @returns {{roles: string[]|null, missing: number}|null} */
export function stillNeeded(b) {
  if (b.quorum) return null;
  const ways = (b.need ?? []).map((/** @type {any} */ way) => ({ roles: way.roles, missing: way.count - way.have }));
  return ways.sort((/** @type {any} */ x, /** @type {any} */ y) => x.missing - y.missing)[0] ?? null;
}

/** The server takes a due step within seconds: one that is overdue for long means that nobody follows up. */
const STALLED_MS = 120_000;

/** @param {Shown[]} escalations @param {number} now @returns {string|null} since when the oldest due step has not been taken */
export function stalledSince(escalations, now) {
  const due = escalations.map(({ b }) => b.next_at).filter((at) => at && Date.parse(at) < now - STALLED_MS).sort();
  return due[0] ?? null;
}
