import { incident, openPage, shownState, signInNia, ward } from "./page.js";
import { openTask, until } from "./setup.js";

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { effect } from "@preact/signals";

import { record, say, signIn, tryNow, undo } from "../../static/js/store/actions.js";
import { parts } from "../../static/js/store/parts.js";
import { contact, ready, session, toast } from "../../static/js/store/state.js";
import { currentIncident, entries, isLeader, may, me, myTasks, nextTask, row, units } from "../../static/js/store/view.js";
import { loseAnswer, loseRequest } from "./fake_server.js";

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
    ward.reachable = false;

    await assert.rejects(signInNia(), { code: "no_contact" });
  });
});

describe("recording", () => {
  test("is saved at once without a network, and on record when it is back", async () => {
    await signInNia();
    ward.reachable = false;

    await record("task.complete", { task: "task-1", captured: {}, note: "" });
    assert.deepEqual([shownState(), row("task", "task-1")?.pending, entries.value[0].state], ["done", "saved", "saved"]);
    await tryNow();
    assert.deepEqual([contact.value.state, contact.value.waiting], ["alone", 1]);
    assert.match(contact.value.sentence, /kept on this phone/);

    ward.reachable = true;
    await tryNow();
    assert.deepEqual([shownState(), row("task", "task-1")?.pending, entries.value[0].state], ["done", null, "on_record"]);
    assert.deepEqual([contact.value.state, contact.value.waiting], ["polling", 0]);
  });

  test("survives a reload without a network: the cold start shows card and entry", async () => {
    await signInNia();
    ward.reachable = false;
    await record("task.complete", { task: "task-1", captured: {}, note: "" });

    await openPage();

    assert.deepEqual([ready.value, session.value?.user.name, shownState(), shownState("task-2")], [true, "Nia", "done", "open"]);
    assert.deepEqual([entries.value.length, row("task", "task-1")?.pending], [1, "saved"]);
  });

  test("after a cold start without a network it says when the server was last heard", async () => {
    await signInNia();
    await until(() => contact.value.last_heard_at !== null);
    const heard = Number(contact.value.last_heard_at);
    ward.reachable = false;

    await openPage();
    await tryNow();

    assert.equal(contact.value.state, "alone");
    assert.ok(Math.abs(Number(contact.value.last_heard_at) - heard) < 10_000);
  });

  test("never flickers while request, answer and rows go wrong one after the other", async () => {
    await signInNia();
    const seen = new Set();
    const unsee = effect(() => void seen.add(shownState()));
    await record("task.complete", { task: "task-1", captured: {}, note: "" });
    seen.clear();

    for (const fault of [loseRequest, loseAnswer]) {
      ward.server.faults.push(fault);
      await tryNow();
    }
    ward.server.faults.push(async (_path, go) => go(), loseAnswer);
    await tryNow();
    assert.equal(row("task", "task-1")?.pending, "sent");
    await tryNow();
    unsee();

    assert.deepEqual([...seen.add(shownState())], ["done"]);
    assert.equal(row("task", "task-1")?.b.signs.length, 1);
  });

  test("tells who was first", async () => {
    await signInNia();
    ward.server.put("unit:icu", "task", "task-1", openTask("Print", { state: "done", by: "sol", by_name: "Sol" }));

    await record("task.complete", { task: "task-1", captured: {}, note: "" });
    await until(() => entries.value[0].state === "somebody_first");

    assert.equal(entries.value[0].result?.by_name, "Sol");
  });

  test("goes on when the sign-in has expired, and is delivered without it", async () => {
    await signInNia();
    ward.server.signed_in = null;

    await record("task.complete", { task: "task-1", captured: {}, note: "" });
    await until(() => entries.value[0].state === "on_record");
    await tryNow();

    assert.deepEqual([contact.value.state, shownState(), row("task", "task-1")?.pending], ["sign_in", "done", "sent"]);
  });

  test("finds another storage when the database is gone", async () => {
    await signInNia();
    const outbox = /** @type {any} */ (parts.outbox);
    outbox.add = () => Promise.reject(new DOMException("lost", "UnknownError"));
    ward.reachable = false;

    await record("task.complete", { task: "task-1", captured: {}, note: "" });
    assert.deepEqual([shownState(), contact.value.sentence.includes("trouble")], ["done", true]);
    delete outbox.add;
    ward.reachable = true;
    await openPage();
    await until(() => entries.value[0]?.state === "on_record");

    assert.equal(ward.server.applied.length, 1);
  });

  test("after a restore of the server's backup is handed in again, and shown all the time", async () => {
    await signInNia();
    const backup = ward.server.backup();
    await record("task.complete", { task: "task-1", captured: {}, note: "" });
    await tryNow();
    ward.server.restore(backup);

    await tryNow();
    await tryNow();
    await tryNow();

    assert.deepEqual([shownState(), row("task", "task-1")?.pending, entries.value[0].state], ["done", null, "on_record"]);
    assert.equal(ward.server.applied.length, 1);
    assert.equal(row("task", "task-1")?.b.signs.length, 1);
  });
});

describe("taking back", () => {
  test("an entry that has not left the phone vanishes", async () => {
    await signInNia();
    ward.reachable = false;
    await tryNow();
    await parts.sync.stop();
    const { id } = await record("task.complete", { task: "task-1", captured: {}, note: "" });
    say("Saved on this phone.", id);

    assert.equal(await undo(id), true);

    assert.deepEqual([shownState(), entries.value.length, toast.value], ["open", 0, null]);
  });

  test("an entry that the ward.server has is answered by reopening its task", async () => {
    await signInNia();
    const { id } = await record("task.complete", { task: "task-1", captured: {}, note: "" });
    await tryNow();
    await parts.sync.stop();

    await undo(id);

    assert.deepEqual([shownState(), entries.value[0].kind], ["open", "task.reopen"]);
  });
});
