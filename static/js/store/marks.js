/**
 * What was saved a moment ago, for the one row on screen that it concerns: this row is drawn at once, and the picture that
 * all rows make together when it has been seen. A mark is set only by an entry that the storage holds.
 */
import { signal } from "@preact/signals";

/** @typedef {import("../lib/types.js").Entry} Entry */

/** A page in the background is given no frame. */
const FRAME_AT_MOST_MS = 100;

/** @type {Map<string, import("@preact/signals").Signal<Entry|null>>} by the task whose row is on screen */
const marks = new Map();

/** @param {string} task @returns {import("@preact/signals").Signal<Entry|null>} */
export function markOf(task) {
  const known = marks.get(task) ?? signal(null);
  marks.set(task, known);
  return known;
}

/** Its row has left the screen. @param {string} task */
export const forgetMark = (task) => void marks.delete(task);

/** Show an entry in its row; resolves when that has been seen, at once where there is no such row. @param {Entry} entry @returns {Promise<void>|void} */
export function mark(entry) {
  const row = marks.get(entry.args.task);
  if (!row) return;
  row.value = entry;
  return new Promise((seen) => {
    requestAnimationFrame(() => setTimeout(seen));
    setTimeout(seen, FRAME_AT_MOST_MS);
  });
}

/** The entry is among all others now. @param {Entry} entry */
export function unmark({ id, args }) {
  const row = marks.get(args.task);
  if (row?.value?.id === id) row.value = null;
}
