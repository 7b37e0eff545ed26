/** What differs between two contents of a plan, line by line: for somebody who must choose between theirs and another's. Pure. */

/** @typedef {{where: string, mine: string, theirs: string}} Difference */

/** @param {any} mine @param {any} theirs @returns {Difference[]} */
export function differences(mine, theirs) {
  const a = lines(mine), b = lines(theirs);
  return [...new Set([...a.keys(), ...b.keys()])].filter((where) => a.get(where) !== b.get(where))
    .map((where) => ({ where, mine: a.get(where) ?? "", theirs: b.get(where) ?? "" }));
}

/** @param {any} plan @returns {Map<string, string>} place -> what is written there */
function lines(plan) {
  const { cards = [], ...head } = plan;
  const found = Object.entries(head).map(([name, value]) => [name, words(value)]);
  for (const { steps = [], ...card } of cards) {
    for (const [name, value] of Object.entries(card)) found.push([`${card.role} · ${name}`, words(value)]);
    found.push([`${card.role} · 1, 2, 3`, steps.map((/** @type {any} */ step) => step.code).join(", ")]);
    for (const { code, ...step } of steps) for (const [name, value] of Object.entries(step)) found.push([`${card.role}/${code} · ${name}`, words(value)]);
  }
  return new Map(/** @type {Array<[string, string]>} */ (found));
}

/** @param {any} value @returns {string} */
function words(value) {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(words).join(", ");
  if (typeof value !== "object") return String(value);
  return Object.entries(value).filter(([, one]) => one !== undefined).map(([name, one]) => `${name}: ${words(one)}`).join(" · ");
}
