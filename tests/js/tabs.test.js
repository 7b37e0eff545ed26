/** Two tabs of one device. The other one is played by its messages and by what it writes into the shared storage. */
import { openPage, shownState, signInNia, ward } from "./page.js";
import { makeOp, openTask, until } from "./setup.js";

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";

import { noChange } from "../../static/js/lib/apply.js";
import { openChannel } from "../../static/js/live/channel.js";
import { Base } from "../../static/js/offline/base.js";
import { tryNow } from "../../static/js/store/actions.js";
import { lock, setPin } from "../../static/js/store/lock.js";
import { parts } from "../../static/js/store/parts.js";
import { openBase } from "../../static/js/store/replica.js";
import { contact, locked, people, session, shared } from "../../static/js/store/state.js";
import { position } from "../../static/js/store/tables.js";
import { catchUp } from "../../static/js/store/tabs.js";
import { entries, row } from "../../static/js/store/view.js";

/** @type {import("../../static/js/live/channel.js").Channel} */
let other;

beforeEach(() => void (other = openChannel()));
afterEach(() => other.close());

describe("another tab of this device", () => {
  test("records: this one shows it at once, and hands it in", async () => {
    await signInNia();
    await parts.outbox?.add(makeOp());
    other.post({ kind: "ops", user: "nia" });
    await until(() => entries.value.length === 1 && shownState() === "done");

    other.post({ kind: "wake" });
    await until(() => ward.server.applied.length === 1);
  });

  test("locks: this one hides too and keeps what it knows for the way back", async () => {
    await signInNia();
    await setPin({ password: "demo", pin: "4711" });
    await tryNow();
    await parts.people.keepNote("locked", "nia");
    await parts.people.forgetCurrent();
    other.post({ kind: "session" });

    await until(() => session.value === null && locked.value === "nia");
    assert.equal(people.value[0].opens, "pin");

    await parts.people.keepNote("locked", null);
    await parts.people.comeBack("nia");
    other.post({ kind: "session" });
    await until(() => session.value?.user.id === "nia" && shownState() === "open");
  });

  test("hands in for somebody else: the number beside the face follows", async () => {
    ward.reachable = false;
    await openPage();
    await parts.people.remember({ user: { id: "nia", name: "Nia", username: "nia" } }, 0);
    await parts.people.forgetCurrent();
    other.post({ kind: "ops", user: "nia" });

    await until(() => people.value.length === 1);
  });

  test("marks the device as shared", async () => {
    other.post({ kind: "shared", on: true });
    await until(() => shared.value);

    other.post({ kind: "shared", on: false });
    await until(() => !shared.value);
  });
});

test("a page that follows signs in with the PIN that was given in it, when the talking page asks for a sign-in", async () => {
  await signInNia();
  await setPin({ password: "demo", pin: "4711" });
  await lock();
  await tryNow();
  parts.leader.stop();
  const { comeBack } = await import("../../static/js/store/lock.js");
  Object.defineProperty(parts.leader, "leading", { value: false, configurable: true });
  await comeBack("nia", "4711");
  assert.equal(ward.server.signed_in, null);

  other.post({ kind: "contact", contact: { state: "sign_in", last_heard_at: null, http_code: "sign_in" } });
  await until(() => ward.server.signed_in === "nia");
  assert.ok(contact.value);
});

/** What the other tab wrote and said: in storage or on its way there. @param {string} title @param {number} seq */
const changeOf = (title, seq) => {
  const b = openTask(title, { order: 1 });
  return { ...noChange(), puts: [{ id: "task-1", t: "task", scope: "unit:icu", seq, b }], cursors: { "unit:icu": seq } };
};
const shownTitle = () => row("task", "task-1")?.b.title;

describe("a tab that opens while another talks", () => {
  test("shows what it hears while it reads its rows", async (t) => {
    await signInNia();
    await until(() => shownState() === "open");
    ward.reachable = false;
    const load = Base.prototype.load;
    let read = () => {};
    /** @type {Promise<void>} */
    const gate = new Promise((resolve) => (read = resolve));
    t.mock.method(Base.prototype, "load", async function () {
      // @ts-expect-error -- the method's own object
      const stored = await load.call(this);
      other.post({ kind: "change", user: "sol", change: changeOf("Somebody else's", 92) });
      other.post({ kind: "change", user: "nia", change: changeOf("Print it twice", 91) });
      await gate;
      return stored;
    });
    const opening = openPage();
    await until(() => shownTitle() === "Print it twice");
    read();
    await opening;

    assert.equal(shownTitle(), "Print it twice");
  });
});

test("what was heard for one person is never shown to the next, also when no storage holds the rows", async () => {
  await signInNia();
  await until(() => shownState() === "open");
  other.post({ kind: "change", user: "nia", change: changeOf("Print it twice", 91) });
  await until(() => shownTitle() === "Print it twice");
  parts.base?.close();
  parts.base = null; // as a phone goes on whose storage is full

  await openBase("bo");

  assert.equal(shownTitle(), undefined);
});

describe("a tab that stood still while another talked", () => {
  beforeEach(async () => {
    await signInNia();
    await until(() => shownState() === "open");
    parts.leader.stop();
    Object.defineProperty(parts.leader, "leading", { get: () => false });
  });

  test("shows what is in storage", async () => {
    await parts.base?.commit(changeOf("Print it twice", 90));
    await parts.outbox?.add(makeOp({ args: { task: "task-2", captured: {}, note: "" } }));
    assert.equal(shownTitle(), "Print the list of beds");

    await catchUp();

    assert.deepEqual([shownTitle(), shownState("task-2"), entries.value.length], ["Print it twice", "done", 1]);
  });

  test("keeps what it has heard since, which is said before it is stored", async () => {
    await parts.base?.commit(changeOf("Print it twice", 90));
    other.post({ kind: "change", user: "nia", change: changeOf("Print it three times", 91) });
    await until(() => shownTitle() === "Print it three times");

    await catchUp();

    assert.equal(shownTitle(), "Print it three times");
  });

  test("claims no more of a scope than it has: after a gap the scope is asked for as a whole", async () => {
    const at = position.value.cursors["unit:icu"];
    other.post({ kind: "change", user: "nia", change: { ...changeOf("Print it twice", at + 1), froms: { "unit:icu": at } } });
    await until(() => shownTitle() === "Print it twice");
    assert.equal(position.value.cursors["unit:icu"], at + 1);

    other.post({ kind: "change", user: "nia", change: { ...changeOf("Print it ten times", at + 9), froms: { "unit:icu": at + 5 } } });
    await until(() => shownTitle() === "Print it ten times");

    assert.equal(position.value.cursors["unit:icu"], undefined);
  });

  test("hides when somebody has locked the device meanwhile", async () => {
    await parts.people.keepNote("locked", "nia");
    await parts.people.forgetCurrent();

    await catchUp();

    assert.deepEqual([session.value, locked.value], [null, "nia"]);
  });
});
