/** If X is down: which workaround is for whom, by the contract that the server reads too; and until when it is safe. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { byUrgency, entriesFor, itemsAlone, pick, safety } from "../../static/js/lib/workaround_rules.js";

const contract = JSON.parse(readFileSync(new URL("../contracts/workarounds.json", import.meta.url), "utf8"));

for (const one of contract.cases) {
  test(`who does what: ${one.name}`, () => {
    const meant = entriesFor(contract.entries, one.unit, one.type);

    assert.deepEqual(Object.fromEntries(meant.map(({ entry, roles }) => [entry.code, roles])), one.meant);
    for (const [role, codes] of Object.entries(one.picks)) assert.deepEqual(pick(meant, [role]).map(({ entry }) => entry.code), codes);
  });
}

test("a workaround warns in the last quarter of its time, at most half an hour before its end", () => {
  for (const { state, now, ...times } of contract.times) assert.equal(safety(times, Date.parse(now)), state, now);
});

test("a unit that began by itself counts from its start, by what lies on the phone", () => {
  const entry = { ...contract.entries[1], safe_min: 90, do: [], stop: [], owner: "", review_by: "" };
  const start = { services: ["ehr", "unknown"], since: "2026-11-21T20:00:00.000Z", unit: "5-west", type: "ward" };

  const items = itemsAlone({ ...start, entriesOf: (service) => (service === "ehr" ? [entry] : []) });

  assert.deepEqual(items, [{ service: "ehr", code: "beds", roles: null, since: start.since, safe_until: "2026-11-21T21:30:00.000Z" }]);
});

test("leaders see first what is past its time", () => {
  const [early, late] = [{ since: "2026-11-21T20:00:00.000Z", safe_until: "2026-11-21T21:00:00.000Z" }, { since: "2026-11-21T20:00:00.000Z", safe_until: "2026-11-22T01:00:00.000Z" }];

  assert.deepEqual(byUrgency([late, early], Date.parse("2026-11-21T22:00:00.000Z")).map(({ state }) => state), ["over", "safe"]);
});
