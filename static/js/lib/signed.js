/**
 * Texts that the server has signed (docs/protocol.md, section 9): proof that does not care by which way they came.
 *
 * @typedef {{text: string, sig: string}} Signed
 */

import { fromBase64, utf8 } from "./bytes.js";

/** The first screen does not wait for it. */
const ed25519 = () => import("@noble/ed25519");

/**
 * The content of a signed text, or null when a single letter is not as it was signed.
 * @param {"status"|"receipt"} purpose @param {any} signed @param {string|null|undefined} key the server's public key as this device keeps it
 */
export async function readSigned(purpose, signed, key) {
  if (!key || typeof signed?.text !== "string" || typeof signed.sig !== "string") return null;
  // Without the library nothing is known of the signature: that is a fault and no verdict.
  const { verifyAsync } = await ed25519();
  try {
    const message = utf8(`wardlight ${purpose} 1\n${signed.text}`);
    if (!(await verifyAsync(fromBase64(signed.sig), message, fromBase64(key), { zip215: false }))) return null;
    return JSON.parse(signed.text);
  } catch {
    return null;
  }
}
