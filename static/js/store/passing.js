/** The signed status from phone to phone. */

import { now as readNow, toMs } from "../lib/clock.js";
import { framesOf } from "../lib/frames.js";
import { worth } from "../lib/status_rules.js";
import { pack, unpack } from "../lib/zlib.js";
import { contact, session, status } from "./state.js";
import { keepStatus, verified } from "./status.js";

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
  if (verdict === "taken") await keepStatus(held.signed, true);
  return verdict;
}

/** What this phone can show to another one, as lines for codes; none when it holds nothing. @returns {Promise<string[]>} */
export async function statusFrames() {
  const held = status.value;
  return held ? framesOf("S", await pack(JSON.stringify(held.signed))) : [];
}
