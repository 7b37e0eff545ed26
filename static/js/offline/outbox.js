/**
 * A person's outbox on this device: precious, tiny, never dropped by code. An op enters with its number in one
 * transaction, gets its result in another, and stays as a journal for seven days after the result is final.
 *
 * @typedef {import("../lib/types.js").Op} Op
 * @typedef {import("../lib/types.js").Entry} Entry
 * @typedef {import("../lib/types.js").Result} Result
 * @typedef {"push_token"|"device"|"sign_in_due"} Meta  the token of the author, the device it was given to, whether the server took it last
 */

import { answered, freshEntry, isOld } from "../lib/entry.js";
import { Store } from "./idb.js";
import { nextNumber, placeBetween, takeNumber } from "./numbers.js";

export class Outbox {
  /** @type {string} */
  user;
  #store;

  /** @param {string} user @param {Store} [store] */
  constructor(user, store = new Store(`wardlight-outbox-${user}`, 1, upgrade)) {
    this.user = user;
    this.#store = store;
  }

  /** Store an op and give it the next number. Repeating the same op id returns the first entry. @param {Op} op @returns {Promise<Entry>} */
  add(op) {
    return this.#store.run(["ops", "meta"], "readwrite", async (tx) => {
      const ops = tx.objectStore("ops");
      const [known, n] = await Promise.all([ops.index("id").get(op.id), nextNumber(tx)]);
      if (known) return known;
      const entry = freshEntry(op, n);
      const kept = [ops.put(entry), takeNumber(tx, n)];
      tx.commit(); // nothing follows: to wait for the two answers first would only make the thumb wait
      await Promise.all(kept);
      return entry;
    });
  }

  /**
   * Keep an op that was answered at once. It never waited, so it takes no number: its place is between two numbers, and
   * what was asked and dropped leaves no hole. @param {Op} op @param {Result} result @param {string} epoch @param {number} at
   */
  addAnswered(op, result, epoch, at) {
    return this.#store.run(["ops", "meta"], "readwrite", async (tx) => {
      const ops = tx.objectStore("ops");
      if (await ops.index("id").getKey(op.id)) return;
      await ops.put({ ...freshEntry(op, await placeBetween(tx)), tried: true, ...answered(result, epoch, at) });
    });
  }

  /** @returns {Promise<Entry[]>} all ops and the journal, by n */
  all() {
    return this.#store.run(["ops"], "readonly", (tx) => tx.objectStore("ops").getAll());
  }

  /** From now on the server may know these ops. One that was taken back meanwhile is not among what is given, and must not leave. @param {Entry[]} entries @returns {Promise<Entry[]>} */
  markTried(entries) {
    return this.#change(entries.map((entry) => entry.id), () => ({ tried: true }));
  }

  /** Other words for the same ops, sealed or readable; what became of them stays. @param {Array<Pick<Op, "id"|"kind"|"v"|"base"|"args">>} ops */
  rewrite(ops) {
    const words = new Map(ops.map(({ id, kind, v, base, args }) => [id, { kind, v, base, args }]));
    return this.#change([...words.keys()], ({ id }) => words.get(id) ?? {});
  }

  /** @param {Result[]} results @param {string} epoch @param {number} at device time, ms */
  settle(results, epoch, at) {
    const byId = new Map(results.map((result) => [result.id, result]));
    return this.#change([...byId.keys()], ({ id }) => answered(/** @type {Result} */ (byId.get(id)), epoch, at));
  }

  /** Try an op again later, without a word of the server. @param {string} id @param {number} retry_at device time, ms */
  postpone(id, retry_at) {
    return this.#change([id], () => ({ retry_at }));
  }

  /**
   * Take back an op that has never left the phone. Later numbers move up, as the server reads a gap as a loss.
   * @param {string} id @returns {Promise<boolean>} false when the server may know it or a later op already
   */
  withdraw(id) {
    return this.#store.run(["ops", "meta"], "readwrite", async (tx) => {
      const ops = tx.objectStore("ops");
      const entry = await ops.index("id").get(id);
      const later = entry ? await ops.getAll(IDBKeyRange.lowerBound(entry.n, true)) : [];
      const next = await tx.objectStore("meta").get("next_n");
      if (!entry || entry.tried || later.some((/** @type {Entry} */ op) => op.tried)) return false;
      if (entry.n + later.length + 1 !== next) return false;
      await ops.delete(IDBKeyRange.lowerBound(entry.n));
      for (const op of later) await ops.put({ ...op, n: op.n - 1 });
      await tx.objectStore("meta").put(next - 1, "next_n");
      return true;
    });
  }

  /** Forget journal entries that have been final for seven days. @param {number} at device time, ms */
  prune(at) {
    return this.#store.run(["ops"], "readwrite", async (tx) => {
      for (const entry of await tx.objectStore("ops").getAll()) if (isOld(entry, at)) await tx.objectStore("ops").delete(entry.n);
    });
  }

  /** @param {Meta} key @returns {Promise<any>} */
  meta(key) {
    return this.#store.run(["meta"], "readonly", (tx) => tx.objectStore("meta").get(key));
  }

  /** @param {Meta} key @param {unknown} value */
  setMeta(key, value) {
    return this.#store.run(["meta"], "readwrite", (tx) => tx.objectStore("meta").put(value, key));
  }

  /** @param {string} name @returns {Promise<any>} */
  loadDraft(name) {
    return this.#store.run(["drafts"], "readonly", (tx) => tx.objectStore("drafts").get(name));
  }

  /** @param {string} name @param {unknown} value */
  saveDraft(name, value) {
    return this.#store.run(["drafts"], "readwrite", (tx) => tx.objectStore("drafts").put(value, name));
  }

  /** @param {string} name */
  dropDraft(name) {
    return this.#store.run(["drafts"], "readwrite", (tx) => tx.objectStore("drafts").delete(name));
  }

  close() {
    this.#store.close();
  }

  /** @param {string[]} ids @param {(entry: Entry) => Partial<Entry>} fields @returns {Promise<Entry[]>} those that are there */
  #change(ids, fields) {
    return this.#store.run(["ops"], "readwrite", async (tx) => {
      const ops = tx.objectStore("ops");
      const found = await Promise.all(ids.map((id) => ops.index("id").get(id)));
      const changed = found.filter(Boolean).map((entry) => ({ ...entry, ...fields(entry) }));
      await Promise.all(changed.map((entry) => ops.put(entry)));
      return changed;
    });
  }
}

/** @param {import("idb").IDBPDatabase<any>} db */
function upgrade(db) {
  db.createObjectStore("ops", { keyPath: "n" }).createIndex("id", "id", { unique: true });
  db.createObjectStore("meta");
  db.createObjectStore("drafts");
}
