/** Keeps the files of downtime forms on this phone, beside the app itself: whole and unchanged, or not at all. */
import { fileAddress } from "../lib/form_rules.js";

/** Not one of the app's own caches, which go with their version. */
const CACHE = "ward-forms";

/**
 * Fetch what is missing and let go of what nobody needs any more. What cannot be fetched now is left for the next time.
 * @param {string[]} wanted digests @returns {Promise<string[]>} the digests that this phone holds
 */
export async function keepForms(wanted) {
  if (!globalThis.caches) return [];
  const cache = await caches.open(CACHE);
  const held = new Set((await cache.keys()).map(({ url }) => new URL(url).pathname));
  const addresses = wanted.map(fileAddress);
  await Promise.all([...held].filter((path) => !addresses.includes(path)).map((path) => cache.delete(path)));
  for (const digest of wanted.filter((one) => !held.has(fileAddress(one)))) {
    const answer = await fetchWhole(digest).catch(() => null);
    if (answer) await cache.put(fileAddress(digest), answer);
    if (answer) held.add(fileAddress(digest));
  }
  return wanted.filter((digest) => held.has(fileAddress(digest)));
}

/** A sign-in page or half a file must never be kept as a form. @param {string} digest @returns {Promise<Response|null>} */
async function fetchWhole(digest) {
  const answer = await fetch(fileAddress(digest), { redirect: "error", credentials: "same-origin" });
  if (answer.status !== 200) return null;
  const bytes = await answer.clone().arrayBuffer();
  const digested = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = Array.from(digested, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return found === digest ? answer : null;
}
