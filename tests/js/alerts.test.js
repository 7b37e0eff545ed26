/** Alerts on a phone: what is said of them, and when they are turned on, renewed and left alone. */
import { signInNia, ward } from "./page.js";
import { until } from "./setup.js";

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";

import { bytesOf, permission, sameKey } from "../../static/js/live/alerts.js";
import { alertWords, testWords } from "../../static/js/phone/alert_words.js";
import { alerts, decline, declined, turnOff, turnOn } from "../../static/js/store/alerts.js";
import { parts } from "../../static/js/store/parts.js";
import { session } from "../../static/js/store/state.js";

const KEY = Buffer.from("a-server-key").toString("base64url");

/** A browser with push. `answer` is what the person says when asked. */
function browser({ allowed = "default", answer = "granted", held = /** @type {any} */ (null) } = {}) {
  const state = { subscription: held, asked: 0, ended: 0 };
  const subscribe = async (/** @type {any} */ options) => (state.subscription = made(options.applicationServerKey.buffer, state));
  const pushManager = { getSubscription: async () => state.subscription, subscribe };
  const value = { userAgent: "Android", serviceWorker: { ready: Promise.resolve({ pushManager }) } };
  Object.defineProperty(globalThis, "navigator", { value, configurable: true });
  const scope = /** @type {any} */ (globalThis);
  scope.PushManager = class {};
  scope.Notification = { permission: allowed, requestPermission: async () => ((state.asked += 1), (scope.Notification.permission = answer)) };
  return state;
}

/** @param {ArrayBuffer} key @param {any} state */
const made = (key, state) => ({
  options: { applicationServerKey: key }, unsubscribe: async () => void ((state.ended += 1), (state.subscription = null)),
  toJSON: () => ({ endpoint: `https://fcm.googleapis.com/${state.ended}`, keys: { p256dh: "p", auth: "a" } }),
});

const asked = (/** @type {string} */ path) => ward.server.requests.filter((/** @type {any} */ one) => one.path === path);

const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
afterEach(() => {
  if (before) Object.defineProperty(globalThis, "navigator", before);
  delete (/** @type {any} */ (globalThis).PushManager);
  delete (/** @type {any} */ (globalThis).Notification);
});

describe("what a browser can", () => {
  test("is told apart", () => {
    assert.equal(permission(), "unsupported");
    browser();
    assert.equal(permission(), "ask");
    browser({ allowed: "denied" });
    assert.equal(permission(), "denied");
    delete (/** @type {any} */ (globalThis).PushManager);
    Object.defineProperty(globalThis, "navigator", { value: { userAgent: "iPhone" }, configurable: true });
    assert.equal(permission(), "needs_home_screen");
  });

  test("a key is the same byte by byte", () => {
    assert.ok(sameKey(bytesOf(KEY).buffer, KEY));
    assert.ok(!sameKey(bytesOf(KEY).buffer, KEY.slice(4)));
    assert.ok(!sameKey(null, KEY));
  });
});

describe("alerts", () => {
  beforeEach(async () => {
    browser();
    await signInNia();
    session.value = { .../** @type {any} */ (session.value), vapid: KEY };
    await until(() => alerts.value === "ask");
  });

  test("are on after the person said yes, and the server knows this phone", async () => {
    assert.equal(await turnOn(), true);

    assert.equal(alerts.value, "on");
    assert.equal(asked("/api/push/subscriptions").at(-1).body.endpoint, "https://fcm.googleapis.com/0");
    assert.equal(await parts.people.note("alerts_of"), "nia");
  });

  test("stay off when the person said no", async () => {
    browser({ answer: "denied" });

    assert.equal(await turnOn(), false);
    assert.equal(alerts.value, "denied");
    assert.deepEqual(asked("/api/push/subscriptions"), []);
  });

  test("are not on while the server has not heard of it", async () => {
    ward.reachable = false;

    assert.equal(await turnOn(), false);
    assert.equal(alerts.value, "off");
  });

  test("are renewed at the next start, and a subscription with an old key is replaced", async () => {
    const state = browser({ allowed: "granted" });
    await turnOn();
    const old = made(bytesOf(Buffer.from("an-older-key").toString("base64url")).buffer, state);
    state.subscription = old;

    session.value = { .../** @type {any} */ (session.value) };
    await until(() => state.ended === 1 && asked("/api/push/subscriptions").length === 2);

    assert.equal(asked("/api/push/subscriptions").at(-1).body.endpoint, "https://fcm.googleapis.com/1");
  });

  test("are a person's own: somebody else on this phone does not have them", async () => {
    browser({ allowed: "granted" });
    await turnOn();
    await parts.people.keepNote("alerts_of", "sol");
    session.value = { .../** @type {any} */ (session.value) };

    await until(() => alerts.value === "off");
  });

  test("end when the person says so", async () => {
    const state = browser({ allowed: "granted" });
    await turnOn();
    await turnOff();

    assert.deepEqual([alerts.value, state.ended, await parts.people.note("alerts_of")], ["off", 1, null]);
  });

  test("are offered once: not now is an answer", async () => {
    await until(() => declined.value === false);
    await decline();
    assert.equal(declined.value, true);
    assert.equal(await parts.people.note("alerts_declined"), true);
  });
});

describe("words", () => {
  test("every state says what it is and what follows", () => {
    const states = /** @type {any[]} */ (["unsupported", "needs_home_screen", "ask", "denied", "off", "on"]);
    for (const state of states) assert.ok(alertWords(state).words.length > 1 && alertWords(state).more.length > 20, state);
  });

  test("a test tells how far it has come", () => {
    const at = "2026-11-21T20:51:00.000Z";
    const base = { tested_at: at, handed_over_at: null, arrived_at: null, problem: "" };
    assert.equal(testWords(null, 0), null);
    assert.match(String(testWords(base, Date.parse(at))?.words), /on its way/);
    assert.match(String(testWords({ ...base, handed_over_at: at }, 0)?.words), /not here yet/);
    assert.match(String(testWords({ ...base, problem: "no_contact" }, 0)?.words), /internet may be gone/);
    assert.match(String(testWords({ ...base, arrived_at: at }, Date.parse(at))?.words), /arrived on this phone at \d\d:51/);
  });
});
