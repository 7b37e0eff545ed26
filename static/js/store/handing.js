/**
 * Handing over: the person's unsent entries, sealed for the server, shown to another phone. They stay here too, and are
 * sent from here as well when there is contact; the server keeps each once.
 */

import { iso, now as readNow, offsetMs, wallMs } from "../lib/clock.js";
import { seal, tidyCode } from "../lib/envelope.js";
import { framesOf } from "../lib/frames.js";
import { changed, handedOf, isReceipt, withHanded } from "../lib/handed.js";
import { isFinal } from "../lib/overlay.js";
import { readSigned } from "../lib/signed.js";
import { unpack } from "../lib/zlib.js";
import { pushBody } from "../live/push.js";
import { keepHanded } from "./handed.js";
import { parts } from "./parts.js";
import { handed, ops, session } from "./state.js";
import { serverKeys } from "./status.js";
import { knownEpoch } from "./tables.js";

/** Few enough that the codes pass in half a minute; the rest follows in the next envelope. */
const [MOST_OPS, LARGEST_BYTES] = [30, 3_000];
const OP_FIELDS = /** @type {const} */ (["id", "n", "kind", "v", "at", "age_ms", "base", "args"]);

/** Entries that the server has not confirmed, by whichever way. */
export const toHand = () => ops.value.filter((op) => !isFinal(op, knownEpoch()) && Number.isSafeInteger(op.n + 1) && !handedOf(handed.value, op.id)?.record_at);

/**
 * Seal the oldest entries that wait. @returns {Promise<{digest: string, lines: string[], file: string[], count: number, left: number}>}
 *   rejects with `{code: "nothing"|"no_key"}`: without a word with this server there is no key to seal for
 */
export async function sealNext() {
  const waiting = toHand();
  if (waiting.length === 0) throw { code: "nothing" };
  const [keys, token] = [await serverKeys(), await parts.outbox?.meta("push_token")];
  if (!keys?.relay || !token || !globalThis.crypto?.subtle) throw { code: "no_key" };
  let batch = waiting.slice(0, MOST_OPS);
  let sealed = await sealOf(batch, token, keys.relay);
  while (sealed.bytes.length > LARGEST_BYTES && batch.length > 1) {
    batch = batch.slice(0, Math.ceil(batch.length / 2));
    sealed = await sealOf(batch, token, keys.relay);
  }
  const { digest, code, bytes } = sealed;
  // From now on the server may know them: none can be taken back as if it had never left.
  await parts.outbox?.markTried(batch);
  await keepHanded(withHanded(handed.value, { digest, code, ops: batch.map(({ id, n }) => ({ id, n })), at: wallMs(), taken: false, to: "", record_at: null, refused: [] }));
  const [lines, file] = [await framesOf("E", bytes), await framesOf("E", bytes, { whole: true })];
  return { digest, lines, file, count: batch.length, left: waiting.length - batch.length };
}

/** @param {import("../lib/types.js").Entry[]} batch @param {string} token @param {string} key */
async function sealOf(batch, token, key) {
  const device = (await parts.outbox?.meta("device")) ?? parts.device;
  const { epoch, sent_at, queue, ops: list } = pushBody(batch, toHand(), { device, epoch: knownEpoch() });
  const packed = list.map((op) => OP_FIELDS.map((field) => op[field]));
  const inside = { token, device, epoch, sent_at, offset_ms: offsetMs(), queue: [queue.len, queue.oldest_age_ms], ops: packed };
  return seal(inside, { name: session.value?.user.name ?? "", key });
}

/** The other phone has them: somebody says so. @param {string} digest @param {string} to whose phone, "" unknown */
export const saidTaken = (digest, to) => keepHanded(changed(handed.value, digest, { taken: true, to: to.trim().slice(0, 60) }));

/** The other phone says so itself. @param {Uint8Array} bytes @returns {Promise<"thanks"|"altered"|"unknown">} */
export async function takeThanks(bytes) {
  const said = await unpack(bytes).then(JSON.parse).catch(() => null);
  if (typeof said?.digest !== "string" || typeof said.name !== "string") return "altered";
  if (!known(said.digest)) return "unknown";
  await saidTaken(said.digest, said.name);
  return "thanks";
}

/** The server's receipt, which a colleague brings back. @param {Uint8Array} bytes @returns {Promise<"receipt"|"altered"|"unknown">} */
export async function takeReceipt(bytes) {
  const signed = await unpack(bytes).then(JSON.parse).catch(() => null);
  const content = await readSigned("receipt", signed, (await serverKeys())?.sign);
  if (!isReceipt(content)) return "altered";
  if (!known(content.digest)) return "unknown";
  await keepHanded(changed(handed.value, content.digest, { taken: true, record_at: content.at, refused: content.refused }));
  return "receipt";
}

/** The six letters that stand for a receipt without refusals. @param {string} typed @returns {Promise<boolean>} whether an envelope has them */
export async function takeCode(typed) {
  const found = handed.value.find(({ code }) => code === tidyCode(typed));
  if (found) await keepHanded(changed(handed.value, found.digest, { taken: true, record_at: iso(readNow()) }));
  return Boolean(found);
}

/** @param {string} digest */
const known = (digest) => handed.value.some((one) => one.digest === digest);
