import { broadcast, closePage, incident, openPage, signInNia, ward } from "./page.js";
import { cleanDevice, until } from "./setup.js";

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { askServer, drafts, markRead, record, signIn, signOut, tryNow } from "../../static/js/store/actions.js";
import { parts } from "../../static/js/store/parts.js";
import { contact, people, session, toast } from "../../static/js/store/state.js";
import { acked, broadcastsOf, entries, myTasks, rowsOf, toAcknowledge, units } from "../../static/js/store/view.js";
import { loseAnswer } from "./fake_server.js";

describe("updates", () => {
  test("are reported as received once, and as read when opened", async () => {
    ward.server.put("site:northgate", "broadcast", "b1", broadcast());
    await signInNia();
    await until(() => ward.server.applied.length === 1);
    await markRead("b1");
    await markRead("b1");
    await openPage();
    await tryNow();

    assert.deepEqual(entries.value.map(({ kind, args }) => [kind, args]), [["broadcast.receive", { broadcast: "b1", read: true }], ["broadcast.receive", { broadcast: "b1", read: false, path: "poll" }]]);
  });

  test("ask for an answer until it is given", async () => {
    ward.server.put("site:northgate", "broadcast", "b1", broadcast({ state: "superseded" }));
    ward.server.put("site:northgate", "broadcast", "b2", broadcast({ no: 2 }));
    ward.server.put("site:northgate", "broadcast", "b3", broadcast({ no: 3, audience: { units: ["er"], roles: null } }));
    await signInNia();
    assert.deepEqual(toAcknowledge.value.map(({ id }) => id), ["b2"]);
    assert.deepEqual(broadcastsOf("incident-1").map(({ b }) => b.no), [3, 2, 1]);

    await record("broadcast.ack", { broadcast: "b2" });

    assert.deepEqual([acked("b2"), toAcknowledge.value], [true, []]);
  });
});

describe("asking the ward.server now", () => {
  const args = { broadcast: "b9", incident: "incident-1", headline: "Use paper" };

  test("gives its answer and keeps it among the entries", async () => {
    await signInNia();

    const result = await askServer("broadcast.send", args);

    assert.deepEqual([result.st, entries.value[0].kind, entries.value[0].state], ["ok", "broadcast.send", "on_record"]);
  });

  test("without contact stays a draft, is never sent by itself, and is the same op when asked again", async () => {
    await signInNia();
    ward.server.faults.push(loseAnswer);
    await assert.rejects(askServer("broadcast.send", args), { code: "no_contact" });
    const asked = ward.server.applied.length;
    await tryNow();
    assert.deepEqual([entries.value.length, contact.value.waiting, (await drafts.load("ask:broadcast.send")).op.args], [0, 0, args]);

    const result = await askServer("broadcast.send", args);

    assert.deepEqual([result.st, result.first, ward.server.applied.length], ["dup", "ok", asked]);
    assert.equal(await drafts.load("ask:broadcast.send"), undefined);
  });
});

describe("signing out", () => {
  test("hands in what it can and leaves no rows", async () => {
    await signInNia();
    await record("task.complete", { task: "task-1", captured: {}, note: "" });

    assert.deepEqual(await signOut(), { waiting: 0 });

    assert.deepEqual([session.value, rowsOf("task"), ward.server.signed_in], [null, [], null]);
    await openPage();
    assert.equal(session.value, null);
  });

  test("without a network keeps the entries, and the next person's phone hands them in under their author", async () => {
    await signInNia();
    ward.reachable = false;
    await record("task.complete", { task: "task-1", captured: {}, note: "" });
    await tryNow();
    assert.deepEqual(await signOut(), { waiting: 1 });
    assert.match(toast.value?.text ?? "", /1 /);
    assert.deepEqual(people.value.map(({ name, waiting }) => [name, waiting]), [["Nia", 1]]);

    ward.reachable = true;
    await signIn({ username: "sol", password: "demo" });
    await until(() => ward.server.applied.length === 1);

    assert.deepEqual(ward.server.applied.map(({ by }) => by), ["nia"]);
    assert.deepEqual([session.value?.user.id, entries.value], ["sol", []]);
    await until(() => people.value.every(({ waiting }) => waiting === 0));
    assert.deepEqual(people.value.map(({ name }) => name), ["Nia", "Sol"]);
  });

  test("without a network ends the cookie when the ward.server is back", async () => {
    await signInNia();
    ward.reachable = false;
    await signOut();
    assert.equal(ward.server.signed_in, "nia");

    ward.reachable = true;
    await tryNow();

    assert.equal(ward.server.signed_in, null);
  });
});

describe("a sign-in that this page does not know", () => {
  test("is taken up when the storage was cleared and the cookie was not", async () => {
    await signInNia();
    const { device } = parts;
    await closePage();

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
