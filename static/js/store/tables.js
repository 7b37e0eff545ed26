/**
 * The base in memory: rows by type, each type a signal, so that a changed task redraws no list of contacts.
 *
 * @typedef {import("../lib/types.js").Row} Row
 * @typedef {import("../lib/types.js").Change} Change
 */

import { batch, signal } from "@preact/signals";

import { rowKey } from "../lib/apply.js";

/** @type {Map<string, import("@preact/signals").Signal<Map<string, Row>>>} */
const tables = new Map();

/**
 * @type {import("@preact/signals").Signal<{cursors: import("../lib/types.js").Cursors, epoch: string|null, scopes: string[]|null,
 *   pulled: import("../lib/types.js").Cursors}>} how far the base has come; `pulled` is how far it had come, all scopes at one moment, when the server last answered completely */
export const position = signal({ cursors: {}, epoch: null, scopes: null, pulled: {} });

/** @type {import("@preact/signals").Signal<string|null>} the history the server said it has; null while it has said nothing */
export const serverEpoch = signal(null);

/** The server's history as far as we know. */
export const knownEpoch = () => serverEpoch.value ?? position.value.epoch;

/** @param {string} type @returns {import("@preact/signals").Signal<Map<string, Row>>} rows by key */
export function table(type) {
  const known = tables.get(type) ?? signal(new Map());
  tables.set(type, known);
  return known;
}

/** Start from what storage holds, or from nothing. @param {{rows: Row[], cursors: any, epoch: string|null, scopes: string[]|null, pulled?: any}} [stored] */
export function fill(stored = { rows: [], cursors: {}, epoch: null, scopes: null }) {
  batch(() => {
    for (const one of tables.values()) one.value = new Map();
    put(stored.rows, new Map());
    position.value = { cursors: { ...stored.cursors }, epoch: stored.epoch, scopes: stored.scopes, pulled: stored.pulled ?? {} };
  });
}

/** Everything as one change that builds on nothing. @returns {Change} */
export function wholeBase() {
  const puts = [...tables.values()].flatMap((one) => [...one.value.values()]);
  const { cursors, epoch, scopes, pulled } = position.value;
  return { puts, dels: [], drops: [], cursors, froms: {}, epoch, scopes: scopes ?? undefined, pulled };
}

/** Apply a committed change: all of it becomes visible at once. @param {Change} change */
export function applyChange(change) {
  batch(() => {
    const copies = forget(change);
    put(change.puts, copies);
    const cursors = { ...position.value.cursors };
    for (const scope of [...change.drops, ...(change.again ?? [])]) delete cursors[scope];
    for (const [scope, seq] of Object.entries(change.cursors)) {
      // What another page says may build on what this one has missed: such a scope is asked for as a whole.
      if (change.froms[scope] > (cursors[scope] ?? 0)) delete cursors[scope];
      else cursors[scope] = Math.max(seq, cursors[scope] ?? 0);
    }
    const { epoch = position.value.epoch, scopes = position.value.scopes, pulled = position.value.pulled } = change;
    position.value = { cursors, epoch, scopes, pulled };
    if (change.epoch !== undefined) serverEpoch.value = change.epoch;
  });
}

/** @param {Change} change @returns {Map<string, Map<string, Row>>} the tables that were copied for it */
function forget({ drops, dels }) {
  const copies = new Map();
  if (drops.length + dels.length === 0) return copies;
  const gone = (/** @type {Row} */ row) =>
    drops.includes(row.scope) || dels.some((del) => del.scope === row.scope && del.id === row.id && (!del.t || del.t === row.t));
  for (const [type, one] of tables) {
    const left = [...one.value].filter(([, row]) => !gone(row));
    if (left.length < one.value.size) copies.set(type, (one.value = new Map(left)));
  }
  return copies;
}

/** @param {Row[]} rows @param {Map<string, Map<string, Row>>} copies */
function put(rows, copies) {
  const changed = new Map(copies);
  for (const row of rows) {
    const copy = changed.get(row.t) ?? new Map(table(row.t).value);
    if ((copy.get(rowKey(row))?.seq ?? -1) <= row.seq) copy.set(rowKey(row), row);
    changed.set(row.t, copy);
  }
  for (const [type, copy] of changed) table(type).value = copy;
}
