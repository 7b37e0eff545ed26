/** How long to wait, with a spread so that a thousand phones do not knock at the same moment. Milliseconds. */

const STEPS_MS = [2_000, 5_000, 15_000, 30_000, 60_000];
const SOCKET_FIRST_SPREAD_MS = 10_000;
const SOCKET_DELAY_MS = 1_000;
const SOCKET_DELAY_MAX_MS = 30_000;
const SOCKET_FACTOR = 0.8;

/** @param {number} ms @param {number} [random] 0 to 1 @returns {number} within 30 % of ms */
export const spread = (ms, random = Math.random()) => Math.round(ms * (0.7 + 0.6 * random));

/** @param {number} failures in a row, from 1 @param {number} [random] */
export function retryDelay(failures, random = Math.random()) {
  const step = Math.min(Math.max(failures, 1), STEPS_MS.length) - 1;
  return spread(STEPS_MS[step], random);
}

/**
 * Delay before the socket is opened again. The first try after a loss is spread over ten seconds, as the loss
 * probably hit everybody; later ones grow from one to thirty seconds.
 * @param {number} attempt from 0 @param {number} [random]
 */
export function socketDelay(attempt, random = Math.random()) {
  if (attempt === 0) return Math.round(random * SOCKET_FIRST_SPREAD_MS);
  const base = Math.min(SOCKET_DELAY_MS * 2 ** (attempt - 1), SOCKET_DELAY_MAX_MS);
  return Math.min(SOCKET_DELAY_MAX_MS, Math.round(base * (1 - SOCKET_FACTOR + 2 * SOCKET_FACTOR * random)));
}
