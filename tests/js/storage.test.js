import { closePage, openPage, shownState, signInNia, ward } from "./page.js";
import { makeOp, until } from "./setup.js";

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";

import { IDBFactory, IDBObjectStore } from "fake-indexeddb";

import { otherWords } from "../../static/js/components/other_device.js";
import { useZone } from "../../static/js/lib/format.js";
import { Outbox } from "../../static/js/offline/outbox.js";
import { storageWords } from "../../static/js/phone/this_phone.js";
import { record, tryNow } from "../../static/js/store/actions.js";
import { parts } from "../../static/js/store/parts.js";
import { emptied, people, session } from "../../static/js/store/state.js";
import { sawEmptied } from "../../static/js/store/storage.js";
import { entries } from "../../static/js/store/view.js";

const done = { task: "task-1", captured: {}, note: "" };
const { put } = IDBObjectStore.prototype;

/** Writing fails from now on. @param {string} name of the DOMException @param {(store: any, value: any) => boolean} [where] */
function failWrites(name, where = () => true) {
  IDBObjectStore.prototype.put = function (/** @type {any[]} */ ...args) {
    if (where(this, args[0])) throw new DOMException("fault", name);
    return put.apply(this, /** @type {any} */ (args));
  };
}

afterEach(() => {
  IDBObjectStore.prototype.put = put;
  emptied.value = null;
});

/** The database is gone, the rest of the storage is not. */
async function loseDatabase() {
  await closePage();
  globalThis.indexedDB = new IDBFactory();
}

describe("storage that fails", () => {
  test("a full disk gives up its rows and keeps the entry", async () => {
    await signInNia();
    ward.reachable = false;
    let full = true;
    failWrites("QuotaExceededError", (store) => full && store.name === "ops");
    const base = /** @type {any} */ (parts.base);
    const drop = base.drop.bind(base);
    base.drop = () => {
      full = false;
      return drop();
    };

    await record("task.complete", done);
    await openPage();

    assert.deepEqual(entries.value.map(({ state }) => state), ["saved"]);
  });

  test("a disk that stays full keeps the entry outside the database until there is room", async () => {
    await signInNia();
    ward.reachable = false;
    failWrites("QuotaExceededError", (store) => store.name === "ops");

    await record("task.complete", done);
    await openPage();
    assert.deepEqual([entries.value.length, people.value[0].waiting, emptied.value], [1, 1, null]);

    IDBObjectStore.prototype.put = put;
    ward.reachable = true;
    await openPage();
    await until(() => entries.value[0]?.state === "on_record");
    assert.equal(ward.server.applied.length, 1);
  });

  test("a connection that is lost in mid-write is opened again", async () => {
    const outbox = new Outbox("nia");
    let times = 1;
    failWrites("UnknownError", () => times-- > 0);

    await outbox.add(makeOp());

    assert.equal((await outbox.all()).length, 1);
  });

  test("an older page that blocks nothing lets the database be deleted", async () => {
    await signInNia();
    const base = /** @type {any} */ (parts.base);
    await base.load();

    await Promise.race([base.drop(), new Promise((_, reject) => setTimeout(() => reject(new Error("blocked")), 2_000))]);
    await openPage();
    await until(() => shownState() === "open");

    assert.equal(session.value?.user.id, "nia");
  });

  test("rows that are gone come again, and what was recorded over them stays", async () => {
    await signInNia();
    ward.reachable = false;
    await record("task.complete", done);
    await /** @type {any} */ (parts.base).drop();

    ward.reachable = true;
    await openPage();
    await until(() => entries.value[0]?.state === "on_record" && shownState() === "done");
  });
});

describe("a device that came back empty", () => {
  test("says whose entries are gone until somebody has read it, and keeps its id", async () => {
    await signInNia();
    ward.reachable = false;
    await record("task.complete", done);
    await record("task.complete", { ...done, task: "task-2" });
    const { device } = parts;

    await loseDatabase();
    await openPage();
    assert.deepEqual(emptied.value, [{ id: "nia", name: "Nia", waiting: 2 }]);
    assert.equal(parts.device, device);

    await openPage();
    assert.equal(emptied.value?.length, 1);
    sawEmptied();
    await openPage();
    assert.equal(emptied.value, null);
  });

  test("counts its entries from 1 again, so that the server sees the gap", async () => {
    await signInNia();
    await record("task.complete", done);
    await tryNow();
    await loseDatabase();
    await openPage();
    await until(() => session.value?.user.id === "nia" && shownState("task-2") === "open");

    await record("task.complete", { ...done, task: "task-2" });
    await until(() => ward.server.applied.length === 2);

    assert.deepEqual([emptied.value, ward.server.applied.map(({ n }) => n)], [[], [1, 1]]);
  });

  test("loses nothing that lies in the emergency key", async () => {
    await signInNia();
    ward.reachable = false;
    failWrites("UnknownError", (store) => store.name === "ops");
    await record("task.complete", done);

    await loseDatabase();
    IDBObjectStore.prototype.put = put;
    await openPage();

    assert.deepEqual([emptied.value, people.value], [[], []]);
  });

  test("is not claimed when all is well", async () => {
    await openPage();
    assert.equal(emptied.value, null);
    await signInNia();
    ward.reachable = false;
    await record("task.complete", done);
    await openPage();

    assert.equal(emptied.value, null);
  });
});

test("the browser's promise is said as it is, with what helps", () => {
  assert.match(storageWords(true, false), /even when space runs out/);
  assert.match(storageWords(false, false), /home screen/);
  assert.doesNotMatch(storageWords(false, true), /home screen/);
});

test("another device says how much it holds, since when", () => {
  useZone("UTC");
  const b = { label: "Safari, iPhone", queue_len: 4, oldest_at: "2026-11-21T14:02:00.000Z", last_seen_at: "2026-11-21T14:10:00.000Z" };

  assert.equal(otherWords(b), "Another device of yours (Safari, iPhone) holds 4 entries since 14:02.");
  assert.match(otherWords({ ...b, queue_len: 1, oldest_at: null }), /1 entry since 14:10/);
});
