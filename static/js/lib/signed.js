/**
 * Texts that the server has signed (docs/protocol.md, section 9): proof that does not care by which way they came.
 *
 * @typedef {{text: string, sig: string}} Signed
 */

import { fromBase64, utf8 } from "./bytes.js";

/** @typedef {(sig: Uint8Array<ArrayBuffer>, message: Uint8Array<ArrayBuffer>, key: Uint8Array<ArrayBuffer>) => Promise<boolean|null>} Engine  null: it does not know how */

/** The browser's own, a hundred times faster than ours; browsers before 2025 do not have it. @type {Engine} */
export async function browsers(sig, message, key) {
  const held = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]).catch(() => null);
  return held && crypto.subtle.verify("Ed25519", held, sig, message);
}

/** The one that we bring along; only who needs it fetches it. @type {Engine} */
export async function ours(sig, message, key) {
  const { verifyAsync } = await import("@noble/ed25519");
  return verifyAsync(sig, message, key, { zip215: false }).catch(() => false);
}

/**
 * The content of a signed text, or null when a single letter is not as it was signed.
 * @param {"status"|"receipt"} purpose @param {any} signed @param {string|null|undefined} key the server's public key as this device keeps it @param {Engine[]} [engines] asked one after the other until one knows
 */
export async function readSigned(purpose, signed, key, engines = [browsers, ours]) {
  if (!key || typeof signed?.text !== "string" || typeof signed.sig !== "string") return null;
  const read = bytesOf(signed.sig, key);
  if (!read) return null;
  const message = utf8(`wardlight ${purpose} 1\n${signed.text}`);
  for (const engine of engines) {
    // An engine that cannot be fetched knows nothing of the signature: that is a fault and no verdict.
    const verdict = await engine(read.sig, message, read.key);
    if (verdict !== null) return verdict ? parsed(signed.text) : null;
  }
  return null;
}

/** @param {string} sig @param {string} key */
function bytesOf(sig, key) {
  try {
    return { sig: fromBase64(sig), key: fromBase64(key) };
  } catch {
    return null;
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
