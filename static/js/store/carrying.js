/** Codes that were read whole, from the camera or a file: a colleague's entries to carry, a status, an answer. */

import { digestOf } from "../lib/bytes.js";
import { wallMs } from "../lib/clock.js";
import { headerOf } from "../lib/envelope.js";
import { framesOf } from "../lib/frames.js";
import { pack } from "../lib/zlib.js";
import { carriedChanged } from "./carried.js";
import { takeReceipt, takeThanks } from "./handing.js";
import { parts, wake } from "./parts.js";
import { takeStatus } from "./passing.js";
import { session } from "./state.js";

/** @typedef {import("../offline/carried.js").Carried} Carried */
/** @typedef {{kind: import("../lib/frames.js").Kind, st: string, one?: Carried}} Took  what came of a code that was read whole */

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
  await carriedChanged();
  void wake();
  return { kind: "E", st: one.state, one };
}

/** "I have it", for the phone that the entries came from. @param {Carried} one */
export const thanksFrames = async ({ digest }) => framesOf("T", await pack(JSON.stringify({ digest, name: session.value?.user.name ?? "" })));

/** The server's receipt, for the phone that the entries came from. @param {Carried} one */
export const receiptFrames = async ({ answer }) => (answer?.receipt ? framesOf("R", await pack(JSON.stringify(answer.receipt))) : []);
