import assert from "node:assert/strict";
import { test } from "node:test";

import { breath } from "../../static/js/lib/breath.js";

test("a breath is a task of its own, and the slow timers of a page that nobody sees do not hold it", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  let turns = 0;
  const long = (async () => {
    while (turns < 50) turns += await 1;
  })();

  await breath();

  assert.equal(turns, 50);
  await long;
});
