/**
 * What passes from a screen to a camera: bytes cut into parts, each a line that one QR code holds (docs/protocol.md,
 * section 10). The parts may be read in any order, any number of times.
 *
 * @typedef {"E"|"S"|"R"|"T"} Kind  an envelope of entries, a signed status, a receipt, a word of thanks
 * @typedef {{kind: Kind, check: string, parts: Map<number, string>, of: number}} Gathered
 */

import { fromBase45, toBase45 } from "./base45.js";
import { sha256 } from "./bytes.js";

/** One code up to version 20 at correction M, which an old camera still reads. */
export const ONE_CODE_LETTERS = 970;
/** Of many codes each stays at version 14, as they pass quickly. */
const PART_LETTERS = 500;
const MOST_PARTS = 99;
const LINE = /^WL1:([ESRT]):(\d{1,2})\/(\d{1,2}):([0-9A-F]{8}):([0-9A-Z $%*+\-./:]+)$/;

/** @param {Kind} kind @param {Uint8Array} bytes @param {{whole?: boolean}} [options] `whole`: one line, however long, for a file @returns {Promise<string[]>} */
export async function framesOf(kind, bytes, { whole = false } = {}) {
  const data = toBase45(bytes);
  const front = `WL1:${kind}:`;
  const check = await checkOf(bytes);
  const fits = whole || front.length + check.length + data.length + 5 <= ONE_CODE_LETTERS;
  const of = fits ? 1 : Math.ceil(data.length / PART_LETTERS);
  if (of > MOST_PARTS) throw new RangeError("too large");
  const size = Math.ceil(data.length / of);
  return Array.from({ length: of }, (_, i) => `${front}${i + 1}/${of}:${check}:${data.slice(i * size, (i + 1) * size)}`);
}

/** Add a line that was read. A part of something else begins anew, unless it is no line of ours. @param {Gathered|null} gathered @param {string} line @returns {Gathered|null} */
export function addFrame(gathered, line) {
  const found = LINE.exec(line.trim());
  if (!found) return gathered;
  const [kind, part, of, check, data] = [/** @type {Kind} */ (found[1]), Number(found[2]), Number(found[3]), found[4], found[5]];
  if (part < 1 || part > of) return gathered;
  const same = gathered?.kind === kind && gathered.check === check && gathered.of === of;
  if (same && gathered.parts.has(part)) return gathered;
  const parts = new Map(same ? gathered.parts : []).set(part, data);
  return { kind, check, of, parts };
}

/** @param {Gathered|null} gathered */
export const isComplete = (gathered) => gathered !== null && gathered.parts.size === gathered.of;

/** The bytes of a complete set; throws when they are not what was cut. @param {Gathered} gathered @returns {Promise<Uint8Array>} */
export async function bytesOf({ parts, of, check }) {
  const bytes = fromBase45(Array.from({ length: of }, (_, i) => parts.get(i + 1) ?? "").join(""));
  if ((await checkOf(bytes)) !== check) throw new Error("altered on the way");
  return bytes;
}

/** Which parts are still missing. @param {Gathered} gathered @returns {number[]} */
export const missingParts = ({ parts, of }) => Array.from({ length: of }, (_, i) => i + 1).filter((part) => !parts.has(part));

/** @param {Uint8Array} bytes */
async function checkOf(bytes) {
  const hash = await sha256(bytes);
  return Array.from(hash.slice(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join("").toUpperCase();
}
