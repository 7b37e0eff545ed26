/** A unit's own start in the app: what the phone shows before, while and after the server answers. */
import { openPage, shownState, signInNia, ward } from "./page.js";
import { openTask, until } from "./setup.js";

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";

import { noChange } from "../../static/js/lib/apply.js";
import { runId, taskId } from "../../static/js/lib/ids.js";
import { entryWhat } from "../../static/js/phone/entry_words.js";
import { incidentHeading, incidentKind, incidentNo } from "../../static/js/phone/incident_words.js";
import { takenOverWords } from "../../static/js/phone/own_words.js";
import { record, tryNow } from "../../static/js/store/actions.js";
import { atHand, entriesOf, firstNameOf, ownRuns, takenInBy, workOf } from "../../static/js/store/at_hand.js";
import { plansFor, startCards } from "../../static/js/store/own_start.js";
import { replica } from "../../static/js/store/replica.js";
import { parts } from "../../static/js/store/parts.js";
import { entries, myTasks, rowsOf } from "../../static/js/store/view.js";

const step = (/** @type {string} */ code) => ({ key: `bedside-nurse/${code}`, code, phase: "0-15", title: code, hint: null, anchor: "TD", due_min: 10, safety: false, two_person: false, confirm_roles: null, role_only: false, capture: [], repeat_min: null, until: null });
const what = { unit: "icu", plan: "ehr" };

beforeEach(() => {
  const { server } = ward;
  server.remove("site:northgate", "incident-1");
  for (const id of ["task-1", "task-2", "task-3"]) server.remove("unit:icu", id);
  server.put("ref:northgate", "unit", "icu", { name: "Intensive care", short: "ICU", type: "intensive-care", order: 1 });
  server.put("ref:northgate", "plan", "ehr", { title: "EHR is down", kind: "unplanned", services: ["ehr"], version: "v1", do_now: "Paper.", works: ["Phones"], units: ["icu"] });
  server.put("ref:northgate", "plan", "works", { title: "Planned work", kind: "planned", services: [], version: "v1" });
  for (const plan of ["ehr", "works"]) server.put("ref:northgate", "card", `${plan}:bedside-nurse`, { plan, role: "bedside-nurse", unit_types: ["intensive-care"], steps: [step("A1"), step("A2")] });
});

const tick = (/** @type {string} */ task) => record("task.complete", { task, captured: {}, note: "" });
/** @param {any} fields */
const runRow = (fields) => ({ unit: "icu", plan: "ehr", plan_title: "EHR is down", kind: "real", started_at: "2026-11-22T02:11:00.000Z", by: "bo", by_name: "Bo Berg", starts: [{ by: "bo", by_name: "Bo Berg", at: "2026-11-22T02:11:00.000Z" }], state: "local", adopted_into: null, into_run: null, merge_with: null, ...fields });
/** @param {string} id @param {any} [fields] */
const declared = (id, fields = {}) => ({ no: 6, title: "EHR is down", kind: "real", state: "declared", level: 2, plan: "ehr", clocks: { TD: "2026-11-22T02:25:00.000Z" }, units: ["icu"], ...fields });

describe("with no server", () => {
  test("the card of the unit starts at once, is worked on, and is there when the app is opened again", async () => {
    await signInNia();
    assert.equal(atHand.value, null);
    assert.deepEqual(plansFor("icu").map(({ id }) => id), ["ehr", "works"]);
    ward.reachable = false;

    await startCards(what);
    const run = /** @type {any} */ (atHand.value);
    const [first, second] = myTasks(run.id);
    await tick(first.id);
    await openPage();

    assert.deepEqual([atHand.value?.id, atHand.value?.pending, incidentNo(run.b)], [run.id, "saved", "Own start"]);
    assert.match(incidentKind(run.b, { past: true, at: 0 }), /^Started by your unit at \d\d:\d\d\. Whether IT has declared is not known here\.$/);
    assert.match(incidentKind(run.b, { past: false, at: 0 }), /IT has not declared yet\.$/);
    assert.equal(incidentHeading(run.b, { past: true, at: 0 }), "EHR is down");
    assert.deepEqual([shownState(first.id), shownState(second.id)], ["done", "open"]);
    assert.deepEqual(entries.value.map(entryWhat), ["A1 · ticked", "Started the cards: EHR is down, ICU"]);
  });

  test("a false alarm ends it, and the next start of the shift is a fresh one", async () => {
    await signInNia();
    ward.reachable = false;
    await startCards(what);
    const first = String(atHand.value?.id);
    await tick(myTasks(first)[0].id);

    await record("run.end", { run: first, note: "One computer" });
    assert.equal(atHand.value, null);
    await startCards(what);

    assert.notEqual(atHand.value?.id, first);
    assert.deepEqual(myTasks(String(atHand.value?.id)).map(({ b }) => b.state), ["open", "open"]);
  });
});

describe("when it meets the server", () => {
  test("the phone says which version of the plan it had and which build it is", async () => {
    await signInNia();
    parts.build = "1.0+abc";

    await startCards(what);
    await until(() => ward.server.applied.length === 1);

    const push = ward.server.requests.find(({ path }) => path === "/api/sync/push")?.body;
    assert.deepEqual([push.ops[0].args.version, push.ops[0].args.incident, push.app], ["v1", null, "1.0+abc"]);
  });

  test("a unit that the running incident does not name joins it", async () => {
    ward.server.put("site:northgate", "incident", "incident-6", declared("incident-6", { units: ["er"] }));
    await signInNia();
    ward.reachable = false;
    assert.equal(atHand.value, null);

    await startCards(what);

    assert.equal(atHand.value?.id, "incident-6");
    assert.equal(myTasks("incident-6").length, 2);
    assert.deepEqual(rowsOf("local_run"), []);
  });

  for (const order of ["site", "unit"]) test(`what IT declared meanwhile takes it in without a jump, and own entries show on the tasks in their place (${order} first)`, async () => {
    const into_run = runId("icu", "ehr", "incident-6");
    ward.server.put("unit:icu", "local_run", "run", runRow({}));
    const old = taskId("run", "bedside-nurse/A1");
    ward.server.put("unit:icu", "task", old, openTask("A1", { incident: "run", plan: "ehr", code: "A1", occurrence: 1 }));
    await signInNia();
    await until(() => atHand.value?.id === "run");
    ward.reachable = false;
    await tick(old);
    await record("note.add", { incident: "run", unit: "icu", text: "Paper is here" });

    const task = { id: taskId(into_run, "bedside-nurse/A1"), t: "task", scope: "unit:icu", seq: 99, b: openTask("A1", { incident: "incident-6", plan: "ehr", code: "A1", occurrence: 1 }) };
    const run = { id: "run", t: "local_run", scope: "unit:icu", seq: 99, b: runRow({ state: "adopted", adopted_into: "incident-6", into_run, adopted_at: new Date().toISOString() }) };
    const ofUnit = { puts: [task, run], dels: [{ scope: "unit:icu", id: old, t: "task" }] };
    const incident = { id: "incident-6", t: "incident", scope: "site:northgate", seq: 99, b: declared("incident-6") };
    const seen = () => [atHand.value?.b.title, myTasks(String(atHand.value?.id)).map(({ b }) => b.state)];
    const [first, second] = order === "site" ? [{ puts: [incident] }, ofUnit] : [ofUnit, { puts: [incident] }];
    for (const part of [first, second]) {
      await replica.commit({ ...noChange(), ...part });
      assert.deepEqual(seen(), ["EHR is down", ["done"]], "the card never jumps");
    }

    assert.deepEqual([atHand.value?.id, shownState(task.id), firstNameOf(task.id)], ["incident-6", "done", old]);
    assert.deepEqual(rowsOf("note").map(({ b }) => b.incident), ["incident-6"]);
    assert.deepEqual([takenInBy("incident-6").map(entriesOf), takenOverWords(2)], [[2], "Your 2 entries were taken over."]);
    assert.deepEqual(entries.value.map(entryWhat), ["Note: Paper is here", "A1 · ticked"]);
  });

  test("two starts of the unit stay apart until a person joins them, and the own one stays in sight", async () => {
    ward.server.put("unit:icu", "local_run", "early", runRow({ merge_with: "late" }));
    ward.server.put("unit:icu", "local_run", "late", runRow({ merge_with: "early", started_at: "2026-11-22T07:05:00.000Z", starts: [{ by: "nia", by_name: "Nia", at: "2026-11-22T07:05:00.000Z" }] }));
    await signInNia();
    await until(() => ownRuns.value.length === 2);
    assert.deepEqual(ownRuns.value.map(({ id }) => id), ["late", "early"]);
    ward.reachable = false;

    await record("run.merge", { run: "late", into: "early" });

    assert.deepEqual([atHand.value?.id, atHand.value?.b.joining, workOf("early")?.b.merge_with], ["late", "early", "late"]);
  });

  test("something real is shown before an exercise, and what another unit began is not mine", async () => {
    ward.server.put("site:northgate", "incident", "e", declared("e", { kind: "exercise" }));
    ward.server.put("unit:icu", "local_run", "run", runRow({}));
    ward.server.put("site:northgate:command", "local_run", "theirs", runRow({ unit: "er", started_at: "2026-11-22T01:00:00.000Z" }));
    await signInNia();
    await tryNow();

    assert.deepEqual([atHand.value?.id, ownRuns.value.map(({ id }) => id)], ["run", ["run"]]);
    assert.equal(workOf("e")?.id, "e");
  });
});
