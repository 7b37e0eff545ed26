/**
 * Ops that need the server now: declare, broadcast, advance. They never wait in the queue, as a message of this
 * morning must not leave in the evening. Without an answer they stay a draft; the same words sent again are the same op.
 *
 * @typedef {import("../lib/types.js").Op} Op
 * @typedef {import("../lib/types.js").Result} Result
 */

import { iso, surelyOffsetMs, wallMs } from "../lib/clock.js";
import { freshEntry } from "../lib/entry.js";
import { isFinal } from "../lib/overlay.js";
import { exclusively } from "../live/leader.js";
import { flush, pushBody } from "../live/push.js";
import { makeOp, person, reloadOps } from "./ledger.js";
import { linkOf, parts, wake } from "./parts.js";
import { knownEpoch } from "./tables.js";

/** An op that never waits can't be lost with this phone, so it is not counted (docs/protocol.md). */
const UNNUMBERED = 0;
const NO_CONTACT = ["no_contact", "not_ours", "later"];

/** @param {string} kind @param {any} args @returns {Promise<Result>} rejects with `{code: "no_contact"|"sign_in"|"try_later", msg}` */
export async function askServer(kind, args) {
  person();
  const outbox = /** @type {import("../offline/outbox.js").Outbox} */ (parts.outbox);
  const op = await draftOf(outbox, kind, args);
  const answer = await exclusively(parts.locks, () => send(outbox, op)).catch((error) => {
    throw refusal(error);
  });
  const result = answer.results.find((/** @type {Result} */ one) => one.id === op.id);
  if (!result || result.st === "retry") throw { code: "try_later", msg: result?.msg ?? "", after_ms: result?.after_ms };
  await outbox.addAnswered(op, result, answer.epoch, wallMs());
  await outbox.dropDraft(draftName(kind));
  await reloadOps();
  parts.channel.post({ kind: "ops", user: outbox.user });
  void wake();
  return result;
}

/** @param {string} kind */
const draftName = (kind) => `ask:${kind}`;

/** @param {import("../offline/outbox.js").Outbox} outbox @param {string} kind @param {any} args @returns {Promise<Op>} */
async function draftOf(outbox, kind, args) {
  const known = await outbox.loadDraft(draftName(kind));
  if (known && JSON.stringify(known.op.args) === JSON.stringify(args)) return askedAgain(known.op);
  const op = makeOp(kind, args);
  await outbox.saveDraft(draftName(kind), { op });
  return op;
}

/** Asking again is a decision of now; only the id stays, so that an answer which was lost comes back. @param {Op} op @returns {Op} */
const askedAgain = (op) => ({ ...op, at: iso(wallMs()), offset_ms: surelyOffsetMs() });

/** What was recorded before goes first: it explains the order of events. @param {import("../offline/outbox.js").Outbox} outbox @param {Op} op */
async function send(outbox, op) {
  const earlier = await flush(outbox, linkOf());
  if (NO_CONTACT.includes(earlier.state)) throw { code: "no_contact", msg: "" };
  const token = (await outbox.meta("push_token")) ?? "";
  const device = (await outbox.meta("device")) ?? parts.device;
  const waiting = (await outbox.all()).filter((one) => !isFinal(one, knownEpoch()));
  const entry = freshEntry(op, UNNUMBERED);
  return parts.api.push(token, pushBody([entry], [entry, ...waiting], { device, epoch: knownEpoch(), app: parts.build }));
}

/** @param {any} error */
function refusal(error) {
  if (error?.status === 401) return { code: "sign_in", msg: error.msg };
  const busy = error?.retry_after_ms !== undefined;
  return error?.code && !busy && !NO_CONTACT.includes(error.code) ? error : { code: "no_contact", msg: error?.msg ?? "" };
}
