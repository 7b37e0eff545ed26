/**
 * The only reader of the clock. Two times exist: the device's own (`wallMs`, what ops are stamped with, so that
 * the server can see the skew) and the server's as we estimate it (`now`, what people are shown).
 */

const MAX_ROUND_TRIP_MS = 10_000;
/** A device's clock drifts by less between two contacts; more means that somebody has set it, or that it slept. */
const SET_BY_MS = 5_000;

/** Instants that were read once: a list of steps asks for the same few hundred at every drawing. @type {Map<string, number>} */
const instants = new Map();
const INSTANTS_AT_MOST = 5_000;

let readWall = () => Date.now();
/** `start_ms` is where the steady clock began by the device's clock then; null when an earlier session knew the offset. @type {{offset_ms: number, error_ms: number, start_ms: number|null}|null} */
let estimate = null;

/** Device time in ms. */
export const wallMs = () => readWall();

/** Milliseconds that only run forward, for waiting; they say nothing of the time of day. */
export const monotonicMs = () => performance.now();

/** Server time in ms, as well as we know it. */
export const now = () => readWall() + (estimate?.offset_ms ?? 0);

/** Server minus device time in ms, or null while nothing has been heard. */
export const offsetMs = () => estimate?.offset_ms ?? null;

/** Whether the offset may be wrong: the device's clock was set since, or this page has heard nothing yet. Ask the server before it is used. */
export const offsetInDoubt = () =>
  estimate !== null && (estimate.start_ms === null || Math.abs(readWall() - monotonicMs() - estimate.start_ms) > SET_BY_MS);

/** The offset to keep with an op; null while it is in doubt: then the device's own times are all there is. */
export const surelyOffsetMs = () => (offsetInDoubt() ? null : offsetMs());

/** @param {number} ms */
export const iso = (ms) => new Date(ms).toISOString();

/** @param {string|number|null|undefined} value an instant as ISO text or ms */
export function toMs(value) {
  if (typeof value !== "string") return value ?? NaN;
  const known = instants.get(value);
  if (known !== undefined) return known;
  if (instants.size >= INSTANTS_AT_MOST) instants.clear();
  const read = Date.parse(value);
  instants.set(value, read);
  return read;
}

/**
 * Learn from an answer that carried the server's time: it was read half a round trip before it arrived.
 * The sharper sample wins; a sample that contradicts the old one wins too, as the device's clock was set meanwhile.
 *
 * @param {string} serverTime @param {number} sentMs @param {number} receivedMs both by the device's clock
 */
export function hearServerTime(serverTime, sentMs, receivedMs) {
  const roundTrip = receivedMs - sentMs;
  const serverMs = Date.parse(serverTime);
  if (Number.isNaN(serverMs) || roundTrip < 0 || roundTrip > MAX_ROUND_TRIP_MS) return;
  const start_ms = receivedMs - monotonicMs();
  const sample = { offset_ms: Math.round(serverMs + roundTrip / 2 - receivedMs), error_ms: roundTrip / 2, start_ms };
  const better = estimate === null || sample.error_ms <= estimate.error_ms || contradicts(sample, estimate);
  estimate = better ? sample : { .../** @type {any} */ (estimate), start_ms };
}

/** Start with what an earlier session knew; any real sample replaces it. @param {number|null|undefined} offset_ms */
export function recallOffset(offset_ms) {
  if (estimate === null && Number.isFinite(offset_ms)) {
    estimate = { offset_ms: Number(offset_ms), error_ms: MAX_ROUND_TRIP_MS, start_ms: null };
  }
}

/** For tests: move the clock by hand, and forget the estimate. @param {(() => number)|null} reader */
export function setClock(reader) {
  readWall = reader ?? (() => Date.now());
  estimate = null;
}

/**
 * @param {{offset_ms: number, error_ms: number}} a
 * @param {{offset_ms: number, error_ms: number}} b
 */
function contradicts(a, b) {
  return Math.abs(a.offset_ms - b.offset_ms) > a.error_ms + b.error_ms;
}
