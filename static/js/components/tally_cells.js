/** The tally: one cell a task, and the same in words. Pure. */
import { t } from "../lib/text.js";
import { isLate, isSavedHere } from "../phone/task_state.js";

/** @typedef {import("../lib/types.js").ViewRow} Task */

/** @type {Record<string, string>} */
const CELL = { done: "d", skipped: "s", half: "h", blocked: "b" };

/**
 * A letter for each task, `gap` between two phases: d done, v saved here, h half, l late, b needs help, n next, s skipped.
 * @param {Task[]} tasks in card order @param {{now: number, nextId?: string|null}} at
 */
export function tallyCells(tasks, { now, nextId = null }) {
  return tasks.flatMap((task, i) => {
    const gap = i > 0 && tasks[i - 1].b.phase !== task.b.phase ? ["gap"] : [];
    return [...gap, cellOf(task, now, nextId)];
  });
}

/** @param {Task} task @param {number} now @param {string|null} nextId */
function cellOf(task, now, nextId) {
  if (isSavedHere(task)) return "v";
  if (CELL[task.b.state]) return CELL[task.b.state];
  if (task.id === nextId) return "n";
  return isLate(task, now) ? "l" : "";
}

/** @param {number} n */
export const needHelp = (n) => (n === 1 ? t("{n} needs help", { n }) : t("{n} need help", { n }));

/** @type {Array<[string, (n: number) => string]>} */
const WORDS = [
  ["d", (n) => t("{n} done and on record", { n })], ["v", (n) => t("{n} saved on this phone", { n })],
  ["s", (n) => t("{n} skipped", { n })], ["h", (n) => t("{n} half signed", { n })], ["b", needHelp],
  ["l", (n) => t("{n} late", { n })], ["n", (n) => t("{n} is next", { n })], ["", (n) => t("{n} open", { n })],
];

/** @param {string[]} cells */
export function tallySentence(cells) {
  const tasks = cells.filter((cell) => cell !== "gap");
  const parts = WORDS.map(([cell, words]) => [tasks.filter((one) => one === cell).length, words]).filter(([n]) => n);
  const list = /** @type {Array<[number, (n: number) => string]>} */ (parts).map(([n, words]) => words(n));
  return `${t("{n} tasks", { n: tasks.length })}: ${list.join(", ")}`;
}
