/** Which sheet a code is of, whose initials, and when "ten past three" was. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { areTwo } from "../../static/js/lib/paper_entry.js";
import { useZone } from "../../static/js/lib/format.js";
import { areInitials, atClock, runsWith, sheetsOf, whoMayBe } from "../../static/js/lib/paper_rules.js";
import { cardCode, incidentCardCode, logCode, posterCode } from "../../static/js/lib/sheet_code.js";

useZone("Europe/London");
const NOW = "b".repeat(16);
const BEFORE = "a".repeat(16);
const HELD = {
  units: [{ id: "icu", b: { type: "intensive-care" } }],
  plans: [{ id: "ehr", b: { version: NOW, replaces: BEFORE } }],
  cards: [{ id: "ehr:nurse", b: { plan: "ehr", role: "nurse", unit_types: ["intensive-care"] } }, { id: "ehr:lab", b: { plan: "ehr", role: "lab", unit_types: ["laboratory"] } }],
  tasks: ["i1", "i2"].map((incident) => ({ id: incident, b: { incident, unit: "icu", role: "nurse", plan: "ehr" } })),
};
const card = { unit: "icu", plan: "ehr", role: "nurse" };
const ms = (/** @type {string} */ at) => Date.parse(at);

test("a sheet printed before anything happened is known, of this version and of the one before", () => {
  assert.deepEqual(sheetsOf(cardCode({ ...card, version: NOW }), HELD), [{ kind: "card", ...card, incident: null, old: false }]);
  assert.equal(sheetsOf(cardCode({ ...card, version: BEFORE }), HELD)[0].old, true);
  assert.deepEqual(sheetsOf(cardCode({ ...card, version: "c".repeat(16) }), HELD), []);
  assert.deepEqual(sheetsOf(cardCode({ ...card, role: "lab", version: NOW }), HELD), []);
});

test("a sheet printed in an incident belongs to it, one printed before to whatever runs", () => {
  const [printed] = sheetsOf(incidentCardCode({ incident: "i2", unit: "icu", role: "nurse" }), HELD);
  const [blank] = sheetsOf(cardCode({ ...card, version: NOW }), HELD);

  assert.deepEqual(runsWith(printed, HELD.tasks), ["i2"]);
  assert.deepEqual(runsWith(blank, HELD.tasks), ["i1", "i2"]);
  assert.equal(sheetsOf(logCode("icu"), HELD)[0].kind, "log");
  assert.deepEqual(sheetsOf(posterCode("icu"), HELD), [{ kind: "poster", unit: "icu", role: "", plan: "", incident: null, old: false }]);
});

test("a time on paper is the one nearest to the row above, and never ahead of now", () => {
  const now = ms("2026-11-22T03:00:00Z");
  assert.equal(atClock("03:10", ms("2026-11-21T03:00:00Z"), now), ms("2026-11-21T03:10:00Z"));
  assert.equal(atClock("23:50", ms("2026-11-22T00:10:00Z"), now), ms("2026-11-21T23:50:00Z"));
  assert.equal(atClock("00:20", ms("2026-11-21T23:40:00Z"), now), ms("2026-11-22T00:20:00Z"));
  assert.equal(atClock("03:30", ms("2026-11-22T02:50:00Z"), now), ms("2026-11-21T03:30:00Z"));
});

test("initials are letters, and colleagues who may be meant are offered", () => {
  const people = [{ id: "1", name: "Jo Kerr" }, { id: "2", name: "Max Bell" }, { id: "3", name: "Jan Klee" }];
  assert.deepEqual(whoMayBe("jk", people).map(({ id }) => id), ["1", "3"]);
  assert.deepEqual(whoMayBe("", people), []);
  assert.deepEqual(["JK", "É.P", "", "J4", "Jane Doe"].map(areInitials), [true, true, false, false, false]);
});

test("two people are told apart by who they are, else by their letters", () => {
  const signer = (/** @type {string} */ initials, person = /** @type {string|null} */ (null)) => ({ initials, person });
  assert.deepEqual([areTwo([signer("JK"), signer("jk")]), areTwo([signer("JK"), signer("MB")]), areTwo([signer("JK", "1"), signer("JK", "2")])], [false, true, true]);
});
