/**
 * A person's copy of the server's rows. It is disposable: on any doubt it is dropped and asked for again.
 * A new shape of the stored rows is a new database, so that an old tab never blocks a new one.
 *
 * @typedef {import("../lib/types.js").Change} Change
 * @typedef {import("../lib/types.js").Row} Row
 */

import { Store } from "./idb.js";

export const SCHEMA = 1;

export class Base {
  #store;

  /** @param {string} user @param {Store} [store] */
  constructor(user, store = new Store(`wardlight-base-${user}-${SCHEMA}`, 1, upgrade)) {
    this.#store = store;
  }

  /** @returns {Promise<{rows: Row[], cursors: import("../lib/types.js").Cursors, epoch: string|null, scopes: string[]|null, pulled: import("../lib/types.js").Cursors|undefined}>} */
  load() {
    return this.#store.run(["rows", "cursors", "meta"], "readonly", async (tx) => {
      const cursors = tx.objectStore("cursors");
      const [rows, scopes, seqs] = await Promise.all([tx.objectStore("rows").getAll(), cursors.getAllKeys(), cursors.getAll()]);
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
      for (const scope of change.drops) {
        await rows.delete(within([scope]));
        await cursors.delete(scope);
      }
      for (const { scope, id, t } of change.dels) await rows.delete(t ? [scope, id, t] : within([scope, id]));
      for (const row of change.puts) await rows.put(row);
      for (const [scope, seq] of Object.entries(change.cursors)) await cursors.put(seq, scope);
      if (change.epoch !== undefined) await meta.put(change.epoch, "epoch");
      if (change.scopes) await meta.put(change.scopes, "scopes");
      if (change.pulled) await meta.put(change.pulled, "pulled");
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

/** All keys that begin like this: in IndexedDB an array sorts after every string. @param {string[]} start */
const within = (start) => IDBKeyRange.bound(start, [...start, []]);

/** @param {import("idb").IDBPDatabase<any>} db */
function upgrade(db) {
  db.createObjectStore("rows", { keyPath: ["scope", "id", "t"] });
  db.createObjectStore("cursors");
  db.createObjectStore("meta");
}
