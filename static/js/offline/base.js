/**
 * A person's copy of the server's rows. It is disposable: on any doubt it is dropped and asked for again.
 * A new shape of the stored rows is a new database, so that an old tab never blocks a new one.
 *
 * @typedef {import("../lib/types.js").Change} Change
 * @typedef {import("../lib/types.js").Row} Row
 */

import { noChange } from "../lib/apply.js";
import { pack, unpack } from "../lib/packed.js";
import { Store } from "./idb.js";

/** 1: every row an object. 2: what is large in a row is text (lib/packed.js). */
const SCHEMA = 2;
/** Thousands of rows on a slow phone that does other things too: slow is not lost, and what is given up here is the card. */
const PATIENCE_MS = 20_000;
const ROWS_AT_ONCE = 64;
const STORES = ["rows", "cursors", "meta"];

/** @typedef {{rows: Row[], cursors: import("../lib/types.js").Cursors, epoch: string|null, scopes: string[]|null, pulled: import("../lib/types.js").Cursors|undefined}} Kept */

export class Base {
  #store;
  #before;

  /** @param {string} user @param {Store} [store] @param {Store} [before] rows as the version before kept them */
  constructor(user, store = storeOf(user, SCHEMA), before = storeOf(user, SCHEMA - 1)) {
    this.#store = store;
    this.#before = before;
  }

  /** @param {(row: Row) => void} [damaged] hears of a row whose text turns out to be unreadable when somebody asks for it @returns {Promise<Kept>} */
  async load(damaged = () => {}) {
    const kept = await read(this.#store);
    const here = kept.rows.length > 0 || (await this.#takeOver()) === false ? kept : await read(this.#store);
    return { ...here, rows: here.rows.map((row) => unpack(row, damaged)) };
  }

  /**
   * A new version may start for the first time without a network, and must show the card that the one before has kept.
   * What it cannot give is asked for again. @returns {Promise<boolean>} whether there was anything
   */
  async #takeOver() {
    try {
      const { rows, scopes, ...rest } = await read(this.#before);
      const change = { ...noChange(), ...rest, puts: rows, scopes: scopes ?? undefined };
      await this.#store.run(STORES, "readwrite", async (tx) => (await tx.objectStore("cursors").count()) > 0 || write(tx, change));
      void this.#before.destroy().catch(() => {});
      return rows.length > 0;
    } catch {
      return false;
    }
  }

  /**
   * Rows and cursors move together or not at all. Rejects when the stored rows lie behind what the change builds on,
   * as after somebody dropped them. @param {Change} change
   */
  commit(change) {
    return this.#store.run(STORES, "readwrite", async (tx) => {
      for (const [scope, from] of Object.entries(change.froms)) {
        if (!((await tx.objectStore("cursors").get(scope)) >= from)) throw new Error(`stored rows of ${scope} lie behind`);
      }
      await write(tx, change);
    });
  }

  /** Forget everything, also what the version before has left. */
  async drop() {
    // An old page may not let go of its own at once; then the browser does it when that page is closed.
    await Promise.all([this.#store.destroy(), this.#before.destroy().catch(() => {})]);
  }

  close() {
    this.#store.close();
    this.#before.close();
  }
}

/** @param {string} user @param {number} schema */
const storeOf = (user, schema) => new Store(`wardlight-base-${user}-${schema}`, 1, upgrade, { deadlineMs: PATIENCE_MS, durability: "relaxed" });

/** @param {Store} store @returns {Promise<Kept>} */
const read = (store) =>
  store.run(STORES, "readonly", async (tx) => {
    const [cursors, meta] = [tx.objectStore("cursors"), tx.objectStore("meta")];
    const [rows, scopes, seqs, epoch, granted, pulled] = await Promise.all([
      allOf(tx.objectStore("rows")), cursors.getAllKeys(), cursors.getAll(), meta.get("epoch"), meta.get("scopes"), meta.get("pulled"),
    ]);
    const position = Object.fromEntries(scopes.map((/** @type {string} */ scope, /** @type {number} */ i) => [scope, seqs[i]]));
    return { rows, cursors: position, epoch: epoch ?? null, scopes: granted ?? null, pulled };
  });

/** Asked for in this order they are done in this order; to wait for each of two thousand takes seconds. @param {any} tx @param {Change} change */
function write(tx, change) {
  const [rows, cursors, meta] = STORES.map((name) => tx.objectStore(name));
  return Promise.all([
    ...change.drops.flatMap((scope) => [rows.delete(within([scope])), cursors.delete(scope)]),
    ...(change.again ?? []).map((scope) => cursors.delete(scope)),
    ...change.dels.map(({ scope, id, t }) => rows.delete(t ? [scope, id, t] : within([scope, id]))),
    ...change.puts.map((row) => rows.put(pack(row))),
    ...Object.entries(change.cursors).map(([scope, seq]) => cursors.put(seq, scope)),
    ...(change.epoch === undefined ? [] : [meta.put(change.epoch, "epoch")]),
    ...(change.scopes ? [meta.put(change.scopes, "scopes")] : []),
    ...(change.pulled ? [meta.put(change.pulled, "pulled")] : []),
  ]);
}

/** Every row as it is kept, some at a time: a thousand at once would hold a slow screen for a fifth of a second. @param {any} rows @returns {Promise<Row[]>} */
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
