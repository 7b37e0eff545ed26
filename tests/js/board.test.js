/** What leaders see of each unit, and in which order. */
import assert from "node:assert/strict";
import test from "node:test";

import { FILTERS, isTrouble, reached, totals, unitLines } from "../../static/js/lib/board_rules.js";
import { promise, stages } from "../../static/js/lib/incident_rules.js";
import { answered, isOverdue, newestFirst, queue, waits } from "../../static/js/lib/queue_rules.js";
import { hasMoved, needsReason, stillOpen } from "../../static/js/lib/advance_rules.js";

const NOW = Date.parse("2026-11-21T10:17:00.000Z");
const at = (minutes) => new Date(NOW + minutes * 60_000).toISOString();
const UNITS = ["icu", "ed", "5-west", "6-east"];
const INCIDENT = { id: "i1", b: { state: "declared", units: UNITS, clocks: { T0: at(-46), TD: at(-37), TB: at(-33) } } };
const UPDATE = { id: "b2", b: { incident: "i1", no: 2, state: "current", ack: "unit", next_update_at: at(13) } };

const progress = (unit, fields = {}, role = "bedside-nurse") =>
  ({ id: `i1:${unit}:${role}`, b: { incident: "i1", unit, role, total: 10, done: 4, overdue: 0, blocked: 0, half: 0, skipped: 0, safety_overdue: 0, ...fields } });
const reach = (unit, fields = {}) =>
  ({ id: `b2:${unit}`, b: { incident: "i1", broadcast: "b2", unit, targeted: 4, received: 4, read: 4, acked: 2, quorum: true, ...fields } });
const presence = (unit, fields = {}) => ({ id: unit, b: { incident: "i1", unit, connected: 2, last_heard_at: at(0), silent_since: null, ...fields } });
const ask = (id, unit, fields = {}) => ({ id, b: { incident: "i1", unit, task: null, state: "open", at: at(-3), ...fields } });

function board({ progress: counts = [], reach: reached = [], presence: heard = [], help = [], broadcasts = [UPDATE], incident = INCIDENT } = {}) {
  const pick = (rows, make) => UNITS.map((unit) => rows.find(({ b }) => b.unit === unit) ?? make(unit));
  const units = UNITS.map((id, order) => ({ id, b: { name: id.toUpperCase(), order } }));
  return unitLines({ incident, units, broadcasts, help, progress: [...pick(counts, progress), ...counts.filter(({ b }) => b.role === "clerk")], reach: pick(reached, reach), presence: pick(heard, presence) }, NOW);
}
const names = (lines) => lines.map((line) => line.id);

test("when all is well units stand by name and none is in trouble", () => {
  const lines = board();

  assert.deepEqual(names(lines), ["5-west", "6-east", "ed", "icu"]);
  assert.equal(lines.some(isTrouble), false);
});

test("a silent unit comes first, then who waits for help, then who is late, then who is not reached", () => {
  const lines = board({
    presence: [presence("icu", { connected: 0, last_heard_at: at(-19), silent_since: at(-19) })],
    help: [ask("h1", "6-east")],
    progress: [progress("ed", { overdue: 2 })],
    reach: [reach("5-west", { quorum: false, acked: 0, read: 0, received: 0 })],
  });

  assert.deepEqual(names(lines), ["icu", "6-east", "ed", "5-west"]);
  assert.equal(lines[0].silentMin, 19);
});

test("a safety step that is late weighs as much as somebody who waits for help", () => {
  const lines = board({ progress: [progress("ed", { overdue: 5 }), progress("icu", { overdue: 1, safety_overdue: 1 })] });

  assert.deepEqual(names(lines).slice(0, 2), ["icu", "ed"]);
});

test("a unit that has read an update but not acknowledged it still wants attention", () => {
  const [line] = board({ reach: [reach("icu", { quorum: false, acked: 0 })] });

  assert.equal(line.id, "icu");
  assert.equal(line.lastAck, "read");
  assert.ok(isTrouble(line));
});

test("nobody owes an answer to an update that asks for none", () => {
  const quiet = { ...UPDATE, b: { ...UPDATE.b, ack: "none" } };
  const lines = board({ broadcasts: [quiet], reach: [reach("icu", { quorum: false, acked: 0 })] });

  assert.equal(lines.some(isTrouble), false);
});

test("received, read, partly and acknowledged are different facts", () => {
  const b = { targeted: 4, received: 0, read: 0, acked: 0, quorum: false };

  assert.equal(reached(undefined), "not_asked");
  assert.equal(reached(b), "none");
  assert.equal(reached({ ...b, received: 1 }), "received");
  assert.equal(reached({ ...b, received: 1, read: 1 }), "read");
  assert.equal(reached({ ...b, read: 1, acked: 1 }), "partly");
  assert.equal(reached({ ...b, acked: 1, quorum: true }), "acked");
});

test("roles of a unit are added up", () => {
  const line = board({ progress: [progress("icu"), progress("icu", { total: 6, done: 3, overdue: 1 }, "clerk")] }).find(({ id }) => id === "icu");

  assert.deepEqual([line?.total, line?.done, line?.late], [16, 7, 1]);
});

test("a unit is measured by the phases that have begun", () => {
  const line = board({ progress: [progress("icu", { total: 40, done: 6, skipped: 1, now_total: 10, now_done: 7 })] }).find(({ id }) => id === "icu");

  assert.deepEqual([line?.total, line?.done], [10, 6]);
});

test("a unit that was never heard is no unit without trouble", () => {
  const [line] = board({ broadcasts: [], presence: [presence("icu", { connected: 0, last_heard_at: null })] });

  assert.equal(line.id, "icu");
  assert.ok(isTrouble(line));
  assert.equal(totals([line]).inContact, 0);
});

test("a blocked step and its request for help count once", () => {
  const line = board({ progress: [progress("icu", { blocked: 1 })], help: [ask("h1", "icu", { task: "t1" }), ask("h2", "icu", { state: "closed" })] }).find(({ id }) => id === "icu");

  assert.equal(line?.asks, 1);
});

test("rows of another incident do not show", () => {
  const other = { ...ask("h1", "icu"), b: { ...ask("h1", "icu").b, incident: "i2" } };

  assert.equal(board({ help: [other] }).some(isTrouble), false);
});

test("totals count units, silence and help, and name who is silent", () => {
  const lines = board({
    presence: [presence("icu", { connected: 0, silent_since: at(-19) })],
    reach: [reach("icu", { quorum: false, acked: 0, read: 0, received: 0 }), reach("ed", { quorum: false, acked: 0 })],
    progress: [progress("ed", { overdue: 3, safety_overdue: 1 })],
    help: [ask("h1", "ed"), ask("h2", "5-west", { state: "taken" })],
  });
  const sum = totals(lines);

  assert.deepEqual([sum.units, sum.reached, sum.acked, sum.late, sum.safetyLate, sum.asks, sum.waiting], [4, 3, 2, 3, 1, 2, 1]);
  assert.deepEqual(sum.silent, ["ICU"]);
  assert.deepEqual(names(lines.filter(FILTERS.silent)), ["icu"]);
  assert.deepEqual(names(lines.filter(FILTERS.unacked)).sort(), ["ed", "icu"]);
  assert.deepEqual(names(lines.filter(FILTERS.late)), ["ed"]);
});

test("the line of clocks shows what was reached, where it stands and what is to come", () => {
  const stops = stages(INCIDENT.b, NOW);

  assert.deepEqual(stops.map(({ key, state }) => `${key} ${state}`), ["T0 on", "TD on", "TB on", "now here", "TR ahead", "TA ahead", "TE ahead"]);
  assert.equal(stops[3].minutes, 37);
});

test("after the restoration the incident stands behind it until the all-clear", () => {
  const stops = stages({ state: "restored", clocks: { ...INCIDENT.b.clocks, TR: at(-9) } }, NOW);

  assert.deepEqual(stops.filter(({ state }) => state === "here").map(({ minutes }) => minutes), [9]);
  assert.equal(stops.findIndex(({ key }) => key === "now"), stops.findIndex(({ key }) => key === "TR") + 1);
});

test("the promised update has a number and a time, and is missed when its time has come", () => {
  assert.deepEqual(promise(INCIDENT.b, [UPDATE], NOW), { no: 3, at: NOW + 13 * 60_000, missed: false });
  assert.equal(promise(INCIDENT.b, [UPDATE], NOW + 13 * 60_000)?.missed, true);
});

test("the first update is owed without a promise; an incident that is over promises nothing", () => {
  assert.deepEqual(promise(INCIDENT.b, [], NOW), { no: 1, at: NOW - 22 * 60_000, missed: true });
  assert.equal(promise({ ...INCIDENT.b, state: "closed" }, [UPDATE], NOW), null);
});

test("in the queue nobody's request comes before a taken one, the longest wait on top", () => {
  const help = [ask("taken", "icu", { state: "taken", at: at(-30) }), ask("short", "ed"), ask("closed", "ed", { state: "closed" }), ask("long", "ed", { at: at(-12) })];

  assert.deepEqual(queue(help).map(({ id }) => id), ["long", "short", "taken"]);
  assert.equal(waits(help[3].b, NOW), 12);
});

test("the timeline is newest first and keeps the order of one moment", () => {
  const event = (id, minutes) => ({ id, b: { at: at(minutes) } });

  assert.deepEqual(newestFirst([event("1", -5), event("2", -1), event("3", -1)]).map(({ id }) => id), ["3", "2", "1"]);
});

test("a leader sees what is still open before a step, and only of this incident", () => {
  const rows = {
    progress: [progress("icu", { total: 10, done: 4, skipped: 1, overdue: 2, safety_overdue: 1, blocked: 1 }), { id: "x", b: { incident: "i2", total: 9, done: 0 } }],
    help: [ask("h1", "icu"), ask("h2", "icu", { state: "closed" })],
    presence: [presence("icu", { silent_since: at(-9) }), presence("ed")],
  };

  assert.deepEqual(stillOpen("i1", rows), { open: 5, late: 2, safetyLate: 1, blocked: 1, asks: 1, silent: 1 });
});

test("only cancelling has to say why, and somebody who was first has moved it too", () => {
  assert.deepEqual(["restored", "all_clear", "closed", "cancelled"].map(needsReason), [false, false, false, true]);
  assert.deepEqual([{ st: "ok" }, { st: "superseded" }, { st: "dup", first: "ok" }, { st: "dup", first: "conflict" }, { st: "rejected" }].map(hasMoved), [true, true, true, false, false]);
});

test("in the queue a safety step goes before a longer wait, and who should have been taken is late", () => {
  const help = [
    ask("runner", "icu", { safety: false, at: at(-20), answer_by: at(-10) }),
    ask("pumps", "icu", { safety: true, at: at(-2), answer_by: at(3) }),
    ask("old", "icu", { state: "closed", closed_at: at(0), answer_by: at(-1) }),
  ];

  assert.deepEqual(queue(help).map(({ id }) => id), ["pumps", "runner"]);
  assert.deepEqual(help.map(({ b }) => isOverdue(b, NOW)), [true, false, false]);
  assert.deepEqual(answered(help, 5).map(({ id }) => id), ["old"]);
});
