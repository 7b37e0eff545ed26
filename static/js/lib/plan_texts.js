/**
 * Every text of a plan that people read, by where it stands, and what it is in another language. Pure.
 * The server has the same places: app/plans/translation.py.
 *
 * @typedef {{place: string, text: string, what: string, max: number, role: string, code: string}} PlanText  `role` "" is the plan itself
 * @typedef {Record<string, string>} Words  English text -> what it is
 * @typedef {Record<string, {en: string, words: string}>} Before  place -> what stood there, and what that was called
 * @typedef {PlanText & {state: "ok"|"missing"|"outdated", words: string, was: {en: string, words: string}|null}} Standing
 */

import { PHASES } from "./order.js";
import { stepsOf } from "./plan_edit.js";

const LINE = 160;

/** @param {any} plan @returns {PlanText[]} */
export const textsOf = (plan) => [...headTexts(plan), ...(plan.cards ?? []).flatMap(cardTexts)].filter(({ text }) => text);

/** @param {any} plan @returns {PlanText[]} */
function headTexts(plan) {
  const at = (/** @type {string} */ place, /** @type {string} */ text, /** @type {string} */ what, max = LINE) => ({ place, text, what, max, role: "", code: "" });
  return [
    at("title", plan.title, "title"), at("summary", plan.summary, "summary", 300), at("do_now", plan.do_now, "do_now"),
    ...(plan.works ?? []).map((/** @type {string} */ line, /** @type {number} */ n) => at(`works/${n}`, line, "works")),
    ...(plan.attachments ?? []).map((/** @type {any} */ one) => at(`attachments/${one.code}`, one.title, "attachment")),
  ];
}

/** @param {any} card @returns {PlanText[]} */
function cardTexts(card) {
  const at = (/** @type {string} */ where, /** @type {string} */ text, /** @type {string} */ what) => ({ place: `${card.role}/${where}`, text, what, max: LINE, role: card.role, code: "" });
  return [at("title", card.title, "title"), at("mission", card.mission, "mission"), ...PHASES.flatMap((phase) => stepsOf(card, phase)).flatMap((step) => stepTexts(card.role, step))];
}

/** @param {string} role @param {any} step @returns {PlanText[]} */
function stepTexts(role, step) {
  const at = (/** @type {string} */ where, /** @type {string} */ text, /** @type {string} */ what, max = LINE) => ({ place: `${role}/${step.code}/${where}`, text, what, max, role, code: step.code });
  return [
    at("do", step.do, "step"), at("hint", step.hint, "hint", 240),
    ...Object.entries(step.local ?? {}).map(([unit, line]) => at(`local/${unit}`, line, "local")),
    ...(step.capture ?? []).flatMap((/** @type {any} */ field) => [
      at(`capture/${field.key}`, field.label, "field", 60),
      ...(field.choices ?? []).map((/** @type {string} */ choice, /** @type {number} */ n) => at(`capture/${field.key}/${n}`, choice, "choice")),
    ]),
  ];
}

/** How the texts stand in the language, each English text once. @param {PlanText[]} texts @param {Words} words @param {Before} before @returns {Standing[]} */
export function standings(texts, words, before) {
  const seen = new Set();
  return texts.filter(({ text }) => !seen.has(text) && seen.add(text)).map((one) => {
    const was = before[one.place] && before[one.place].en !== one.text ? before[one.place] : null;
    const said = words[one.text] ?? "";
    return { ...one, words: said, was, state: said.trim() ? "ok" : was ? "outdated" : "missing" };
  });
}

/**
 * The words that are worth keeping, in the plan's order: of texts that are there, and of what an outdated one was called.
 * @param {Standing[]} all @param {Words} words @returns {Words}
 */
export function wordsToKeep(all, words) {
  const pairs = all.flatMap(({ text, state, words: said, was }) => (state === "ok" ? [[text, said.trim()]] : was && words[was.en] ? [[was.en, words[was.en]]] : []));
  return Object.fromEntries(pairs);
}

/** A card as it reads in the language; what has no words stays English. @param {any} card @param {Words} words */
export function cardIn(card, words) {
  const to = (/** @type {any} */ text) => (typeof text === "string" && Object.hasOwn(words, text) && words[text]) || text;
  const all = (/** @type {string[]|undefined} */ list) => list?.map(to);
  const field = (/** @type {any} */ one) => ({ ...one, label: to(one.label), ...(one.choices ? { choices: all(one.choices) } : {}) });
  const step = (/** @type {any} */ one) => ({
    ...one, do: to(one.do), hint: to(one.hint),
    ...(one.capture ? { capture: one.capture.map(field) } : {}),
    ...(one.when?.one_of ? { when: { ...one.when, one_of: all(one.when.one_of) } } : {}),
    ...(one.local ? { local: Object.fromEntries(Object.entries(one.local).map(([unit, line]) => [unit, to(line)])) } : {}),
  });
  return { ...card, title: to(card.title), mission: to(card.mission), steps: card.steps.map(step) };
}
