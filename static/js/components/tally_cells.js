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

/** How many cells of each kind there are, in the order of the words. @param {string[]} cells @returns {Array<[cell: string, n: number]>} */
export const tallyShares = (cells) =>
  WORDS.map(([kind]) => /** @type {[string, number]} */ ([kind, cells.filter((cell) => cell === kind).length])).filter(([, n]) => n > 0);

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
  const shares = tallyShares(cells);
  const words = new Map(WORDS);
  const list = shares.map(([kind, n]) => words.get(kind)?.(n));
  return `${t("{n} tasks", { n: shares.reduce((sum, [, n]) => sum + n, 0) })}: ${list.join(", ")}`;
}
