import { closePage, openPage, shownState, signInNia, ward } from "./page.js";
import { until } from "./setup.js";

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, test } from "node:test";

import { signAsync } from "@noble/ed25519";

import { broughtNews } from "../../static/js/components/brought.js";
import { lapsed, lapsedWords } from "../../static/js/components/lapsed.js";
import { digestOf, fromBase64, toBase64, utf8 } from "../../static/js/lib/bytes.js";
import { setClock } from "../../static/js/lib/clock.js";
import { headerOf } from "../../static/js/lib/envelope.js";
import { addFrame, bytesOf } from "../../static/js/lib/frames.js";
import { pack } from "../../static/js/lib/zlib.js";
import { entryState } from "../../static/js/phone/entry_words.js";
import { carriedWords, tookWords } from "../../static/js/phone/relay_words.js";
import { record, signIn, signOut, tryNow, undo } from "../../static/js/store/actions.js";
import { receiptFrames, thanksFrames, took } from "../../static/js/store/carrying.js";
import { saidTaken, sealNext, takeCode } from "../../static/js/store/handing.js";
import { refreshStatus, statusFrames } from "../../static/js/store/status.js";
import { carried, contact, handed, now, status } from "../../static/js/store/state.js";
import { entries } from "../../static/js/store/view.js";

const read = (/** @type {string} */ name) => JSON.parse(readFileSync(new URL(`../contracts/${name}`, import.meta.url), "utf8"));
const [SIGNED, RELAY] = [read("signed.json"), read("relay.json")];
const KEYS = { sign: SIGNED.public_key, relay: RELAY.relay_public };
const TICK = { task: "task-1", captured: {}, note: "" };

/** @param {string} purpose @param {any} content */
async function signed(purpose, content) {
  const text = JSON.stringify(content);
  const sig = await signAsync(utf8(`wardlight ${purpose} 1\n${text}`), fromBase64(SIGNED.private_key));
  return { text, sig: toBase64(sig) };
}

/** @param {number} at ms @param {any} [fields] */
const statusOf = (at, fields = {}) =>
  signed("status", { v: 1, site: "northgate", name: "Northgate", epoch: "epoch-1", at: new Date(at).toISOString(), until: new Date(at + 1_800_000).toISOString(), incidents: [], more: 0, ...fields });

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

afterEach(() => setClock(null));

describe("the signed status", () => {
  test("is fetched, verified, kept over a restart", async () => {
    ward.server.signed = await statusOf(Date.now());
    await signInNia();
    await until(() => status.value !== null);

    ward.reachable = false;
    await openPage();

    assert.equal(status.value?.status.site, "northgate");
    assert.equal(status.value?.brought, false);
  });

  test("is not taken when its signature is wrong", async () => {
    ward.server.signed = { ...(await statusOf(Date.now())), text: (await statusOf(Date.now() + 1_000)).text };
    await signInNia();
    await refreshStatus();

    assert.equal(status.value, null);
  });

  test("is asked for again when the rows say more, or a third of its life is over", async () => {
    ward.server.signed = await statusOf(Date.now(), { incidents: [{ id: "incident-1", no: 1, title: "EHR down", kind: "real", state: "declared", level: 2, services: [], clocks: {}, do_now: "", works: [], update: null }] });
    await signInNia();
    await until(() => status.value !== null);
    const asked = () => ward.server.requests.filter(({ path }) => path === "/api/sync/status").length;
    const before = asked();
    await refreshStatus();
    assert.equal(asked(), before);

    setClock(() => Date.now() + 11 * 60_000);
    await refreshStatus();
    assert.equal(asked(), before + 1);
  });

  test("of another phone is taken when it is newer, and stands for what this phone does not know", async () => {
    ward.server.signed = await statusOf(Date.now());
    await signInNia();
    await until(() => status.value !== null);
    ward.reachable = false;
    await tryNow();
    assert.equal(contact.value.state, "alone");
    setClock(() => Date.now() + 5 * 60_000);
    const other = await pack(JSON.stringify(await statusOf(Date.now() + 4 * 60_000)));

    assert.equal((await took("S", other)).st, "taken");

    assert.equal(status.value?.brought, true);
    assert.ok(broughtNews());
    assert.equal((await took("S", other)).st, "older");
    assert.ok((await statusFrames())[0].startsWith("WL1:S:1/1:"));
  });

  for (const [name, make, st] of /** @type {const} */ ([
    ["altered", async () => JSON.stringify({ ...(await statusOf(Date.now())), text: (await statusOf(1)).text }), "altered"],
    ["no status at all", async () => JSON.stringify(await signed("status", { v: 1 })), "altered"],
    ["a receipt", async () => JSON.stringify(await signed("receipt", { v: 1, site: "northgate" })), "altered"],
    ["of another hospital", async () => JSON.stringify(await statusOf(Date.now() + 60_000, { site: "southgate" })), "foreign"],
    ["expired", async () => JSON.stringify(await statusOf(Date.now() - 31 * 60_000)), "expired"],
    ["of the future", async () => JSON.stringify(await statusOf(Date.now() + 3_600_000)), "expired"],
  ])) {
    test(`of another phone that is ${name} is refused with a sentence`, async () => {
      await signInNia();

      const result = await took("S", await pack(await make()));

      assert.equal(result.st, st);
      assert.equal(status.value, null);
      assert.match(tookWords(result).words, /not taken|was not/);
    });
  }

  test("that has run out without contact makes everything lapse, and says since when", async () => {
    ward.server.signed = await statusOf(Date.now());
    await signInNia();
    await until(() => status.value !== null);
    ward.reachable = false;
    await tryNow();
    now.value = Date.now() + 29 * 60_000;
    assert.equal(lapsed.value, false);

    now.value = Date.now() + 31 * 60_000;

    assert.equal(lapsed.value, true);
    assert.match(lapsedWords(), /^No contact since \d\d:\d\d\. Check before you rely on it\.$/);
  });
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
