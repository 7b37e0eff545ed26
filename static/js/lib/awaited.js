/**
 * Whether steps may still be under way. Pure. An incident comes in the site's scope, its steps in each unit's: a hint may bring
 * the one while the other is lost, or held back by a network. Only a complete pull that knew of the incident tells that there are none.
 *
 * @param {{scope: string, seq: number, b: {units?: string[]|null}}} work an incident, or a unit's own start
 * @param {string} unit
 * @param {import("./types.js").Cursors} pulled where each scope stood when the last complete pull was answered
 */
export function areAwaited(work, unit, pulled) {
  if (work.b.units && !work.b.units.includes(unit)) return false;
  return pulled[`unit:${unit}`] === undefined || !(pulled[work.scope] >= work.seq);
}
