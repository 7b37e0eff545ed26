/**
 * The one wrapper around IndexedDB. Phones lose the connection to the database after time in the background, and a
 * call may then fail or never answer: close, open again, try once more. What still fails is the caller's to save.
 */

import { deleteDB, openDB } from "idb";

const DEADLINE_MS = 3_000;
const LOST = ["UnknownError", "InvalidStateError", "AbortError", "TimeoutError"];

/** @param {any} error */
export const isLost = (error) => LOST.includes(error?.name) || /connection.*lost/i.test(error?.message ?? "");

/** @param {any} error */
export const isFull = (error) => error?.name === "QuotaExceededError";

export class Store {
  #name;
  #version;
  #upgrade;
  #deadlineMs;
  /** @type {"strict"|"relaxed"} */
  #durability;
  /** @type {Promise<import("idb").IDBPDatabase<any>>|null} */
  #opening = null;

  /**
   * @param {string} name @param {number} version
   * @param {(db: import("idb").IDBPDatabase<any>, from: number) => void} upgrade
   * @param {{deadlineMs?: number, durability?: "strict"|"relaxed"}} [options] after how long a transaction counts as lost,
   *   and whether one is complete when it is on the disk, or already when the system has it
   */
  constructor(name, version, upgrade, { deadlineMs = DEADLINE_MS, durability = "strict" } = {}) {
    this.#name = name;
    this.#version = version;
    this.#upgrade = upgrade;
    this.#deadlineMs = deadlineMs;
    this.#durability = durability;
  }

  /**
   * Run one transaction; the promise resolves after it is complete, never before.
   * `work` may run twice, so it must give the same outcome when repeated.
   * @template T
   * @param {string[]} stores @param {"readonly"|"readwrite"} mode @param {(tx: any) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async run(stores, mode, work) {
    try {
      return await withDeadline(this.#once(stores, mode, work), this.#deadlineMs);
    } catch (error) {
      if (!isLost(error)) throw error;
      this.close();
      return withDeadline(this.#once(stores, mode, work), this.#deadlineMs);
    }
  }

  close() {
    const opening = this.#opening;
    this.#opening = null;
    opening?.then((db) => db.close()).catch(() => {});
  }

  /** Delete the whole database; other tabs are asked to let go and do. */
  async destroy() {
    this.close();
    await withDeadline(deleteDB(this.#name), this.#deadlineMs);
  }

  /** @template T @param {string[]} stores @param {"readonly"|"readwrite"} mode @param {(tx: any) => Promise<T>} work */
  async #once(stores, mode, work) {
    const db = await this.#open();
    const tx = db.transaction(stores, mode, { durability: this.#durability });
    const done = tx.done.then(() => null, (error) => error ?? tx.error);
    try {
      const value = await work(tx);
      const failure = await done;
      if (failure) throw failure;
      return value;
    } catch (error) {
      abort(tx);
      const failure = await done;
      throw isFull(failure) ? failure : error;
    }
  }

  #open() {
    this.#opening ??= openDB(this.#name, this.#version, {
      upgrade: (db, from) => this.#upgrade(db, from),
      blocking: () => this.close(),
      terminated: () => this.close(),
    });
    this.#opening.catch(() => this.close());
    return this.#opening;
  }
}

/** @param {any} tx */
function abort(tx) {
  try {
    tx.abort();
  } catch {
    // Already over: there is nothing left to undo.
  }
}

/** @template T @param {Promise<T>} promise @param {number} ms @returns {Promise<T>} */
function withDeadline(promise, ms) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new DOMException("The database does not answer", "TimeoutError")), ms);
  });
  return /** @type {Promise<T>} */ (Promise.race([promise, late]).finally(() => clearTimeout(timer)));
}
