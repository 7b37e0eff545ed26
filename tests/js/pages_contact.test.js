import assert from "node:assert/strict";
import { test } from "node:test";

import { isOurs } from "../../static/js/pages/contact.js";

test("our server's heartbeat names its history", () => {
  assert.equal(isOurs({ wardlight: "0199", now: "2026-11-21T20:51:00.000Z" }), true);
});

test("a hotspot's answer is not ours, whatever it says", () => {
  for (const body of [null, "ok", 1, [], {}, { wardlight: true }, { now: "2026" }]) assert.equal(isOurs(body), false);
});
