import "./setup.js";

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { encodeQR } from "qr";
import { decodeQR } from "qr/decode.js";

import { fromBase45, toBase45 } from "../../static/js/lib/base45.js";
import { digestOf, fromBase64, toBase64 } from "../../static/js/lib/bytes.js";
import { headerOf, seal, tidyCode } from "../../static/js/lib/envelope.js";
import { addFrame, bytesOf, framesOf, isComplete, missingParts, ONE_CODE_LETTERS } from "../../static/js/lib/frames.js";
import { browsers, ours, readSigned } from "../../static/js/lib/signed.js";
import { pack, unpack } from "../../static/js/lib/zlib.js";

const read = (/** @type {string} */ name) => JSON.parse(readFileSync(new URL(`../contracts/${name}`, import.meta.url), "utf8"));
const RELAY = read("relay.json");
const SIGNED = read("signed.json");
const CURVE = { name: "ECDH", namedCurve: "P-256" };

/** The key pair of the contract's envelope. */
async function ownPair() {
  const { d: _secret, ...open } = RELAY.own_jwk;
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey("jwk", RELAY.own_jwk, CURVE, true, ["deriveBits"]), crypto.subtle.importKey("jwk", open, CURVE, true, []),
  ]);
  return { privateKey, publicKey };
}

const sealed = async () => seal(RELAY.inside, { name: RELAY.name, key: RELAY.relay_public, own: await ownPair() });

describe("envelopes", () => {
  test("have the code and the front of the contract", async () => {
    const { bytes, code } = await sealed();
    const front = 3 + bytes[2] + 65;

    assert.equal(code, RELAY.code);
    assert.deepEqual(bytes.slice(0, front), fromBase64(RELAY.envelope).slice(0, front));
    assert.equal(await digestOf(fromBase64(RELAY.envelope)), RELAY.digest);
  });

  test("tell their carrier whose they are and how many, and nothing else", async () => {
    const { bytes } = await sealed();

    assert.deepEqual(headerOf(bytes), { name: "Nía Ødegård", count: 4 });
    const text = new TextDecoder("latin1").decode(bytes);
    for (const secret of [RELAY.inside.token, RELAY.inside.device, "task.complete"]) assert.ok(!text.includes(secret));
  });

  test("are never the same twice", async () => {
    const once = await seal(RELAY.inside, { name: "Nia", key: RELAY.relay_public });
    const again = await seal(RELAY.inside, { name: "Nia", key: RELAY.relay_public });

    assert.notEqual(once.digest, again.digest);
    assert.notEqual(once.code, again.code);
  });

  test("with a long name keep a short header", async () => {
    const { bytes } = await seal(RELAY.inside, { name: "🩺".repeat(200), key: RELAY.relay_public });

    assert.ok(bytes[2] < 256 && headerOf(bytes).count === 4);
  });

  test("of four entries fit one code that an old camera reads", async () => {
    const lines = await framesOf("E", (await sealed()).bytes);

    assert.equal(lines.length, 1);
    assert.ok((encodeQR(lines[0], "raw", { ecc: "medium", border: 4 }).length - 8 - 17) / 4 <= 20);
  });

  test("that are none are refused", () => {
    for (const bytes of [Uint8Array.of(), Uint8Array.of(0x57, 1, 2), new Uint8Array(200)]) assert.throws(() => headerOf(bytes));
  });

  test("are confirmed by a code that may be typed in any way", () => {
    assert.equal(tidyCode(" k7m-q2p "), "K7MQ2P");
  });
});

describe("codes", () => {
  test("hold bytes in the letters of the contract", () => {
    for (const { hex, text } of RELAY.base45) {
      const bytes = Uint8Array.from(hex.match(/../g) ?? [], (/** @type {string} */ one) => parseInt(one, 16));
      assert.equal(toBase45(bytes), text);
      assert.deepEqual(fromBase45(text), bytes);
    }
    for (const text of ["A", "GGW", ":::", "aa0", "ABCD"]) assert.throws(() => fromBase45(text));
  });

  test("are cut as in the contract", async () => {
    assert.deepEqual(await framesOf("E", fromBase64(RELAY.envelope)), RELAY.frames);
  });

  test("may be read in any order, again and again, with others in between", async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(1_500));
    const lines = await framesOf("E", bytes);
    const other = await framesOf("S", crypto.getRandomValues(new Uint8Array(40)));
    assert.ok(lines.length > 3);

    let gathered = null;
    for (const line of [...lines.slice(2), lines[2], "https://example.org/", ...lines.slice(0, 1)]) gathered = addFrame(gathered, line);
    assert.deepEqual(gathered && missingParts(gathered), [2]);
    gathered = addFrame(gathered, lines[1]);

    assert.ok(gathered && isComplete(gathered));
    assert.deepEqual(await bytesOf(gathered), bytes);
    assert.equal(addFrame(gathered, other[0])?.kind, "S");
  });

  test("with an altered letter are refused, wherever it stands", async () => {
    const [line] = RELAY.frames;
    for (const at of [17, 18, 60, 300, line.length - 1]) {
      const letter = line[at] === "7" ? "8" : "7";
      const gathered = addFrame(null, line.slice(0, at) + letter + line.slice(at + 1));
      await assert.rejects(async () => bytesOf(/** @type {any} */ (gathered)));
    }
    for (const noise of ["", "WL1:E:2/1:00000000:AA", "WL1:X:1/1:00000000:AA", "WL2:E:1/1:00000000:AA", "WL1:E:1/1:0000:AA"]) assert.equal(addFrame(null, noise), null);
  });

  test("too large for a hundred parts are a file's matter", async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(40_000));

    await assert.rejects(framesOf("E", bytes));
    assert.equal((await framesOf("E", bytes, { whole: true })).length, 1);
  });

  test("are drawn so that our own decoder reads them back", async () => {
    const line = RELAY.frames[0];
    assert.ok(line.length <= ONE_CODE_LETTERS);
    const [scale, rows] = [4, encodeQR(line, "raw", { ecc: "medium", border: 4 })];
    const side = rows.length * scale;
    const data = new Uint8ClampedArray(side * side * 4);
    for (let i = 0; i < side * side; i += 1) {
      const dark = rows[Math.floor(i / side / scale)][Math.floor((i % side) / scale)];
      data.set(dark ? [0, 0, 0, 255] : [255, 255, 255, 255], i * 4);
    }

    assert.equal(decodeQR({ width: side, height: side, data }), line);
  });
});

describe("signed texts", () => {
  for (const [engine, { name, purpose, text, sig }] of [browsers, ours].flatMap((one) => SIGNED.cases.map((/** @type {any} */ held) => [one, held]))) {
    test(`${name}, ${engine.name}: is read under the server's key`, async () => {
      assert.deepEqual(await readSigned(purpose, { text, sig }, SIGNED.public_key, [engine]), JSON.parse(text));
    });

    test(`${name}, ${engine.name}: is nothing when anything is altered`, async () => {
      const other = purpose === "status" ? "receipt" : "status";
      const wrong = (/** @type {string} */ word) => word.slice(0, -2) + (word.at(-2) === "A" ? "B" : "A") + word.at(-1);
      assert.equal(await readSigned(other, { text, sig }, SIGNED.public_key, [engine]), null);
      assert.equal(await readSigned(purpose, { text: `${text} `, sig }, SIGNED.public_key, [engine]), null);
      assert.equal(await readSigned(purpose, { text: text.replace("1", "2"), sig }, SIGNED.public_key, [engine]), null);
      assert.equal(await readSigned(purpose, { text, sig: wrong(sig) }, SIGNED.public_key, [engine]), null);
      assert.equal(await readSigned(purpose, { text, sig: sig.slice(2) }, SIGNED.public_key, [engine]), null);
      assert.equal(await readSigned(purpose, { text, sig }, toBase64(new Uint8Array(32)), [engine]), null);
      assert.equal(await readSigned(purpose, { text, sig }, null, [engine]), null);
      assert.equal(await readSigned(purpose, null, SIGNED.public_key, [engine]), null);
    });
  }

  test("are read by ours where the browser does not know how", async () => {
    const { purpose, text, sig } = SIGNED.cases[0];
    const old = async () => null;

    assert.deepEqual(await readSigned(purpose, { text, sig }, SIGNED.public_key, [old, ours]), JSON.parse(text));
    assert.equal(await readSigned(purpose, { text: `${text} `, sig }, SIGNED.public_key, [old, ours]), null);
  });

  test("pack small and come back, never larger than we send", async () => {
    const { text } = SIGNED.cases[0];
    const packed = await pack(text);

    assert.equal(await unpack(packed), text);
    assert.ok((await framesOf("S", packed)).length === 1);
    await assert.rejects(async () => unpack(await pack("x".repeat(70_000))));
    await assert.rejects(async () => unpack(Uint8Array.of(1, 2, 3)));
  });
});
