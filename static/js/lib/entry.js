/**
 * An op's life in the outbox, as fields. Pure.
 *
 * @typedef {import("./types.js").Op} Op
 * @typedef {import("./types.js").Entry} Entry
 * @typedef {import("./types.js").Result} Result
 */

export const JOURNAL_MS = 7 * 24 * 3600 * 1000;
const RETRY_MS = 30_000;

/** An op that has never left the phone. @param {Op} op @param {number} n @returns {Entry} */
export const freshEntry = (op, n) =>
  ({ ...op, n, tried: false, answered: false, result: null, epoch: null, final_at: null, retry_at: null });

/** What the server's word changes. @param {Result} result @param {string} epoch @param {number} at device time, ms @returns {Partial<Entry>} */
export function answered(result, epoch, at) {
  if (result.st !== "retry") return { answered: true, result, epoch, final_at: at, retry_at: null };
  return { answered: true, result, epoch, final_at: null, retry_at: at + (result.after_ms ?? RETRY_MS) };
}

/** Whether the journal may forget it. @param {Entry} entry @param {number} at device time, ms */
export const isOld = (entry, at) => entry.final_at !== null && entry.final_at < at - JOURNAL_MS;
