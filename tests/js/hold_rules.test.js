import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { dueWhenItStands, isOutOfOrder, standingOf, withHolds } from "../../static/js/lib/hold_rules.js";

const cases = JSON.parse(readFileSync(new URL("../contracts/holds.json", import.meta.url), "utf8"));

for (const one of cases) {
  test(`contract: ${one.name}`, () => {
    const standing = standingOf(one.rules, one.others);
    assert.deepEqual(standing, { held: one.held, since: one.since });
    if ("due_at" in one) assert.equal(dueWhenItStands({ ...one.rules, due_min: one.due_min }, one.started_at, standing.since), one.due_at);
  });
}

const task = (id, b, pending = null) =>
  ({ id, t: "task", pending, b: { incident: "i", unit: "icu", role: "bedside-nurse", plan: "p", occurrence: 1, state: "open", captured: {}, at: null, signs: [], anchor: "TD", ...b } });
const clocks = () => ({ TD: "2026-11-21T20:00:00.000Z" });
const held = task("two", { code: "B2", held: "when", due_at: null, due_min: 10, when: { step: "A2", field: "gaps", at_least: 1 } });

test("an own entry that is only saved lets go of the step it answers", () => {
  const answer = task("one", { code: "A2", state: "done", captured: { gaps: 2 }, at: "2026-11-21T20:30:00.000Z" }, "saved");

  const [shown] = withHolds([held], [answer, held], clocks);

  assert.deepEqual([shown.b.held, shown.b.due_at], [null, "2026-11-21T20:40:00.000Z"]);
  assert.equal(withHolds([held], [{ ...answer, b: { ...answer.b, unit: "5-west" } }, held], clocks)[0].b.held, "when");
});

test("what the phone does not hold keeps the step held, as the server said", () => {
  const after = task("two", { code: "B2", held: "after", depends_on: ["A3"] });
  const done = task("one", { code: "A3", state: "done", at: "2026-11-21T20:30:00.000Z", unit: "pharmacy", role: "pharmacist", handed: { unit: "icu", role: "bedside-nurse" } });

  assert.equal(withHolds([after], [after], clocks)[0].b.held, "after");
  assert.equal(withHolds([after], [after, done], clocks)[0].b.held, null);
});

test("a signature out of order is told by its sign, or while it is only saved here", () => {
  const sign = { by: "n", by_name: "Nia", what: "complete", at: "", st: "ok" };

  assert.equal(isOutOfOrder(task("x", { state: "done", signs: [{ ...sign, out_of_order: true }] })), true);
  assert.equal(isOutOfOrder(task("x", { state: "done", held: "after" }, "saved")), true);
  assert.equal(isOutOfOrder(task("x", { state: "done", signs: [sign] })), false);
  assert.equal(isOutOfOrder(task("x", { state: "open", held: "after" })), false);
});
