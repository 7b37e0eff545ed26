/**
 * What stops when a service stops, and which units need it. Pure.
 * The server works it out by the same rule (app/services/blast.py); tests/contracts/blast.json keeps the two together.
 */

/** @typedef {{id: string, b: any}} Shown */

/** These services and all that cannot work without them. @param {string[]} codes @param {Shown[]} services @returns {Set<string>} */
export function stoppedWith(codes, services) {
  const stopped = new Set(codes);
  for (let grown = true; grown; ) {
    const more = services.filter(({ b }) => !stopped.has(b.code) && (b.needs ?? []).some((/** @type {string} */ code) => stopped.has(code)));
    more.forEach(({ b }) => stopped.add(b.code));
    grown = more.length > 0;
  }
  return stopped;
}

/** Ids of the units that use one of the stopped services. @param {string[]} codes @param {Shown[]} services @param {Shown[]} units */
export function unitsHit(codes, services, units) {
  const stopped = stoppedWith(codes, services);
  const users = services.filter(({ b }) => stopped.has(b.code)).map(({ b }) => b.used_by ?? null);
  return units.filter(({ id, b }) => users.some((used) => used === null || used.includes(id) || used.includes(b.type))).map(({ id }) => id);
}
