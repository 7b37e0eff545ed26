/** The richer stream: who is alerted, whom a service hits, ready texts, the announcement, the matrix of reach. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { stoppedWith, unitsHit } from "../../static/js/lib/blast.js";
import { alertReason } from "../../static/js/lib/fatigue.js";
import { overheadScript } from "../../static/js/lib/overhead.js";
import { pathsOf, reachLines, reachTotals, stalledSince, stillNeeded } from "../../static/js/lib/reach_rules.js";
import { draftOfText, filled } from "../../static/js/lib/ready_text.js";

const contract = (name) => JSON.parse(readFileSync(new URL(`../contracts/${name}.json`, import.meta.url), "utf8"));
const FATIGUE = contract("fatigue");
const BLAST = contract("blast");

for (const { name, broadcast, acked, reason } of FATIGUE.cases) {
  test(`fatigue guard: ${name}`, () => {
    const { person, units, roles, blank } = FATIGUE;
    const found = alertReason({ ...blank, ...broadcast }, { acked: acked.map((one) => ({ ...blank, ...one })), person, units, roles });

    assert.equal(found, reason);
  });
}

for (const { name, codes, stopped, hit } of BLAST.cases) {
  test(`blast radius: ${name}`, () => {
    const services = BLAST.services.map((b) => ({ id: b.code, b }));
    const units = BLAST.units.map(([id, type]) => ({ id, b: { type } }));

    assert.deepEqual([...stoppedWith(codes, services)].sort(), stopped);
    assert.deepEqual(unitsHit(codes, services, units), hit);
  });
}

const PLACES = { incident: "#6 EHR down", services: "EHR", no: 4, since: "10:02", next: "10:50", phone: "" };

test("places are filled, and what is not known stays to be seen", () => {
  assert.equal(filled("{services} down since {since}. Call {phone}. {else}", PLACES), "EHR down since 10:02. Call {phone}. {else}");
});

test("a ready text names its audience by types of unit or by roles", () => {
  const text = { headline: "{services} down", stage: "confirmed", do_now: ["Paper.", "Call."], ack: "unit" };
  const units = [{ id: "icu", b: { type: "intensive-care" } }, { id: "5-west", b: { type: "ward" } }];

  assert.deepEqual([draftOfText(text, PLACES, units).to, draftOfText(text, PLACES, units).do_now], ["all", "Paper.\nCall."]);
  assert.deepEqual(draftOfText({ ...text, audience: { unit_types: ["ward"], roles: null } }, PLACES, units).units, ["5-west"]);
  assert.equal(draftOfText({ ...text, audience: { roles: ["pharmacist"], unit_types: null } }, PLACES, units).to, "roles");
});

test("the announcement says the number twice and frames an exercise", () => {
  const said = { exercise: true, incident: "E6 EHR down", no: 4, headline: "Stay on paper", orders: ["Count."], next: "10:50" };
  const lines = overheadScript(said);

  assert.equal(lines[0], "Exercise, exercise, exercise.");
  assert.equal(lines.at(-1), lines[0]);
  assert.equal(lines.filter((line) => line.includes("Update 4")).length, 2);
  assert.equal(overheadScript({ ...said, exercise: false })[0], "Attention please. E6 EHR down.");
});

const cell = (unit, fields = {}) => ({ id: `b1:${unit}`, b: { broadcast: "b1", unit, targeted: 3, received: 0, read: 0, acked: 0, late: 0, quorum: false, silent_since: null, paths: {}, ...fields } });

test("the least reached unit comes first", () => {
  const reach = [cell("a", { quorum: true, received: 3 }), cell("b", { received: 2, read: 1 }), cell("c"), cell("d", { silent_since: "x" }), cell("e", { received: 1 }), cell("f", { targeted: 0 })];
  const lines = reachLines({ reach, escalations: [{ id: "x", b: { broadcast: "b1", unit: "c", step: 2 } }], units: [{ id: "a", b: { name: "A", floor: "3" } }] }, "b1");

  assert.deepEqual(lines.map(({ id }) => id), ["d", "c", "e", "b", "a", "f"]);
  assert.equal(lines[1].escalation.step, 2);
  assert.deepEqual(reachTotals(lines).missing, ["d", "c", "e", "b"]);
  assert.deepEqual([reachTotals(lines).units, reachTotals(lines).reached, reachTotals(lines).received], [5, 1, 6]);
});

test("what is missing to a quorum is the nearest way", () => {
  const need = [{ roles: ["charge-nurse"], count: 1, have: 0 }, { roles: null, count: 3, have: 1 }];

  assert.deepEqual(stillNeeded(cell("a", { need }).b), { roles: ["charge-nurse"], missing: 1 });
  assert.equal(stillNeeded(cell("a", { need, quorum: true }).b), null);
});

test("the path that reached most stands first", () => {
  assert.deepEqual(pathsOf({ socket: 1, poll: 0, push: 4, carried: 0, runner: 1, paper: 0 }), ["push", "socket", "runner"]);
  assert.deepEqual(pathsOf(undefined), []);
});

test("a phone sees by itself that nobody follows up", () => {
  const row = (next_at) => ({ id: "e", b: { next_at } });
  const now = Date.parse("2026-11-21T10:10:00.000Z");

  assert.equal(stalledSince([row("2026-11-21T10:05:00.000Z"), row(null)], now), "2026-11-21T10:05:00.000Z");
  assert.equal(stalledSince([row("2026-11-21T10:09:00.000Z")], now), null);
});
