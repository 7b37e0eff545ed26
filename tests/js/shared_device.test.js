import { openPage, shownState, signInNia, ward } from "./page.js";
import { until } from "./setup.js";

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";

import { comeBack, lock, setPin, shareDevice } from "../../static/js/store/lock.js";
import { record, signIn, signOut, tryNow } from "../../static/js/store/actions.js";
import { parts } from "../../static/js/store/parts.js";
import { contact, locked, people, session } from "../../static/js/store/state.js";
import { entries, row, rowsOf } from "../../static/js/store/view.js";
import { setClock } from "../../static/js/lib/clock.js";

const done = { task: "task-1", captured: {}, note: "" };
const here = () => session.value?.user.id ?? null;
/** @param {string} id */
const face = (id) => people.value.find((one) => one.id === id);

/** Nia and Sol have both signed in on the tablet and have PINs; Sol is at the screen. */
async function twoOnOneTablet() {
  await signInNia();
  await setPin({ password: "demo", pin: "4711" });
  await until(() => shownState() === "open");
  await lock();
  await signIn({ username: "sol", password: "demo" });
  await setPin({ password: "demo", pin: "0815" });
  await tryNow();
}

afterEach(() => setClock(null));

describe("a tablet of the ward", () => {
  test("shows nothing of anybody when it is locked, and hands in what they recorded", async () => {
    await signInNia();
    await setPin({ password: "demo", pin: "4711" });
    ward.reachable = false;
    await record("task.complete", done);

    await lock();
    assert.deepEqual([here(), rowsOf("task"), entries.value, locked.value], [null, [], [], "nia"]);
    assert.deepEqual([face("nia")?.waiting, face("nia")?.opens], [1, "pin"]);

    ward.reachable = true;
    await tryNow();
    assert.deepEqual(ward.server.applied.map(({ by }) => by), ["nia"]);
    assert.deepEqual([here(), ward.server.signed_in], [null, null]);
  });

  test("stays locked when the app is opened again", async () => {
    await signInNia();
    await setPin({ password: "demo", pin: "4711" });
    await lock();

    await openPage();
    await tryNow();
    await tryNow();

    assert.deepEqual([here(), locked.value, rowsOf("task")], [null, "nia", []]);
  });

  test("goes from Sol to Nia by PIN without a network, and each records under the own name", async () => {
    await twoOnOneTablet();
    ward.reachable = false;
    await record("task.complete", done);
    await lock();

    await comeBack("nia", "4711");
    assert.deepEqual([here(), shownState("task-1"), entries.value], ["nia", "open", []]);
    await record("task.complete", { ...done, task: "task-2" });
    await tryNow();
    assert.deepEqual([face("sol")?.waiting, face("nia")?.waiting, contact.value.state], [1, 1, "alone"]);

    ward.reachable = true;
    await tryNow();
    await until(() => ward.server.signed_in === "nia" && ward.server.applied.length === 2);
    assert.deepEqual(ward.server.applied.map(({ by }) => by).sort(), ["nia", "sol"]);
    assert.deepEqual([row("task", "task-1")?.b.by, row("task", "task-2")?.b.by], ["sol", "nia"]);
  });

  test("asks the server nothing with a colleague's cookie", async () => {
    await twoOnOneTablet();
    ward.reachable = false;
    await lock();
    await comeBack("nia", "4711");
    await openPage();
    ward.reachable = true;
    ward.server.requests = [];

    await tryNow();

    assert.deepEqual([here(), contact.value.state], ["nia", "sign_in"]);
    assert.deepEqual(ward.server.requests.map(({ path }) => path), ["/api/logout"]);
  });

  test("says how old the rows of each person are", async () => {
    await twoOnOneTablet();
    const heard = Number(contact.value.last_heard_at);
    await lock();
    setClock(() => Date.now() + 3_600_000);
    ward.reachable = false;

    await comeBack("nia", "4711");

    assert.ok(Number(contact.value.last_heard_at) <= heard);
  });

  test("keeps out who does not know the PIN", async () => {
    await twoOnOneTablet();
    await lock();

    await assert.rejects(comeBack("nia", "4712"), { code: "pin_wrong", left: 4 });
    await assert.rejects(comeBack("nia"), { code: "sign_in" });
    assert.equal(here(), null);
  });

  test("takes a PIN that was changed on another device, when the server can be asked", async () => {
    await twoOnOneTablet();
    await lock();
    ward.server.pins.set("nia", "2580");

    await comeBack("nia", "2580");

    assert.deepEqual([here(), ward.server.signed_in], ["nia", "nia"]);
  });

  test("locks again when the server no longer knows the PIN that opened it", async () => {
    await twoOnOneTablet();
    await lock();
    ward.reachable = false;
    await comeBack("nia", "4711");
    ward.server.pins.delete("nia");
    ward.reachable = true;

    await tryNow();
    await until(() => here() === null);

    assert.equal(face("nia")?.opens, "password");
  });

  test("opens by a tap for the person it was locked for, if they have no PIN, also without a network", async () => {
    await signInNia();
    await lock();
    ward.reachable = false;
    assert.equal(face("nia")?.opens, "tap");

    await comeBack("nia");

    assert.deepEqual([here(), shownState("task-2")], ["nia", "open"]);
  });

  test("forgets the PIN of whoever signs out", async () => {
    await twoOnOneTablet();

    await signOut();

    assert.deepEqual([face("sol")?.opens, face("nia")?.opens], ["password", "pin"]);
  });

  test("locks itself after two minutes without a touch, a personal phone never does", async () => {
    await signInNia();
    setClock(() => Date.now() + 10 * 60_000);
    await openPage();
    assert.equal(here(), "nia");

    await shareDevice(true);
    setClock(() => Date.now() + 20 * 60_000);
    await openPage();

    assert.deepEqual([here(), locked.value], [null, "nia"]);
  });

  test("keeps the sign-in of who comes while the sign-out before is still on its way", async () => {
    await signInNia();
    ward.reachable = false;
    await signOut();
    ward.reachable = true;
    const { fetch } = ward.server;
    let asked = false;
    ward.server.fetch = async (path, init) => {
      if (path !== "/api/logout") return fetch(path, init);
      asked = true;
      await new Promise((go) => setTimeout(go, 30));
      return fetch(path, init);
    };
    const round = tryNow();
    await until(() => asked);
    await Promise.all([round, signIn({ username: "sol", password: "demo" })]);
    await tryNow();

    assert.deepEqual([here(), ward.server.signed_in, contact.value.state], ["sol", "sol", "polling"]);
  });

  test("says which entries wait for their author to sign in", async () => {
    await signInNia();
    ward.reachable = false;
    await record("task.complete", done);
    await signOut();
    ward.server.tokens.delete("token-nia");
    ward.reachable = true;

    await tryNow();

    assert.deepEqual([face("nia")?.waiting, face("nia")?.due], [1, true]);
    ward.server.tokens.set("token-nia", { id: "nia", name: "Nia" });
    await signInNia();
    await until(() => ward.server.applied.length === 1);
    await until(() => face("nia")?.due === false);
  });

  test("tells the server what waits for whom", async () => {
    await twoOnOneTablet();
    ward.server.tokens.delete("token-nia");
    await lock();
    ward.reachable = false;
    await comeBack("nia", "4711");
    await record("task.complete", done);
    await lock();
    await comeBack("sol", "0815");
    ward.reachable = true;
    await tryNow();
    await until(() => ward.server.requests.some(({ body }) => body?.held));

    const held = ward.server.requests.find(({ body }) => body?.held)?.body.held;
    assert.deepEqual(held.map((/** @type {any} */ one) => [one.user, one.len]), [["sol", 0], ["nia", 1]]);
    assert.ok(parts.outbox?.user === "sol");
  });
});
