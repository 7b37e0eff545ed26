/**
 * What a person has handed over to other phones: which entries, to whom, and whether the server has confirmed it. Pure.
 *
 * @typedef {object} Handed
 * @property {string} digest  of the envelope
 * @property {Array<{id: string, n: number}>} ops
 * @property {string} code  that the server names when all is on record
 * @property {number} at  device time, ms
 * @property {boolean} taken  somebody has it: they said so, or their phone did
 * @property {string} to  whose phone, "" unknown
 * @property {string|null} record_at  when the server took it, as its receipt or code says
 * @property {number[]} refused  numbers of entries that it did not accept
 */

const KEPT = 60;

/** @param {Handed[]} list newest first @param {Handed} one */
export const withHanded = (list, one) => [one, ...list.filter(({ digest }) => digest !== one.digest)].slice(0, KEPT);

/** @param {Handed[]} list @param {string} digest @param {Partial<Handed>} change */
export const changed = (list, digest, change) => list.map((one) => (one.digest === digest ? { ...one, ...change } : one));

/** Where an entry stands: the best that is known of any envelope that held it. @param {Handed[]} list @param {string} id */
export function handedOf(list, id) {
  const holding = list.filter(({ taken, record_at, ops }) => (taken || record_at !== null) && ops.some((op) => op.id === id));
  const best = holding.find(({ record_at }) => record_at !== null) ?? holding[0];
  if (!best) return null;
  const op = best.ops.find((one) => one.id === id);
  return { to: best.to, record_at: best.record_at, refused: best.refused.includes(op?.n ?? -1) };
}

/** What a receipt says, if it is one. @param {any} content */
export const isReceipt = (content) =>
  content?.v === 1 && typeof content.digest === "string" && typeof content.at === "string" && Array.isArray(content.refused);
