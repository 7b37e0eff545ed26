/** Which downtime forms a step asks for, and which a phone keeps. Pure. */

/** @typedef {{id: string, b: any}} Shown */

/** The forms of a step that have a file. @template {Shown} T @param {any} b body of a task or a step with its `plan` @param {T[]} documents @returns {T[]} */
export const formsOf = (b, documents) =>
  (b.forms ?? []).flatMap((/** @type {string} */ code) => documents.filter((one) => one.b.plan === b.plan && one.b.code === code));

/**
 * The files of every form that the cards of a person's units name: a ward helps itself out, whatever the role.
 * @param {Shown[]} cards @param {Shown[]} documents @param {string[]} unitTypes of the person's units @returns {string[]} digests, each once
 */
export function filesFor(cards, documents, unitTypes) {
  const own = cards.filter(({ b }) => (b.unit_types ?? []).some((/** @type {string} */ type) => unitTypes.includes(type)));
  const wanted = own.flatMap(({ b }) => b.steps.flatMap((/** @type {any} */ step) => formsOf({ ...step, plan: b.plan }, documents)));
  return [...new Set(wanted.map(({ b }) => b.digest))].sort();
}

/** Where a file is. @param {string} digest */
export const fileAddress = (digest) => `/forms/${digest}.pdf`;
