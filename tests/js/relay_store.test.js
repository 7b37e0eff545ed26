import { closePage, openPage, shownState, signInNia, ward } from "./page.js";
import { until } from "./setup.js";

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";

import { digestOf, fromBase64 } from "../../static/js/lib/bytes.js";
import { headerOf } from "../../static/js/lib/envelope.js";
import { addFrame, bytesOf } from "../../static/js/lib/frames.js";
import { pack } from "../../static/js/lib/zlib.js";
import { entryState } from "../../static/js/phone/entry_words.js";
import { carriedWords, tookWords } from "../../static/js/phone/relay_words.js";
import { record, signIn, signOut, tryNow, undo } from "../../static/js/store/actions.js";
import { receiptFrames, thanksFrames, took } from "../../static/js/store/carrying.js";
import { saidTaken, sealNext, takeCode } from "../../static/js/store/handing.js";
import { carried, handed } from "../../static/js/store/state.js";
import { entries } from "../../static/js/store/view.js";
import { KEYS, RELAY, signed } from "./contract_server.js";

const TICK = { task: "task-1", captured: {}, note: "" };

/** What a camera that reads these lines gives. @param {string[]} lines */
async function scanned(lines) {
  const gathered = lines.reduce(addFrame, /** @type {import("../../static/js/lib/frames.js").Gathered|null} */ (null));
  assert.ok(gathered);
  return took(gathered.kind, await bytesOf(gathered));
}

const signInSol = () => signIn({ username: "sol", password: "demo" });

beforeEach(() => {
  ward.server.keys = KEYS;
});

describe("handing over", () => {
  test("seals what waits, and the entries say where they are", async () => {
    await signInNia();
    ward.reachable = false;
    const op = await record("task.complete", TICK);
    const parcel = await sealNext();
    const bytes = await bytesOf(/** @type {any} */ (addFrame(null, parcel.file[0])));

    assert.deepEqual(headerOf(bytes), { name: "Nia", count: parcel.count });
    assert.equal(entries.value.find(({ id }) => id === op.id)?.handed, null);
    await saidTaken(parcel.digest, "Max Weber");
    assert.equal(entryState(/** @type {any} */ (entries.value.find(({ id }) => id === op.id))).words, "Handed to Max’s phone");
  });

  test("of an entry ends taking it back as if it had never left", async () => {
    await signInNia();
    ward.reachable = false;
    const op = await record("task.complete", TICK);
    await sealNext();

    await undo(op.id);

    assert.deepEqual(entries.value.filter(({ kind }) => kind.startsWith("task.")).map(({ kind }) => kind), ["task.reopen", "task.complete"]);
  });

  test("without anything that waits, or without a key, says so", async () => {
    ward.server.keys = undefined;
    await signInNia();
    await tryNow();
    await assert.rejects(sealNext(), { code: "nothing" });
    ward.reachable = false;
    await record("task.complete", TICK);

    await assert.rejects(sealNext(), { code: "no_key" });
  });

  test("is confirmed by the signed receipt, which survives a restart", async () => {
    await signInNia();
    ward.reachable = false;
    const op = await record("task.complete", TICK);
    const { digest } = await sealNext();
    const receipt = await signed("receipt", { v: 1, digest, count: 1, refused: [], at: "2026-11-21T20:59:00.000Z" });
    const forged = { ...receipt, text: receipt.text.replace("20:59", "20:58") };

    assert.equal((await took("R", await pack(JSON.stringify(forged)))).st, "altered");
    assert.equal(handed.value[0].record_at, null);
    assert.equal((await took("R", await pack(JSON.stringify(receipt)))).st, "receipt");
    await openPage();

    assert.match(entryState(/** @type {any} */ (entries.value.find(({ id }) => id === op.id))).words, /^Handed over, on record/);
    await assert.rejects(sealNext(), { code: "nothing" });
    assert.equal(shownState(), "done");
  });

  test("is confirmed by six letters, and by no others", async () => {
    await signInNia();
    ward.reachable = false;
    await record("task.complete", TICK);
    await sealNext();
    const [{ code }] = handed.value;

    assert.equal(await takeCode("AAAAAA"), false);
    assert.equal(await takeCode(` ${code.slice(0, 3)} ${code.slice(3).toLowerCase()}`), true);
    assert.ok(handed.value[0].record_at);
  });

  test("hears of the other phone that it has them", async () => {
    await signInNia();
    ward.reachable = false;
    await record("task.complete", TICK);
    const { digest } = await sealNext();

    assert.equal((await scanned(await thanksFrames(/** @type {any} */ ({ digest })))).st, "thanks");
    assert.deepEqual([handed.value[0].taken, handed.value[0].to], [true, "Nia"]);
    assert.equal((await scanned(await thanksFrames(/** @type {any} */ ({ digest: "other" })))).st, "unknown");
  });

  test("of one person is not seen by the next on the same tablet", async () => {
    await signInNia();
    ward.reachable = false;
    await record("task.complete", TICK);
    await sealNext();
    ward.reachable = true;
    await signOut();
    await signInSol();

    assert.deepEqual(handed.value, []);
  });
});

describe("carrying", () => {
  const parcel = () => fromBase64(RELAY.envelope);

  test("keeps a colleague's entries over a sign-out and delivers them later, with a receipt to bring back", async () => {
    await signInNia();
    ward.reachable = false;
    const first = await took("E", parcel());
    assert.match(tookWords(first).words, /^Carrying 4 entries of Nía Ødegård, not yet delivered$/);
    await took("E", parcel());
    assert.equal(carried.value.length, 1);
    ward.reachable = true;
    const handedIn = /** @type {any[]} */ ([]);
    ward.server.carried = (one, carrier) => {
      handedIn.push({ ...one, by: carrier.id });
      return { digest: RELAY.digest, st: "taken", author_name: "Nía", count: 4, refused: [], code: RELAY.code, receipt: { text: "{}", sig: "x" } };
    };
    ward.server.faults = [() => Promise.reject(new TypeError("network"))];
    await signOut();

    await signInSol();
    await until(() => carried.value[0]?.state === "delivered");

    assert.deepEqual(handedIn.map(({ by, envelope }) => [by, envelope === RELAY.envelope]), [["nia", true]]);
    assert.match(carriedWords(carried.value[0]).words, /^4 entries of Nía delivered, on record$/);
    assert.equal((await receiptFrames(carried.value[0])).length, 1);
    assert.equal(carried.value[0].bytes.length, 0);
  });

  test("goes under whoever is here when the carrier's token has ended", async () => {
    await signInNia();
    ward.reachable = false;
    await took("E", parcel());
    ward.reachable = true;
    ward.server.tokens.delete("token-nia");
    const by = /** @type {string[]} */ ([]);
    ward.server.carried = (_one, carrier) => (by.push(carrier.id), { digest: RELAY.digest, st: "refused", code: "sign_in", msg: "Sign in again." });
    await signOut();

    await signInSol();
    await until(() => carried.value[0]?.state === "refused");

    assert.deepEqual(by, ["sol"]);
    assert.equal(carriedWords(carried.value[0]).words, "Sign in again.");
  });

  test("goes on after the server asked to wait, and after a lost answer", async () => {
    await signInNia();
    ward.reachable = false;
    await took("E", parcel());
    ward.reachable = true;
    ward.server.carried = () => ({ digest: RELAY.digest, st: "later", author_name: "Nía", after_ms: 1 });
    await tryNow();
    assert.equal(carried.value[0].state, "carrying");
    ward.server.carried = () => ({ digest: RELAY.digest, st: "taken", author_name: "Nía", count: 4, refused: [], code: "", receipt: null });
    await openPage();

    await until(() => carried.value[0]?.state === "delivered");
    assert.equal(await digestOf(parcel()), RELAY.digest);
  });

  test("takes nothing that is no envelope", async () => {
    await signInNia();

    assert.equal((await took("E", Uint8Array.of(1, 2, 3))).st, "altered");
    assert.deepEqual(carried.value, []);
    await closePage();
  });
});
