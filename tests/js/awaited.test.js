/** A phone that holds the incident but not yet its unit's steps never says that there are none. */
import { incident, openPage, signInNia, ward } from "./page.js";
import { openTask } from "./setup.js";

import assert from "node:assert/strict";
import { test } from "node:test";

import { areAwaited } from "../../static/js/lib/awaited.js";
import { takeHint } from "../../static/js/live/pull.js";
import { tryNow } from "../../static/js/store/actions.js";
import { isInformed, stepsAwaited } from "../../static/js/store/at_hand.js";
import { replica } from "../../static/js/store/replica.js";
import { incidents, myTasks, row } from "../../static/js/store/view.js";

const work = (id = "incident-2") => /** @type {any} */ (row("incident", id));

/** Only what concerns everybody arrives; the hint with the unit's steps is lost. */
async function declareBesideALostHint() {
  const from = ward.server.put("site:northgate", "incident", "incident-2", incident({ title: "PACS down" })) - 1;
  ward.server.put("unit:icu", "task", "task-9", openTask("Print the worklist", { incident: "incident-2" }));
  await takeHint(replica, ward.server.hint("site:northgate", from));
}

test("steps are awaited until the pull that knows of their incident is complete", async () => {
  await signInNia();
  await declareBesideALostHint();

  assert.deepEqual([stepsAwaited(work()), stepsAwaited(work("incident-1"))], [true, false]);
  await tryNow();
  assert.deepEqual([stepsAwaited(work()), myTasks("incident-2").map(({ id }) => id)], [false, ["task-9"]]);
});

test("they are still awaited after a start without a server", async () => {
  await signInNia();
  await declareBesideALostHint();
  ward.reachable = false;

  await openPage();

  assert.deepEqual([work().b.title, stepsAwaited(work()), stepsAwaited(work("incident-1"))], ["PACS down", true, false]);
});

test("a unit that the person has joined is awaited until its own rows are here", () => {
  const b = { units: ["icu", "er"] };
  const known = { "site:northgate": 4, "unit:icu": 2 };

  assert.equal(areAwaited({ scope: "site:northgate", seq: 4, b }, "icu", known), false);
  assert.equal(areAwaited({ scope: "site:northgate", seq: 4, b }, "er", known), true);
  assert.equal(areAwaited({ scope: "site:northgate", seq: 4, b }, "lab", known), false);
  assert.equal(areAwaited({ scope: "site:northgate", seq: 5, b: { units: null } }, "icu", known), true);
});

test("what a hint brings while a pull is answered is not covered by its answer", async () => {
  await signInNia();
  ward.server.faults.push(async (_path, go) => {
    const answer = await go();
    await declareBesideALostHint();
    return answer;
  });

  await tryNow();

  assert.deepEqual([incidents.value.length, stepsAwaited(work())], [2, true]);
});

test("before the first pull nothing is known, not even that all is quiet", async () => {
  await signInNia();
  assert.equal(isInformed(), true);

  await replica.commit({ puts: [], dels: [], drops: ["site:northgate", "unit:icu", "user:nia", "ref:northgate"], cursors: {}, froms: {}, pulled: {} });
  assert.equal(isInformed(), false);
});
