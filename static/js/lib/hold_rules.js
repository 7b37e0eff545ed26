/**
 * Which steps are not asked for yet: a condition is not met, or a step of the card comes first. The server has the same
 * rules (app/response/holds.py) and says `held`; the phone lets go of a step as soon as its own entries do. Pure.
 */
import { iso, toMs } from "./clock.js";

/** @typedef {import("./types.js").ViewRow} Task */
/** @typedef {{held: null|"when"|"after", since: string|null}} Standing  since null: from the beginning */

const CLOSED = ["done", "skipped"];
const ANSWERED = ["half", "done"];
const MINUTE_MS = 60_000;

/**
 * Tasks as they stand by what this phone knows, its own entries included.
 * @param {Task[]} tasks @param {Task[]} all the tasks this phone holds @param {(incident: string) => Record<string, string>} clocksOf
 * @returns {Task[]}
 */
export function withHolds(tasks, all, clocksOf) {
  if (!tasks.some(({ b }) => b.held)) return tasks;
  return tasks.map((task) => (task.b.held ? letGo(task, all, clocksOf) : task));
}

/** @param {Task} task @param {Task[]} all @param {(incident: string) => Record<string, string>} clocksOf @returns {Task} */
function letGo(task, all, clocksOf) {
  const { b } = task;
  const card = all.filter((other) => other.b.incident === b.incident && isSameCard(other.b, b)).map((other) => other.b);
  const isMissing = (b.depends_on ?? []).some((/** @type {string} */ code) => !card.some((other) => other.code === code));
  const { held, since } = standingOf(b, card);
  if (held || isMissing) return task;
  return { ...task, b: { ...b, held: null, due_at: dueWhenItStands(b, clocksOf(b.incident)[b.anchor] ?? null, since) } };
}

/** Whether two tasks stand on one card of the plan, whoever has them now. @param {any} one @param {any} other */
const isSameCard = (one, other) => cardOf(one) === cardOf(other);

/** @param {any} b */
const cardOf = (b) => `${b.handed?.unit ?? b.unit}|${b.handed?.role ?? b.role}|${b.plan}`;

/**
 * How a step stands; `others` are the tasks of its own card. The earliest round that gives the answer counts.
 * @param {any} rules `when` and `depends_on` of the step @param {any[]} others @returns {Standing}
 */
export function standingOf(rules, others) {
  const moments = [];
  if (rules.when) {
    const answers = others.filter((one) => gives(rules.when, one)).map((one) => one.at).sort();
    if (answers.length === 0) return { held: "when", since: null };
    moments.push(answers[0]);
  }
  const firsts = others.filter((one) => (rules.depends_on ?? []).includes(one.code) && (one.occurrence ?? 1) === 1);
  if (firsts.some((one) => !CLOSED.includes(one.state))) return { held: "after", since: null };
  moments.push(...firsts.map((one) => one.at).filter(Boolean));
  return { held: null, since: moments.sort().pop() ?? null };
}

/**
 * What a condition brings counts from the answer; what only waited is due as planned, but never before it stood.
 * @param {{when?: any, due_min?: number|null}} rules @param {string|null} startedAt its clock @param {string|null} since @returns {string|null}
 */
export function dueWhenItStands({ when, due_min = null }, startedAt, since) {
  if (!startedAt || due_min === null) return null;
  const started = toMs(startedAt);
  const planned = started + due_min * MINUTE_MS;
  if (!since) return iso(planned);
  if (when) return iso(Math.max(toMs(since), started) + Math.max(0, due_min) * MINUTE_MS);
  return iso(Math.max(planned, toMs(since)));
}

/** @param {any} condition @param {any} task */
function gives(condition, task) {
  if (task.code !== condition.step || !ANSWERED.includes(task.state) || !task.at) return false;
  const value = task.captured?.[condition.field];
  if (condition.one_of) return condition.one_of.includes(value);
  if (!Number.isInteger(value)) return false;
  return (condition.at_least ?? value) <= value && value <= (condition.at_most ?? value);
}

/** Whether it was signed before the card asked for it. @param {Task} task */
export const isOutOfOrder = ({ b, pending }) =>
  ["half", "done"].includes(b.state) && ((b.signs ?? []).some((/** @type {any} */ sign) => sign.out_of_order && sign.st === "ok") || Boolean(pending && b.held));
