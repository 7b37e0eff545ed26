/** The wall: contact, what is new, the promise. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { now, setClock } from "../../static/js/lib/clock.js";
import { Poll } from "../../static/js/pages/wall/poll.js";
import { hasContact, heardOf, isLate, LOST_AFTER_MS, newsOf, placeAt, promiseOf } from "../../static/js/pages/wall/rules.js";

const T0 = Date.parse("2026-11-21T20:51:00Z");

/** @param {string} id @param {number|null} no @returns {any} */
const incident = (id, no) => ({ id, label: "#1", update: no === null ? null : { no, headline: "Words", at: "" } });
/** @param {any[]} incidents @returns {any} */
const state = (...incidents) => ({ incidents });

test("contact ends when nobody has answered for a quarter of a minute, and never was before an answer", () => {
  assert.equal(hasContact(null, 1), false);
  assert.equal(hasContact(1_000, 1_000 + LOST_AFTER_MS - 1), true);
  assert.equal(hasContact(1_000, 1_000 + LOST_AFTER_MS), false);
});

test("an answer that is overdue is said before contact is lost", () => {
  assert.deepEqual([0, 7_999, 8_000, LOST_AFTER_MS - 1].map(isLate), [false, false, true, true]);
});

test("the first look announces nothing", () => {
  assert.deepEqual(newsOf(null, state(incident("a", 3))), []);
});

test("a number above the one that was heard is news once", () => {
  const before = heardOf(state(incident("a", 3)));
  const after = state(incident("a", 4));

  assert.deepEqual(newsOf(before, after).map(({ no }) => no), [4]);
  assert.deepEqual(newsOf(heardOf(after), after), []);
});

test("a withdrawn number is no news, a new incident is", () => {
  const before = heardOf(state(incident("a", 4)));

  assert.deepEqual(newsOf(before, state(incident("a", 3))), []);
  assert.deepEqual(newsOf(before, state(incident("a", 4), incident("b", null))).map(({ no }) => no), [0]);
});

test("a promise counts begun minutes and knows that it was missed", () => {
  assert.deepEqual(promiseOf("2026-11-21T21:04:00Z", T0), { minutes: 13, missed: false });
  assert.deepEqual(promiseOf("2026-11-21T20:50:30Z", T0), { minutes: 1, missed: true });
  assert.equal(promiseOf(null, T0), null);
});

test("the picture moves each minute, by less than anybody notices, and comes back", () => {
  const places = Array.from({ length: 16 }, (_, minute) => placeAt(minute));

  assert.ok(places.every(([x, y]) => Math.abs(x) <= 0.6 && Math.abs(y) <= 0.6));
  assert.notDeepEqual(places[0], places[1]);
  assert.deepEqual(places[0], places[8]);
});

const realFetch = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = realFetch;
  setClock(null);
});

/** @param {Array<(headers: any) => any>} answers */
function serve(...answers) {
  /** @type {any[]} */
  const asked = [];
  globalThis.fetch = /** @type {any} */ (async (/** @type {string} */ url, /** @type {any} */ init) => {
    asked.push(init.headers);
    const [status, headers, body] = answers[asked.length - 1](init.headers);
    return { status, headers: new Headers(headers), json: async () => body };
  });
  return asked;
}

const ours = { "X-Wardlight": "1", "X-Wardlight-Now": "2026-11-21T20:51:00.000Z", ETag: '"a"' };

test("what was heard is asked for by its tag, and the server's time is learnt from every answer", async () => {
  setClock(() => T0 - 3_600_000);
  const asked = serve(() => [200, ours, state()], () => [304, { ...ours, "X-Wardlight-Now": "2026-11-21T20:51:05.000Z" }, null]);
  const poll = new Poll("/api/wall");

  assert.equal((await poll.ask()).kind, "new");
  assert.equal((await poll.ask()).kind, "same");
  assert.deepEqual(asked, [undefined, { "If-None-Match": '"a"' }]);
  assert.ok(Math.abs(now() - T0) < 10_000);
});

test("a hotspot's page, a fault and silence are no contact; a refusal is told apart", async () => {
  const asked = serve(() => [200, {}, "<form>"], () => [503, ours, null], () => [401, ours, null], () => { throw new TypeError("network"); });
  const poll = new Poll("/api/wall");
  const kinds = [];
  for (let i = 0; i < 4; i += 1) kinds.push((await poll.ask()).kind);

  assert.deepEqual(kinds, ["none", "none", "refused", "none"]);
  assert.equal(asked.length, 4);
});
