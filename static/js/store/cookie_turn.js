/**
 * Requests that change whose cookie this browser holds take turns, with what is written down about it: a sign-out that
 * is still on its way would end the sign-in of whoever came meanwhile.
 */

import { exclusively } from "../live/leader.js";
import { parts } from "./parts.js";

/** @type {Promise<unknown>} */
let before = Promise.resolve();

/** Also among tabs. Work must not ask for a turn itself. @template T @param {() => Promise<T>} work @returns {Promise<T>} */
export function inTurn(work) {
  const mine = before.then(() => exclusively(parts.locks, work, { lock: "wardlight-cookie" }));
  before = mine.catch(() => undefined);
  return mine;
}
