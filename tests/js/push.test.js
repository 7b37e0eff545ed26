import { cleanDevice, makeOp, openTask } from "./setup.js";

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";

import { hearServerTime, iso, setClock } from "../../static/js/lib/clock.js";
import { createApi } from "../../static/js/live/api.js";
import { ageOf, flush, takeBatch } from "../../static/js/live/push.js";
import { freshEntry } from "../../static/js/lib/entry.js";
import { Outbox } from "../../static/js/offline/outbox.js";
import { FakeServer, loseAnswer, loseRequest, refuse } from "./fake_server.js";

/** @type {FakeServer} */
let server;
/** @type {Outbox} */
let outbox;
/** @type {any} */
let link;

beforeEach(async () => {
  cleanDevice();
  setClock(null);
  server = new FakeServer();
  server.put("unit:icu", "task", "task-1", openTask("Beds"));
  outbox = new Outbox("nia");
  await outbox.setMeta("push_token", "token-nia");
  link = { api: createApi({ fetcher: /** @type {any} */ (server.fetch), live: () => true }), device: "device-1", epoch: () => null };
});

const states = async () => (await outbox.all()).map(({ result }) => result?.st ?? null);

describe("handing in", () => {
  test("goes in order and ends with a result for each", async () => {
    for (let i = 0; i < 3; i += 1) await outbox.add(makeOp());

    const { state, settled } = await flush(outbox, link);

    assert.deepEqual([state, settled], ["done", 3]);
    assert.deepEqual(server.applied.map(({ n, by }) => [n, by]), [[1, "nia"], [2, "nia"], [3, "nia"]]);
    assert.deepEqual(await states(), ["ok", "superseded", "superseded"]);
  });

  test("a lost request and a lost answer both end with one effect", async () => {
    const op = await outbox.add(makeOp());
    server.faults.push(loseRequest, loseAnswer);

    assert.equal((await flush(outbox, link)).state, "no_contact");
    assert.deepEqual([server.applied.length, await states()], [0, [null]]);
    assert.equal((await flush(outbox, link)).state, "no_contact");
    assert.deepEqual([server.applied.length, await states()], [1, [null]]);

    assert.equal((await flush(outbox, link)).state, "done");
    assert.deepEqual(server.applied.map((one) => one.op), [op.id]);
    assert.deepEqual((await outbox.all())[0].result?.first, "ok");
  });

  test("more than fifty go in several requests, and bytes are counted", async () => {
    for (let i = 0; i < 60; i += 1) await outbox.add(makeOp());

    await flush(outbox, link);

    assert.deepEqual(server.requests.map(({ body }) => body.ops.length), [50, 10]);
    const large = Array.from({ length: 9 }, (_, i) => freshEntry(makeOp({ args: { text: "x".repeat(10_000) } }), i + 1));
    assert.equal(takeBatch(large, 50).length, 6);
    assert.equal(takeBatch([freshEntry(makeOp({ args: { text: "x".repeat(90_000) } }), 1)], 50).length, 1);
  });

  test("a batch that is too large is halved until it fits", async () => {
    server.max_ops = 2;
    for (let i = 0; i < 5; i += 1) await outbox.add(makeOp());

    assert.equal((await flush(outbox, link)).state, "done");

    assert.deepEqual(server.applied.map(({ n }) => n), [1, 2, 3, 4, 5]);
  });

  test("an op that the server cannot take alone is set aside and stops nobody", async () => {
    const big = await outbox.add(makeOp());
    const small = await outbox.add(makeOp());
    server.faults.push(() => refuse(413, "too_large"), () => refuse(413, "too_large"));

    assert.equal((await flush(outbox, link)).state, "done");

    assert.deepEqual(server.applied.map(({ op }) => op), [small.id]);
    const [aside] = await outbox.all();
    assert.deepEqual([aside.id, aside.result, Number(aside.retry_at) > Date.now()], [big.id, null, true]);
  });

  test("a refused op in the middle is a result and stops nobody", async () => {
    await outbox.add(makeOp());
    await outbox.add(makeOp({ args: { refuse: true } }));
    await outbox.add(makeOp());

    await flush(outbox, link);

    assert.deepEqual(await states(), ["ok", "rejected", "superseded"]);
  });

  test("an unknown token keeps everything and asks for a sign-in", async () => {
    await outbox.add(makeOp());
    server.tokens.clear();

    assert.equal((await flush(outbox, link)).state, "sign_in");
    assert.deepEqual(await states(), [null]);
  });

  test("a busy server is asked again after the time it names", async () => {
    await outbox.add(makeOp());
    server.faults.push(() => refuse(503, "try_later", "", { "Retry-After": "7" }));

    const { state, after_ms } = await flush(outbox, link);

    assert.deepEqual([state, after_ms], ["later", 7_000]);
    assert.deepEqual(await states(), [null]);
  });

  test("an op to be retried waits its time while others go on", async () => {
    const op = await outbox.add(makeOp());
    server.faults.push(async () => new Response(JSON.stringify({ now: new Date().toISOString(), epoch: "epoch-1", results: [{ id: op.id, st: "retry", after_ms: 60_000 }] }), { headers: { "Content-Type": "application/json" } }));
    await flush(outbox, link);
    await outbox.add(makeOp());

    await flush(outbox, link);

    assert.deepEqual(await states(), ["retry", "ok"]);
    assert.deepEqual(server.applied.map(({ n }) => n), [2]);
  });

  test("an answer that names none of our ops settles none", async () => {
    await outbox.add(makeOp());
    server.faults.push(async () => new Response(JSON.stringify({ now: "", epoch: "epoch-1", results: [] }), { headers: { "Content-Type": "application/json" } }));

    assert.equal((await flush(outbox, link)).state, "later");
    assert.deepEqual(await states(), [null]);
  });

  test("a server restored from a backup gets the journal again, without refusals", async () => {
    const backup = server.backup();
    const op = await outbox.add(makeOp());
    const refused = await outbox.add(makeOp({ args: { refuse: true } }));
    await flush(outbox, link);
    server.restore(backup);

    const { state } = await flush(outbox, { ...link, epoch: () => server.epoch });

    assert.equal(state, "done");
    assert.deepEqual(server.applied.map((one) => one.op), [op.id]);
    assert.deepEqual((await outbox.all()).map(({ id, epoch }) => [id, epoch]), [[op.id, "epoch-1+"], [refused.id, "epoch-1"]]);
  });

  test("after a silence the journal goes before what is new, if the server was restored meanwhile", async () => {
    const first = await outbox.add(makeOp());
    const backup = server.backup();
    await flush(outbox, link);
    server.restore(backup);
    const second = await outbox.add(makeOp());

    await flush(outbox, { ...link, api: createApi({ fetcher: /** @type {any} */ (server.fetch) }), epoch: () => "epoch-1" });

    assert.deepEqual(server.applied.map(({ op }) => op), [first.id, second.id]);
    assert.deepEqual(server.requests.map(({ path }) => path), ["/api/sync/push", "/api/ping", "/api/sync/push"]);
  });

  test("a restore is noticed from the answer to a push alone", async () => {
    const backup = server.backup();
    const first = await outbox.add(makeOp());
    await flush(outbox, link);
    server.restore(backup);
    const second = await outbox.add(makeOp());

    const { epoch } = await flush(outbox, { ...link, epoch: () => "epoch-1" });

    assert.equal(epoch, "epoch-1+");
    assert.deepEqual(new Set(server.applied.map((one) => one.op)), new Set([first.id, second.id]));
  });
});

describe("ages", () => {
  test("tell how long ago an op was made, also when the clock was set meanwhile", () => {
    let wall = 1_000_000;
    setClock(() => wall);
    hearServerTime(iso(1_000_000), wall, wall);
    const op = { at: iso(wall), offset_ms: 0 };
    wall = 1_000_000 + 60_000 + 3_600_000; // a minute later, and set an hour ahead
    hearServerTime(iso(1_060_000), wall, wall);

    assert.equal(ageOf(op, wall), 60_000);
    assert.equal(ageOf({ at: iso(wall + 5_000), offset_ms: null }, wall), 0);
  });

  test("travel with the op, beside the device's own time", async () => {
    let wall = 5_000_000;
    setClock(() => wall);
    await outbox.add(makeOp({ at: iso(wall) }));
    wall += 51_600;

    await flush(outbox, link);

    const { sent_at, queue, ops, device, proto } = server.requests[0].body;
    assert.deepEqual([sent_at, queue, ops[0].age_ms, device, proto], [iso(wall), { len: 1, oldest_age_ms: 51_600 }, 51_600, "device-1", 1]);
    assert.deepEqual(Object.keys(ops[0]).sort(), ["age_ms", "args", "at", "base", "id", "kind", "n", "v"]);
    assert.equal(server.requests[0].headers.Authorization, "Bearer token-nia");
  });
});

describe("answers that are not ours", () => {
  const cases = /** @type {const} */ ([
    ["a sign-in page of the network", () => new Response("<html>", { headers: { "Content-Type": "text/html" } }), "not_ours"],
    ["a redirect", () => new Response(null, { status: 302, headers: { Location: "http://portal.example" } }), "not_ours"],
    ["json of somebody else", () => new Response("{}", { headers: { "Content-Type": "application/json" } }), "not_ours"],
    ["json that breaks off", () => new Response('{"resul', { headers: { "Content-Type": "application/json" } }), "not_ours"],
    ["nothing at all, as some networks answer", () => new Response(null, { status: 204 }), "not_ours"],
    ["a network that wants a sign-in", () => new Response("<html>", { status: 511 }), "not_ours"],
    ["a proxy without our server", () => new Response("Bad gateway", { status: 502 }), "no_contact"],
  ]);
  for (const [name, respond, code] of cases) {
    test(`${name} delivers nothing`, async () => {
      await outbox.add(makeOp());
      server.faults.push(respond);

      assert.equal((await flush(outbox, link)).state, code);
      assert.deepEqual(await states(), [null]);
    });
  }

  test("a server that accepts and never answers is given up after the deadline", async () => {
    /** @type {any} */
    const hang = (/** @type {string} */ _path, /** @type {any} */ { signal }) => new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const started = performance.now();

    await assert.rejects(createApi({ fetcher: hang }).logout(), { code: "no_contact" });
    assert.ok(performance.now() - started < 6_000);
  });
});
