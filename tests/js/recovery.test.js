/** Storage that fails, one test a case, by its name: each has a recovery, and none drops an entry that was not sent. */
import { closePage, openPage, shownState, signInNia, ward } from "./page.js";
import { cleanDevice, makeOp, until } from "./setup.js";

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";

import { IDBDatabase, IDBFactory, IDBObjectStore } from "fake-indexeddb";

import { Store } from "../../static/js/offline/idb.js";
import { Outbox } from "../../static/js/offline/outbox.js";
import { record, tryNow } from "../../static/js/store/actions.js";
import { parts } from "../../static/js/store/parts.js";
import { emptied, kept, session } from "../../static/js/store/state.js";
import { askToKeep } from "../../static/js/store/storage.js";
import { entries } from "../../static/js/store/view.js";

const done = { task: "task-1", captured: {}, note: "" };
const browser = globalThis.navigator;
const { put } = IDBObjectStore.prototype;
const { transaction } = IDBDatabase.prototype;

afterEach(() => {
  IDBObjectStore.prototype.put = put;
  IDBDatabase.prototype.transaction = transaction;
  Object.defineProperty(globalThis, "navigator", { value: browser, configurable: true });
  emptied.value = null;
});

/** @param {boolean} answer of the browser when it is asked to keep what is stored */
const browserSays = (answer) => Object.defineProperty(globalThis, "navigator", { value: { storage: { persist: async () => answer, persisted: async () => answer } }, configurable: true });

/** Nia records one entry that nobody hears of. */
async function recordAlone() {
  await signInNia();
  await until(() => shownState() === "open");
  ward.reachable = false;
  await record("task.complete", done);
}

/** The entry reaches the server once. */
async function handedInOnce() {
  ward.reachable = true;
  await tryNow();
  await until(() => ward.server.applied.length === 1 && entries.value[0]?.state === "on_record");
}

describe("each failure of the storage has its recovery", () => {
  test("persistent storage: asked for at the sign-in, and the answer is known", async () => {
    for (const answer of [true, false]) {
      browserSays(answer);
      await askToKeep();
      assert.equal(kept.value, answer);
    }
  });

  test("lost database connection: opened again, the entry is there once", async () => {
    await recordAlone();
    let times = 1;
    IDBDatabase.prototype.transaction = function (/** @type {any[]} */ ...args) {
      if (times-- > 0) throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
      return transaction.apply(this, /** @type {any} */ (args));
    };
    await record("note.add", { incident: "incident-1", unit: "icu", text: "Still here" });

    assert.deepEqual(entries.value.map(({ kind }) => kind), ["note.add", "task.complete"]);
    assert.deepEqual((await parts.outbox?.all())?.map(({ n }) => n), [1, 2]);
  });

  test("quota: rows give way, the entry is kept", async () => {
    await signInNia();
    await until(() => shownState() === "open");
    ward.reachable = false;
    let is_full = true;
    const base = /** @type {any} */ (parts.base);
    const drop = base.drop.bind(base);
    base.drop = () => drop(void (is_full = false));
    IDBObjectStore.prototype.put = function (/** @type {any[]} */ ...args) {
      if (is_full && this.name === "ops") throw new DOMException("full", "QuotaExceededError");
      return put.apply(this, /** @type {any} */ (args));
    };
    await record("task.complete", done);

    assert.equal((await parts.outbox?.all())?.length, 1);
    await handedInOnce();
  });

  test("blocked upgrade: an old tab lets go, the new one opens and finds every entry", async () => {
    const old = new Outbox("nia");
    await old.add(makeOp());
    const newer = new Store("wardlight-outbox-nia", 2, (db) => void db.createObjectStore("later"));

    const found = await newer.run(["ops"], "readonly", (tx) => tx.objectStore("ops").getAll());

    assert.equal(found.length, 1);
    newer.close();
  });

  test("eviction of the rows only: they come again, the entry over them stays", async () => {
    await recordAlone();
    await /** @type {any} */ (parts.base).drop();
    await openPage();
    await handedInOnce();
    await until(() => shownState() === "done");
  });

  test("eviction of the database only: the device keeps its name and says what is gone", async () => {
    await recordAlone();
    const { device } = parts;
    await closePage();
    globalThis.indexedDB = new IDBFactory();
    await openPage();

    assert.deepEqual([parts.device, emptied.value], [device, [{ id: "nia", name: "Nia", waiting: 1 }]]);
  });

  test("eviction of everything: the sign-in still knows which device it was, and its numbers begin anew for leaders to see", async () => {
    await signInNia();
    await record("task.complete", done);
    await until(() => ward.server.applied.length === 1);
    const { device } = parts;
    await closePage();
    cleanDevice();
    await openPage();
    await until(() => session.value?.user.id === "nia" && shownState("task-2") === "open");

    await record("task.complete", { ...done, task: "task-2" });
    await until(() => ward.server.applied.length === 2);

    assert.equal(parts.device, device);
    assert.deepEqual(ward.server.applied.map(({ n }) => n), [1, 1]);
  });
});
