/** Who holds what on this shift, and what is offered to whom. */
import assert from "node:assert/strict";
import test from "node:test";

import { coverOf } from "../../static/js/lib/cover_rules.js";
import { offersFor, openOf, rolesOf, takers, unclaimedFor } from "../../static/js/lib/shift_rules.js";

const NIA = { id: "nia", units: ["icu"], memberships: [{ unit: "icu", role: "bedside-nurse" }], duty: [] };
const KIM = { id: "kim", units: ["pharmacy", "icu"], memberships: [{ unit: "pharmacy", role: "pharmacist" }], duty: [] };
const DUTY = {
  id: "duty:icu",
  b: {
    unit: "icu", required: ["charge-nurse"], unclaimed: [{ role: "charge-nurse", since: null }], holders: [{ role: "bedside-nurse", user: "bo", name: "Bo", since: "2026-11-21T07:00:00.000Z" }],
    people: [{ id: "nia", name: "Nia", roles: ["bedside-nurse"] }, { id: "clerk", name: "Cy", roles: ["unit-clerk"] }, { id: "bo", name: "Bo", roles: ["bedside-nurse"] }],
  },
};
const offer = (id, fields) => ({ id, b: { state: "offered", by: "dana", unit: "icu", role: "charge-nurse", to: null, passed: [], at: "2026-11-21T19:00:00.000Z", ...fields } });
const ids = (rows) => rows.map(({ id }) => id);

test("an offer shows to the one who is asked, to those asked before, and to all who may when nobody is named", () => {
  const offers = [offer("open", {}), offer("mine", { to: "nia" }), offer("before", { to: "bo", passed: [{ to: "nia" }] }), offer("other", { to: "bo" }), offer("over", { state: "accepted" }), offer("own", { by: "nia" })];

  assert.deepEqual(ids(offersFor(offers, NIA)), ["mine", "open", "before"]);
  assert.deepEqual(ids(offersFor(offers, KIM)), []);
});

test("an unclaimed role asks those who may take it, until they have", () => {
  const taken = { ...NIA, duty: [{ unit: "icu", role: "charge-nurse" }] };

  assert.deepEqual(unclaimedFor([DUTY], NIA), [{ unit: "icu", role: "charge-nurse", since: null }]);
  assert.deepEqual(unclaimedFor([DUTY], KIM), []);
  assert.deepEqual(unclaimedFor([DUTY], taken), []);
});

test("a unit shows required roles first, then those held, then one's own", () => {
  const lines = rolesOf(DUTY.b, NIA, "icu");

  assert.deepEqual(lines.map(({ role, required, mine, mayTake }) => [role, required, mine, mayTake]), [["charge-nurse", true, false, true], ["bedside-nurse", false, false, true]]);
  assert.deepEqual(lines[1].holders.map(({ name }) => name), ["Bo"]);
  assert.deepEqual(rolesOf(null, KIM, "pharmacy").map(({ role }) => role), ["pharmacist"]);
});

test("a role is offered only to people of the unit who may hold it", () => {
  assert.deepEqual(takers(DUTY.b, "charge-nurse", "nia").map(({ name }) => name), ["Bo"]);
});

test("what is open goes over with safety first", () => {
  const tasks = [["a", "open", false], ["b", "done", true], ["c", "half", true]].map(([id, state, safety]) => ({ id, b: { role: "r", state, safety } }));

  assert.deepEqual(ids(openOf(tasks, "r")), ["c", "a"]);
});

test("the board sees only the units of the incident", () => {
  const cover = coverOf([DUTY, { id: "duty:lab", b: { ...DUTY.b, unit: "lab" } }], [offer("x", {}), offer("y", { unit: "lab" })], ["icu"]);

  assert.deepEqual([cover.unclaimed.length, ids(cover.offered), cover.held.length], [1, ["x"], 1]);
});
