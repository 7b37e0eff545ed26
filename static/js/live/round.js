/**
 * One round of talking to the server: hand in what every person on this device has recorded, learn who we are if that
 * is due, fetch what is new. Handing in comes first and needs no sign-in: recorded work never waits for reading.
 *
 * @typedef {import("../offline/outbox.js").Outbox} Outbox
 * @typedef {import("./sync.js").RoundOutcome} RoundOutcome
 * @typedef {object} RoundDeps
 * @property {any} api
 * @property {string} device
 * @property {string} [app]  the build of this page
 * @property {() => Promise<Outbox[]>} outboxes  of everybody who ever signed in here, the current person's first
 * @property {() => string|null} user  who is signed in, if anybody
 * @property {import("./pull.js").Replica} replica
 * @property {() => boolean} bootDue
 * @property {(boot: any) => Promise<void>} onBoot
 * @property {() => string|null} epoch  the server's history as far as it is known
 * @property {(outbox: Outbox, outcome: import("./push.js").Outcome) => Promise<void>} onFlushed  after results came in
 * @property {() => Promise<void>} [onSignedOut]  when nobody is signed in: what is left to do then
 * @property {() => Promise<void>} [identify]  make the cookie that of the person, or refuse
 * @property {() => Promise<boolean>} [cookieIsOurs]  whether it is already
 * @property {(outbox: Outbox, due: boolean) => Promise<void>} [onSignInDue]  whether the server still takes this person's entries
 * @property {() => Promise<{state: string}>} [deliver]  hand in what this device carries for others
 * @property {(work: () => Promise<any>) => Promise<any>} exclusive  no second request of this device while it runs
 */

import { ApiError } from "./api.js";
import { pull } from "./pull.js";
import { flush } from "./push.js";

const CONNECTION = ["no_contact", "not_ours", "later"];

/** @param {RoundDeps} deps @returns {Promise<RoundOutcome>} */
export async function talk(deps) {
  const handed = await handIn(deps);
  if (handed && CONNECTION.includes(handed.state)) return { ok: false, code: handed.state, after_ms: handed.after_ms };
  const delivered = await deps.deliver?.();
  if (delivered && CONNECTION.includes(delivered.state) && delivered.state !== "later") return { ok: false, code: delivered.state };
  try {
    if (!deps.user()) {
      await deps.onSignedOut?.();
      return { ok: true };
    }
    await deps.identify?.();
    if (deps.bootDue()) await deps.onBoot(await deps.api.boot());
    await pull(deps.replica, deps.api);
  } catch (error) {
    return failed(error);
  }
  return handed?.state === "sign_in" ? { ok: false, code: "sign_in" } : { ok: true, after_ms: handed?.after_ms };
}

/**
 * Flush every outbox. Trouble with one person's token does not stop the others; trouble with the connection does.
 * @param {RoundDeps} deps
 * @returns {Promise<{state: string, after_ms?: number}|null>} how it went for the current person, or the trouble that stopped it
 */
async function handIn(deps) {
  let own = null;
  for (const outbox of await deps.outboxes()) {
    const outcome = await handInOne(deps, outbox);
    if (outbox.user === deps.user()) own = outcome;
    if (outcome.state === "sign_in" || outcome.state === "done") await deps.onSignInDue?.(outbox, outcome.state === "sign_in");
    if (outcome.settled > 0) await deps.onFlushed(outbox, outcome);
    if (outcome.state !== "done" && outcome.state !== "sign_in") return outcome;
  }
  return own;
}

/** @param {RoundDeps} deps @param {Outbox} outbox */
async function handInOne(deps, outbox) {
  const link = { api: deps.api, device: deps.device, epoch: deps.epoch, app: deps.app };
  const outcome = await deps.exclusive(() => flush(outbox, link));
  if (outcome.state !== "sign_in" || outbox.user !== deps.user()) return outcome;
  if (!(await renewToken(deps, outbox))) return outcome;
  return deps.exclusive(() => flush(outbox, link));
}

/** The current person may still be signed in although the token is gone or expired. @param {RoundDeps} deps @param {Outbox} outbox */
async function renewToken(deps, outbox) {
  try {
    if ((await deps.cookieIsOurs?.()) === false) return false;
    const { push_token, user = outbox.user } = await deps.api.token();
    if (user !== outbox.user) return false;
    await outbox.setMeta("device", deps.device);
    await outbox.setMeta("push_token", push_token);
    return true;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}

/** @param {unknown} error @returns {RoundOutcome} */
function failed(error) {
  if (!(error instanceof ApiError)) throw error;
  if (error.status === 401) return { ok: false, code: "sign_in" };
  return { ok: false, code: error.retry_after_ms === undefined ? error.code : "later", after_ms: error.retry_after_ms };
}
