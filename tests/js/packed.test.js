/** Rows whose large part is kept as text: steps of cards, words of plans. */
import { openPage, signInNia, ward } from "./page.js";
import { until } from "./setup.js";

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { openDB } from "idb";

import { breath } from "../../static/js/lib/breath.js";
import { noChange } from "../../static/js/lib/apply.js";
import { pack, unpack } from "../../static/js/lib/packed.js";
import { addLanguage, chooseLanguage, label } from "../../static/js/lib/text.js";
import { Base } from "../../static/js/offline/base.js";
import { tryNow } from "../../static/js/store/actions.js";
import { dropBase } from "../../static/js/store/replica.js";
import { position, wholeBase } from "../../static/js/store/tables.js";
import { row, rowsOf, units } from "../../static/js/store/view.js";

const STEPS = [{ code: "B1", title: "Print the list of beds" }, { code: "B2", title: "Wait." }];
const card = (seq = 1) => ({ scope: "ref:northgate", id: "ehr:bedside-nurse", t: "card", seq, b: { plan: "ehr", role: "bedside-nurse", steps: STEPS } });
const fail = () => assert.fail("nothing is damaged");
/** What crosses into the database and out of it. @param {any} value */
const stored = (value) => structuredClone(value);

/** Work on a person's rows as they lie in storage. @param {(rows: any) => Promise<any>} work @param {number} [schema] */
async function inStorage(work, schema = 2) {
  const db = await openDB(`wardlight-base-nia-${schema}`);
  const rows = db.transaction("rows", "readwrite").objectStore("rows");
  const found = await work(rows);
  db.close();
  return found;
}

/** What is parsed while this runs. @param {import("node:test").TestContext} t @returns {string[]} */
function parsed(t) {
  /** @type {string[]} */
  const texts = [];
  const { parse } = JSON;
  t.mock.method(JSON, "parse", (/** @type {string} */ text, /** @type {any} */ reviver) => (texts.push(text), parse(text, reviver)));
  return texts;
}

describe("a packed row", () => {
  test("is the same row to everybody who asks, and its text is read once, at the first question", (t) => {
    const texts = parsed(t);
    const back = unpack(stored(pack(card())), fail);

    assert.deepEqual([back.b.role, texts.length], ["bedside-nurse", 0]);
    assert.deepEqual(back, card());
    assert.equal(back.b.steps, back.b.steps);
    assert.equal(texts.length, 1);
  });

  test("goes to another tab and back into storage as what it is", () => {
    const back = unpack(stored(pack(card())), fail);

    assert.deepEqual(stored(back), card());
    assert.deepEqual(pack(back), pack(card()));
  });

  test("says itself what in it is text, so that a row kept as an object, or under another list, is read too", () => {
    const { b, ...rest } = card();

    assert.deepEqual(unpack(stored({ ...rest, b }), fail), card());
    assert.deepEqual(unpack(stored({ ...rest, b: { steps: STEPS }, late: { plan: '"ehr"', role: '"bedside-nurse"' } }), fail), card());
  });

  test("without its large part, or without a body, stays as it is", () => {
    for (const odd of [{ ...card(), b: { plan: "ehr" } }, { ...card(), b: undefined }]) assert.equal(pack(/** @type {any} */ (odd)), odd);
  });

  test("tells of a damaged text when somebody asks for it, once", () => {
    /** @type {string[]} */
    const damaged = [];
    const back = unpack({ ...card(), b: { plan: "ehr" }, late: { steps: '[{"code":' } }, ({ id }) => void damaged.push(id));

    assert.deepEqual([back.b.plan, damaged], ["ehr", []]);
    assert.deepEqual([back.b.steps, back.b.steps, damaged], [[], [], ["ehr:bedside-nurse"]]);
  });
});

describe("rows on a phone", () => {
  test("are kept with the steps of cards as text, and shown as they were sent", async () => {
    ward.server.put("ref:northgate", "card", "ehr:bedside-nurse", card().b);
    await signInNia();
    await openPage();

    assert.deepEqual(row("card", "ehr:bedside-nurse")?.b, card().b);
    const kept = await inStorage((rows) => rows.get(["ref:northgate", "ehr:bedside-nurse", "card"]));
    assert.deepEqual([kept.b.steps, kept.late], [undefined, { steps: JSON.stringify(STEPS) }]);
  });

  test("one that is damaged is missing until it is pulled again, and nothing else goes", async () => {
    ward.server.put("ref:northgate", "card", "ehr:bedside-nurse", card().b);
    ward.server.put("ref:northgate", "card", "ehr:charge-nurse", { ...card().b, role: "charge-nurse" });
    await signInNia();
    await inStorage(async (rows) => rows.put({ ...(await rows.get(["ref:northgate", "ehr:bedside-nurse", "card"])), late: { steps: "[{" } }));
    ward.reachable = false;
    await openPage();

    assert.deepEqual(row("card", "ehr:bedside-nurse")?.b.steps, []);
    await until(() => row("card", "ehr:bedside-nurse") === null);
    assert.deepEqual([rowsOf("card").map(({ b }) => b.steps.length), units.value.length, rowsOf("task").length], [[2], 1, 3]);

    await openPage();
    assert.deepEqual([row("card", "ehr:bedside-nurse"), units.value.length], [null, 1]);
    ward.reachable = true;
    await tryNow();
    assert.deepEqual(row("card", "ehr:bedside-nurse")?.b.steps, STEPS);
    assert.equal(position.value.cursors["ref:northgate"], 3);
  });

  test("the words of a plan are read when its language is shown", async (t) => {
    const texts = { "Wait.": "Espere." };
    ward.server.put("ref:northgate", "words", "words:ehr:es", { plan: "ehr", language: "es", texts });
    await signInNia();
    const read = parsed(t);
    await openPage();
    assert.deepEqual([label("Wait."), read.includes(JSON.stringify(texts))], ["Wait.", false]);

    addLanguage("es", {});
    chooseLanguage(["es"]);
    t.after(() => chooseLanguage(["en"]));
    await openPage();

    assert.equal(label("Wait."), "Espere.");
  });

  test("all rows of memory go into storage again when it was in doubt", async () => {
    ward.server.put("ref:northgate", "card", "ehr:bedside-nurse", card().b);
    await signInNia();
    await openPage();

    await new Base("mira").commit(wholeBase());

    const { rows } = await new Base("mira").load(fail);
    assert.deepEqual(rows.find(({ t }) => t === "card")?.b, card().b);
  });
});

describe("rows that the version before kept", () => {
  /** @param {number} seq */
  const change = (seq) => ({ ...noChange(), puts: [card(seq)], cursors: { "ref:northgate": seq }, epoch: "epoch-1", scopes: ["ref:northgate"], pulled: { "ref:northgate": seq } });
  /** The rows of that version lie in a database of their own, all of them objects. @param {number} seq */
  async function keepBefore(seq) {
    await new Base("nia").drop();
    const db = await openDB("wardlight-base-nia-1", 1, { upgrade: (one) => (one.createObjectStore("rows", { keyPath: ["scope", "id", "t"] }), one.createObjectStore("cursors"), void one.createObjectStore("meta")) });
    await Promise.all([db.put("rows", card(seq)), db.put("cursors", seq, "ref:northgate"), db.put("meta", "epoch-1", "epoch"), db.put("meta", ["ref:northgate"], "scopes"), db.put("meta", { "ref:northgate": seq }, "pulled")]);
    return db;
  }
  const names = async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name?.startsWith("wardlight-base-nia")).sort();

  test("are taken over as they stand, without a network, and leave no second copy when the old page is closed", async () => {
    const old = await keepBefore(7);

    const { rows, ...rest } = await new Base("nia").load(fail);

    assert.deepEqual([rows, rest], [[card(7)], { cursors: { "ref:northgate": 7 }, epoch: "epoch-1", scopes: ["ref:northgate"], pulled: { "ref:northgate": 7 } }]);
    assert.deepEqual((await new Base("nia").load(fail)).rows, [card(7)]);
    old.close();
    while ((await names()).length > 1) await breath();
    assert.deepEqual(await names(), ["wardlight-base-nia-2"]);
  });

  test("never come over newer ones, whatever an old page that is still open writes", async () => {
    const base = new Base("nia");
    await keepBefore(7).then((db) => db.close());
    await base.commit(change(9));

    assert.deepEqual((await base.load(fail)).rows.map(({ seq }) => seq), [9]);
    assert.deepEqual(await inStorage((rows) => rows.getAll().then((/** @type {any[]} */ all) => all.map(({ seq }) => seq)), 1), [7]);
  });

  test("go with the others when their person signs out", async () => {
    await signInNia();
    await keepBefore(7).then((db) => db.close());

    await dropBase();

    assert.deepEqual(await names(), []);
  });
});
