/**
 * What this device carries for others: their sealed entries, until the server has them. It belongs to the device and not to
 * a person, so that a sign-out or a change of shift drops nothing. What was delivered stays a day, for its receipt.
 *
 * @typedef {"carrying"|"delivered"|"refused"} CarriedState
 * @typedef {object} Carried
 * @property {string} digest
 * @property {Uint8Array} bytes  empty once delivered
 * @property {string} name  whose entries
 * @property {number} count
 * @property {number} taken_at  device time, ms
 * @property {string} carrier  id of who took them
 * @property {CarriedState} state
 * @property {any} answer  of the server, once it gave one
 */

import { Store } from "./idb.js";

const KEPT_MS = 24 * 3600_000;

export class Carry {
  #store;

  /** @param {Store} [store] */
  constructor(store = new Store("wardlight-carried", 1, (db) => void db.createObjectStore("envelopes", { keyPath: "digest" }))) {
    this.#store = store;
  }

  /** Take an envelope; one that is here already stays as it is. @param {Carried} one @returns {Promise<Carried>} as it is kept */
  take(one) {
    return this.#store.run(["envelopes"], "readwrite", async (tx) => {
      const known = await tx.objectStore("envelopes").get(one.digest);
      if (known && known.state !== "refused") return known;
      await tx.objectStore("envelopes").put(one);
      return one;
    });
  }

  /** @returns {Promise<Carried[]>} the newest first */
  async all() {
    const found = await this.#store.run(["envelopes"], "readonly", (tx) => tx.objectStore("envelopes").getAll());
    return found.sort((/** @type {Carried} */ a, /** @type {Carried} */ b) => b.taken_at - a.taken_at);
  }

  /** The server has answered for good. @param {string} digest @param {CarriedState} state @param {any} answer */
  settle(digest, state, answer) {
    return this.#store.run(["envelopes"], "readwrite", async (tx) => {
      const one = await tx.objectStore("envelopes").get(digest);
      if (one) await tx.objectStore("envelopes").put({ ...one, state, answer, bytes: new Uint8Array() });
    });
  }

  /** Forget what was answered a day ago. @param {number} at device time, ms */
  prune(at) {
    return this.#store.run(["envelopes"], "readwrite", async (tx) => {
      for (const one of await tx.objectStore("envelopes").getAll()) {
        if (one.state !== "carrying" && one.taken_at < at - KEPT_MS) await tx.objectStore("envelopes").delete(one.digest);
      }
    });
  }

  close() {
    this.#store.close();
  }
}
