/** Identifiers made on the phone. Deterministic ones let two phones start the same card with no server and agree. */

import { wallMs } from "./clock.js";
import { sha1 } from "./sha1.js";

export const NAMESPACE = "6f1f6a52-3b0e-5c43-9d0a-57a1d1160000";

let lastMs = 0;
let counter = 0;

/**
 * A uuid7: ordered by time, and strictly rising within one page even in the same millisecond.
 * @param {number} [ms] device time
 */
export function uuid7(ms = wallMs()) {
  const random = crypto.getRandomValues(new Uint8Array(16));
  if (ms > lastMs) {
    lastMs = ms;
    counter = ((random[6] << 8) | random[7]) & 0x3ff;
  } else if ((counter += 1) > 0xfff) {
    lastMs += 1;
    counter = 0;
  }
  const view = new DataView(random.buffer);
  view.setUint16(0, Math.floor(lastMs / 0x100000000));
  view.setUint32(2, lastMs % 0x100000000);
  view.setUint16(6, 0x7000 | counter);
  view.setUint8(8, 0x80 | (random[8] & 0x3f));
  return text(random);
}

/** @param {string} namespace a uuid @param {string} name */
export function uuid5(namespace, name) {
  const nameBytes = new TextEncoder().encode(name);
  const input = new Uint8Array(16 + nameBytes.length);
  input.set(bytesOf(namespace));
  input.set(nameBytes, 16);
  const hash = sha1(input).slice(0, 16);
  hash[6] = 0x50 | (hash[6] & 0x0f);
  hash[8] = 0x80 | (hash[8] & 0x3f);
  return text(hash);
}

/** @param {string} unit @param {string} plan @param {string} incident its id, or `localRun(...)` when there is none */
export const runId = (unit, plan, incident) => uuid5(NAMESPACE, `run|${unit}|${plan}|${incident}`);

/** @param {string} run @param {string} stepKey @param {number} [occurrence] counts from 1 */
export const taskId = (run, stepKey, occurrence = 1) => uuid5(NAMESPACE, `task|${run}|${stepKey}|${occurrence}`);

/** What stands in place of the incident. @param {string} localDate YYYY-MM-DD @param {"day"|"night"} shift @param {number} [again] from 2, when an earlier start of the shift is over */
export const localRun = (localDate, shift, again) => `local|${localDate}|${shift}${again ? `|${again}` : ""}`;

/** @param {string} uuid */
function bytesOf(uuid) {
  const hex = uuid.replaceAll("-", "");
  return Uint8Array.from({ length: 16 }, (_, i) => parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}

/** @param {Uint8Array} bytes */
function text(bytes) {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
