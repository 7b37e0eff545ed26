/**
 * A record outside the database that notices when the database came back empty: browsers clear storage when space runs
 * out, and people clear it by hand. It holds the device's id and what waited for whom, and no entry.
 *
 * @typedef {{id: string, name: string, waiting: number}} Waiting
 * @typedef {{device: string, people: Waiting[], lost: Waiting[]|null}} Canary  `lost`: what an earlier start missed and nobody has seen yet
 */

const KEY = "wardlight-canary";

/** @param {Storage} [storage] @returns {Canary|null} nothing where there is none or the browser forbids storage */
export function readCanary(storage) {
  try {
    const kept = JSON.parse((storage ?? localStorage).getItem(KEY) ?? "null");
    return kept && typeof kept.device === "string" && Array.isArray(kept.people) ? kept : null;
  } catch {
    return null;
  }
}

/** @param {Canary} canary @param {Storage} [storage] */
export function keepCanary(canary, storage) {
  try {
    (storage ?? localStorage).setItem(KEY, JSON.stringify(canary));
  } catch {
    // Full or forbidden: the server still notices by the numbers of the entries.
  }
}

/**
 * What is missing, compared with what storage holds now. Unsent entries are never deleted, and sent ones stay seven
 * days: somebody whose entries waited and whose outbox is empty has lost them.
 * @param {Canary|null} canary @param {{device: string|undefined, count: (user: string) => Promise<number>}} found
 * @returns {Promise<Waiting[]|null>} null when nothing was emptied; an empty list when it was and nothing was lost
 */
export async function missedBy(canary, { device, count }) {
  if (!canary) return null;
  const lost = [...(canary.lost ?? [])];
  for (const person of canary.people.filter(({ waiting }) => waiting > 0)) {
    if ((await count(person.id)) === 0) lost.push(person);
  }
  return lost.length > 0 || canary.lost || device === undefined ? lost : null;
}
