import "./setup.js";

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { addDelta, addDrops, addSnapshot, noChange, verdict } from "../../static/js/lib/apply.js";
import { answered, freshEntry } from "../../static/js/lib/entry.js";
import { pendingState, replay } from "../../static/js/lib/overlay.js";
import { makeOp, openTask } from "./setup.js";

const NIA = { id: "nia", name: "Nia" };
const AT_7 = { cursors: { "unit:icu": 7 }, scopes: ["unit:icu"], epoch: "e" };

/** @param {any} result @param {string} [epoch] */
const settledEntry = (result, epoch = "e") => {
  const entry = freshEntry(makeOp(), 1);
  return { ...entry, ...answered({ id: entry.id, ...result }, epoch, 0) };
};

describe("applying a delta", () => {
  test("it counts only if it starts at or before the cursor", () => {
    assert.equal(verdict(7, { from: 7, to: 8, rows: [] }), "apply");
    assert.equal(verdict(7, { from: 5, to: 8, rows: [] }), "apply");
    assert.equal(verdict(7, { from: 8, to: 9, rows: [] }), "pull");
    assert.equal(verdict(7, { from: 3, to: 7, rows: [] }), "stale");
    assert.equal(verdict(7, { from: 7, to: 8 }), "pull");
    assert.equal(verdict(undefined, { from: 0, to: 8, rows: [] }), "pull");
  });

  test("rows that are in the base already are trimmed, tombstones remove", () => {
    const change = noChange();
    addDelta(change, { "unit:icu": 7 }, "unit:icu", { from: 5, to: 9, rows: [{ id: "a", t: "task", seq: 6, b: {} }, { id: "b", t: "task", seq: 8, b: {} }, { id: "c", seq: 9, del: 1 }] });

    assert.deepEqual(change.puts.map(({ id }) => id), ["b"]);
    assert.deepEqual(change.dels, [{ scope: "unit:icu", id: "c" }]);
    assert.deepEqual([change.cursors, change.froms], [{ "unit:icu": 9 }, { "unit:icu": 7 }]);
  });

  test("a gap changes nothing at all", () => {
    const change = noChange();

    assert.equal(addDelta(change, { s: 1 }, "s", { from: 3, to: 4, rows: [{ id: "a", t: "task", seq: 4, b: {} }] }), "pull");
    assert.deepEqual(change, noChange());
  });

  test("a snapshot replaces a scope, a drop leaves nothing of it", () => {
    const change = noChange();
    addSnapshot(change, "s", { to: 5, rows: [{ id: "a", t: "task", seq: 2, b: {} }] });
    assert.deepEqual([change.drops, change.puts.length, change.cursors], [["s"], 1, { s: 5 }]);

    addDrops(change, ["s"]);
    assert.deepEqual([change.puts, change.cursors], [[], {}]);
  });
});

describe("the overlay", () => {
  test("an op stays until the row that contains it has arrived", () => {
    const entry = settledEntry({ st: "ok", scope: "unit:icu", seq: 8 });

    assert.equal(pendingState(freshEntry(makeOp(), 1), AT_7), "saved");
    assert.equal(pendingState(entry, AT_7), "sent");
    assert.equal(pendingState(entry, { ...AT_7, cursors: { "unit:icu": 8 } }), null);
  });

  test("a refused op leaves at once, one to be tried again stays", () => {
    assert.equal(pendingState(settledEntry({ st: "rejected", scope: "unit:icu", seq: 99 }), AT_7), null);
    assert.equal(pendingState(settledEntry({ st: "retry", after_ms: 5 }), AT_7), "saved");
  });

  test("a row of a scope that is not ours is not waited for", () => {
    assert.equal(pendingState(settledEntry({ st: "ok", scope: "incident:1:command", seq: 8 }), AT_7), null);
  });

  test("a result of a history that is gone counts as saved only, a refusal stays a refusal", () => {
    const restored = { cursors: { "unit:icu": 99 }, scopes: ["unit:icu"], epoch: "e2" };

    assert.equal(pendingState(settledEntry({ st: "ok", scope: "unit:icu", seq: 8 }, "e"), restored), "saved");
    assert.equal(pendingState(settledEntry({ st: "rejected" }, "e"), restored), null);
  });

  test("a result of the new history waits for the new rows, whatever the old cursor says", () => {
    const between = { cursors: { "unit:icu": 99 }, scopes: ["unit:icu"], epoch: "e", server_epoch: "e2" };

    assert.equal(pendingState(settledEntry({ st: "ok", scope: "unit:icu", seq: 3 }, "e2"), between), "sent");
  });

  test("a tick never flickers on its way, whichever of answer and row comes first", () => {
    const op = freshEntry(makeOp(), 1);
    const before = { id: "task-1", t: "task", scope: "unit:icu", seq: 7, b: openTask("Beds") };
    const sign = { by: "nia", by_name: "Nia", what: "complete", at: op.at, st: "ok", received_at: op.at };
    const after = { ...before, seq: 8, b: openTask("Beds", { state: "done", by: "nia", signs: [sign] }) };
    const result = answered({ id: op.id, st: "ok", scope: "unit:icu", seq: 8 }, "e", 0);
    const steps = [
      [before, op, 7], [before, { ...op, ...result }, 7], [after, { ...op, ...result }, 8], // answer first
      [before, op, 7], [after, op, 8], [after, { ...op, ...result }, 8], // row first
    ];

    for (const [row, entry, cursor] of /** @type {any[]} */ (steps)) {
      const pending = pendingState(entry, { ...AT_7, cursors: { "unit:icu": cursor } });
      const shown = replay("task", new Map([[row.id, row]]), pending ? [{ op: entry, pending }] : [], NIA).get(row.id) ?? row;
      assert.equal(shown.b.state, "done");
      assert.equal(shown.b.signs.length, 1);
    }
  });

  test("two quick ticks around a reopening are not taken for one", () => {
    const at = (/** @type {number} */ s) => `2026-11-21T20:50:0${s}.000Z`;
    const signs = [{ by: "nia", by_name: "Nia", what: "complete", at: at(0), st: "ok", op: "first" }, { by: "nia", by_name: "Nia", what: "reopen", at: at(1), st: "ok", op: "second" }];
    const row = { id: "task-1", t: "task", scope: "unit:icu", seq: 7, b: openTask("Beds", { signs }) };
    const third = freshEntry(makeOp({ at: at(2) }), 3);

    const shown = replay("task", new Map([[row.id, row]]), [{ op: third, pending: "saved" }], NIA);

    assert.equal(shown.get("task-1")?.b.state, "done");
  });
});
