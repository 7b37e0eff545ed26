/** Signing out with unsent work: sealed on the device, handed in by whoever is here, readable again for its author. */
import { openPage, shownState, signInNia, ward } from "./page.js";
import { cleanDevice, makeOp, until } from "./setup.js";

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { lockFor, sealOp } from "../../static/js/lib/sealed_op.js";
import { entryWhat } from "../../static/js/phone/entry_words.js";
import { record, signIn, signOut, tryNow } from "../../static/js/store/actions.js";
import { outboxOf, parts } from "../../static/js/store/parts.js";
import { canSeal } from "../../static/js/store/sealing.js";
import { people, toast } from "../../static/js/store/state.js";
import { entries } from "../../static/js/store/view.js";

const contract = JSON.parse(readFileSync(new URL("../contracts/sealed_op.json", import.meta.url), "utf8"));
const CURVE = { name: "ECDH", namedCurve: "P-256" };
const note = { incident: "incident-1", unit: "icu", text: "Bed 4 is on paper" };

/** What the server's side of the contract would read. @type {Map<string, any>} */
const opened = new Map();

/** Nia records two entries that nobody hears of, and signs out. */
async function leaveTwo() {
  ward.server.keys = { sign: "", relay: contract.relay_public };
  ward.server.openSealed = (/** @type {string} */ id) => opened.get(id);
  await signInNia();
  await until(() => shownState() === "open");
  ward.reachable = false;
  for (const op of [await record("task.complete", { task: "task-1", captured: {}, note: "" }), await record("note.add", note)]) opened.set(op.id, { kind: op.kind, v: op.v, base: op.base, args: op.args });
  return signOut();
}

test("the phone seals the bytes that the server opens", async () => {
  const { d: _secret, ...open } = contract.own_jwk;
  const own = { privateKey: await crypto.subtle.importKey("jwk", contract.own_jwk, CURVE, true, ["deriveBits"]), publicKey: await crypto.subtle.importKey("jwk", open, CURVE, true, []) };

  const sealed = await sealOp(makeOp({ id: contract.id, ...contract.inside }), contract.author, await lockFor(contract.relay_public, own));

  assert.deepEqual([sealed.kind, sealed.args], ["sealed", { sealed: contract.sealed }]);
});

describe("signing out with unsent work", () => {
  test("seals it and says how many entries wait; nothing of it can be read on the device", async () => {
    assert.deepEqual(await leaveTwo(), { waiting: 2, sealed: true });

    assert.equal(toast.value?.text, "2 entries stay on this device, sealed, and are sent by themselves.");
    const kept = JSON.stringify(await outboxOf("nia").all());
    for (const words of ["Bed 4", "task-1", "note.add", "task.complete"]) assert.ok(!kept.includes(words), words);
    assert.equal(people.value.find(({ id }) => id === "nia")?.waiting, 2);
  });

  test("keeps it for whoever is here next to hand in, under its author's name", async () => {
    await leaveTwo();
    ward.reachable = true;
    await signIn({ username: "sol", password: "demo" });
    await tryNow();
    await until(() => ward.server.applied.length === 2);

    assert.deepEqual(ward.server.applied.map(({ by, n }) => [by, n]), [["nia", 1], ["nia", 2]]);
    assert.deepEqual(entries.value, [], "Sol sees nothing of it");
  });

  test("gives it back to its author at the next sign-in", async () => {
    await leaveTwo();
    ward.reachable = true;
    ward.server.tokens.delete("token-nia");
    await signIn({ username: "sol", password: "demo" });
    await tryNow();
    assert.equal(people.value.find(({ id }) => id === "nia")?.due, true, "a revoked token keeps them and asks for a sign-in");
    await signOut();

    ward.server.tokens.set("token-nia", { id: "nia", name: "Nia" });
    await signInNia();
    await until(() => entries.value.every(({ state }) => state === "on_record"));

    assert.deepEqual(entries.value.map(entryWhat).slice(0, 1), ["Note: Bed 4 is on paper"]);
    assert.equal(ward.server.applied.length, 2);
  });

  test("leaves it as it was where there is no key to seal with, and says no more than is true", async () => {
    cleanDevice();
    await openPage();
    await signInNia();
    ward.reachable = false;
    await record("note.add", note);
    assert.equal(await canSeal(), false);

    assert.deepEqual(await signOut(), { waiting: 1, sealed: false });

    assert.equal(toast.value?.text, "1 entry stays on this device and is sent by itself.");
    assert.ok(parts.people);
  });
});
