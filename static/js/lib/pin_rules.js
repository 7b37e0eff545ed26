/** What a PIN may be, and how long a wrong one makes everybody wait. Pure. */

export const PIN_MIN = 4;
export const PIN_MAX = 8;
/** So many wrong ones in a row cost nothing but the try. */
export const FREE_TRIES = 5;
/** After so many the PIN is off on this device until its owner has signed in with the password. */
export const LAST_TRY = 10;

const FIRST_WAIT_MS = 60_000;
export const LONGEST_WAIT_MS = 15 * 60_000;
const RUNS = "01234567890 09876543210";

/** @param {string} pin @returns {"length"|"easy"|""} why not */
export function pinFault(pin) {
  if (!/^[0-9]*$/.test(pin) || pin.length < PIN_MIN || pin.length > PIN_MAX) return "length";
  return new Set(pin).size === 1 || RUNS.includes(pin) ? "easy" : "";
}

/** How long the next try has to wait after so many wrong ones. @param {number} failures @returns {number} ms */
export function waitAfter(failures) {
  if (failures < FREE_TRIES) return 0;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - FREE_TRIES));
}
