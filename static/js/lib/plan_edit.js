/**
 * What an office does with a plan: values in, values out, and nothing else in them changes. Pure.
 *
 * A plan is the content of its file: groups, lists and texts. A step is named by its card's role and its code; the code says
 * the phase and never means another step, so a step that goes to another phase gets a code that the card has never used,
 * and what refers to it follows.
 *
 * @typedef {any} Plan  the content of a plan file
 * @typedef {any} Step
 * @typedef {Record<string, string[]>} Taken  codes that belong to steps in force, by role
 */

import { PHASES } from "./order.js";

const LETTERS = "PABCDEFGH";
const MOST_STEPS = 99;
/** In which order the words of a step stand in a file. */
export const STEP_WORDS = [
  "code", "phase", "do", "hint", "due", "anchor", "safety", "two_person", "confirm_roles", "role_only", "capture", "repeat", "until",
  "depends_on", "gate", "when", "hand_off", "escalate_after", "at_shift_end", "forms", "local",
];
export const CARD_WORDS = ["role", "title", "mission", "unit_types", "steps"];
export const PLAN_WORDS = [
  "id", "title", "kind", "services", "summary", "icon", "do_now", "works", "level", "unit_types", "owner", "review_by", "references",
  "attachments", "cards",
];
export const FIELD_WORDS = ["key", "label", "type", "choices", "min", "max", "required"];
/** Without them a file has a fault, which an empty text says more clearly than a missing line. */
const NEEDED = ["do", "title", "mission", "label", "key", "type", "summary", "do_now", "role", "code", "kind", "icon", "level"];

/** @param {string} code */
export const phaseOf = (code) => PHASES[LETTERS.indexOf(code?.[0])] ?? PHASES[1];

/** @param {string} phase */
export const letterOf = (phase) => LETTERS[PHASES.indexOf(phase)];

/** A group with one word said otherwise; what says nothing is not written. @param {any} group @param {string} name @param {any} value @param {string[]} words their order in a file */
export function withWord(group, name, value, words) {
  const says = !isEmpty(value) || NEEDED.includes(name);
  if (name in group || !says) return Object.fromEntries(Object.entries({ ...group, [name]: value }).filter(([one]) => one !== name || says));
  const place = (/** @type {string} */ one) => (words.includes(one) ? words.indexOf(one) : words.length);
  const before = Object.entries(group).filter(([one]) => place(one) < place(name));
  const after = Object.entries(group).filter(([one]) => place(one) >= place(name));
  return Object.fromEntries([...before, [name, value], ...after]);
}

/** @param {any} value */
const isEmpty = (value) =>
  value === undefined || value === null || value === "" || value === false || (typeof value === "object" && Object.keys(value).length === 0);

/** @param {Plan} plan @param {string} role */
export const cardOf = (plan, role) => plan.cards.find((/** @type {any} */ card) => card.role === role);

/** @param {Plan} plan @param {string} role @param {(card: any) => any} change @returns {Plan} */
export const withCard = (plan, role, change) => ({ ...plan, cards: plan.cards.map((/** @type {any} */ card) => (card.role === role ? change(card) : card)) });

/** @param {Plan} plan @param {string} role @param {(steps: Step[]) => Step[]} change @returns {Plan} */
const withSteps = (plan, role, change) => withCard(plan, role, (card) => ({ ...card, steps: change(card.steps) }));

/** @param {Plan} plan @param {string} role @param {string} code @param {(step: Step) => Step} change @returns {Plan} */
export const withStep = (plan, role, code, change) => withSteps(plan, role, (steps) => steps.map((step) => (step.code === code ? change(step) : step)));

/** Steps of a phase in their order. @param {any} card @param {string} phase @returns {Step[]} */
export const stepsOf = (card, phase) => card.steps.filter((/** @type {Step} */ step) => phaseOf(step.code) === phase);

/** A code that the card has never had, or null when all are used. @param {any} card @param {string} phase @param {string[]} [taken] @returns {string|null} */
export function freshCode(card, phase, taken = []) {
  const letter = letterOf(phase);
  const used = [...card.steps.map((/** @type {Step} */ step) => step.code), ...taken].filter((code) => code?.[0] === letter);
  const highest = Math.max(0, ...used.map((code) => Number(code.slice(1)) || 0));
  const free = Array.from({ length: MOST_STEPS }, (_, n) => `${letter}${n + 1}`).find((code) => !used.includes(code));
  return highest < MOST_STEPS ? `${letter}${highest + 1}` : (free ?? null);
}

/** Put a step where it is to be the n-th of its phase. @param {Step[]} steps @param {Step} step @param {number} place */
export function putIn(steps, step, place) {
  const phase = phaseOf(step.code);
  const mates = steps.filter((one) => phaseOf(one.code) === phase);
  if (place < mates.length) return steps.toSpliced(steps.indexOf(mates[place]), 0, step);
  const earlier = steps.findLastIndex((one) => PHASES.indexOf(phaseOf(one.code)) <= PHASES.indexOf(phase));
  return steps.toSpliced(earlier + 1, 0, step);
}

/** @param {Plan} plan @param {string} role @param {string} phase @param {Taken} taken @returns {{plan: Plan, code: string|null}} */
export function addStep(plan, role, phase, taken) {
  const code = freshCode(cardOf(plan, role), phase, taken[role]);
  return { plan: code === null ? plan : withSteps(plan, role, (steps) => putIn(steps, { code, do: "" }, steps.length)), code };
}

/** @param {Plan} plan @param {string} role @param {string} code @param {Taken} taken @returns {{plan: Plan, code: string|null}} */
export function copyStep(plan, role, code, taken) {
  const card = cardOf(plan, role);
  const at = card.steps.findIndex((/** @type {Step} */ step) => step.code === code);
  const fresh = at < 0 ? null : freshCode(card, phaseOf(code), taken[role]);
  if (fresh === null) return { plan, code: null };
  return { plan: withSteps(plan, role, (steps) => steps.toSpliced(at + 1, 0, { ...steps[at], code: fresh })), code: fresh };
}

/** @param {Plan} plan @param {string} role @param {string} code @returns {Plan} */
export const removeStep = (plan, role, code) => withSteps(plan, role, (steps) => steps.filter((step) => step.code !== code));

/**
 * Let a step be the n-th of a phase. In another phase it gets another code, and what refers to it follows.
 * @param {Plan} plan @param {string} role @param {string} code @param {string} phase @param {number} place @param {Taken} taken @returns {{plan: Plan, code: string}}
 */
export function moveStep(plan, role, code, phase, place, taken) {
  const card = cardOf(plan, role);
  const step = card.steps.find((/** @type {Step} */ one) => one.code === code);
  const fresh = phaseOf(code) === phase ? code : freshCode(card, phase, taken[role]);
  if (!step || fresh === null) return { plan, code };
  const { phase: _said, ...rest } = step;
  const moved = fresh === code ? step : { ...rest, code: fresh };
  const put = withSteps(plan, role, (steps) => putIn(steps.filter((one) => one !== step), moved, place));
  return { plan: fresh === code ? put : renamed(put, role, code, fresh), code: fresh };
}

/** Everything that names a step says its new code. @param {Plan} plan @param {string} role @param {string} from @param {string} to @returns {Plan} */
function renamed(plan, role, from, to) {
  const swap = (/** @type {string[]} */ list, /** @type {string} */ was, /** @type {string} */ is) => list.map((one) => (one === was ? is : one));
  const told = (/** @type {Step} */ step, /** @type {boolean} */ own) => ({
    ...step,
    ...(own && step.depends_on ? { depends_on: swap(step.depends_on, from, to) } : {}),
    ...(own && step.when?.step === from ? { when: { ...step.when, step: to } } : {}),
    ...(step.gate ? { gate: swap(step.gate, `${role}/${from}`, `${role}/${to}`) } : {}),
  });
  return { ...plan, cards: plan.cards.map((/** @type {any} */ card) => ({ ...card, steps: card.steps.map((/** @type {Step} */ step) => told(step, card.role === role)) })) };
}

/** A card with one step to write over, at the end. @param {Plan} plan @param {string} role @param {string} title @returns {Plan} */
export const addCard = (plan, role, title) => ({
  ...plan,
  cards: [...plan.cards, { role, title, mission: "", unit_types: (plan.unit_types ?? []).slice(0, 1), steps: [{ code: "A1", do: "" }] }],
});

/** @param {Plan} plan @param {string} role @returns {Plan} */
export const removeCard = (plan, role) => ({ ...plan, cards: plan.cards.filter((/** @type {any} */ card) => card.role !== role) });

/** @param {Plan} plan @param {string} role @param {number} by @returns {Plan} */
export function moveCard(plan, role, by) {
  const at = plan.cards.findIndex((/** @type {any} */ card) => card.role === role);
  const to = Math.min(plan.cards.length - 1, Math.max(0, at + by));
  return { ...plan, cards: plan.cards.toSpliced(at, 1).toSpliced(to, 0, plan.cards[at]) };
}
