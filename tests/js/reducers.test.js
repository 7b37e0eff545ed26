import "./setup.js";

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { describe, test } from "node:test";

import { freshEntry } from "../../static/js/lib/entry.js";
import { replay } from "../../static/js/lib/overlay.js";
import { REDUCERS } from "../../static/js/lib/reducers.js";
import { makeOp } from "./setup.js";

const FOLDER = new URL("../contracts/reducers/", import.meta.url);
const ACTOR = { id: "nia", name: "Nia" };

/** The fields a case names, out of what the phone shows. @param {any} wanted @param {any} shown @returns {any} */
function named(wanted, shown) {
  if (Array.isArray(wanted)) return wanted.map((one, i) => named(one, shown?.[i])).concat((shown ?? []).slice(wanted.length));
  if (wanted === null || typeof wanted !== "object") return shown;
  return Object.fromEntries(Object.keys(wanted).map((key) => [key, named(wanted[key], shown?.[key])]));
}

/** @param {string} file @returns {any[]} */
const casesOf = (file) => JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"));
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".json"));

for (const file of FILES) {
  describe(file, () => {
    for (const { name, rows_before, ops, actor, rows_after } of casesOf(file)) {
      test(name, () => {
        const rows = new Map(rows_before.map((/** @type {any} */ row) => [row.id, { ...row, scope: "unit:icu", seq: 1 }]));
        const live = ops.map((/** @type {any} */ op, /** @type {number} */ i) => ({ op: freshEntry({ ...op, offset_ms: null, base: 1 }, i + 1), pending: "saved" }));

        const shown = replay((rows_before[0] ?? rows_after[0]).t, rows, live, actor);

        const after = rows_after.map((/** @type {any} */ { id }) => shown.get(id) ?? rows.get(id));
        assert.deepEqual(named(rows_after, after), rows_after);
      });
    }
  });
}

test("an op for a task that is not here shows nothing and breaks nothing", () => {
  const live = [{ op: freshEntry(makeOp(), 1), pending: /** @type {const} */ ("saved") }];

  assert.equal(replay("task", new Map(), live, ACTOR).size, 0);
});

test("every kind with a rule has a contract that the server reads too", () => {
  const kinds = new Set(FILES.flatMap(casesOf).flatMap(({ ops }) => ops.map((/** @type {any} */ op) => op.kind)));

  assert.deepEqual(Object.keys(REDUCERS).filter((kind) => !kinds.has(kind)), []);
});

test("every kind with a rule names the type of its row", () => {
  for (const rule of Object.values(REDUCERS)) assert.ok(["task", "help", "note", "me", "handover", "runner_route", "unit_check", "backlog", "objective", "period"].includes(rule.t));
});
