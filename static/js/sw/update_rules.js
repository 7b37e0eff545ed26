/** When an app that waits may take over. Pure. */

export const CHECK_EVERY_MS = 15 * 60_000;
export const AWAY_MS = 5 * 60_000;
/** Later than this somebody has begun to use the page. */
export const SWAP_WITHIN_MS = 2_000;

/** @typedef {{ver: string, min: string, hold: boolean}} AppInfo what the server's boot answer says about the app */

/**
 * Whether version `a` is older than version `b`: numbers with dots; what follows a plus sign names a build and orders nothing.
 * @param {string} a
 * @param {string} b
 */
export function isOlder(a, b) {
  const [left, right] = [a, b].map((version) => version.split("+")[0].split(".").map(Number));
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = (left[i] || 0) - (right[i] || 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/**
 * While an incident runs nobody's app changes under their thumb, unless this version can no longer be understood.
 * @param {string} own the version of the page
 * @param {AppInfo | null | undefined} app null before the server has answered
 */
export function mayUpdate(own, app) {
  return !app?.hold || isOlder(own, app.min);
}

/**
 * Whether the page may swap by itself: nobody has looked at it for a while.
 * @param {{hiddenAt: number | null, now: number}} times in ms
 */
export function wasAway({ hiddenAt, now }) {
  return hiddenAt !== null && now - hiddenAt >= AWAY_MS;
}
