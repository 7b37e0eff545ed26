/**
 * The last resort when the database is gone while somebody is recording: a key in localStorage, written at once.
 * At the next start its ops move into the outbox. A repeated op id is harmless there.
 *
 * @typedef {{user: string, op: import("../lib/types.js").Op}} Rescued
 */

const KEY = "wardlight-emergency";

/** @param {Storage} [storage] @returns {Rescued[]} nothing where the browser forbids storage */
export function rescued(storage) {
  try {
    const list = JSON.parse((storage ?? localStorage).getItem(KEY) ?? "[]");
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

/** Throws when even this storage refuses. @param {string} user @param {import("../lib/types.js").Op} op @param {Storage} [storage] */
export function rescue(user, op, storage = localStorage) {
  storage.setItem(KEY, JSON.stringify([...rescued(storage), { user, op }]));
}

/**
 * Move what was rescued into the outboxes; what cannot be stored yet stays where it is.
 * @param {(user: string) => {add: (op: import("../lib/types.js").Op) => Promise<unknown>}} outboxOf
 * @param {Storage} [storage] @returns {Promise<number>} how many were moved
 */
export async function mergeRescued(outboxOf, storage) {
  const moved = new Set();
  for (const { user, op } of rescued(storage)) {
    try {
      await outboxOf(user).add(op);
      moved.add(op.id);
    } catch {
      // Still no database: the next start tries again.
    }
  }
  if (moved.size > 0) {
    const left = rescued(storage).filter(({ op }) => !moved.has(op.id));
    (storage ?? localStorage).setItem(KEY, JSON.stringify(left));
  }
  return moved.size;
}
