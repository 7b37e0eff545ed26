/** A tick is on its own row at once, and only when the storage holds it. */
import { signInNia } from "./page.js";
import { until } from "./setup.js";

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";

import { withOwn } from "../../static/js/lib/overlay.js";
import { Outbox } from "../../static/js/offline/outbox.js";
import { complete } from "../../static/js/phone/task_acts.js";
import { record } from "../../static/js/store/actions.js";
import { forgetMark, markOf } from "../../static/js/store/marks.js";
import { ops } from "../../static/js/store/state.js";
import { row } from "../../static/js/store/view.js";

const NIA = { id: "nia", name: "Nia" };
const { add } = Outbox.prototype;
const tick = () => record("task.complete", { task: "task-1", captured: {}, note: "" });

afterEach(() => {
  Object.assign(Outbox.prototype, { add });
  forgetMark("task-1");
  Reflect.deleteProperty(globalThis, "requestAnimationFrame");
});

/** A screen whose next frame comes when it is asked for. @returns {() => void} */
function heldFrame() {
  /** @type {Array<() => void>} */
  const waiting = [];
  Object.assign(globalThis, { requestAnimationFrame: (/** @type {() => void} */ draw) => waiting.push(draw) });
  return () => waiting.splice(0).forEach((draw) => draw());
}

describe("a tick", () => {
  test("is not on its row while the storage has not taken it", async () => {
    await signInNia();
    const frame = heldFrame();
    const mark = markOf("task-1");
    /** @type {(value?: unknown) => void} */
    let commit = () => {};
    const held = new Promise((resolve) => void (commit = resolve));
    Outbox.prototype.add = async function (op) {
      await held;
      return add.call(this, op);
    };

    const ticked = tick();
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(mark.value, null);

    commit();
    await until(() => mark.value !== null);
    frame();
    await ticked;
    assert.deepEqual([row("task", "task-1")?.b.state, mark.value], ["done", null]);
  });

  test("is on its row before the lists are made anew", async () => {
    await signInNia();
    const frame = heldFrame();
    const mark = markOf("task-1");

    const ticked = tick();
    await until(() => mark.value !== null);
    assert.equal(ops.value.some(({ id }) => id === mark.value?.id), false);

    frame();
    const entry = await ticked;
    assert.equal(ops.value.some(({ id }) => id === entry.id), true);
  });

  test("that storage refuses is never on its row", async () => {
    await signInNia();
    const seen = /** @type {any[]} */ ([]);
    heldFrame();
    markOf("task-1").subscribe((entry) => void (entry && seen.push(entry)));
    Object.assign(Outbox.prototype, { add: () => Promise.reject(new Error("gone")) });
    Object.assign(globalThis, { localStorage: undefined });

    await assert.rejects(tick());

    assert.deepEqual(seen, []);
  });

  test("of a thumb that trembles is one entry", async () => {
    await signInNia();
    const task = /** @type {any} */ (row("task", "task-1"));

    await Promise.all([complete(task), complete(task)]);

    assert.equal(ops.value.filter(({ kind }) => kind === "task.complete").length, 1);
  });
});

test("an op changes the row that it names, and a row that holds it already stays as it is", async () => {
  await signInNia();
  const task = /** @type {any} */ (row("task", "task-1"));
  const entry = await tick();

  const after = withOwn(task, entry, NIA);

  assert.deepEqual([after.b.state, after.pending], ["done", "saved"]);
  assert.equal(withOwn({ ...task, b: { ...task.b, signs: [{ by: "nia", what: "complete", st: "ok", at: entry.at, op: entry.id }] } }, entry, NIA).pending, null);
  assert.equal(withOwn(task, { ...entry, kind: "handover.offer" }, NIA), task);
});
