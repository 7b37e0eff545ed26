/**
 * Who has signed in on this device, and the device's own id. It lets the app start with no network, and tells whose
 * outboxes may still hold work, whoever is signed in now.
 *
 * @typedef {{id: string, name: string, username: string, boot: any, seen_at: number}} Person
 * @typedef {"device"|"offset_ms"|"logout_due"|"cookie_of"|"shared"|"locked"|"server_keys"|"status"|"alerts_of"|"alerts_declined"|`heard_at:${string}`|`pin:${string}`} Note  this device's id; the last
 *   distance to the server's clock; a sign-out it has not heard of; whose sign-in the cookie is (null: nobody's);
 *   whether a ward shares this device; who has locked it; the server's public keys and the newest status it
 *   has signed; whose alerts come here, and whether the offer was declined; when the server was last heard for a person; their PIN
 */

import { uuid7 } from "../lib/ids.js";
import { Store } from "./idb.js";

export class People {
  #store;

  /** @param {Store} [store] */
  constructor(store = new Store("wardlight-people", 1, upgrade)) {
    this.#store = store;
  }

  /** The device's id, made at the first question. @param {string} [fresh] the one to take if there is none @returns {Promise<string>} */
  device(fresh = uuid7()) {
    return this.#store.run(["meta"], "readwrite", async (tx) => {
      const known = await tx.objectStore("meta").get("device");
      if (!known) await tx.objectStore("meta").put(fresh, "device");
      return known ?? fresh;
    });
  }

  /** After a loss of storage the sign-in still knows which device this was. @param {string} id */
  takeDevice(id) {
    return this.#store.run(["meta"], "readwrite", (tx) => tx.objectStore("meta").put(id, "device"));
  }

  /** Keep a boot object, without its secrets, and make this person the current one. @param {any} boot @param {number} at ms */
  remember(boot, at) {
    const { push_token: _token, ws_ticket: _ticket, ...kept } = boot;
    const { id, name, username } = boot.user;
    return this.#store.run(["people", "meta"], "readwrite", async (tx) => {
      await tx.objectStore("people").put({ id, name, username, boot: kept, seen_at: at });
      await tx.objectStore("meta").put(id, "current");
    });
  }

  /** @returns {Promise<Person[]>} */
  known() {
    return this.#store.run(["people"], "readonly", (tx) => tx.objectStore("people").getAll());
  }

  /** @returns {Promise<Person|null>} who was signed in last and has not signed out */
  current() {
    return this.#store.run(["people", "meta"], "readonly", async (tx) => {
      const id = await tx.objectStore("meta").get("current");
      return (id && (await tx.objectStore("people").get(id))) || null;
    });
  }

  /** Nobody is signed in any more; the person stays known, as their outbox stays. */
  forgetCurrent() {
    return this.#store.run(["meta"], "readwrite", (tx) => tx.objectStore("meta").delete("current"));
  }

  /** @param {Note} key @returns {Promise<any>} */
  note(key) {
    return this.#store.run(["meta"], "readonly", (tx) => tx.objectStore("meta").get(key));
  }

  /** @param {Note} key @param {unknown} value */
  keepNote(key, value) {
    return this.#store.run(["meta"], "readwrite", (tx) => tx.objectStore("meta").put(value, key));
  }

  /** Change a note in one step. `change` may run twice. @template T @param {Note} key @param {(value: T|undefined) => T|undefined} change */
  changeNote(key, change) {
    return this.#store.run(["meta"], "readwrite", async (tx) => {
      const meta = tx.objectStore("meta");
      await meta.put(change(await meta.get(key)), key);
    });
  }

  /** Somebody who has signed in here before is the current person again. @param {string} id @returns {Promise<Person|null>} */
  comeBack(id) {
    return this.#store.run(["people", "meta"], "readwrite", async (tx) => {
      const person = (await tx.objectStore("people").get(id)) ?? null;
      if (person) await tx.objectStore("meta").put(id, "current");
      return person;
    });
  }

  close() {
    this.#store.close();
  }
}

/** @param {import("idb").IDBPDatabase<any>} db */
function upgrade(db) {
  db.createObjectStore("people", { keyPath: "id" });
  db.createObjectStore("meta");
}
