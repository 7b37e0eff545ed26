/** The numbers of the entries: no hole that leaders would read as a loss, whatever is undone, changed or dropped. */
import { openPage, signInNia, ward } from "./page.js";
import { refuse } from "./fake_server.js";
import { until } from "./setup.js";

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { entryState } from "../../static/js/phone/entry_words.js";
import { askServer, record, tryNow, undo } from "../../static/js/store/actions.js";
import { entries } from "../../static/js/store/view.js";

const tick = (/** @type {string} */ task) => record("task.complete", { task, captured: {}, note: "" });
const send = (/** @type {string} */ headline) => askServer("broadcast.send", { broadcast: headline, headline });
const numbers = () => ward.server.applied.map(({ n }) => n);
const lastPush = () => ward.server.requests.filter(({ path }) => path === "/api/sync/push").pop()?.body;

describe("the numbers of entries", () => {
  test("have no hole after an undo", async () => {
    await signInNia();
    ward.reachable = false;
    await tick("task-1");
    const second = await tick("task-2");
    await undo(second.id);
    await tick("task-2");

    ward.reachable = true;
    await tryNow();

    await until(() => entries.value.every(({ result }) => result !== null));
    assert.deepEqual(numbers(), numbers().map((_n, i) => i + 1));
    assert.ok(numbers().length >= 2);
  });

  test("have no hole after a draft that was changed or dropped, as what needs the server now is not counted", async () => {
    await signInNia();
    ward.server.faults.push(() => refuse(503, "try_later"));
    await assert.rejects(send("EHR is down"));
    ward.server.faults.push(() => refuse(503, "try_later"));
    await assert.rejects(send("EHR and pharmacy are down"));
    await tick("task-1");
    await send("All is down");
    await tick("task-2");
    await tryNow();

    assert.deepEqual(numbers(), [1, 0, 2]);
  });

  test("of a journal keep the order of what happened, also over a restart", async () => {
    await signInNia();
    await tick("task-1");
    await send("One");
    await send("Two");
    await tick("task-2");
    await openPage();
    await tryNow();

    assert.deepEqual(entries.value.map(({ args }) => args.headline ?? args.task), ["task-2", "Two", "One", "task-1"]);
    assert.deepEqual(numbers(), [1, 0, 0, 2]);
  });

  test("that wait for somebody else's entry are counted as waiting, and say so", async () => {
    await signInNia();
    const answer = { id: "", st: "retry", scope: null, seq: null, code: "waits", msg: "", after_ms: 60_000 };
    ward.server.faults.push(async (_path, go) => {
      await go();
      const { ops } = lastPush();
      ward.server.results.delete(ops[0].id);
      ward.server.applied.pop();
      return new Response(JSON.stringify({ now: new Date().toISOString(), epoch: ward.server.epoch, results: [{ ...answer, id: ops[0].id }] }), { headers: { "Content-Type": "application/json" } });
    });
    await tick("task-1");
    await until(() => entries.value[0]?.state === "waiting_retry");
    assert.match(entryState(/** @type {any} */ (entries.value[0])).say, /an entry of somebody else/);

    await tick("task-2");
    await until(() => ward.server.applied.length === 1);

    assert.deepEqual([lastPush().ops.map((/** @type {any} */ op) => op.n), lastPush().queue.len], [[2], 2]);
  });
});
