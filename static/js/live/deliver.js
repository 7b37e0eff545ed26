/**
 * Deliver what this device carries for others, under the push token of whoever took it, else of who is here now. Nothing
 * is deleted here: an envelope is settled only when the server's answer names it.
 *
 * @typedef {import("../offline/carried.js").Carried} Carried
 * @typedef {object} DeliverDeps
 * @property {{relay: (token: string, body: any) => Promise<any>}} api
 * @property {import("../offline/carried.js").Carry} carry
 * @property {(user: string) => Promise<string|undefined>} tokenOf
 * @property {string|null} user  who is at the screen
 */

import { toBase64 } from "../lib/bytes.js";
import { wallMs } from "../lib/clock.js";
import { ApiError } from "./api.js";

const AT_ONCE = 8;
const STATES = /** @type {Record<string, import("../offline/carried.js").CarriedState>} */ ({ taken: "delivered", refused: "refused" });

/** @param {DeliverDeps} deps @returns {Promise<{state: string, after_ms?: number, settled: number}>} `state` is "done", "later" or a code of the connection */
export async function deliver(deps) {
  let settled = 0;
  for (const batch of batches((await deps.carry.all()).filter(({ state }) => state === "carrying"))) {
    try {
      const answer = await handIn(deps, batch);
      if (answer) settled += await settle(deps.carry, answer.answers);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const busy = error.retry_after_ms !== undefined;
      return { state: busy ? "later" : error.code, after_ms: error.retry_after_ms, settled };
    }
  }
  return { state: "done", settled };
}

/** Those of one carrier go together, the oldest first. @param {Carried[]} waiting newest first @returns {Carried[][]} */
function batches(waiting) {
  /** @type {Carried[][]} */
  const found = [];
  for (const one of [...waiting].reverse()) {
    const last = found[found.length - 1];
    if (last && last.length < AT_ONCE && last[0].carrier === one.carrier) last.push(one);
    else found.push([one]);
  }
  return found;
}

/** @param {DeliverDeps} deps @param {Carried[]} batch @returns {Promise<any>} null when nobody here may hand it in now */
async function handIn({ api, tokenOf, user }, batch) {
  const at = wallMs();
  const envelopes = batch.map(({ bytes, taken_at }) => ({ envelope: toBase64(bytes), held_ms: Math.max(0, Math.round(at - taken_at)) }));
  for (const carrier of new Set([batch[0].carrier, user])) {
    const token = carrier ? await tokenOf(carrier) : undefined;
    if (!token) continue;
    try {
      return await api.relay(token, { envelopes });
    } catch (error) {
      if (error?.status !== 401) throw error;
    }
  }
  return null;
}

/** @param {import("../offline/carried.js").Carry} carry @param {any[]} answers */
async function settle(carry, answers) {
  const final = answers.filter(({ st }) => STATES[st]);
  for (const answer of final) await carry.settle(answer.digest, STATES[answer.st], answer);
  return final.length;
}
