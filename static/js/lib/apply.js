/**
 * What an answer or a hint does to the base, as a value. Nothing is applied here: the base commits the change whole.
 * A delta counts only if it starts at or before the cursor; over a gap the phone asks instead of guessing.
 *
 * @typedef {import("./types.js").Change} Change
 * @typedef {import("./types.js").Delta} Delta
 * @typedef {import("./types.js").Cursors} Cursors
 */

/** @returns {Change} */
export const noChange = () => ({ puts: [], dels: [], drops: [], cursors: {}, froms: {} });

/**
 * @param {number|undefined} cursor
 * @param {Delta} delta
 * @returns {"apply"|"stale"|"pull"} `stale` holds nothing new; `pull` leaves a gap or holds no rows
 */
export function verdict(cursor, delta) {
  if (cursor === undefined) return "pull";
  if (delta.to <= cursor) return "stale";
  return delta.from > cursor || !delta.rows ? "pull" : "apply";
}

/**
 * Add a delta to a change. Rows at or below the cursor are already in the base and are trimmed.
 * @param {Change} change @param {Cursors} cursors @param {string} scope @param {Delta} delta
 * @returns {"apply"|"stale"|"pull"}
 */
export function addDelta(change, cursors, scope, delta) {
  const cursor = change.cursors[scope] ?? cursors[scope];
  const answer = verdict(cursor, delta);
  if (answer !== "apply") return answer;
  for (const row of delta.rows ?? []) {
    if (row.seq <= cursor) continue;
    if ("del" in row) change.dels.push({ scope, id: row.id, ...(row.t ? { t: row.t } : {}) });
    else change.puts.push({ ...row, scope });
  }
  if (!change.drops.includes(scope)) change.froms[scope] ??= cursor;
  change.cursors[scope] = delta.to;
  return answer;
}

/**
 * Replace a scope by a snapshot: forget its rows, take these, follow from `to`.
 * @param {Change} change @param {string} scope @param {{to: number, rows: import("./types.js").WireRow[]}} snapshot
 */
export function addSnapshot(change, scope, snapshot) {
  change.drops.push(scope);
  delete change.froms[scope];
  for (const row of snapshot.rows) if (!("del" in row)) change.puts.push({ ...row, scope });
  change.cursors[scope] = snapshot.to;
}

/** Forget scopes that are no longer granted. @param {Change} change @param {string[]} scopes */
export function addDrops(change, scopes) {
  change.drops.push(...scopes);
  for (const scope of scopes) {
    delete change.cursors[scope];
    delete change.froms[scope];
  }
  change.puts = change.puts.filter((row) => !scopes.includes(row.scope));
}

/** @param {Change} change */
export const isEmpty = (change) =>
  change.puts.length + change.dels.length + change.drops.length + Object.keys(change.cursors).length === 0;

/** @param {{scope: string, t: string, id: string}} row a key of our own: slugs of two types may be equal in one scope */
export const rowKey = (row) => `${row.scope}\n${row.t}\n${row.id}`;
