/** Old pages with a new server, new pages with an old one, and a new shape of storage under entries that wait. */
import { openPage, shownState, signInNia, ward } from "./page.js";
import { makeOp, openTask } from "./setup.js";

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { record, tryNow } from "../../static/js/store/actions.js";
import { parts } from "../../static/js/store/parts.js";
import { contact, session } from "../../static/js/store/state.js";
import { entries, row, rowsOf } from "../../static/js/store/view.js";
import { Store } from "../../static/js/offline/idb.js";
import { mergeRescued, rescued } from "../../static/js/offline/emergency.js";
import { Outbox } from "../../static/js/offline/outbox.js";

const tick = (task = "task-1") => record("task.complete", { task, captured: {}, note: "" });
/** Change every answer of a path on its way. @param {string} path @param {(answer: any) => any} change */
function rewrite(path, change) {
  const fetch = ward.server.fetch;
  ward.server.fetch = async (asked, init) => {
    const response = await fetch(asked, init);
    if (asked !== path || response.status !== 200) return response;
    return new Response(JSON.stringify(change(await response.json())), { headers: response.headers });
  };
}

describe("an old page with a new server", () => {
  test("keeps rows, fields and scopes it does not know, and shows what it does", async () => {
    ward.server.put("site:northgate", "weather", "storm-1", { wind: 12 });
    ward.server.put("moon:far", "crater", "tycho", {});
    ward.server.put("unit:icu", "task", "task-9", { ...openTask("New kind of step"), glow: true, state: "open", hours: { from: 1 } });
    rewrite("/api/sync/pull", (answer) => ({ ...answer, later: { meaning: "unknown" } }));

    await signInNia();

    assert.deepEqual([contact.value.state, shownState("task-9"), rowsOf("weather").length], ["polling", "open", 1]);
    await tick("task-9");
    await tryNow();
    assert.equal(row("task", "task-9")?.b.glow, true);
  });

  test("takes a result in a word it does not know for a final one, and never sends it again", async () => {
    await signInNia();
    rewrite("/api/sync/push", (answer) => ({ ...answer, results: answer.results.map((/** @type {any} */ one) => ({ ...one, st: "merged" })) }));

    await tick();
    await tryNow();
    await tryNow();

    assert.deepEqual([contact.value.waiting, entries.value[0].state, ward.server.applied.length], [0, "on_record", 1]);
  });

  test("is told that it is too old, and still hands in what it has", async () => {
    await signInNia();
    ward.reachable = false;
    await tick();
    ward.reachable = true;
    rewrite("/api/boot", (answer) => ({ ...answer, proto: { cur: 3, min: 2 }, app: { ver: "9.0.0", min: "9.0.0", hold: false } }));
    await openPage();
    await tryNow();

    assert.deepEqual([session.value?.app.min, contact.value.waiting, entries.value[0].state], ["9.0.0", 0, "on_record"]);
  });
});

describe("a new page with an old server", () => {
  test("works without what the old one does not say yet", async () => {
    rewrite("/api/login", ({ now, epoch, user: { id, name, username }, push_token }) => ({ now, epoch, user: { id, name, username }, push_token }));
    rewrite("/api/sync/pull", ({ epoch, scopes, delta, snap }) => ({ epoch, scopes, delta, snap }));

    await signInNia();
    await tick();
    await tryNow();

    assert.deepEqual([contact.value.state, shownState(), entries.value[0].state], ["polling", "done", "on_record"]);
  });

  test("shows its author what the old one does not know, and everything else goes through", async () => {
    await signInNia();
    rewrite("/api/sync/push", (answer) => ({
      ...answer,
      results: answer.results.map((/** @type {any} */ one) =>
        entries.value.find(({ id }) => id === one.id)?.kind === "task.foresee" ? { id: one.id, st: "rejected", code: "unknown_kind", msg: "This server does not know this kind of entry yet." } : one),
    }));

    await record("task.foresee", { task: "task-1" });
    await tick("task-2");
    await tryNow();

    const states = Object.fromEntries(entries.value.map(({ kind, state }) => [kind, state]));
    assert.deepEqual(states, { "task.foresee": "not_accepted", "task.complete": "on_record" });
    assert.deepEqual([contact.value.waiting, ward.server.results.size], [0, 2]);
  });
});

describe("a new shape of the stored entries", () => {
  const NEXT = 2;
  /** What the outbox of the next version does with the stores of this one: nothing is dropped. */
  const nextOutbox = () => new Outbox("nia", new Store("wardlight-outbox-nia", NEXT, (db) => void (db.objectStoreNames.contains("seals") || db.createObjectStore("seals"))));

  test("takes over what waits, and an open old page keeps what is recorded in it all the same", async () => {
    const old = new Outbox("nia");
    const waiting = await old.add(makeOp());

    const fresh = nextOutbox();
    assert.deepEqual((await fresh.all()).map(({ id }) => id), [waiting.id]);
    await assert.rejects(old.add(makeOp()), { name: "VersionError" });
    fresh.close();
  });

  test("an entry recorded in the old page is put aside and comes home with the new one", async () => {
    await signInNia();
    ward.reachable = false;
    const fresh = nextOutbox();
    await fresh.all();

    const { id } = await tick();
    assert.deepEqual([rescued().map(({ op }) => op.id), entries.value[0].state, contact.value.sentence.includes("Close the app and open it again")], [[id], "saved", true]);

    await mergeRescued(() => fresh);
    assert.deepEqual([(await fresh.all()).map((entry) => entry.id), rescued()], [[id], []]);
    fresh.close();
    parts.outbox?.close();
  });
});
