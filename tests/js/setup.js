/** What node lacks of a browser, and the cast of the tests. Import it first. */

import "fake-indexeddb/auto";

import { IDBFactory } from "fake-indexeddb";

export class MemoryStorage {
  #items = new Map();
  getItem = (/** @type {string} */ key) => this.#items.get(key) ?? null;
  setItem = (/** @type {string} */ key, /** @type {string} */ value) => void this.#items.set(key, value);
  removeItem = (/** @type {string} */ key) => void this.#items.delete(key);
}

/** A device with nothing stored. */
export function cleanDevice() {
  globalThis.indexedDB = new IDBFactory();
  globalThis.localStorage = /** @type {any} */ (new MemoryStorage());
}

/** @param {Partial<import("../../static/js/lib/types.js").Op>} [fields] @returns {import("../../static/js/lib/types.js").Op} */
export function makeOp(fields = {}) {
  return { id: crypto.randomUUID(), kind: "task.complete", v: 1, at: new Date().toISOString(), offset_ms: null, base: 0, args: { task: "task-1", captured: {}, note: "" }, ...fields };
}

/** @param {string} name @param {any} [fields] the body of an open task in the ICU */
export const openTask = (name, fields = {}) => ({ incident: "incident-1", unit: "icu", role: "bedside-nurse", phase: "0-15", title: name, state: "open", two_person: false, signs: [], captured: {}, ...fields });

/** @param {() => boolean} condition */
export async function until(condition, within_ms = 2_000) {
  const end = performance.now() + within_ms;
  while (!condition()) {
    if (performance.now() > end) throw new Error("it did not come true");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
