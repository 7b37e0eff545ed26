import assert from "node:assert/strict";
import test from "node:test";

import { REDUCERS } from "../../static/js/lib/reducers.js";
import { handedOn, isUnanswered, stepOffersFor, targetsOf, withTaken } from "../../static/js/lib/step_rules.js";

const dana = { id: "dana", units: ["icu"], places: [{ unit: "icu", role: "charge-nurse" }] };
const offer = (id, b = {}) => ({
  id, pending: null, b: { task: "t1", incident: "i", state: "offered", by: "nia", unit: "icu", role: "charge-nurse", from_unit: "icu", from_role: "bedside-nurse", at: "2026-11-21T20:00:00.000Z", next_at: "2026-11-21T20:15:00.000Z", step: { code: "A3", safety: false }, ...b },
});

test("a step is offered to whoever holds the role there, safety first, and not to its giver", () => {
  const offers = [offer("1"), offer("2", { step: { code: "A1", safety: true } }), offer("3", { unit: "5-west" }), offer("4", { task: undefined })];

  assert.deepEqual(stepOffersFor(offers, dana).map(({ id }) => id), ["2", "1"]);
  assert.deepEqual(stepOffersFor([offer("1", { by: "dana" })], dana), []);
});

test("the card tells the newest word on each step that it handed on", () => {
  const isMine = (place) => place.role === "bedside-nurse";
  const rows = [offer("1", { state: "refused" }), offer("2", { at: "2026-11-21T20:05:00.000Z" }), offer("3", { task: "t2", state: "withdrawn" }), offer("4", { task: "t3", incident: "other" })];

  assert.deepEqual(handedOn(rows, "i", isMine).map(({ id }) => id), ["2"]);
  assert.equal(isUnanswered(rows[1].b, Date.parse("2026-11-21T20:16:00Z")), true);
  assert.equal(isUnanswered(rows[0].b, Date.parse("2026-11-21T20:16:00Z")), false);
});

test("a step goes first to the role that its plan names, here or elsewhere", () => {
  const cards = [["bedside-nurse", ["ward"]], ["charge-nurse", ["ward"]], ["pharmacist", ["pharmacy"]]].map(([role, unit_types]) => ({ id: role, b: { role, unit_types } }));
  const units = [{ id: "5-west", b: { type: "ward" } }, { id: "pharmacy", b: { type: "pharmacy" } }];
  const task = { unit: "5-west", role: "bedside-nurse" };

  assert.deepEqual(targetsOf({ ...task, hand_off: "pharmacist" }, cards, units), [{ unit: "pharmacy", role: "pharmacist" }, { unit: "5-west", role: "charge-nurse" }]);
  assert.deepEqual(targetsOf(task, cards, units), [{ unit: "5-west", role: "charge-nurse" }]);
});

test("an acceptance that is only saved here puts the step on its new card at once", () => {
  const nia = { id: "nia", name: "Nia" };
  const args = { unit: "icu", role: "charge-nurse", to: null, note: "", task: "t1", from_unit: "icu", from_role: "bedside-nurse", step: { code: "A3" } };
  const offered = REDUCERS["handover.offer"].reduce(null, { id: "o", at: "2026-11-21T20:00:00.000Z", args }, nia);
  const accepted = REDUCERS["handover.accept"].reduce(offered, { id: "p", at: "2026-11-21T20:01:00.000Z", args: { handover: "o" } }, dana);
  const tasks = [{ id: "t1", b: { unit: "icu", role: "bedside-nurse" } }, { id: "t2", b: { unit: "icu", role: "bedside-nurse" } }];

  const shown = withTaken(tasks, [{ b: accepted, pending: "saved" }]);

  assert.deepEqual(shown.map(({ b }) => b.role), ["charge-nurse", "bedside-nurse"]);
  assert.equal(shown[0].b.handed.role, "bedside-nurse");
  assert.equal(withTaken(tasks, [{ b: accepted, pending: null }]), tasks);
  assert.equal(REDUCERS["handover.refuse"].reduce(offered, { id: "p", at: "", args: { handover: "o", reason: "No hands" } }, dana).state, "refused");
});
