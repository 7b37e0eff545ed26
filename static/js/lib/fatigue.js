/**
 * Whether a new update still alerts a person aloud: after an acknowledgement only what concerns that person. Pure.
 * The server decides by the same rule (app/broadcasts/fatigue.py); tests/contracts/fatigue.json keeps the two together.
 */

const TURNS = ["restored", "all_clear", "closed"];

/**
 * @param {any} b body of the update
 * @param {{acked: any[], person: string, units: string[], roles: string[]}} who acked: bodies of the incident's updates that the person has acknowledged
 * @returns {null|"first"|"takes_back"|"raised"|"turn"|"named"} null: it only shows
 */
export function alertReason(b, { acked, person, units, roles }) {
  if (b.nothing_new) return null;
  if (acked.length === 0) return "first";
  if (["corrects", "cancels"].includes(b.relation) && acked.some((one) => one.no === b.refers_to)) return "takes_back";
  if ((b.level ?? 0) > Math.max(...acked.map((one) => one.level ?? 0))) return "raised";
  if (TURNS.includes(b.stage) && !acked.some((one) => one.stage === b.stage)) return "turn";
  return names(b.audience ?? {}, person, units, roles) ? "named" : null;
}

/** @param {any} audience @param {string} person @param {string[]} units @param {string[]} roles */
function names(audience, person, units, roles) {
  const meets = (/** @type {string[]|null|undefined} */ wanted, /** @type {string[]} */ held) => !wanted || wanted.some((one) => held.includes(one));
  if (audience.people?.includes(person)) return true;
  if (!audience.units && !audience.roles) return false;
  return meets(audience.units, units) && meets(audience.roles, roles);
}
