/**
 * An op sealed for the server alone when its author signs out (docs/protocol.md, section 14): whoever holds the device can
 * hand it in, and nobody there can read it.
 *
 * @typedef {import("./types.js").Op} Op
 * @typedef {{point: Uint8Array, shared: ArrayBuffer, server: Uint8Array}} Lock  one key pair seals what one sign-out leaves behind
 */

import { fromBase64, joined, toBase64, utf8 } from "./bytes.js";

export const SEALED = "sealed";
const INFO = utf8("wardlight entry 1");
const [KEY_BYTES, NONCE_BYTES] = [32, 12];
const CURVE = { name: "ECDH", namedCurve: "P-256" };

/** @param {string} key the server's public key @param {CryptoKeyPair} [own] made here but in tests @returns {Promise<Lock>} */
export async function lockFor(key, own) {
  const pair = own ?? (await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]));
  const server = fromBase64(key);
  const theirs = await crypto.subtle.importKey("raw", /** @type {any} */ (server), CURVE, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, pair.privateKey, 256);
  return { point: new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey)), shared, server };
}

/** What takes the place of the op's own fields. @template {Op} T @param {T} op @param {string} author @param {Lock} lock @returns {Promise<T>} */
export async function sealOp(op, author, lock) {
  const { id, kind, v, base, args } = op;
  const { key, nonce } = await secretOf(id, lock);
  const how = /** @type {any} */ ({ name: "AES-GCM", iv: nonce, additionalData: utf8(`${id}\n${author}`) });
  const closed = await crypto.subtle.encrypt(how, key, /** @type {any} */ (utf8(JSON.stringify({ kind, v, base, args }))));
  return { ...op, kind: SEALED, v: 1, base: 0, args: { sealed: toBase64(joined([lock.point, new Uint8Array(closed)])) } };
}

/** Each op has a key of its own. @param {string} id @param {Lock} lock */
async function secretOf(id, { point, shared, server }) {
  const root = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveBits"]);
  const info = /** @type {any} */ (joined([INFO, point, server, utf8(id)]));
  const bytes = new Uint8Array(await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info }, root, (KEY_BYTES + NONCE_BYTES) * 8));
  return { key: await crypto.subtle.importKey("raw", bytes.slice(0, KEY_BYTES), "AES-GCM", false, ["encrypt"]), nonce: bytes.slice(KEY_BYTES) };
}
