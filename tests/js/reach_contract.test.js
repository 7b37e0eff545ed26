/** What leaders are shown of a row of the matrix, from the contract by which the server makes that row. */
import "./setup.js";

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { pathsOf, reachLines, stillNeeded } from "../../static/js/lib/reach_rules.js";

const { broadcast, unit, cases } = JSON.parse(readFileSync(new URL("../contracts/reach.json", import.meta.url), "utf8"));

for (const { name, row, shown } of cases) {
  test(name, () => {
    const reach = [{ id: `${broadcast.id}:${unit}`, b: row }];

    const [line] = reachLines({ reach, escalations: [], units: [] }, broadcast.id);

    assert.deepEqual({ paths: pathsOf(line.b.paths), needed: stillNeeded(line.b), rank: line.rank }, shown);
  });
}
