import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { clockTime, dayAndTime, useZone } from "../../static/js/lib/format.js";

afterEach(() => useZone(undefined));

test("a zone that an old phone does not know is no reason to show no card: its own time stands there", () => {
  const own = clockTime("2026-11-21T21:07:00Z");

  useZone("Mars/Olympus_Mons");

  assert.match(own, /^\d\d:\d\d$/);
  assert.equal(clockTime("2026-11-21T21:07:00Z"), own);
  assert.ok(dayAndTime("2026-11-21T21:07:00Z").endsWith(own));
});
