/**
 * A person's copy of the server's rows. It is disposable: on any doubt it is dropped and asked for again.
 * A new shape of the stored rows is a new database, so that an old tab never blocks a new one.
 *
 * @typedef {import("../lib/types.js").Change} Change
 * @typedef {import("../lib/types.js").Row} Row
 */

import { Store } from "./idb.js";

export const SCHEMA = 1;
/** Thousands of rows on a slow phone that does other things too: slow is not lost, and what is given up here is the card. */
const PATIENCE_MS = 20_000;
const ROWS_AT_ONCE = 16;

export class Base {
  #store;

  /** @param {string} user @param {Store} [store] */
  constructor(user, store = new Store(`wardlight-base-${user}-${SCHEMA}`, 1, upgrade, { deadlineMs: PATIENCE_MS, durability: "relaxed" })) {
    this.#store = store;
  }

  /** @returns {Promise<{rows: Row[], cursors: import("../lib/types.js").Cursors, epoch: string|null, scopes: string[]|null, pulled: import("../lib/types.js").Cursors|undefined}>} */
  load() {
    return this.#store.run(["rows", "cursors", "meta"], "readonly", async (tx) => {
      const cursors = tx.objectStore("cursors");
      const [rows, scopes, seqs] = await Promise.all([allOf(tx.objectStore("rows")), cursors.getAllKeys(), cursors.getAll()]);
      return {
        rows,
        cursors: Object.fromEntries(scopes.map((/** @type {string} */ scope, /** @type {number} */ i) => [scope, seqs[i]])),
        epoch: (await tx.objectStore("meta").get("epoch")) ?? null,
        scopes: (await tx.objectStore("meta").get("scopes")) ?? null,
        pulled: await tx.objectStore("meta").get("pulled"),
      };
    });
  }

  /**
   * Rows and cursors move together or not at all. Rejects when the stored rows lie behind what the change builds on,
   * as after somebody dropped them. @param {Change} change
   */
  commit(change) {
    return this.#store.run(["rows", "cursors", "meta"], "readwrite", async (tx) => {
      const [rows, cursors, meta] = ["rows", "cursors", "meta"].map((name) => tx.objectStore(name));
      for (const [scope, from] of Object.entries(change.froms)) {
        if (!((await cursors.get(scope)) >= from)) throw new Error(`stored rows of ${scope} lie behind`);
      }
      // Asked for in this order they are done in this order; to wait for each of two thousand takes seconds.
      await Promise.all([
        ...change.drops.flatMap((scope) => [rows.delete(within([scope])), cursors.delete(scope)]),
        ...change.dels.map(({ scope, id, t }) => rows.delete(t ? [scope, id, t] : within([scope, id]))),
        ...change.puts.map((row) => rows.put(row)),
        ...Object.entries(change.cursors).map(([scope, seq]) => cursors.put(seq, scope)),
        ...(change.epoch === undefined ? [] : [meta.put(change.epoch, "epoch")]),
        ...(change.scopes ? [meta.put(change.scopes, "scopes")] : []),
        ...(change.pulled ? [meta.put(change.pulled, "pulled")] : []),
      ]);
    });
  }

  /** Forget everything. */
  drop() {
    return this.#store.destroy();
  }

  close() {
    this.#store.close();
  }
}

/** Every row, some at a time: a thousand at once would hold a slow screen for a fifth of a second. @param {any} rows @returns {Promise<Row[]>} */
async function allOf(rows) {
  const found = [];
  for (let range; ; ) {
    const part = await rows.getAll(range, ROWS_AT_ONCE);
    found.push(...part);
    if (part.length < ROWS_AT_ONCE) return found;
    const { scope, id, t } = part[part.length - 1];
    range = IDBKeyRange.lowerBound([scope, id, t], true);
  }
}

/** All keys that begin like this: in IndexedDB an array sorts after every string. @param {string[]} start */
const within = (start) => IDBKeyRange.bound(start, [...start, []]);

/** @param {import("idb").IDBPDatabase<any>} db */
function upgrade(db) {
  db.createObjectStore("rows", { keyPath: ["scope", "id", "t"] });
  db.createObjectStore("cursors");
  db.createObjectStore("meta");
}
