/** Incident command: who holds what, what is vacant, which period runs; and what this phone shows before the server knows. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { bySection, chartLines, inOrder, runningPeriod, withMine } from "../../static/js/lib/command_rules.js";
import { mayHold, offersFor, takers } from "../../static/js/lib/shift_rules.js";

const AT = "2026-11-21T21:00:00.000Z";
const position = (/** @type {string} */ code, /** @type {number} */ order, /** @type {number|null} */ from_level, section = "command") => ({ id: `position:${code}`, b: { code, order, from_level, section, successors: [{ id: "d", name: "Dana" }] } });
const POSITIONS = [position("logistics", 2, 3, "logistics"), position("operations-chief", 1, 2), position("incident-commander", 0, 1)];
const DUTY = { holders: [{ role: "incident-commander", user: "p", name: "Priya", since: AT }] };
const dana = { id: "d", name: "Dana", units: ["icu"], memberships: [{ unit: "icu", role: "charge-nurse" }], duty: /** @type {any[]} */ ([]), standby: [{ unit: "cc", role: "operations-chief" }] };

test("the level of the incident says which positions somebody must hold", () => {
  const offered = { id: "h", b: { unit: "cc", role: "operations-chief", state: "offered", to_name: "Dana" } };
  const lines = chartLines(POSITIONS, DUTY, [offered], "cc", 2);

  assert.deepEqual(lines.map(({ code, vacant, required }) => [code, vacant, required]), [["incident-commander", false, true], ["operations-chief", true, true], ["logistics", false, false]]);
  assert.equal(lines[1].offer.to_name, "Dana");
  assert.deepEqual(bySection(lines, [{ code: "logistics" }, { code: "command" }, { code: "finance" }]).map(({ lines: own }) => own.length), [1, 2]);
});

test("a position taken or given up on this phone shows at once", () => {
  const lines = chartLines(POSITIONS, DUTY, [], "cc", 2);

  const taken = withMine(lines, { ...dana, duty: [{ unit: "cc", role: "operations-chief", since: AT }] }, "cc");
  assert.deepEqual([taken[1].vacant, taken[1].holders], [false, [{ user: "d", name: "Dana", since: AT }]]);
  const left = withMine(lines, { id: "p", name: "Priya", duty: [] }, "cc");
  assert.deepEqual([left[0].vacant, left[0].holders], [true, []]);
});

test("a successor may take the position in its unit only, and sees who offers it", () => {
  assert.deepEqual([mayHold(dana, "operations-chief", "cc"), mayHold(dana, "operations-chief", "icu"), mayHold(dana, "logistics", "cc")], [true, false, false]);
  const offer = { id: "h", b: { unit: "cc", role: "operations-chief", state: "offered", by: "o", to: "d", passed: [], at: AT } };
  assert.deepEqual(offersFor([offer], dana), [offer]);
  assert.deepEqual(offersFor([offer], { ...dana, standby: [] }), []);
  assert.deepEqual(takers({ people: [{ id: "p", name: "Priya", roles: ["operations-chief"] }] }, "operations-chief", "x", [{ id: "d", name: "Dana" }]).map(({ id }) => id), ["d", "p"]);
});

test("the first period runs from the declaration; one past its end is said to be over", () => {
  const incident = { clocks: { TD: AT } };
  assert.deepEqual(runningPeriod([], incident, Date.parse(AT)), { no: 1, starts_at: AT, ends_at: null, note: "", over: false });
  const periods = [{ id: "a", b: { no: 1, starts_at: AT, ends_at: null, note: "" } }, { id: "b", b: { no: 2, starts_at: AT, ends_at: "2026-11-22T07:00:00.000Z", note: "n" } }];
  assert.deepEqual(runningPeriod(periods, incident, Date.parse("2026-11-22T07:00:00.000Z")).over, true);
});

test("objectives: open ones first, the newest before the older", () => {
  const one = (/** @type {string} */ id, /** @type {string} */ state, /** @type {string} */ at) => ({ id, b: { state, at } });
  assert.deepEqual(inOrder([one("a", "met", "2"), one("b", "open", "1"), one("c", "open", "2")]).map(({ id }) => id), ["c", "b", "a"]);
});
