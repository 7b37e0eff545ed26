import { cleanDevice, openTask } from "./setup.js";

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { createApi } from "../../static/js/live/api.js";
import { pull, takeHint } from "../../static/js/live/pull.js";
import { applyChange, fill, position, table } from "../../static/js/store/tables.js";
import { FakeServer } from "./fake_server.js";

/** @type {FakeServer} */
let server;
/** @type {any} */
let api;
const replica = {
  cursors: () => position.value.cursors,
  epoch: () => position.value.epoch,
  pulled: () => position.value.pulled,
  commit: async (/** @type {any} */ change) => applyChange(change),
};

beforeEach(() => {
  cleanDevice();
  fill();
  server = new FakeServer();
  api = createApi({ fetcher: /** @type {any} */ (server.fetch) });
});

const held = (type = "task") => [...table(type).value.values()].map(({ scope, id, seq, b }) => ({ scope, id, seq, b })).sort((a, b) => (a.id < b.id ? -1 : 1));
const onServer = (/** @type {string} */ scope) => server.rows(scope).map(({ id, seq, b }) => ({ scope, id, seq, b })).sort((a, b) => (a.id < b.id ? -1 : 1));
const add = (/** @type {string} */ id, fields = {}) => server.put("unit:icu", "task", id, openTask(id, fields));

test("a first pull brings everything, the next only what is new, then nothing", async () => {
  add("a");
  await pull(replica, api);
  add("b");
  server.remove("unit:icu", "a");
  await pull(replica, api);
  const before = server.requests.length;
  await pull(replica, api);

  assert.deepEqual(held(), onServer("unit:icu"));
  assert.deepEqual(position.value.cursors, { "unit:icu": 3 });
  assert.equal(server.requests.length, before + 1);
});

test("a snapshot in pages appears at once, and what changed meanwhile follows", async () => {
  for (const id of ["a", "b", "c", "d", "e"]) add(id);
  server.page_size = 2;
  let shown = 0;
  server.faults.push(async (_path, go) => go(), async (_path, go) => {
    shown = held().length;
    add("f");
    server.remove("unit:icu", "a");
    return go();
  });

  await pull(replica, api);

  assert.equal(shown, 0);
  assert.deepEqual(held(), onServer("unit:icu"));
  assert.equal(position.value.cursors["unit:icu"], 7);
});

test("a snapshot that breaks off leaves what was there", async () => {
  add("a");
  await pull(replica, api);
  const before = held();
  add("b");
  add("c");
  const scope = server.scopes.get("unit:icu");
  if (scope) scope.floor = 3;
  server.page_size = 1;
  server.faults.push(async (_path, go) => go(), () => Promise.reject(new TypeError("network")));

  await assert.rejects(pull(replica, api), { code: "no_contact" });

  assert.deepEqual(held(), before);
  assert.equal(position.value.cursors["unit:icu"], 1);
  await pull(replica, api);
  assert.deepEqual(held(), onServer("unit:icu"));
});

test("a scope that is no longer granted leaves nothing behind", async () => {
  add("a");
  server.put("unit:er", "task", "z", openTask("z"));
  await pull(replica, api);
  server.scopes.delete("unit:er");

  await pull(replica, api);

  assert.deepEqual(held().map(({ id }) => id), ["a"]);
  assert.deepEqual(Object.keys(position.value.cursors), ["unit:icu"]);
});

test("a row that moves to another scope is in one place only", async () => {
  add("a");
  server.put("unit:er", "task", "z", openTask("z"));
  await pull(replica, api);
  server.remove("unit:icu", "a");
  server.put("unit:er", "task", "a", openTask("a"));

  await pull(replica, api);

  assert.deepEqual(held().map(({ scope, id }) => [scope, id]), [["unit:er", "a"], ["unit:er", "z"]]);
});

test("a restored server gives its own history, also where the cursor was ahead", async () => {
  add("a");
  const backup = server.backup();
  add("b");
  await pull(replica, api);
  server.restore(backup);

  await pull(replica, api);

  assert.deepEqual(held(), onServer("unit:icu"));
  assert.deepEqual([position.value.epoch, position.value.cursors], ["epoch-1+", { "unit:icu": 1 }]);
});

test("who may not read a scope any more between two of its pages begins anew", async () => {
  for (const id of ["a", "b", "c"]) add(id);
  server.page_size = 2;
  server.faults.push(async (_path, go) => go(), () => {
    server.scopes.delete("unit:icu");
    return new Response('{"code":"malformed","msg":"This page is not known."}', { status: 400, headers: { "Content-Type": "application/json" } });
  });

  await pull(replica, api);

  assert.deepEqual([held(), position.value.cursors], [[], {}]);
  assert.equal(server.requests.length, 3);
});

test("a refusal because of the epoch is answered by starting over", async () => {
  add("a");
  await pull(replica, api);
  server.faults.push(() => new Response('{"code":"epoch_changed","msg":""}', { status: 409, headers: { "Content-Type": "application/json" } }));

  await pull(replica, api);

  assert.deepEqual(held(), onServer("unit:icu"));
});

test("hints may be lost, doubled and reordered; the cursor decides", async () => {
  add("a");
  await pull(replica, api);
  const hint = (/** @type {number} */ from, /** @type {number} */ to, /** @type {any} */ fields = {}) => ({ s: "unit:icu", e: "epoch-1", from, to, rows: [{ id: "a", t: "task", seq: to, b: openTask(`a${to}`) }], ...fields });

  assert.equal(await takeHint(replica, hint(1, 2)), "apply");
  assert.equal(await takeHint(replica, hint(1, 2)), "stale");
  assert.equal(await takeHint(replica, hint(3, 4)), "pull");
  assert.equal(await takeHint(replica, hint(2, 3, { rows: undefined })), "pull");
  assert.equal(await takeHint(replica, hint(2, 3, { e: "other" })), "pull");
  assert.equal(await takeHint(replica, hint(0, 1, { s: "unit:er" })), "pull");

  assert.deepEqual(held().map(({ seq, b }) => [seq, b.title]), [[2, "a2"]]);
});

test("a hint that arrives while an older answer is under way is not undone by it", async () => {
  add("a");
  await pull(replica, api);
  add("b");
  server.faults.push(async (_path, go) => {
    const answer = await go();
    const row = { id: "a", t: "task", seq: 3, b: openTask("newest") };
    await takeHint(replica, { s: "unit:icu", e: "epoch-1", from: 1, to: 3, rows: [{ id: "b", t: "task", seq: 2, b: openTask("b") }, row] });
    return answer;
  });

  await pull(replica, api);

  assert.deepEqual(held().map(({ b }) => b.title), ["newest", "b"]);
  assert.equal(position.value.cursors["unit:icu"], 3);
});
