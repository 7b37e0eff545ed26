/**
 * Ops that need the server now: declare, broadcast, advance. They never wait in the queue, as a message of this
 * morning must not leave in the evening. Without an answer they stay a draft; the same words sent again are the same op.
 *
 * @typedef {import("../lib/types.js").Op} Op
 * @typedef {import("../lib/types.js").Result} Result
 */

import { iso, surelyOffsetMs, wallMs } from "../lib/clock.js";
import { freshEntry } from "../lib/entry.js";
import { exclusively } from "../live/leader.js";
import { flush, pushBody } from "../live/push.js";
import { makeOp, person, reloadOps } from "./ledger.js";
import { parts, wake } from "./parts.js";
import { knownEpoch } from "./tables.js";

const NO_CONTACT = ["no_contact", "not_ours", "later"];

/** @param {string} kind @param {any} args @returns {Promise<Result>} rejects with `{code: "no_contact"|"sign_in"|"try_later", msg}` */
export async function askServer(kind, args) {
  person();
  const outbox = /** @type {import("../offline/outbox.js").Outbox} */ (parts.outbox);
  const { op, n } = await draftOf(outbox, kind, args);
  const answer = await exclusively(parts.locks, () => send(outbox, op, n)).catch((error) => {
    throw refusal(error);
  });
  const result = answer.results.find((/** @type {Result} */ one) => one.id === op.id);
  if (!result || result.st === "retry") throw { code: "try_later", msg: result?.msg ?? "", after_ms: result?.after_ms };
  await outbox.addAnswered(op, n, result, answer.epoch, wallMs());
  await outbox.dropDraft(draftName(kind));
  await reloadOps();
  parts.channel.post({ kind: "ops", user: outbox.user });
  void wake();
  return result;
}

/** @param {string} kind */
const draftName = (kind) => `ask:${kind}`;

/** @param {import("../offline/outbox.js").Outbox} outbox @param {string} kind @param {any} args @returns {Promise<{op: Op, n: number}>} */
async function draftOf(outbox, kind, args) {
  const known = await outbox.loadDraft(draftName(kind));
  if (known && JSON.stringify(known.op.args) === JSON.stringify(args)) return askedAgain(known);
  const draft = { op: makeOp(kind, args), n: await outbox.reserve() };
  await outbox.saveDraft(draftName(kind), draft);
  return draft;
}

/** Asking again is a decision of now; only the id stays, so that an answer which was lost comes back. @param {{op: Op, n: number}} draft */
const askedAgain = ({ op, n }) => ({ op: { ...op, at: iso(wallMs()), offset_ms: surelyOffsetMs() }, n });

/** What was recorded before goes first: it explains the order of events. @param {import("../offline/outbox.js").Outbox} outbox @param {Op} op @param {number} n */
async function send(outbox, op, n) {
  const earlier = await flush(outbox, { api: parts.api, device: parts.device, epoch: knownEpoch });
  if (NO_CONTACT.includes(earlier.state)) throw { code: "no_contact", msg: "" };
  const token = (await outbox.meta("push_token")) ?? "";
  const device = (await outbox.meta("device")) ?? parts.device;
  const entry = freshEntry(op, n);
  return parts.api.push(token, pushBody([entry], [entry], { device, epoch: knownEpoch() }));
}

/** @param {any} error */
function refusal(error) {
  if (error?.status === 401) return { code: "sign_in", msg: error.msg };
  const busy = error?.retry_after_ms !== undefined;
  return error?.code && !busy && !NO_CONTACT.includes(error.code) ? error : { code: "no_contact", msg: error?.msg ?? "" };
}
