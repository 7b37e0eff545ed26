/** What the contract's server signs and tells phones of itself. */

import { readFileSync } from "node:fs";

import { signAsync } from "@noble/ed25519";

import { fromBase64, toBase64, utf8 } from "../../static/js/lib/bytes.js";

const read = (/** @type {string} */ name) => JSON.parse(readFileSync(new URL(`../contracts/${name}`, import.meta.url), "utf8"));

export const SIGNED = read("signed.json");
export const RELAY = read("relay.json");
export const KEYS = { sign: SIGNED.public_key, relay: RELAY.relay_public };

/** @param {string} purpose @param {any} content */
export async function signed(purpose, content) {
  const text = JSON.stringify(content);
  const sig = await signAsync(utf8(`wardlight ${purpose} 1\n${text}`), fromBase64(SIGNED.private_key));
  return { text, sig: toBase64(sig) };
}
