/** A unit starts by itself: the same rows as the server's, from the cards that the phone holds. */
import "./setup.js";

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { freshEntry } from "../../static/js/lib/entry.js";
import { runId, taskId } from "../../static/js/lib/ids.js";
import { ownRows, placed } from "../../static/js/lib/own_overlay.js";
import { freshStart, placesOf, runOf, shiftOf } from "../../static/js/lib/own_start.js";
import { makeOp } from "./setup.js";

const contract = JSON.parse(readFileSync(new URL("../contracts/local_run.json", import.meta.url), "utf8"));
const NIA = { id: "nia", name: "Nia" };
const plan = { id: contract.plan, t: "plan", b: { title: "EHR down", do_now: "Chart and order on paper.", works: ["Viewer", "Phones"], version: "v1" } };

/** A phone that holds the cards, and what else is given. @param {Record<string, Array<{id: string, b: any}>>} more */
function phone(more = {}) {
  const cards = Object.entries(contract.cards).map(([id, b]) => ({ id, t: "card", b }));
  /** @type {any} */
  const held = { card: cards, plan: [plan], unit: [{ id: contract.unit.id, b: { type: contract.unit.type } }], ...more };
  return (/** @type {string} */ type) => new Map((held[type] ?? []).map((/** @type {any} */ row) => [row.id, row]));
}

/** @param {string} kind @param {any} args */
const own = (kind, args) => ({ op: freshEntry(makeOp({ kind, at: contract.started_at, args }), 1), pending: /** @type {const} */ ("saved") });
const start = own("run.start", contract.op);

describe("the contract with the server", () => {
  test("the run has the id, the start and the words that the server gives it", () => {
    const [run] = ownRows("local_run", [start], phone(), NIA).values();

    assert.deepEqual([run.id, run.b.started_at, run.b.state, run.b.plan_title, run.b.do_now], [contract.run, contract.started_at, "local", "EHR down", plan.b.do_now]);
    assert.deepEqual(run.b.starts, [{ by: "nia", by_name: "Nia", at: contract.started_at }]);
  });

  test("every field of every task is the server's", () => {
    const shown = ownRows("task", [start], phone(), NIA);

    const wanted = Object.fromEntries(contract.tasks.map((/** @type {any} */ { id, b }) => [id, b]));
    assert.deepEqual(Object.fromEntries([...shown].map(([id, { b }]) => [id, b])), wanted);
  });

  test("after adoption each old name leads to the task in its place", () => {
    const { adopted_into, into_run, tasks } = contract.adoption;
    const local_run = [{ id: contract.run, t: "local_run", b: { unit: "icu", plan: contract.plan, adopted_into, into_run } }];
    const rows = tasks.map((/** @type {any} */ { id, key, occurrence }) => {
      const [role, code] = key.split("/");
      return { id, t: "task", b: { incident: adopted_into, unit: "icu", plan: contract.plan, role, code, occurrence } };
    });

    const places = placesOf(/** @type {any} */ (local_run), rows);

    for (const task of tasks) assert.equal(places.get(task.local), task.id);
  });
});

describe("a start on the phone", () => {
  test("day and shift are those of the site's clock, a night belongs to its evening", () => {
    const at = (/** @type {string} */ iso) => Object.values(shiftOf(Date.parse(iso), "Europe/London"));

    assert.deepEqual(at("2026-11-21T06:59:00Z"), ["2026-11-20", "night"]);
    assert.deepEqual(at("2026-11-21T07:00:00Z"), ["2026-11-21", "day"]);
    assert.deepEqual(at("2026-11-21T19:00:00Z"), ["2026-11-21", "night"]);
    assert.deepEqual(at("2026-03-01T02:00:00Z"), ["2026-02-28", "night"]);
    assert.deepEqual(at("2026-07-01T18:30:00Z"), ["2026-07-01", "night"], "summer time");
    assert.deepEqual(Object.values(shiftOf(Date.parse("2026-10-25T01:30:00Z"), "Europe/London")), ["2026-10-24", "night"], "the hour that comes twice");
  });

  test("a colleague who starts what is there is named beside the first", () => {
    const first = { by: "bo", by_name: "Bo", at: "2026-11-21T20:40:00.000Z" };
    const held = phone({ local_run: [{ id: contract.run, b: { unit: "icu", plan: contract.plan, state: "local", starts: [first] } }] });

    const [run] = ownRows("local_run", [start], held, NIA).values();

    assert.deepEqual(run.b.starts.map((/** @type {any} */ one) => one.by_name), ["Bo", "Nia"]);
  });

  test("tasks that have arrived are those of the server, and none are made for a run that was taken in", () => {
    const arrived = contract.tasks.slice(0, 2);
    assert.equal(ownRows("task", [start], phone({ task: arrived }), NIA).size, contract.tasks.length - 2);

    const taken = [{ id: contract.run, b: { state: "adopted", into_run: "another" } }];
    assert.equal(ownRows("task", [start], phone({ local_run: taken }), NIA).size, 0);
  });

  test("an end closes it, a merge says that it is on its way", () => {
    const end = own("run.end", { run: contract.run, note: "One computer." });
    const merge = own("run.merge", { run: contract.run, into: "other" });

    assert.equal([...ownRows("local_run", [start, end], phone(), NIA).values()][0].b.state, "closed");
    assert.equal([...ownRows("local_run", [start, merge], phone(), NIA).values()][0].b.joining, "other");
    assert.equal(ownRows("local_run", [end], phone(), NIA).size, 0, "what is not known here is not shown");
  });

  test("a unit that joins a declared incident gets the incident's ids and clocks", () => {
    const clocks = { TD: "2026-11-21T20:00:00.000Z" };
    const held = phone({ incident: [{ id: "i-1", b: { kind: "real", units: ["er"], clocks } }] });
    const join = own("run.start", { ...contract.op, incident: "i-1" });

    const [incident] = ownRows("incident", [join], held, NIA).values();
    const task = ownRows("task", [join], held, NIA).get(taskId(runId("icu", contract.plan, "i-1"), "bedside-nurse/A1"));

    assert.deepEqual(incident.b.units, ["er", "icu"]);
    assert.deepEqual([task?.b.incident, task?.b.due_at], ["i-1", "2026-11-21T20:10:00.000Z"]);
    assert.equal(ownRows("local_run", [join], held, NIA).size, 0);
    assert.equal(ownRows("task", [own("run.start", { ...contract.op, incident: "gone" })], held, NIA).size, 0);
  });

  test("the next downtime of a shift gets a name of its own", () => {
    const over = new Set([runOf(contract.op), runOf({ ...contract.op, again: 2 })]);

    assert.equal(freshStart(contract.op, (run) => over.has(run)).again, 3);
    assert.deepEqual(freshStart(contract.op, () => false), contract.op);
    assert.equal(freshStart({ ...contract.op, incident: "i-1" }, () => true).again, undefined);
  });

  test("entries that name a run or a step by the old name show where they belong now", () => {
    const held = phone({ local_run: [{ id: "run", b: { adopted_into: "i-1", into_run: "r" } }] });
    const args = (/** @type {any} */ given) => placed(own("note.add", given).op, held, new Map([["old", "new"]])).args;

    assert.deepEqual(args({ task: "old", note: "" }), { task: "new", note: "" });
    assert.deepEqual(args({ incident: "run", text: "x" }), { incident: "i-1", text: "x" });
    assert.deepEqual(args({ incident: "i-2", text: "x" }), { incident: "i-2", text: "x" });
  });
});
