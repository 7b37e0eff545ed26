/** When time alone changes the picture of a card: a list of hundreds is not drawn anew every few seconds. */
import "./setup.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import { lastTurn } from "../../static/js/lib/turns.js";
import { dueWords, isLate } from "../../static/js/phone/task_state.js";

const ms = (/** @type {string} */ time) => Date.parse(`2026-11-21T${time}Z`);
/** @param {any} b @returns {any} */
const task = (b) => ({ id: "A1", pending: null, b: { state: "open", due_at: null, at: null, ...b } });

/** @param {string|null} [counted] @param {number[]} [starts] */
const picture = (counted, starts = []) => ({ starts, foldAfterMs: 600_000, counted });

test("between two minutes nothing changes", () => {
  const late = task({ due_at: "2026-11-21T10:05:00Z" });

  const turns = new Set([1, 5, 30, 59].map((second) => lastTurn([late], picture(null), ms("10:07:00") + second * 1000)));

  assert.equal(turns.size, 1);
});

test("what is worked out for the turn is what holds at the moment itself", () => {
  const [next, other] = [task({ due_at: "2026-11-21T10:15:20Z" }), { ...task({ due_at: "2026-11-21T10:13:10Z" }), id: "A2" }];

  for (let at = ms("10:12:01"); at < ms("10:18:00"); at += 1_700) {
    const turn = lastTurn([next, other], picture("A1"), at);
    assert.deepEqual([next, other].map((one) => isLate(one, turn)), [next, other].map((one) => isLate(one, at)));
    assert.deepEqual([next, other].filter((one) => one === next || isLate(one, at)).map((one) => dueWords(one, turn)), [next, other].filter((one) => one === next || isLate(one, at)).map((one) => dueWords(one, at)));
  }
});

test("a step whose minutes are not shown turns once, when it becomes late", () => {
  const soon = task({ due_at: "2026-11-21T10:15:00Z" });

  assert.equal(lastTurn([soon], picture(null), ms("10:14:59")), 0);
  assert.equal(lastTurn([soon], picture(), ms("10:19:00")), ms("10:15:00") + 1);
});

test("a delay that is said in hours turns with the hour", () => {
  const late = task({ due_at: "2026-11-21T07:10:00Z" });

  assert.equal(lastTurn([late], picture(null), ms("10:19:00")), ms("10:09:00") + 1);
  for (let at = ms("09:05:00"); at < ms("11:30:00"); at += 20_500) assert.equal(dueWords(late, lastTurn([late], picture(null), at)), dueWords(late, at));
});

test("a step that was done folds away ten minutes later, at no other time", () => {
  const tasks = [task({ state: "done", at: "2026-11-21T10:02:30Z" })];

  assert.equal(lastTurn(tasks, picture(null), ms("10:12:30")), 0);
  assert.equal(lastTurn(tasks, picture(null), ms("10:14:00")), ms("10:12:30") + 1);
});

test("a phase that begins is a turn", () => {
  assert.equal(lastTurn([], picture(null, [ms("10:00:00"), ms("10:15:00"), NaN]), ms("10:16:00")), ms("10:15:00"));
});
