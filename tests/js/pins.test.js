import { cleanDevice } from "./setup.js";

import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";

import { FREE_TRIES, LAST_TRY, pinFault, waitAfter } from "../../static/js/lib/pin_rules.js";
import { People } from "../../static/js/offline/people.js";
import { Pins } from "../../static/js/offline/pins.js";

/** @type {Pins} */
let pins;
const NOW = 1_800_000_000_000;

beforeEach(() => {
  cleanDevice();
  pins = new Pins(new People());
});

/** @param {number} times @param {number} [at] */
async function guess(times, at = NOW) {
  let verdict;
  for (let i = 0; i < times; i += 1) verdict = await pins.check("nia", "0001", at);
  return verdict;
}

describe("a PIN on this device", () => {
  test("opens for its owner and nobody else", async () => {
    await pins.keep("nia", "4711");

    assert.deepEqual(await pins.state("nia"), { st: "on", digits: 4 });
    assert.deepEqual(await pins.check("nia", "4711", NOW), { st: "ok" });
    assert.deepEqual(await pins.check("nia", "4712", NOW), { st: "wrong", left: 4 });
    assert.deepEqual(await pins.check("sol", "4711", NOW), { st: "off" });
  });

  test("is not kept in a form that could be read", async () => {
    const people = new People();
    await new Pins(people).keep("nia", "4711");

    const { salt, hash, iterations } = await people.note("pin:nia");

    assert.deepEqual([salt.length, hash.length, iterations], [16, 32, 600_000]);
    assert.ok(!Buffer.from(hash).toString("latin1").includes("4711"));
  });

  test("makes everybody wait after five wrong ones, its owner too, and longer each time", async () => {
    await pins.keep("nia", "4711");

    assert.deepEqual(await guess(FREE_TRIES), { st: "wait", until: NOW + 60_000 });
    assert.deepEqual(await pins.check("nia", "4711", NOW + 59_000), { st: "wait", until: NOW + 60_000 });
    assert.deepEqual(await guess(1, NOW + 60_000), { st: "wait", until: NOW + 180_000 });
    assert.deepEqual(await pins.check("nia", "4711", NOW + 180_000), { st: "ok" });
    assert.deepEqual(await pins.check("nia", "4712", NOW + 180_000), { st: "wrong", left: 4 });
  });

  test("is off after ten wrong ones until its owner has proved the password", async () => {
    await pins.keep("nia", "4711");
    for (let i = 0; i < LAST_TRY; i += 1) await guess(1, NOW + i * 3_600_000);

    assert.deepEqual(await pins.check("nia", "4711", NOW + 24 * 3_600_000), { st: "off" });
    assert.equal((await pins.state("nia")).st, "off");
    await pins.forgive("nia");
    assert.deepEqual(await pins.check("nia", "4711", NOW), { st: "ok" });
  });

  test("counts a try although the app was closed before the answer", async () => {
    await pins.keep("nia", "4711");

    await Promise.all([1, 2, 3, 4, 5, 6, 7].map(() => pins.check("nia", "0001", NOW)));

    assert.equal((await pins.check("nia", "4711", NOW)).st, "wait");
  });

  test("keeps nobody out because a clock was set back", async () => {
    await pins.keep("nia", "4711");
    await guess(FREE_TRIES);

    assert.deepEqual(await pins.check("nia", "4711", NOW - 86_400_000), { st: "ok" });
  });
});

test("a PIN has four to eight digits and is not the first that a colleague would try", () => {
  assert.deepEqual(["123", "123456789", "12a4", ""].map(pinFault), ["length", "length", "length", "length"]);
  assert.deepEqual(["0000", "1234", "4321", "7890", "98765432"].map(pinFault), ["easy", "easy", "easy", "easy", "easy"]);
  assert.deepEqual(["4711", "12349", "90125634"].map(pinFault), ["", "", ""]);
});

test("the wait grows to a quarter of an hour", () => {
  assert.deepEqual([0, 4, 5, 6, 7, 8, 9, 30].map(waitAfter), [0, 0, 60_000, 120_000, 240_000, 480_000, 900_000, 900_000]);
});
