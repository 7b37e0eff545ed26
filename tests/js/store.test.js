import { cleanDevice, openTask, until } from "./setup.js";

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";

import { effect } from "@preact/signals";

import { askServer, drafts, markRead, record, say, signIn, signOut, tryNow, undo } from "../../static/js/store/actions.js";
import { parts } from "../../static/js/store/parts.js";
import { start } from "../../static/js/store/start.js";
import { contact, ops, ready, session, toast } from "../../static/js/store/state.js";
import { fill, serverEpoch } from "../../static/js/store/tables.js";
import { acked, broadcastsOf, currentIncident, entries, isLeader, may, me, myTasks, nextTask, row, rowsOf, toAcknowledge, units } from "../../static/js/store/view.js";
import { FakeServer, loseAnswer, loseRequest } from "./fake_server.js";

/** @type {FakeServer} */
let server;
let reachable = true;
/** @type {() => Promise<void>} */
let stop = async () => {};
const socket = { on: () => {}, close: () => {}, connected: false, io: { engine: { on: () => {} } } };

/** @type {any} */
const fetcher = (/** @type {string} */ path, /** @type {any} */ init) => (reachable ? server.fetch(path, init) : Promise.reject(new TypeError("network")));

/** A page is loaded: memory is empty, storage is what it was. */
async function openPage() {
  await stop();
  session.value = null;
  ops.value = [];
  serverEpoch.value = null;
  toast.value = null;
  fill();
  Object.assign(parts, { outbox: null, base: null, ticket: null, boot_due: true });
  stop = await start({ fetcher, connect: () => socket, locks: undefined });
}

/** @param {any} [fields] */
const incident = (fields = {}) => ({ no: 1, title: "EHR down", kind: "real", state: "declared", level: 2, plan: "ehr", clocks: { TD: "2026-11-21T20:40:00.000Z" }, units: ["icu"], ...fields });
/** @param {any} [fields] */
const broadcast = (fields = {}) => ({ incident: "incident-1", no: 1, state: "current", headline: "EHR is down", ack: "person", by: "omar", at: "2026-11-21T20:41:00.000Z", audience: { units: null, roles: null }, kind: "real", ...fields });

beforeEach(async () => {
  cleanDevice();
  reachable = true;
  server = new FakeServer();
  server.signed_in = null;
  server.put("user:nia", "me", "nia", { name: "Nia", username: "nia", roles: ["bedside-nurse"], units: ["icu"], memberships: [{ unit: "icu", role: "bedside-nurse" }], duty: [] });
  server.put("site:northgate", "incident", "incident-1", incident());
  server.put("unit:icu", "task", "task-1", openTask("Print the list of beds", { order: 1 }));
  server.put("unit:icu", "task", "task-2", openTask("Call the lab", { order: 2 }));
  server.put("unit:icu", "task", "task-3", openTask("Lead the huddle", { role: "charge-nurse" }));
  server.put("ref:northgate", "unit", "icu", { name: "Intensive care", order: 1 });
  await openPage();
});

afterEach(async () => {
  say("");
  await stop();
  stop = async () => {};
});

const signInNia = () => signIn({ username: "nia", password: "demo" });
const shownState = (id = "task-1") => row("task", id)?.b.state;

describe("signing in", () => {
  test("shows the person, their incident and their card", async () => {
    assert.equal(session.value, null);
    await signInNia();

    assert.deepEqual([session.value?.user.name, me.value.units, currentIncident.value?.id], ["Nia", ["icu"], "incident-1"]);
    assert.deepEqual(myTasks("incident-1").map(({ id }) => id), ["task-1", "task-2"]);
    assert.deepEqual([nextTask(myTasks("incident-1"))?.id, units.value[0].b.name], ["task-1", "Intensive care"]);
    assert.deepEqual([isLeader.value, may("task.complete"), may("incident.declare"), contact.value.state], [false, true, false, "polling"]);
    assert.deepEqual(session.value?.user.memberships, [{ unit: "icu", role: "bedside-nurse" }]);
  });

  test("with a wrong password is refused in the server's words", async () => {
    await assert.rejects(signIn({ username: "nia", password: "wrong" }), { code: "bad_credentials", msg: "Name or password is wrong." });
    assert.equal(session.value, null);
  });

  test("without a network says so", async () => {
    reachable = false;

    await assert.rejects(signInNia(), { code: "no_contact" });
  });
});

describe("recording", () => {
  test("is saved at once without a network, and on record when it is back", async () => {
    await signInNia();
    reachable = false;

    await record("task.complete", { task: "task-1", captured: {}, note: "" });
    assert.deepEqual([shownState(), row("task", "task-1")?.pending, entries.value[0].state], ["done", "saved", "saved"]);
    await tryNow();
    assert.deepEqual([contact.value.state, contact.value.waiting], ["alone", 1]);
    assert.match(contact.value.sentence, /kept on this phone/);

    reachable = true;
    await tryNow();
    assert.deepEqual([shownState(), row("task", "task-1")?.pending, entries.value[0].state], ["done", null, "on_record"]);
    assert.deepEqual([contact.value.state, contact.value.waiting], ["polling", 0]);
  });

  test("survives a reload without a network: the cold start shows card and entry", async () => {
    await signInNia();
    reachable = false;
    await record("task.complete", { task: "task-1", captured: {}, note: "" });

    await openPage();

    assert.deepEqual([ready.value, session.value?.user.name, shownState(), shownState("task-2")], [true, "Nia", "done", "open"]);
    assert.deepEqual([entries.value.length, row("task", "task-1")?.pending], [1, "saved"]);
  });

  test("never flickers while request, answer and rows go wrong one after the other", async () => {
    await signInNia();
    const seen = new Set();
    const unsee = effect(() => void seen.add(shownState()));
    await record("task.complete", { task: "task-1", captured: {}, note: "" });
    seen.clear();

    for (const fault of [loseRequest, loseAnswer]) {
      server.faults.push(fault);
      await tryNow();
    }
    server.faults.push(async (_path, go) => go(), loseAnswer);
    await tryNow();
    assert.equal(row("task", "task-1")?.pending, "sent");
    await tryNow();
    unsee();

    assert.deepEqual([...seen.add(shownState())], ["done"]);
    assert.equal(row("task", "task-1")?.b.signs.length, 1);
  });

  test("tells who was first", async () => {
    await signInNia();
    server.put("unit:icu", "task", "task-1", openTask("Print", { state: "done", by: "sol", by_name: "Sol" }));

    await record("task.complete", { task: "task-1", captured: {}, note: "" });
    await until(() => entries.value[0].state === "somebody_first");

    assert.equal(entries.value[0].result?.by_name, "Sol");
  });

  test("goes on when the sign-in has expired, and is delivered without it", async () => {
    await signInNia();
    server.signed_in = null;

    await record("task.complete", { task: "task-1", captured: {}, note: "" });
    await until(() => entries.value[0].state === "on_record");
    await tryNow();

    assert.deepEqual([contact.value.state, shownState(), row("task", "task-1")?.pending], ["sign_in", "done", "sent"]);
  });

  test("finds another storage when the database is gone", async () => {
    await signInNia();
    const outbox = /** @type {any} */ (parts.outbox);
    outbox.add = () => Promise.reject(new DOMException("lost", "UnknownError"));
    reachable = false;

    await record("task.complete", { task: "task-1", captured: {}, note: "" });
    assert.deepEqual([shownState(), contact.value.sentence.includes("trouble")], ["done", true]);
    delete outbox.add;
    reachable = true;
    await openPage();
    await until(() => entries.value[0]?.state === "on_record");

    assert.equal(server.applied.length, 1);
  });

  test("after a restore of the server's backup is handed in again, and shown all the time", async () => {
    await signInNia();
    const backup = server.backup();
    await record("task.complete", { task: "task-1", captured: {}, note: "" });
    await tryNow();
    server.restore(backup);

    await tryNow();
    await tryNow();
    await tryNow();

    assert.deepEqual([shownState(), row("task", "task-1")?.pending, entries.value[0].state], ["done", null, "on_record"]);
    assert.equal(server.applied.length, 1);
    assert.equal(row("task", "task-1")?.b.signs.length, 1);
  });
});

describe("taking back", () => {
  test("an entry that has not left the phone vanishes", async () => {
    await signInNia();
    reachable = false;
    await tryNow();
    await parts.sync.stop();
    const { id } = await record("task.complete", { task: "task-1", captured: {}, note: "" });
    say("Saved on this phone.", id);

    assert.equal(await undo(id), true);

    assert.deepEqual([shownState(), entries.value.length, toast.value], ["open", 0, null]);
  });

  test("an entry that the server has is answered by reopening its task", async () => {
    await signInNia();
    const { id } = await record("task.complete", { task: "task-1", captured: {}, note: "" });
    await tryNow();
    await parts.sync.stop();

    await undo(id);

    assert.deepEqual([shownState(), entries.value[0].kind], ["open", "task.reopen"]);
  });
});

describe("updates", () => {
  test("are reported as received once, and as read when opened", async () => {
    server.put("site:northgate", "broadcast", "b1", broadcast());
    await signInNia();
    await until(() => server.applied.length === 1);
    await markRead("b1");
    await markRead("b1");
    await openPage();
    await tryNow();

    assert.deepEqual(entries.value.map(({ kind, args }) => [kind, args]), [["broadcast.receive", { broadcast: "b1", read: true }], ["broadcast.receive", { broadcast: "b1", read: false }]]);
  });

  test("ask for an answer until it is given", async () => {
    server.put("site:northgate", "broadcast", "b1", broadcast({ state: "superseded" }));
    server.put("site:northgate", "broadcast", "b2", broadcast({ no: 2 }));
    server.put("site:northgate", "broadcast", "b3", broadcast({ no: 3, audience: { units: ["er"], roles: null } }));
    await signInNia();
    assert.deepEqual(toAcknowledge.value.map(({ id }) => id), ["b2"]);
    assert.deepEqual(broadcastsOf("incident-1").map(({ b }) => b.no), [3, 2, 1]);

    await record("broadcast.ack", { broadcast: "b2" });

    assert.deepEqual([acked("b2"), toAcknowledge.value], [true, []]);
  });
});

describe("asking the server now", () => {
  const args = { broadcast: "b9", incident: "incident-1", headline: "Use paper" };

  test("gives its answer and keeps it among the entries", async () => {
    await signInNia();

    const result = await askServer("broadcast.send", args);

    assert.deepEqual([result.st, entries.value[0].kind, entries.value[0].state], ["ok", "broadcast.send", "on_record"]);
  });

  test("without contact stays a draft, is never sent by itself, and is the same op when asked again", async () => {
    await signInNia();
    server.faults.push(loseAnswer);
    await assert.rejects(askServer("broadcast.send", args), { code: "no_contact" });
    const asked = server.applied.length;
    await tryNow();
    assert.deepEqual([entries.value.length, contact.value.waiting, (await drafts.load("ask:broadcast.send")).op.args], [0, 0, args]);

    const result = await askServer("broadcast.send", args);

    assert.deepEqual([result.st, result.first, server.applied.length], ["dup", "ok", asked]);
    assert.equal(await drafts.load("ask:broadcast.send"), undefined);
  });
});

describe("signing out", () => {
  test("hands in what it can and leaves no rows", async () => {
    await signInNia();
    await record("task.complete", { task: "task-1", captured: {}, note: "" });

    assert.deepEqual(await signOut(), { waiting: 0 });

    assert.deepEqual([session.value, rowsOf("task"), server.signed_in], [null, [], null]);
    await openPage();
    assert.equal(session.value, null);
  });

  test("without a network keeps the entries, and the next person's phone hands them in under their author", async () => {
    await signInNia();
    reachable = false;
    await record("task.complete", { task: "task-1", captured: {}, note: "" });
    await tryNow();
    assert.deepEqual(await signOut(), { waiting: 1 });
    assert.match(toast.value?.text ?? "", /1 /);

    reachable = true;
    await signIn({ username: "sol", password: "demo" });
    await until(() => server.applied.length === 1);

    assert.deepEqual(server.applied.map(({ by }) => by), ["nia"]);
    assert.deepEqual([session.value?.user.id, entries.value], ["sol", []]);
  });

  test("without a network ends the cookie when the server is back", async () => {
    await signInNia();
    reachable = false;
    await signOut();
    assert.equal(server.signed_in, "nia");

    reachable = true;
    await tryNow();

    assert.equal(server.signed_in, null);
  });
});

describe("a sign-in that this page does not know", () => {
  test("is taken up when the storage was cleared and the cookie was not", async () => {
    await signInNia();
    const { device } = parts;
    await stop();
    stop = async () => {};
    cleanDevice();
    await openPage();
    await until(() => session.value?.user.name === "Nia" && myTasks("incident-1").length === 2);
    await record("task.complete", { task: "task-1", captured: {}, note: "" });
    await until(() => entries.value[0].state === "on_record");

    assert.equal(parts.device, device);
  });

  test("is not looked for again after a sign-out", async () => {
    await signInNia();
    await signOut();
    await tryNow();
    await tryNow();

    assert.equal(session.value, null);
  });
});
