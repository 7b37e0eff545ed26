/** What the worker does for a phone in a pocket: entries in their author's outbox, under the rules of the app's own. */
import { cleanDevice, makeOp } from "./setup.js";

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import vm from "node:vm";

import { Outbox } from "../../static/js/offline/outbox.js";
import { People } from "../../static/js/offline/people.js";

const ORIGIN = "https://ward.example";
const SOURCE = ["worker.js", "entries.js", "alerts.js"].map((part) => readFileSync(new URL(`../../static/js/sw/${part}`, import.meta.url), "utf8")).join("\n");
const UPDATE = { user: "nia", news: "news-1", broadcast: "b-1", asks: true, navigate: "/app/updates/b-1" };

/** The worker in a browser made of little, with the device's real databases. `answer` gives the server's results for ops. */
function startWorker({ answer = null } = {}) {
  const handlers = {};
  const seen = { shown: [], opened: [], pushed: [], badge: [], heard: [] };
  const self = {
    addEventListener: (name, handler) => (handlers[name] = handler),
    location: { origin: ORIGIN },
    navigator: { locks: { request: (_name, work) => work(), query: async () => ({ held: [] }) }, setAppBadge: async (n) => seen.badge.push(n) },
    registration: {
      showNotification: async (title, options) => void (seen.shown = [...seen.shown.filter((one) => one.tag !== options.tag), { title, ...options }]),
      getNotifications: async ({ tag } = {}) => seen.shown.filter((one) => !tag || one.tag === tag),
    },
    clients: { matchAll: async () => [], openWindow: async (path) => seen.opened.push(path) },
  };
  const fetch = async (path, init) => {
    const body = JSON.parse(init.body);
    seen.pushed.push({ path, body, headers: init.headers });
    if (!answer) throw new TypeError("no network");
    return new Response(JSON.stringify({ results: body.ops.map((op) => ({ id: op.id, ...answer })) }));
  };
  class BroadcastChannel {
    postMessage = (message) => seen.heard.push(structuredClone(message));
    close() {}
  }
  const globals = { self, indexedDB: globalThis.indexedDB, BroadcastChannel, AbortSignal, fetch, crypto, Response, URL, Date, console };
  vm.runInNewContext(`const PRECACHE = ${JSON.stringify({ version: "v", build: "b", shell: "/app/", entries: [] })};\n${SOURCE}`, globals);
  const fire = async (name, event) => {
    const waits = [];
    handlers[name]({ ...event, waitUntil: (promise) => waits.push(promise) });
    await Promise.all(waits);
  };
  const push = (data, more = {}) =>
    fire("push", { data: { json: () => ({ web_push: 8030, notification: { title: "Update 3", body: "Paper", tag: "i-1", navigate: data.navigate, data, ...more } }) } });
  const tap = (data, action = "ack") => fire("notificationclick", { action, notification: { title: "Update 3", tag: "i-1", lang: "en", data, close() {} } });
  return { seen, push, tap };
}

/** @type {Outbox} */
let outbox;

beforeEach(async () => {
  cleanDevice();
  const people = new People();
  await people.remember({ user: { id: "nia", name: "Nia", username: "nia" } }, 1);
  people.close();
  outbox = new Outbox("nia");
  await outbox.setMeta("push_token", "token-nia");
  await outbox.setMeta("device", "device-1");
});

const kinds = async () => (await outbox.all()).map(({ n, kind }) => [n, kind]);

test("an entry of the worker takes the next number, and the app goes on after it", async () => {
  await outbox.add(makeOp());
  await startWorker().push(UPDATE);
  await outbox.add(makeOp());

  assert.deepEqual(await kinds(), [[1, "task.complete"], [2, "broadcast.receive"], [3, "task.complete"]]);
  const [, entry, own] = await outbox.all();
  assert.deepEqual(Object.keys(entry).sort(), Object.keys(own).sort());
  assert.deepEqual(entry.args, { broadcast: "b-1", read: false, path: "push" });
  assert.match(entry.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("an alert that is no update is reported as arrived", async () => {
  await startWorker().push({ user: "nia", news: "news-9", broadcast: null, navigate: "/app/more" });

  assert.deepEqual((await outbox.all()).map(({ kind, args }) => [kind, args]), [["push.arrived", { news: "news-9" }]]);
});

test("the same news twice makes one entry and no second sound", async () => {
  const worker = startWorker();
  await worker.push(UPDATE);
  await worker.push(UPDATE);

  assert.equal((await kinds()).length, 1);
  assert.deepEqual(worker.seen.shown.map(({ silent, renotify }) => [silent, renotify]), [[true, false]]);
});

const OLDER = { ...UPDATE, news: "news-0", broadcast: null, at: "2026-11-22T08:00:00.000Z" };
const NEWER = { ...UPDATE, at: "2026-11-22T08:00:00.400Z" };

test("an alert that comes late leaves the newer one standing, in silence, and is on record all the same", async () => {
  const worker = startWorker();
  await worker.push(NEWER, { body: "Paper", actions: [{ action: "ack", title: "Acknowledge" }] });
  await worker.push(OLDER, { title: "EHR is down", body: "Declared" });

  const [shown, ...others] = worker.seen.shown;
  assert.deepEqual(others, []);
  assert.deepEqual([shown.title, shown.body, shown.data.news, shown.silent, shown.renotify], ["Update 3", "Paper", "news-1", true, false]);
  assert.deepEqual(shown.actions, [{ action: "ack", title: "Acknowledge" }]);
  assert.deepEqual(await kinds(), [[1, "broadcast.receive"], [2, "push.arrived"]]);
});

test("two alerts at the same moment are shown one after the other: the newer one stands", async () => {
  const worker = startWorker();
  await Promise.all([worker.push(NEWER), worker.push(OLDER, { title: "EHR is down" })]);

  assert.deepEqual(worker.seen.shown.map(({ title }) => title), ["Update 3"]);
});

test("what stands after an answer gives way to newer news, and to nothing older", async () => {
  const worker = startWorker({ answer: { st: "ok" } });
  await worker.tap(NEWER);
  await worker.push(OLDER, { title: "EHR is down" });
  assert.equal(worker.seen.shown[0].body, "Acknowledged. It is on record.");

  await worker.push({ ...NEWER, news: "news-2", at: "2026-11-22T08:01:00.000Z" }, { title: "Update 4" });
  assert.deepEqual(worker.seen.shown.map(({ title }) => title), ["Update 4"]);
});

test("Acknowledge writes the author's entry, hands it in and says that it is on record", async () => {
  const worker = startWorker({ answer: { st: "ok" } });
  await worker.tap(UPDATE);

  assert.deepEqual(await kinds(), [[1, "broadcast.ack"]]);
  const [{ path, body, headers }] = worker.seen.pushed;
  assert.deepEqual([path, headers.Authorization, body.device, body.queue.len, body.ops[0].n], ["/api/sync/push", "Bearer token-nia", "device-1", 1, 1]);
  assert.equal(worker.seen.shown[0].body, "Acknowledged. It is on record.");
  assert.deepEqual(worker.seen.heard, [{ kind: "ops", user: "nia" }, { kind: "wake" }]);
  assert.deepEqual(worker.seen.opened, []);
});

test("without contact it says so, and the entry waits for the app", async () => {
  const worker = startWorker();
  await worker.tap(UPDATE);

  assert.match(worker.seen.shown[0].body, /on this phone. It is sent when there is contact/);
  const [entry] = await outbox.all();
  assert.deepEqual([entry.tried, entry.final_at, entry.result], [true, null, null]);
});

test("a refusal is said, and the result is left for the app to take up", async () => {
  const worker = startWorker({ answer: { st: "rejected", code: "not_found", msg: "Gone." } });
  await worker.tap(UPDATE);

  assert.match(worker.seen.shown[0].body, /Not accepted/);
  assert.equal((await outbox.all())[0].final_at, null);
});

test("what was recorded before goes first", async () => {
  await outbox.add(makeOp());
  const worker = startWorker({ answer: { st: "ok" } });
  await worker.tap(UPDATE);

  assert.deepEqual(worker.seen.pushed[0].body.ops.map(({ kind }) => kind), ["task.complete", "broadcast.ack"]);
});

for (const [why, change] of [
  ["somebody else is at the screen", (people) => people.remember({ user: { id: "sol", name: "Sol", username: "sol" } }, 2)],
  ["the device is locked", (people) => people.keepNote("locked", "nia")],
  ["she has signed out", (people) => people.forgetCurrent()],
]) {
  test(`nobody acknowledges for Nia when ${why}: the tap opens the app`, async () => {
    const people = new People();
    await change(people);
    people.close();
    const worker = startWorker({ answer: { st: "ok" } });
    await worker.tap(UPDATE);

    assert.deepEqual(await kinds(), []);
    assert.deepEqual(worker.seen.opened, ["/app/updates/b-1"]);
  });
}

test("on a device that never knew the person nothing is written, and no empty database is left behind", async () => {
  const worker = startWorker();
  await worker.push({ ...UPDATE, user: "kim" });

  assert.equal(worker.seen.shown.length, 1);
  assert.deepEqual(worker.seen.pushed, []);
  assert.ok(!(await indexedDB.databases()).some(({ name }) => name === "wardlight-outbox-kim"));
});

test("a plain tap opens what the notification is about and counts what is left", async () => {
  const worker = startWorker();
  await worker.push(UPDATE);
  await worker.tap(UPDATE, "");

  assert.deepEqual(worker.seen.opened, ["/app/updates/b-1"]);
  assert.deepEqual(worker.seen.badge, [1]);
});
