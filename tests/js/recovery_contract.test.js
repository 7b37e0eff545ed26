/** Locked steps, looks at units and counts of paper, from the contracts by which the server makes its rows and decides. */
import "./setup.js";

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { withLocks } from "../../static/js/lib/gate_rules.js";
import { checkLines, gatesOf, paperSums } from "../../static/js/lib/recovery_rules.js";

const read = (/** @type {string} */ name) => JSON.parse(readFileSync(new URL(`../contracts/${name}.json`, import.meta.url), "utf8"));
const RECOVERY = read("recovery");

describe("locked steps", () => {
  for (const { name, tasks, gates, locks } of read("gates")) {
    test(name, () => {
      const all = tasks.map((/** @type {any} */ { id, rules, ...b }) => ({ id, b: { incident: "i1", ...b, ...rules } }));
      const rows = gates.map((/** @type {any} */ b) => ({ id: `gate:i1:${b.key}`, b }));

      const shown = new Map(withLocks(all, rows).map(({ id, b }) => [id, (b.waits ?? []).map((/** @type {any} */ lock) => `${lock.role}/${lock.code}`)]));

      for (const [id, keys] of Object.entries(locks)) assert.deepEqual(shown.get(id), keys);
      assert.deepEqual(gatesOf([...rows].reverse(), "i1"), rows);
    });
  }
});

test("units that fail come first, those that are confirmed last", () => {
  const rows = RECOVERY.checks.map((/** @type {any} */ { row }) => ({ id: `check:i1:${row.unit}`, b: row }));

  assert.deepEqual(checkLines(RECOVERY.units, rows, "i1", RECOVERY.wanted), RECOVERY.lines);
});

test("what is on paper adds up to what the units report", () => {
  const rows = RECOVERY.backlog.map((/** @type {any} */ { row }) => ({ id: `backlog:i1:${row.unit}`, b: row }));

  assert.deepEqual(paperSums(rows, "i1"), RECOVERY.sums);
});
