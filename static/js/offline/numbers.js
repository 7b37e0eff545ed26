/**
 * The numbers of the entries in an outbox: from 1 without a hole, as the server reads a hole as a loss. What was
 * answered at once lies between two of them.
 */

/** So many fit between two numbers. */
const BETWEEN = 2 ** -20;

/** @param {any} tx over `meta` @returns {Promise<number>} the number of the next entry; it is free until it is taken */
export const nextNumber = async (tx) => (await tx.objectStore("meta").get("next_n")) ?? 1;

/** @param {any} tx over `meta` @param {number} n the next number, which an entry has now */
export const takeNumber = (tx, n) => tx.objectStore("meta").put(n + 1, "next_n");

/** @param {any} tx over `meta` and `ops` @returns {Promise<number>} a place after everything that is there */
export async function placeBetween(tx) {
  const last = (await nextNumber(tx)) - 1;
  const keys = await tx.objectStore("ops").getAllKeys(IDBKeyRange.lowerBound(last));
  return (keys.pop() ?? last) + BETWEEN;
}
