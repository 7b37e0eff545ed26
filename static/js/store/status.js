/**
 * The status that the server has signed, as this device holds it: it proves how old the news is, also when it came by
 * another phone's screen. What cannot be verified is never kept.
 *
 * @typedef {import("../lib/signed.js").Signed} Signed
 * @typedef {{status: import("../lib/status_rules.js").Status, signed: Signed, brought: boolean}} Held  `brought` by a colleague's phone
 */

import { now as readNow, toMs } from "../lib/clock.js";
import { framesOf } from "../lib/frames.js";
import { readSigned } from "../lib/signed.js";
import { gistOfRows, isDue, isStatus, worth } from "../lib/status_rules.js";
import { pack, unpack } from "../lib/zlib.js";
import { ApiError } from "../live/api.js";
import { parts } from "./parts.js";
import { rowsOf } from "./rows.js";
import { contact, session, status } from "./state.js";

/** @param {{sign: string, relay: string}|undefined} keys of the server, from a boot object and from nothing else */
export async function keepKeys(keys) {
  if (!keys) return;
  const known = await parts.people.note("server_keys");
  if (known?.sign === keys.sign && known.relay === keys.relay) return;
  await parts.people.keepNote("server_keys", keys);
}

/** @returns {Promise<{sign: string, relay: string}|undefined>} as this device keeps them */
export const serverKeys = () => parts.people.note("server_keys");

/** Show again what storage holds, verified anew: storage can be written by others. */
export async function recallStatus() {
  const kept = await parts.people.note("status").catch(() => undefined);
  status.value = kept ? await verified(kept.signed, Boolean(kept.brought)) : null;
}

/** After a contact: ask for a new one if it is due. A server that has none to give changes nothing. */
export async function refreshStatus() {
  const rows = gistOfRows(rowsOf("incident"), rowsOf("broadcast"));
  const user = parts.outbox?.user;
  if (!user || rightsMissing() || !isDue(status.value, rows, readNow())) return;
  const signed = await parts.api.status().catch((error) => {
    if (error instanceof ApiError) return null;
    throw error;
  });
  if (signed && parts.outbox?.user === user) await keep(signed, false);
}

const rightsMissing = () => (session.value?.user.roles.length ?? 0) === 0;

/**
 * A status that another phone has shown.
 * @param {Uint8Array} bytes @returns {Promise<"taken"|"altered"|"foreign"|"expired"|"older">}
 */
export async function takeStatus(bytes) {
  const signed = await unpack(bytes).then(JSON.parse).catch(() => null);
  const held = await verified(signed, true);
  if (!held) return "altered";
  const known_at = Math.max(contact.value.last_heard_at ?? 0, status.value ? toMs(status.value.status.at) : 0);
  const verdict = worth(held.status, { site: session.value?.site?.id, known_at, now: readNow() });
  if (verdict === "taken") await keep(held.signed, true);
  return verdict;
}

/** What this phone can show to another one, as lines for codes; none when it holds nothing. @returns {Promise<string[]>} */
export async function statusFrames() {
  const held = status.value;
  return held ? framesOf("S", await pack(JSON.stringify(held.signed))) : [];
}

/** @param {Signed} signed @param {boolean} brought */
async function keep(signed, brought) {
  const held = await verified(signed, brought);
  if (!held) return;
  status.value = held;
  await parts.people.keepNote("status", { signed: held.signed, brought }).catch(() => {});
  parts.channel.post({ kind: "status" });
}

/** @param {any} signed @param {boolean} brought @returns {Promise<Held|null>} */
async function verified(signed, brought) {
  const content = await readSigned("status", signed, (await serverKeys())?.sign);
  return isStatus(content) ? { status: content, signed: { text: signed.text, sig: signed.sig }, brought } : null;
}
