/** How a task stands for one person at one moment: box, tally and words. */
import "./setup.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import { tallyCells, tallySentence, tallyShares } from "../../static/js/components/tally_cells.js";
import { shared } from "../../static/js/components/use_room.js";
import { runsOf } from "../../static/js/components/task_list.js";
import { capturedWords, given, missing } from "../../static/js/phone/captured.js";
import { countsOf, dueWords, everyWords, forMe, isSavedHere, shapeOf, signatures, signRight } from "../../static/js/phone/task_state.js";

const NOW = Date.parse("2026-11-21T10:17:00Z");
const NIA = { id: "nia", places: [{ unit: "icu", role: "bedside-nurse" }] };
const KIM = { id: "kim", places: [{ unit: "icu", role: "pharmacist" }] };

/** @param {any} [b] @param {any} [row] @returns {any} */
const task = (b = {}, row = {}) => ({
  id: b.code ?? "B1", pending: null, ...row,
  b: { code: "B1", unit: "icu", role: "bedside-nurse", phase: "0-15", state: "open", due_at: null, two_person: false, signs: [], ...b },
});
const signed = (/** @type {string} */ by, what = "complete", st = "ok") => ({ by, by_name: by, what, at: "2026-11-21T10:11:00Z", st });

test("an open step past its time is late, also when help was asked for", () => {
  const due_at = "2026-11-21T10:10:00Z";

  assert.equal(shapeOf(task({ due_at }), { now: NOW }), "late");
  assert.equal(dueWords(task({ due_at, state: "blocked" }), NOW), "7 min late");
  assert.equal(dueWords(task({ due_at, state: "done" }), NOW), "");
});

test("times to come and long delays are said in the larger unit", () => {
  assert.equal(dueWords(task({ due_at: "2026-11-21T10:25:00Z" }), NOW), "in 8 min");
  assert.equal(dueWords(task({ due_at: "2026-11-21T07:10:00Z" }), NOW), "3 h late");
  assert.equal(everyWords(30), "every 30 min");
  assert.equal(everyWords(120), "every 2 h");
});

test("a step whose clock has not started has no due words", () => {
  assert.equal(dueWords(task(), NOW), "");
});

test("a tick that is not on record never counts as green", () => {
  const saved = task({ state: "done" }, { pending: "saved" });

  assert.equal(isSavedHere(saved), true);
  assert.deepEqual(tallyCells([saved, task({ state: "done" })], { now: NOW }), ["v", "d"]);
});

test("the tally has one cell a task and a gap between phases", () => {
  const tasks = [task({ state: "done" }), task({ state: "blocked" }), task({ state: "half", phase: "15-60" }), task({ code: "B3", phase: "15-60" }), task({ state: "skipped", phase: "15-60" })];

  const cells = tallyCells(tasks, { now: NOW, nextId: "B3" });

  assert.deepEqual(cells, ["d", "b", "gap", "h", "n", "s"]);
  assert.equal(tallySentence(cells), "5 tasks: 1 done and on record, 1 skipped, 1 half signed, 1 needs help, 1 is next");
});

test("a long tally has one cell for each state, as large as its share", () => {
  assert.deepEqual(tallyShares(["d", "d", "gap", "n", "", "", ""]), [["d", 2], ["n", 1], ["", 3]]);
});

test("counts keep late and blocked apart", () => {
  const due_at = "2026-11-21T10:10:00Z";

  const counts = countsOf([task({ due_at }), task({ due_at, state: "blocked" }), task({ state: "done" })], NOW);

  assert.deepEqual([counts.late, counts.blocked, counts.done, counts.total], [1, 1, 1, 3]);
});

test("the first signer cannot be the second", () => {
  const half = task({ state: "half", two_person: true, signs: [signed("nia")] });

  assert.deepEqual(signRight(half, NIA), { ok: false, why: "same_person", roles: [] });
  assert.equal(signRight(half, KIM).ok, true);
});

test("a second signature that demands a role is offered only to that role", () => {
  const half = task({ state: "half", two_person: true, confirm_roles: ["pharmacist"], signs: [signed("dana")] });

  assert.deepEqual(signRight(half, NIA), { ok: false, why: "second_role", roles: ["pharmacist"] });
  assert.equal(signRight(half, KIM).ok, true);
});

test("a step for one role only is not offered to others of the unit", () => {
  assert.equal(signRight(task({ role_only: true }), KIM).why, "role");
  assert.equal(signRight(task({ role: "bedside-nurse" }), KIM).ok, true);
});

test("signatures count from the last reopening", () => {
  const signs = [signed("nia"), signed("dana", "reopen"), signed("bo"), signed("cai", "complete", "superseded")];

  assert.deepEqual(signatures(task({ two_person: true, signs })).map((sign) => sign.by), ["bo"]);
});

test("what waits for somebody else's signature is not my next step", () => {
  const half = task({ code: "B1", state: "half", two_person: true, signs: [signed("nia")] });

  assert.deepEqual(forMe([half, task({ code: "B2" })], NIA).map(({ id }) => id), ["B2"]);
  assert.deepEqual(forMe([half], KIM).map(({ id }) => id), ["B1"]);
});

test("an untouched count is not sent, a zero is", () => {
  assert.deepEqual(given({ infusions: 0, doses: undefined, ticket: " 22-917 ", seal: "", told: false }), { infusions: 0, ticket: "22-917" });
});

test("required fields are named while they are empty", () => {
  const capture = [{ key: "a", label: "Data time", type: "time", required: true }, { key: "b", label: "Seal", type: "text" }];

  assert.deepEqual(missing(capture, {}), ["Data time"]);
  assert.deepEqual(missing(capture, { a: "09:28" }), []);
});

test("what was written down is read back in the order of the step", () => {
  const capture = [{ key: "n", label: "Infusions", type: "count" }, { key: "k", label: "Told", type: "tick" }, { key: "x", label: "Seal", type: "text" }];

  assert.equal(capturedWords({ capture, captured: { n: 0, k: true } }), "Infusions: 0, Told");
});

test("only steps long done and on record fold together", () => {
  const old = (/** @type {string} */ code) => task({ code, state: "done", at: "2026-11-21T09:50:00Z" });
  const fresh = task({ code: "A4", state: "done", at: "2026-11-21T10:16:00Z" });
  const lengths = (/** @type {any[]} */ tasks) => runsOf(tasks, null, NOW).map((run) => run.length);

  assert.deepEqual(lengths([old("A1"), old("A2"), old("A3"), fresh, task({ code: "A5" })]), [3, 1, 1]);
  assert.deepEqual(lengths([old("A1"), old("A2"), task({ code: "A3" })]), [1, 1, 1]);
});

test("parts of a long list come in their order, and none draws more than it has", () => {
  assert.deepEqual(shared([4, 7, 3], 8), [4, 4, 0]);
  assert.deepEqual(shared([4, 7, 3], 14), [4, 7, 3]);
  assert.deepEqual(shared([4, 7, 3], Infinity), [4, 7, 3]);
  assert.deepEqual(shared([], 8), []);
});
