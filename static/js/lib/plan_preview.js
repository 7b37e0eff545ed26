/** A step as it is written, made into a task as a phone would show it; what cannot be read yet is left out. Pure. */

import { iso } from "./clock.js";
import { phaseOf, stepsOf } from "./plan_edit.js";
import { PHASES } from "./order.js";

const MINUTES = /** @type {Record<string, number>} */ ({ min: 1, h: 60, d: 1_440 });
const MINUTE_MS = 60_000;

/** @typedef {{id: string, t: string, scope: string, seq: number, pending: null, b: any}} PreviewTask */

/** Minutes of "1 h 30 min", negative for "60 min before"; null for what says no time. @param {string|undefined|null} text */
export function minutesOf(text) {
  const parts = [...(text ?? "").matchAll(/(\d{1,4}) (min|h|d)/g)];
  if (parts.length === 0) return null;
  const sum = parts.reduce((all, [, number, unit]) => all + Number(number) * MINUTES[unit], 0);
  return text?.endsWith(" before") ? -sum : sum;
}

/** The whole numbers of a card, as texts. @param {any} field */
const bounds = (field) => Object.fromEntries(["min", "max"].filter((name) => /^-?\d+$/.test(field[name] ?? "")).map((name) => [name, Number(field[name])]));

/** @param {any} field */
const captured = (field) => ({ ...field, ...bounds(field), type: field.type || "text", choices: field.choices ?? undefined, required: field.required === "true" });

/**
 * The tasks of a card on a unit, all clocks started at one moment.
 * @param {any} card @param {{plan: string, unit: string, startMs: number}} at @returns {PreviewTask[]}
 */
export const previewTasks = (card, { plan, unit, startMs }) =>
  PHASES.flatMap((phase) => stepsOf(card, phase)).map((step, order) => ({
    id: `${card.role}/${step.code}`, t: "task", scope: "", seq: 0, pending: null, b: taskOf(card, step, { plan, unit, startMs, order }),
  }));

/** @param {any} card @param {any} step @param {{plan: string, unit: string, startMs: number, order: number}} at */
function taskOf(card, step, { plan, unit, startMs, order }) {
  const due = minutesOf(step.due);
  return {
    plan, unit, role: card.role, order, occurrence: 1, kind: "exercise", state: "open", by: null, by_name: null, at: null, captured: {}, note: "", reason: "", signs: [],
    code: step.code, phase: phaseOf(step.code), title: step.do ?? "", hint: step.hint ?? null, safety: step.safety === "true", two_person: step.two_person === "true",
    confirm_roles: step.confirm_roles ?? null, role_only: step.role_only === "true", capture: (step.capture ?? []).map(captured),
    repeat_min: minutesOf(step.repeat), due_at: due === null ? null : iso(startMs + due * MINUTE_MS),
    depends_on: step.depends_on ?? [], gate: step.gate ?? [], when: step.when ?? null, ...(step.local?.[unit] ? { local: step.local[unit] } : {}),
  };
}

/**
 * What a step waits for while a card is tried: its own card's steps that are not done. Other cards' gates are taken as signed.
 * @param {PreviewTask} task @param {PreviewTask[]} all
 */
export const waitsFor = (task, all) =>
  task.b.depends_on.map((/** @type {string} */ code) => all.find(({ b }) => b.code === code)).filter((/** @type {PreviewTask|undefined} */ one) => one && one.b.state !== "done")
    .map((/** @type {PreviewTask} */ one) => ({ role: one.b.role, code: one.b.code, title: one.b.title, unit: "" }));

/** Whether a step is asked, after what was answered so far. @param {PreviewTask} task @param {PreviewTask[]} all */
export function isAsked({ b: { when } }, all) {
  if (!when) return true;
  const said = all.find(({ b }) => b.code === when.step)?.b.captured?.[when.field];
  if (said === undefined) return false;
  if (when.one_of) return when.one_of.includes(String(said));
  return Number(said) >= Number(when.at_least ?? -Infinity) && Number(said) <= Number(when.at_most ?? Infinity);
}
