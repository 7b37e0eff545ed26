/** The worker in a browser made of maps: what it keeps, what it refuses, what it shows. */
import assert from "node:assert/strict";
import { createHash, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import test from "node:test";
import vm from "node:vm";

const PARTS = ["worker.js", "entries.js", "alerts.js"];
const SOURCE = PARTS.map((part) => readFileSync(new URL(`../../static/js/sw/${part}`, import.meta.url), "utf8")).join("\n");
const ORIGIN = "https://ward.example";
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

class FakeCache {
  entries = new Map();
  #path = (key) => new URL(key.url ?? key, ORIGIN).pathname;
  put = async (key, response) => void this.entries.set(this.#path(key), await response.text());
  match = async (key) => {
    const text = this.entries.get(this.#path(key));
    return text === undefined ? undefined : new Response(text);
  };
  keys = async () => [...this.entries.keys()].map((path) => ({ url: ORIGIN + path }));
}

class FakeCaches {
  stores = new Map();
  open = async (name) => this.stores.get(name) ?? this.stores.set(name, new FakeCache()).get(name);
  has = async (name) => this.stores.has(name);
  keys = async () => [...this.stores.keys()];
  delete = async (name) => this.stores.delete(name);
  match = async (key) => {
    for (const store of this.stores.values()) {
      const found = await store.match(key);
      if (found) return found;
    }
    return undefined;
  };
}

/** A phone with its caches, pages, locks and a server that answers `files`. */
function phone(files) {
  const state = { caches: new FakeCaches(), files, asked: [], pages: [], locks: [], shown: [], opened: [], skipped: 0 };
  state.server = async (url) => {
    state.asked.push(url.url ?? url);
    const answer = state.files[url.url ?? url];
    if (!answer) throw new TypeError("no network");
    return typeof answer === "string" ? new Response(answer) : new Response(answer.text, { status: answer.status });
  };
  return state;
}

function startWorker(state, { version, build, entries }) {
  const handlers = {};
  const self = {
    addEventListener: (name, handler) => (handlers[name] = handler),
    location: { origin: ORIGIN },
    navigator: { locks: { query: async () => ({ held: state.locks.map((name) => ({ name })) }) } },
    registration: { showNotification: async (title, options) => state.shown.push({ title, options }) },
    clients: { matchAll: async () => state.pages, openWindow: async (path) => state.opened.push(path) },
    skipWaiting: async () => (state.skipped += 1),
  };
  const globals = { self, caches: state.caches, fetch: state.server, crypto: webcrypto, indexedDB: globalThis.indexedDB, BroadcastChannel, AbortSignal, Response, URL, console: { warn() {} } };
  vm.runInNewContext(`const PRECACHE = ${JSON.stringify({ version, build, shell: "/app/", entries })};\n${SOURCE}`, globals);
  return async (name, event = {}) => {
    const waits = [];
    const full = { ...event, waitUntil: (promise) => waits.push(promise), respondWith: (promise) => (full.answer = promise) };
    handlers[name](full);
    await Promise.all(waits);
    return full.answer && (await full.answer);
  };
}

function page(path) {
  const received = [];
  return { url: ORIGIN + path, received, focused: 0, postMessage(m) { received.push(structuredClone(m)); }, async focus() { this.focused += 1; } };
}

const FIRST = { "/app/": "shell one", "/static/b/one/a.js": "a", "/static/b/one/b.js": "b" };
const SECOND = { "/app/": "shell two", "/static/b/two/a.js": "a", "/static/b/two/b.js": "b changed" };
const listed = (files) => Object.entries(files).map(([url, text]) => [url, sha256(text)]);
const ONE = { version: "v1", build: "one", entries: listed(FIRST) };
const TWO = { version: "v2", build: "two", entries: listed(SECOND) };
const get = (path, mode = "cors") => ({ request: { method: "GET", url: ORIGIN + path, mode } });

test("install keeps every listed file", async () => {
  const state = phone({ ...FIRST });
  await startWorker(state, ONE)("install");
  const kept = state.caches.stores.get("wardlight-one-v1").entries;
  assert.deepEqual([...kept.keys()].sort(), ["/app/", "/static/b/one/a.js", "/static/b/one/b.js", "/sw-list.json"]);
});

for (const [what, answer] of [
  ["an error", { text: "busy", status: 503 }],
  ["a sign-in page with status 200", "<form>"],
  ["no answer", undefined],
]) {
  test(`install fails and leaves nothing behind after ${what}`, async () => {
    const state = phone({ ...FIRST, "/app/": answer });
    await assert.rejects(startWorker(state, ONE)("install"));
    assert.deepEqual(await state.caches.keys(), []);
  });
}

test("an update fetches only what has changed", async () => {
  const state = phone({ ...FIRST });
  await startWorker(state, ONE)("install");
  Object.assign(state, { files: { ...SECOND }, asked: [] });
  await startWorker(state, TWO)("install");
  assert.deepEqual(state.asked.sort(), ["/app/", "/static/b/two/b.js"]);
  assert.equal(state.caches.stores.get("wardlight-two-v2").entries.get("/static/b/two/a.js"), "a");
});

test("a failed update leaves the running version whole", async () => {
  const state = phone({ ...FIRST });
  await startWorker(state, ONE)("install");
  state.files = { ...SECOND, "/static/b/two/b.js": { text: "", status: 404 } };
  await assert.rejects(startWorker(state, TWO)("install"));
  assert.deepEqual(await state.caches.keys(), ["wardlight-one-v1"]);
});

test("every app address opens from the phone without asking the network", async () => {
  const state = phone({ ...FIRST });
  const worker = startWorker(state, ONE);
  await worker("install");
  Object.assign(state, { files: {}, asked: [] });
  for (const path of ["/app/", "/app/card/icu", "/app/updates/0190?x=1"]) {
    assert.equal(await (await worker("fetch", get(path, "navigate"))).text(), "shell one");
  }
  assert.deepEqual(state.asked, []);
});

test("the API, the socket, other pages and writing requests are left alone", async () => {
  const worker = startWorker(phone({}), ONE);
  for (const path of ["/api/boot", "/socket.io/?EIO=4", "/static/js/app.js"]) assert.equal(await worker("fetch", get(path)), undefined);
  assert.equal(await worker("fetch", get("/plans/", "navigate")), undefined);
  assert.equal(await worker("fetch", { request: { ...get("/app/", "navigate").request, method: "POST" } }), undefined);
  assert.equal(await worker("fetch", { request: { method: "GET", url: "https://elsewhere.example/app/", mode: "navigate" } }), undefined);
});

test("a page of yesterday still gets its files after the new version took over", async () => {
  const state = phone({ ...FIRST });
  await startWorker(state, ONE)("install");
  state.files = { ...SECOND };
  const worker = startWorker(state, TWO);
  await worker("install");
  Object.assign(state, { pages: [page("/app/")], locks: ["wardlight-build-one"], files: {} });
  await worker("activate");
  assert.equal(await (await worker("fetch", get("/static/b/one/b.js"))).text(), "b");
});

test("old files go when no page uses them any more, and not before every page has said which it uses", async () => {
  const state = phone({ ...FIRST });
  await startWorker(state, ONE)("install");
  state.files = { ...SECOND };
  const worker = startWorker(state, TWO);
  await worker("install");
  Object.assign(state, { pages: [page("/app/"), page("/app/card")], locks: ["wardlight-build-two"] });
  await worker("message", { data: { type: "start" } });
  assert.equal((await state.caches.keys()).length, 2);
  state.locks.push("wardlight-build-two");
  await worker("message", { data: { type: "start" } });
  assert.deepEqual(await state.caches.keys(), ["wardlight-two-v2"]);
});

test("eviction of the caches only: what is missing is filled when a page starts, and without a network it is no trouble", async () => {
  const state = phone({ ...FIRST });
  const worker = startWorker(state, ONE);
  await worker("install");
  const kept = state.caches.stores.get("wardlight-one-v1").entries;
  kept.delete("/static/b/one/b.js");
  state.files = {};
  await worker("message", { data: { type: "start" } });
  assert.equal(kept.has("/static/b/one/b.js"), false);
  state.files = { ...FIRST };
  await worker("message", { data: { type: "start" } });
  assert.equal(kept.get("/static/b/one/b.js"), "b");
});

test("the worker takes over only when it is told to", async () => {
  const state = phone({ ...FIRST });
  const worker = startWorker(state, ONE);
  await worker("install");
  await worker("message", { data: { type: "start" } });
  assert.equal(state.skipped, 0);
  await worker("message", { data: { type: "update" } });
  assert.equal(state.skipped, 1);
});

test("a push is shown as it was sent and wakes the open pages", async () => {
  const state = phone({});
  state.pages = [page("/app/"), page("/plans/")];
  const sent = { web_push: 8030, notification: { title: "Update 3", body: "EHR", navigate: "/app/updates/b1", tag: "i1", lang: "en" } };
  await startWorker(state, ONE)("push", { data: { json: () => sent } });
  const [{ title, options }] = structuredClone(state.shown);
  assert.equal(title, "Update 3");
  assert.deepEqual([options.body, options.tag, options.lang, options.data.navigate], ["EHR", "i1", "en", "/app/updates/b1"]);
  assert.deepEqual(state.pages.map((one) => one.received), [[{ type: "pushed" }], []]);
});

for (const [what, data] of [["nothing in it", null], ["text", { json() { throw new SyntaxError("no"); } }], ["another shape", { json: () => ({ hello: 1 }) }]]) {
  test(`a push with ${what} still shows a notification`, async () => {
    const state = phone({});
    await startWorker(state, ONE)("push", { data });
    assert.equal(state.shown[0].title, "Wardlight");
  });
}

test("a tap brings the open app forward, or opens it, and leads nowhere else", async () => {
  const state = phone({});
  const worker = startWorker(state, ONE);
  const tap = (navigate) => worker("notificationclick", { notification: { close() {}, data: { navigate } } });
  await tap("/app/updates/b1");
  await tap("https://elsewhere.example/app/");
  await tap(undefined);
  assert.deepEqual(state.opened, ["/app/updates/b1", "/app/", "/app/"]);
  state.pages = [page("/app/card")];
  await tap(`${ORIGIN}/app/help`);
  assert.deepEqual(state.pages[0].received, [{ type: "open", path: "/app/help" }]);
  assert.equal(state.pages[0].focused, 1);
});
