/** Declaring in four taps: what is suggested, what is ticked, what is sent, and what the answer means. */
import assert from "node:assert/strict";
import test from "node:test";

import { chosenUnits, declareArgs, declareOutcome, defaultLevel, groupUnits, orderPlans, toggled, toggledGroup, withPlan } from "../../static/js/lib/declare_rules.js";

const EHR = { id: "ehr-unplanned", b: { title: "EHR is down", kind: "unplanned", icon: "ehr", services: ["ehr"], units: ["icu", "5-west", "pharmacy"] } };
const NETWORK = { id: "network", b: { title: "Network is down", kind: "unplanned", icon: "network", services: ["network"], units: ["icu"] } };
const PLANNED = { id: "ehr-planned", b: { title: "EHR maintenance", kind: "planned", icon: "planned", services: ["ehr"], units: ["icu"] } };
const DRAFT = { incident: "i1", kind: "real", plan: "", title: "", services: [], units: null, level: 2, asked_at: null };

test("the suggested plan stands first, planned work last", () => {
  assert.deepEqual(orderPlans([PLANNED, NETWORK, EHR], undefined).map(({ id }) => id), ["ehr-unplanned", "network", "ehr-planned"]);
  assert.deepEqual(orderPlans([PLANNED, NETWORK, EHR], "network").map(({ id }) => id), ["network", "ehr-unplanned", "ehr-planned"]);
});

test("one tap on a plan ticks its services and all its units", () => {
  const draft = withPlan(DRAFT, EHR);

  assert.deepEqual([draft.plan, draft.title, draft.services, draft.level], ["ehr-unplanned", "EHR is down", ["ehr"], 2]);
  assert.deepEqual(chosenUnits(draft, EHR), ["icu", "5-west", "pharmacy"]);
});

test("the level follows the plan: its own, the whole hospital for the network, one unit", () => {
  assert.equal(defaultLevel(NETWORK), 3);
  assert.equal(defaultLevel(PLANNED), 1);
  assert.equal(defaultLevel({ id: "x", b: { ...EHR.b, level: 4 } }), 4);
});

test("all units of the plan go as null, a choice as a list", () => {
  const draft = withPlan(DRAFT, EHR);

  assert.equal(declareArgs(draft, EHR).units, null);
  assert.equal(declareArgs({ ...draft, units: ["pharmacy", "icu", "5-west"] }, EHR).units, null);
  assert.deepEqual(declareArgs({ ...draft, units: ["icu"] }, EHR).units, ["icu"]);
});

test("the same draft asks with the same incident, so that two tries declare once", () => {
  const draft = withPlan(DRAFT, EHR);

  assert.deepEqual(declareArgs(draft, EHR), declareArgs({ ...draft, asked_at: 5 }, EHR));
  assert.equal(declareArgs(draft, EHR).incident, "i1");
});

test("a second lead hears who was first; a repeated try of our own counts as declared", () => {
  assert.equal(declareOutcome({ st: "ok" }), "declared");
  assert.equal(declareOutcome({ st: "superseded" }), "declared");
  assert.equal(declareOutcome({ st: "dup", first: "ok" }), "declared");
  assert.equal(declareOutcome({ st: "dup", first: "conflict" }), "by_other");
  assert.equal(declareOutcome({ st: "conflict" }), "by_other");
  assert.equal(declareOutcome({ st: "rejected" }), "refused");
});

test("units are ticked one by one or as a group that clears only when it is full", () => {
  assert.deepEqual(toggled(["icu"], "ed"), ["icu", "ed"]);
  assert.deepEqual(toggled(["icu", "ed"], "icu"), ["ed"]);
  assert.deepEqual(toggledGroup(["icu"], ["icu", "5-west"]), ["icu", "5-west"]);
  assert.deepEqual(toggledGroup(["icu", "5-west", "ed"], ["icu", "5-west"]), ["ed"]);
});

test("units of unknown kinds are kept in a group of their own", () => {
  const unit = (id, type) => ({ id, b: { type } });
  const groups = groupUnits([unit("icu", "intensive-care"), unit("lab", "laboratory"), unit("hospice", "hospice")]);

  assert.deepEqual(groups.map(({ key, units }) => [key, units.length]), [["wards", 1], ["services", 1], ["others", 1]]);
});
