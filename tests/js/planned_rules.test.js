/** Planned downtimes on the phone: the countdown, the hospital's clock, the two voices. */
import assert from "node:assert/strict";
import test from "node:test";

import { declareArgs, lacksTimes } from "../../static/js/lib/declare_rules.js";
import { stages } from "../../static/js/lib/incident_rules.js";
import { bothSayGo, dueNotices, fieldOf, instantOf, leftUntil, waiting } from "../../static/js/lib/planned_rules.js";

const NOW = Date.parse("2026-11-21T12:00:00.000Z");
const at = (minutes) => new Date(NOW + minutes * 60_000).toISOString();

test("the countdown has days, hours and minutes, and says when the start is past", () => {
  assert.deepEqual(leftUntil(at(2 * 1440 + 3 * 60 + 4), NOW), { late: false, days: 2, hours: 3, minutes: 4 });
  assert.deepEqual(leftUntil(at(-4), NOW), { late: true, days: 0, hours: 0, minutes: 4 });
});

test("a time is meant on the hospital's clock, in summer and winter and across the change", () => {
  assert.equal(instantOf("2026-11-28T02:00", "Europe/Madrid"), "2026-11-28T01:00:00.000Z");
  assert.equal(instantOf("2026-07-28T02:00", "America/New_York"), "2026-07-28T06:00:00.000Z");
  assert.equal(instantOf("2026-10-25T04:30", "Europe/London"), "2026-10-25T04:30:00.000Z");
  assert.equal(instantOf("2026-10-25T00:30", "Europe/London"), "2026-10-24T23:30:00.000Z");
  assert.equal(instantOf("", "UTC"), null);
  assert.equal(fieldOf("2026-11-28T01:00:00.000Z", "Europe/Madrid"), "2026-11-28T02:00");
});

test("it may start when both voices say go", () => {
  assert.equal(bothSayGo({ it: { go: true }, clinical: { go: true } }), true);
  assert.equal(bothSayGo({ it: { go: true }, clinical: { go: false } }), false);
  assert.equal(bothSayGo({ it: { go: true }, clinical: null }), false);
  assert.equal(bothSayGo(null), false);
});

test("a notice is due until it is done", () => {
  const notices = [{ key: "T-7d", due_at: at(-60), sent_at: at(-50) }, { key: "T-1d", due_at: at(-1), sent_at: null }, { key: "T-1h", due_at: at(60), sent_at: null }];

  assert.deepEqual(dueNotices({ notices }, NOW).map(({ key }) => key), ["T-1d"]);
});

test("the next planned one stands first, and one that has begun waits no more", () => {
  const one = (id, minutes, state = "planned") => ({ id, b: { state, clocks: { planned: at(minutes) } } });

  assert.deepEqual(waiting([one("b", 60), one("a", 5), one("c", 1, "declared")]).map(({ id }) => id), ["a", "b"]);
});

test("declaring for later needs both times and sends them as instants", () => {
  const draft = { incident: "i", plan: "p", title: "t", kind: "real", level: 2, services: [], units: null, asked_at: null, when: "later", start: "2026-11-28T02:00", end: "" };
  const plan = { id: "p", b: { units: [] } };

  assert.equal(lacksTimes(draft), true);
  const args = declareArgs({ ...draft, end: "2026-11-28T04:00" }, plan, "Europe/Madrid");
  assert.deepEqual([args.planned_start_at, args.planned_end_at], ["2026-11-28T01:00:00.000Z", "2026-11-28T03:00:00.000Z"]);
  assert.equal("planned_start_at" in declareArgs({ ...draft, when: "now" }, plan), false);
});

test("a planned downtime has its planned start in the line of clocks", () => {
  const keys = (clocks) => stages({ state: "declared", clocks }, NOW).map(({ key }) => key);

  assert.equal(keys({ planned: at(-5), TD: at(-4) })[0], "planned");
  assert.equal(keys({ TD: at(-4) })[0], "T0");
});
