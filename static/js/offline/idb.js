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
  /** @type {Promise<import("idb").IDBPDatabase<any>>|null} */
  #opening = null;

  /**
   * @param {string} name @param {number} version
   * @param {(db: import("idb").IDBPDatabase<any>, from: number) => void} upgrade
   */
  constructor(name, version, upgrade) {
    this.#name = name;
    this.#version = version;
    this.#upgrade = upgrade;
  }

  /**
   * Run one transaction; the promise resolves after it is complete on disk, never before.
   * `work` may run twice, so it must give the same outcome when repeated.
   * @template T
   * @param {string[]} stores @param {"readonly"|"readwrite"} mode @param {(tx: any) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async run(stores, mode, work) {
    try {
      return await withDeadline(this.#once(stores, mode, work));
    } catch (error) {
      if (!isLost(error)) throw error;
      this.close();
      return withDeadline(this.#once(stores, mode, work));
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
    await withDeadline(deleteDB(this.#name));
  }

  /** @template T @param {string[]} stores @param {"readonly"|"readwrite"} mode @param {(tx: any) => Promise<T>} work */
  async #once(stores, mode, work) {
    const db = await this.#open();
    const tx = db.transaction(stores, mode, { durability: "strict" });
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

/** @template T @param {Promise<T>} promise @returns {Promise<T>} */
function withDeadline(promise) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new DOMException("The database does not answer", "TimeoutError")), DEADLINE_MS);
  });
  return /** @type {Promise<T>} */ (Promise.race([promise, late]).finally(() => clearTimeout(timer)));
}
