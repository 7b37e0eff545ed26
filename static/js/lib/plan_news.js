/** What has changed on a person's cards since they last said that they had read it. Pure. */

/**
 * @typedef {{b: any}} Row
 * @typedef {{name: string, was: any, now: any}} Word
 * @typedef {{code: string, what: "added"|"removed"|"changed"|"moved", title: string, words: Word[]}} Line
 * @typedef {{plan: string, version: string, title: string, cards: Array<{role: string, card: string, lines: Line[]}>}} News
 */

/**
 * The plans whose newest version differs on a card of these roles, and what differs.
 * @param {Row[]} plans @param {Row[]} cards @param {string[]} roles @param {(plan: string, version: string) => boolean} hasRead @returns {News[]}
 */
export const planNews = (plans, cards, roles, hasRead) =>
  plans.filter((plan) => plan.b.replaces && !hasRead(/** @type {any} */ (plan).id, plan.b.version)).map((plan) => newsOf(/** @type {any} */ (plan), cards, roles)).filter(({ cards: mine }) => mine.length > 0);

/** @param {{id: string, b: any}} plan @param {Row[]} cards @param {string[]} roles @returns {News} */
export function newsOf(plan, cards, roles) {
  const mine = (plan.b.changes ?? []).filter((/** @type {any} */ change) => roles.includes(change.role));
  return {
    plan: plan.id, version: plan.b.version, title: plan.b.title,
    cards: mine.map((/** @type {any} */ change) => ({ role: change.role, card: change.card, lines: linesOf(change, stepsOf(plan.id, change.role, cards)) })),
  };
}

/** @param {string} plan @param {string} role @param {Row[]} cards @returns {any[]} */
const stepsOf = (plan, role, cards) => cards.find(({ b }) => b.plan === plan && b.role === role)?.b.steps ?? [];

/** What a step says comes first, then what helps. */
const FIRST = ["title", "hint", "due_min"];

/** @param {Word} a @param {Word} b */
const byWeight = (a, b) => weight(a.name) - weight(b.name);

/** @param {string} name */
const weight = (name) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);

/** In the order of the card, what is gone last. @param {any} change @param {any[]} steps @returns {Line[]} */
function linesOf({ added, removed, changed, moved = [], was = {} }, steps) {
  const there = steps.filter(({ code }) => [added, changed, moved].some((list) => list.includes(code))).map((step) => ({
    code: step.code, what: added.includes(step.code) ? "added" : changed.includes(step.code) ? "changed" : "moved", title: step.title,
    words: Object.entries(was[step.code] ?? {}).map(([name, before]) => ({ name, was: before, now: step[name] })).sort(byWeight),
  }));
  const gone = removed.map((/** @type {string} */ code) => ({ code, what: "removed", title: was[code]?.title ?? "", words: [] }));
  return /** @type {Line[]} */ ([...there, ...gone]);
}
