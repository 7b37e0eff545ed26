/**
 * Hand a person's outbox to the server, oldest first, under that person's own token. Nothing is deleted here: an op
 * leaves the queue only when the server's result names it. A lost answer means the same ids once more.
 *
 * @typedef {import("../lib/types.js").Entry} Entry
 * @typedef {import("../offline/outbox.js").Outbox} Outbox
 * @typedef {{api: {push: (token: string, body: any) => Promise<any>, meet?: () => Promise<string|null>}, device: string, epoch: () => string|null, app?: string}} Link  `app`: the build of this page
 * @typedef {{state: string, after_ms?: number, settled: number, epoch: string|null}} Outcome  `state` is "done", "later", "sign_in" or a code of the connection
 */

import { iso, offsetMs, toMs, wallMs } from "../lib/clock.js";
import { isFinal } from "../lib/overlay.js";

export const MAX_OPS = 50;
export const MAX_BYTES = 65_536;
const ENVELOPE_BYTES = 1_024;
const SET_ASIDE_MS = 3600 * 1000;
const SILENT_MS = 30_000;

/** @param {Outbox} outbox @param {Link} link @returns {Promise<Outcome>} */
export async function flush(outbox, link) {
  let limit = MAX_OPS;
  let settled = 0;
  let epoch = link.epoch();
  for (;;) {
    const waiting = (await outbox.all()).filter((entry) => !isFinal(entry, epoch));
    const queue = waiting.filter((entry) => needsSending(entry, epoch, wallMs()));
    if (queue.length === 0) return { state: "done", settled, epoch };
    const token = await outbox.meta("push_token");
    if (!token) return { state: "sign_in", settled, epoch };
    const batch = takeBatch(queue, limit);
    const device = (await outbox.meta("device")) ?? link.device;
    try {
      const met = await link.api.meet?.();
      if (met && met !== epoch) {
        // Another history than the one we know: what it may have lost goes before what is new.
        epoch = met;
        continue;
      }
      const answer = await send(outbox, batch, { link, token, device, waiting, epoch });
      if (answer.undone) continue;
      epoch = answer.epoch;
      settled += answer.results.length;
      if (answer.results.length === 0) return { state: "later", after_ms: SILENT_MS, settled, epoch };
    } catch (error) {
      const next = await afterRefusal(/** @type {any} */ (error), batch, outbox);
      if (typeof next !== "number") return { ...next, settled, epoch };
      limit = next;
    }
  }
}

/** Not answered yet, due again, or answered in a history the server no longer has. @param {Entry} entry @param {string|null} epoch @param {number} at */
export function needsSending(entry, epoch, at) {
  return !isFinal(entry, epoch) && (entry.retry_at === null || entry.retry_at <= at);
}

/** As many as fit, at least one. @param {Entry[]} queue @param {number} limit */
export function takeBatch(queue, limit) {
  const batch = [];
  let bytes = ENVELOPE_BYTES;
  for (const entry of queue.slice(0, limit)) {
    bytes += new TextEncoder().encode(JSON.stringify(wireOp(entry, 0))).length + 16;
    if (batch.length > 0 && bytes > MAX_BYTES) break;
    batch.push(entry);
  }
  return batch;
}

/** An op that was answered at once has no number of its own. @param {Pick<Entry, "id"|"n"|"kind"|"v"|"at"|"base"|"args">} entry @param {number} age_ms */
export function wireOp({ id, n, kind, v, at, base, args }, age_ms) {
  return { id, n: Number.isInteger(n) ? n : 0, kind, v, at, age_ms, base, args };
}

/** The device's clock may have been set meanwhile; both instants are brought to the server's time where known. @param {{at: string, offset_ms: number|null}} op @param {number} sentMs */
export function ageOf(op, sentMs) {
  const skew = op.offset_ms === null || offsetMs() === null ? 0 : Number(offsetMs()) - op.offset_ms;
  return Math.max(0, Math.round(sentMs - toMs(op.at) + skew));
}

/** @param {Entry[]} batch @param {Entry[]} waiting all that is not on record, also what is not due yet @param {{device: string, epoch: string|null, app?: string}} from */
export function pushBody(batch, waiting, { device, epoch, app }) {
  const sent = wallMs();
  return {
    proto: 1, device, epoch: epoch ?? "", sent_at: iso(sent), ...(app ? { app } : {}),
    queue: { len: waiting.length, oldest_age_ms: Math.max(0, ...waiting.map((entry) => ageOf(entry, sent))) },
    ops: batch.map((entry) => wireOp(entry, ageOf(entry, sent))),
  };
}

/** @param {Outbox} outbox @param {Entry[]} batch @param {{link: Link, token: string, device: string, waiting: Entry[], epoch: string|null}} with_ */
async function send(outbox, batch, { link, token, device, waiting, epoch }) {
  const leaving = await outbox.markTried(batch);
  if (leaving.length === 0) return { epoch, results: [], undone: true };
  const answer = await link.api.push(token, pushBody(leaving, waiting, { device, epoch, app: link.app }));
  const asked = new Set(leaving.map((entry) => entry.id));
  const results = answer.results.filter((/** @type {any} */ result) => asked.has(result.id));
  await outbox.settle(results, answer.epoch, wallMs());
  return { epoch: answer.epoch, results, undone: false };
}

/**
 * A batch that is too large or that the server cannot read is halved until the op at fault stands alone; that one
 * waits an hour so that it does not hold up the others.
 * @param {{code: string, status?: number, retry_after_ms?: number}} error @param {Entry[]} batch @param {Outbox} outbox
 * @returns {Promise<number|{state: string, after_ms?: number}>} the next limit, or why to stop
 */
async function afterRefusal(error, batch, outbox) {
  if (!error.code || !("status" in error)) throw error;
  if (error.status === 413 || error.status === 400) {
    if (batch.length > 1) return Math.floor(batch.length / 2);
    await outbox.postpone(batch[0].id, wallMs() + SET_ASIDE_MS);
    return MAX_OPS;
  }
  if (error.status === 401) return { state: "sign_in" };
  if (error.retry_after_ms !== undefined) return { state: "later", after_ms: error.retry_after_ms };
  return { state: error.code };
}
