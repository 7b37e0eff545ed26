/**
 * Envelopes: entries sealed for the server alone (docs/protocol.md, section 10). Whoever carries one reads the header and
 * nothing else, and can change neither.
 *
 * @typedef {{bytes: Uint8Array, digest: string, code: string}} Sealed  `code`: what the server alone can name besides
 * @typedef {{name: string, count: number}} Header
 */

import { digestOf, fromBase64, fromUtf8, joined, utf8 } from "./bytes.js";
import { pack } from "./zlib.js";

const MAGIC = Uint8Array.of(0x57, 1);
const INFO = utf8("wardlight entries 1");
const POINT_BYTES = 65;
const [KEY_BYTES, NONCE_BYTES, CODE_BYTES, TAG_BYTES] = [32, 12, 6, 16];
const CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789";
const LONGEST_NAME = 60;
const CURVE = { name: "ECDH", namedCurve: "P-256" };

/**
 * @param {any} inside what the server reads @param {{name: string, key: string, own?: CryptoKeyPair}} to whose it is; the server's
 *   public key; a key pair for this envelope alone, made here but in tests
 * @returns {Promise<Sealed>}
 */
export async function seal(inside, { name, key, own }) {
  const pair = own ?? (await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]));
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const { secret, nonce, code } = await secretsOf(pair.privateKey, fromBase64(key), point);
  const header = utf8(JSON.stringify([[...name].slice(0, LONGEST_NAME).join(""), inside.ops.length]));
  const front = joined([MAGIC, Uint8Array.of(header.length), header, point]);
  const closed = await crypto.subtle.encrypt(gcm(nonce, front), secret, /** @type {any} */ (await pack(JSON.stringify(inside))));
  const bytes = joined([front, new Uint8Array(closed)]);
  return { bytes, digest: await digestOf(bytes), code };
}

/** What the carrier may know; throws for what is no envelope. @param {Uint8Array} bytes @returns {Header} */
export function headerOf(bytes) {
  const length = bytes[2];
  if (bytes[0] !== MAGIC[0] || bytes[1] !== MAGIC[1] || bytes.length < 3 + length + POINT_BYTES + TAG_BYTES) throw new Error("no envelope");
  const [name, count] = JSON.parse(fromUtf8(bytes.slice(3, 3 + length)));
  if (typeof name !== "string" || !Number.isInteger(count) || count < 1) throw new Error("no envelope");
  return { name, count };
}

/** @param {CryptoKey} mine @param {Uint8Array} server public key @param {Uint8Array} point of this envelope */
async function secretsOf(mine, server, point) {
  const theirs = await crypto.subtle.importKey("raw", /** @type {any} */ (server), CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, mine, 256);
  const root = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveBits"]);
  const info = /** @type {any} */ (joined([INFO, point, server]));
  const bits = await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info }, root, (KEY_BYTES + NONCE_BYTES + CODE_BYTES) * 8);
  const bytes = new Uint8Array(bits);
  const secret = await crypto.subtle.importKey("raw", bytes.slice(0, KEY_BYTES), "AES-GCM", false, ["encrypt"]);
  return { secret, nonce: bytes.slice(KEY_BYTES, KEY_BYTES + NONCE_BYTES), code: codeOf(bytes.slice(KEY_BYTES + NONCE_BYTES)) };
}

/** @param {Uint8Array} nonce @param {Uint8Array} front */
const gcm = (nonce, front) => /** @type {any} */ ({ name: "AES-GCM", iv: nonce, additionalData: front, tagLength: TAG_BYTES * 8 });

/** @param {Uint8Array} bytes */
const codeOf = (bytes) => Array.from(bytes, (byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join("");

/** What somebody typed, as the code is written. @param {string} typed */
export const tidyCode = (typed) => typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
