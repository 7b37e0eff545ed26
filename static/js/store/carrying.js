/** Carrying: what this device has taken from other phones, until the server has it. */

import { digestOf } from "../lib/bytes.js";
import { wallMs } from "../lib/clock.js";
import { headerOf } from "../lib/envelope.js";
import { framesOf } from "../lib/frames.js";
import { pack } from "../lib/zlib.js";
import { deliver } from "../live/deliver.js";
import { takeReceipt, takeThanks } from "./handing.js";
import { outboxOf, parts, wake } from "./parts.js";
import { carried, session } from "./state.js";
import { takeStatus } from "./status.js";

/** @typedef {import("../offline/carried.js").Carried} Carried */
/** @typedef {{kind: import("../lib/frames.js").Kind, st: string, one?: Carried}} Took  what came of a code that was read whole */

/** Read again what this device carries. */
export async function recallCarried() {
  await parts.carry.prune(wallMs()).catch(() => {});
  carried.value = await parts.carry.all().catch(() => carried.value);
}

/**
 * A code, or a file, was read whole.
 * @param {import("../lib/frames.js").Kind} kind @param {Uint8Array} bytes @returns {Promise<Took>} `st`: carrying, delivered, taken, thanks, receipt, or why not
 */
export async function took(kind, bytes) {
  if (kind === "E") return takeEnvelope(bytes);
  const st = kind === "S" ? await takeStatus(bytes) : kind === "R" ? await takeReceipt(bytes) : await takeThanks(bytes);
  return { kind, st };
}

/** @param {Uint8Array} bytes @returns {Promise<Took>} */
async function takeEnvelope(bytes) {
  const user = session.value?.user;
  if (!user) return { kind: "E", st: "sign_in" };
  let header;
  try {
    header = headerOf(bytes);
  } catch {
    return { kind: "E", st: "altered" };
  }
  const fresh = { ...header, digest: await digestOf(bytes), bytes, taken_at: wallMs(), carrier: user.id, state: /** @type {const} */ ("carrying"), answer: null };
  const one = await parts.carry.take(fresh);
  await tellAll();
  void wake();
  return { kind: "E", st: one.state, one };
}

/** Hand in what is carried; a part of every round. */
export async function deliverCarried() {
  const tokenOf = (/** @type {string} */ user) => outboxOf(user).meta("push_token");
  const outcome = await deliver({ api: parts.api, carry: parts.carry, tokenOf, user: parts.outbox?.user ?? null });
  if (outcome.settled > 0) await tellAll();
  return outcome;
}

/** "I have it", for the phone that the entries came from. @param {Carried} one */
export const thanksFrames = async ({ digest }) => framesOf("T", await pack(JSON.stringify({ digest, name: session.value?.user.name ?? "" })));

/** The server's receipt, for the phone that the entries came from. @param {Carried} one */
export const receiptFrames = async ({ answer }) => (answer?.receipt ? framesOf("R", await pack(JSON.stringify(answer.receipt))) : []);

async function tellAll() {
  await recallCarried();
  parts.channel.post({ kind: "carried" });
}
