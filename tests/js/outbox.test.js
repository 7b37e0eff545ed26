import { cleanDevice, makeOp, MemoryStorage } from "./setup.js";

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";

import { JOURNAL_MS } from "../../static/js/lib/entry.js";
import { Base } from "../../static/js/offline/base.js";
import { mergeRescued, rescue, rescued } from "../../static/js/offline/emergency.js";
import { Store } from "../../static/js/offline/idb.js";
import { Outbox } from "../../static/js/offline/outbox.js";
import { People } from "../../static/js/offline/people.js";
import { noChange } from "../../static/js/lib/apply.js";
import { openBase } from "../../static/js/store/replica.js";

beforeEach(cleanDevice);

describe("outbox", () => {
  test("numbers are given without gap or double, also to ops of two tabs at once", async () => {
    const [here, there] = [new Outbox("nia"), new Outbox("nia")];

    await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? here : there).add(makeOp())));

    assert.deepEqual((await here.all()).map(({ n }) => n), Array.from({ length: 20 }, (_, i) => i + 1));
  });

  test("the same op stored twice is one entry", async () => {
    const outbox = new Outbox("nia");
    const op = makeOp();

    const entries = [await outbox.add(op), await outbox.add(op)];

    assert.deepEqual(entries.map(({ n }) => n), [1, 1]);
    assert.equal((await outbox.all()).length, 1);
  });

  test("an entry that never left the phone can be taken back and leaves no gap", async () => {
    const outbox = new Outbox("nia");
    const [first, second, third] = [await outbox.add(makeOp()), await outbox.add(makeOp()), await outbox.add(makeOp())];

    assert.equal(await outbox.withdraw(second.id), true);

    assert.deepEqual((await outbox.all()).map(({ id, n }) => [id, n]), [[first.id, 1], [third.id, 2]]);
    assert.equal((await outbox.add(makeOp())).n, 3);
  });

  test("an entry that the server may know stays", async () => {
    const outbox = new Outbox("nia");
    const entry = await outbox.add(makeOp());
    await outbox.markTried([entry]);

    assert.equal(await outbox.withdraw(entry.id), false);
    assert.equal((await outbox.all()).length, 1);
  });

  test("the journal forgets only what has been final for seven days", async () => {
    const outbox = new Outbox("nia");
    const [old, fresh] = [await outbox.add(makeOp()), await outbox.add(makeOp())];
    const waiting = await outbox.add(makeOp());
    await outbox.settle([{ id: old.id, st: "ok" }], "e", 0);
    await outbox.settle([{ id: fresh.id, st: "ok" }], "e", 2);

    await outbox.prune(JOURNAL_MS + 1);

    assert.deepEqual((await outbox.all()).map(({ id }) => id), [fresh.id, waiting.id]);
  });
});

describe("a database that is lost", () => {
  test("is opened again and asked once more", async () => {
    const store = new Store("flaky", 1, (db) => void db.createObjectStore("things"));
    let failures = 1;
    const work = async (/** @type {any} */ tx) => {
      await tx.objectStore("things").put("kept", "key");
      if (failures-- > 0) throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
      return "done";
    };

    assert.equal(await store.run(["things"], "readwrite", work), "done");
    assert.equal(await store.run(["things"], "readonly", (tx) => tx.objectStore("things").get("key")), "kept");
  });

  test("one tab may drop the rows while another has them open", async () => {
    const [here, there] = [new Base("nia"), new Base("nia")];
    await here.commit({ ...noChange(), puts: [{ scope: "s", id: "a", t: "task", seq: 1, b: {} }], cursors: { s: 1 } });
    await there.load();

    await here.drop();

    assert.deepEqual((await there.load()).rows, []);
  });

  test("failing twice reaches the caller, and nothing is half written", async () => {
    const store = new Store("broken", 1, (db) => void db.createObjectStore("things"));
    const work = async (/** @type {any} */ tx) => {
      await tx.objectStore("things").put("half", "key");
      throw new DOMException("gone", "InvalidStateError");
    };

    await assert.rejects(store.run(["things"], "readwrite", work), { name: "InvalidStateError" });
    assert.equal(await store.run(["things"], "readonly", (tx) => tx.objectStore("things").get("key")), undefined);
  });

  test("an op in the emergency key moves into the outbox at the next start, once", async () => {
    const storage = new MemoryStorage();
    const outbox = new Outbox("nia");
    const [op, unlucky] = [makeOp(), makeOp()];
    rescue("nia", op, /** @type {any} */ (storage));
    rescue("sol", unlucky, /** @type {any} */ (storage));
    const outboxOf = (/** @type {string} */ user) => (user === "nia" ? outbox : { add: () => Promise.reject(new Error("still gone")) });

    assert.equal(await mergeRescued(outboxOf, /** @type {any} */ (storage)), 1);
    assert.equal(await mergeRescued(outboxOf, /** @type {any} */ (storage)), 0);

    assert.deepEqual((await outbox.all()).map(({ id, n }) => [id, n]), [[op.id, 1]]);
    assert.deepEqual(rescued(/** @type {any} */ (storage)).map(({ op: { id } }) => id), [unlucky.id]);
  });
});

describe("base", () => {
  /** @param {string} scope @param {string} id @param {number} seq @param {string} [t] */
  const row = (scope, id, seq, t = "task") => ({ scope, id, t, seq, b: { id } });

  test("hundreds of rows come back whole and in their order", async () => {
    const rows = Array.from({ length: 250 }, (_, n) => row(n % 2 ? "unit:icu" : "ref:n", `r${String(n).padStart(3, "0")}`, n + 1));
    await new Base("nia").commit({ ...noChange(), puts: rows, cursors: { "unit:icu": 250, "ref:n": 250 } });

    const order = (/** @type {any} */ one) => `${one.scope} ${one.id}`;
    assert.deepEqual((await new Base("nia").load()).rows, [...rows].sort((a, b) => (order(a) < order(b) ? -1 : 1)));
  });

  test("rows and cursors come back as they were committed", async () => {
    const base = new Base("nia");
    await base.commit({ ...noChange(), puts: [row("unit:icu", "a", 1), row("unit:icu", "b", 2), row("ref:n", "icu", 1, "unit"), row("ref:n", "icu", 2, "service")], cursors: { "unit:icu": 2, "ref:n": 2 }, epoch: "e", scopes: ["unit:icu", "ref:n"], pulled: { "unit:icu": 1, "ref:n": 2 } });
    await base.commit({ ...noChange(), dels: [{ scope: "unit:icu", id: "a" }], cursors: { "unit:icu": 3 }, froms: { "unit:icu": 2 } });
    await base.commit({ ...noChange(), drops: ["ref:n"] });

    assert.deepEqual(await base.load(), { rows: [row("unit:icu", "b", 2)], cursors: { "unit:icu": 3 }, epoch: "e", scopes: ["unit:icu", "ref:n"], pulled: { "unit:icu": 1, "ref:n": 2 } });
  });

  test("rows that were dropped meanwhile do not take a change that builds on them", async () => {
    const base = new Base("nia");
    await base.commit({ ...noChange(), puts: [row("s", "a", 1)], cursors: { s: 1 } });
    await base.drop();

    await assert.rejects(base.commit({ ...noChange(), puts: [row("s", "b", 2)], cursors: { s: 2 }, froms: { s: 1 } }));
    assert.deepEqual((await base.load()).rows, []);
  });

  test("rows that storage does not give in time stay in it for the next start", async () => {
    const { load } = Base.prototype;
    await new Base("nia").commit({ ...noChange(), puts: [row("s", "a", 1)], cursors: { s: 1 } });
    Object.assign(Base.prototype, { load: () => Promise.reject(new DOMException("The database does not answer", "TimeoutError")) });

    await openBase("nia").finally(() => Object.assign(Base.prototype, { load }));

    assert.deepEqual((await new Base("nia").load()).rows, [row("s", "a", 1)]);
  });
});

test("the device knows who has signed in and keeps no secrets of the boot", async () => {
  const people = new People();
  const boot = { user: { id: "nia", name: "Nia", username: "nia" }, push_token: "secret", ws_ticket: "secret", epoch: "e" };
  await people.remember(boot, 5);
  await people.remember({ ...boot, user: { id: "sol", name: "Sol", username: "sol" } }, 6);

  assert.equal((await people.current())?.id, "sol");
  assert.ok(!JSON.stringify(await people.known()).includes("secret"));
  assert.equal(await people.device(), await new People().device());
  await people.forgetCurrent();
  assert.equal(await people.current(), null);
  assert.equal((await people.known()).length, 2);
});
