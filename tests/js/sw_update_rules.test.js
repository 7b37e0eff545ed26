import assert from "node:assert/strict";
import test from "node:test";
import { AWAY_MS, isOlder, mayUpdate, wasAway } from "../../static/js/sw/update_rules.js";

test("versions are compared number by number", () => {
  assert.equal(isOlder("0.9.0", "0.10.0"), true);
  assert.equal(isOlder("1.0", "1.0.0"), false);
  assert.equal(isOlder("1.2.0", "1.1.9"), false);
  assert.equal(isOlder("1.2.0+beef", "1.2.0+cafe"), false);
  assert.equal(isOlder("1.2.0+beef", "1.2.1"), true);
  assert.equal(isOlder("1.2.0+beef", ""), false);
});

test("an update waits while the server holds, unless this version is too old to be understood", () => {
  assert.equal(mayUpdate("1.2.0", { ver: "1.3.0", min: "1.0.0", hold: true }), false);
  assert.equal(mayUpdate("1.2.0", { ver: "1.3.0", min: "1.2.1", hold: true }), true);
  assert.equal(mayUpdate("1.2.0", { ver: "1.3.0", min: "1.0.0", hold: false }), true);
  assert.equal(mayUpdate("1.2.0", null), true);
});

test("the app swaps by itself only after nobody has looked for five minutes", () => {
  assert.equal(wasAway({ hiddenAt: null, now: AWAY_MS * 9 }), false);
  assert.equal(wasAway({ hiddenAt: 1_000, now: 1_000 + AWAY_MS - 1 }), false);
  assert.equal(wasAway({ hiddenAt: 1_000, now: 1_000 + AWAY_MS }), true);
});
