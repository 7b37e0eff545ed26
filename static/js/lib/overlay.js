/**
 * What is shown = base + own ops replayed over it. An op stays in the overlay until the row that contains it has
 * arrived: until the cursor of its result's scope has reached the result's seq. Leaving earlier makes a tick flicker.
 *
 * @typedef {import("./types.js").Entry} Entry
 * @typedef {import("./types.js").Row} Row
 * @typedef {import("./types.js").ViewRow} ViewRow
 * @typedef {import("./types.js").Actor} Actor
 * @typedef {import("./types.js").Cursors} Cursors
 */

import { iso, offsetMs, toMs } from "./clock.js";
import { REDUCERS } from "./reducers.js";

/** Ages travel over a slow network: how far the server's time of a sign may be from our own. */
const SAME_SIGN_MS = 3_000;

/** When the op was made, in the server's time as it was known then, or as it is known now. @param {Entry|import("./types.js").Op} op */
export const madeAt = (op) => iso(toMs(op.at) + (op.offset_ms ?? offsetMs() ?? 0));

/** The state of a result; a repeated op has the state of its first answer. @param {import("./types.js").Result} result */
export const resultState = (result) => (result.st === "dup" ? (result.first ?? "ok") : result.st);

/**
 * Has the server answered for good, in the history it has now?
 * A refusal is never asked again, as its author has been told. @param {Entry} entry @param {string|null} epoch
 */
export function isFinal(entry, epoch) {
  if (!entry.result || entry.result.st === "retry") return false;
  return !epoch || !entry.epoch || entry.epoch === epoch || resultState(entry.result) === "rejected";
}

/**
 * `epoch` is the history the cursors belong to, `server_epoch` the one the server has now; they differ for a moment
 * after a restore, and then a cursor says nothing about a newer result.
 * @param {Entry} entry
 * @param {{cursors: Cursors, scopes: string[]|null, epoch: string|null, server_epoch?: string|null}} position
 * @returns {null|"saved"|"sent"} null when the op has left the overlay
 */
export function pendingState(entry, { cursors, scopes, epoch, server_epoch = epoch }) {
  if (!isFinal(entry, server_epoch) || !entry.result) return "saved";
  const { scope, seq } = entry.result;
  if (resultState(entry.result) === "rejected" || !scope || typeof seq !== "number") return null;
  if (scopes && !scopes.includes(scope)) return null;
  if (entry.epoch !== epoch) return "sent";
  return (cursors[scope] ?? -1) >= seq ? null : "sent";
}

/** What an op made of a row: asked again, it is the same row and not an equal one, so that nothing is drawn anew. @type {WeakMap<Entry, {before: any, pending: "saved"|"sent", row: ViewRow}>} */
const replayed = new WeakMap();

/**
 * Replay own ops over the rows of one type.
 * @param {string} type @param {Map<string, Row>} rows by id
 * @param {Array<{op: Entry, pending: "saved"|"sent"}>} live ops in the overlay, by n
 * @param {Actor} actor
 * @returns {Map<string, ViewRow>} only the rows that differ from the base
 */
export function replay(type, rows, live, actor) {
  /** @type {Map<string, ViewRow>} */
  const shown = new Map();
  for (const { op, pending } of live) {
    const rule = REDUCERS[op.kind];
    if (rule?.t !== type) continue;
    const id = rule.id(op, actor);
    const before = shown.get(id) ?? rows.get(id);
    if (before ? hasSign(rows.get(id), rule.what, op, actor) : !rule.creates) continue;
    const known = replayed.get(op);
    if (known && known.before === before && known.pending === pending) {
      shown.set(id, known.row);
      continue;
    }
    const b = rule.reduce(before?.b ?? null, { ...op, at: madeAt(op) }, actor);
    if (!b) continue;
    const row = { ...(before ?? newRow(type, id, b)), b, pending: weaker(shown.get(id)?.pending, pending) };
    replayed.set(op, { before, pending, row });
    shown.set(id, row);
  }
  return shown;
}

/** A row as an own op leaves it that was saved just now. @param {ViewRow} row @param {Entry} op @param {Actor} actor @returns {ViewRow} */
export function withOwn(row, op, actor) {
  const rule = REDUCERS[op.kind];
  if (rule?.t !== row.t || hasSign(row, rule.what, op, actor)) return row;
  const b = rule.reduce(row.b, { ...op, at: madeAt(op) }, actor);
  return b ? { ...row, b, pending: "saved" } : row;
}

/**
 * The row may arrive over the socket before the answer to the push: then it holds this op's sign already.
 * @param {Row|undefined} row @param {string|undefined} what @param {Entry} op @param {Actor} actor
 */
function hasSign(row, what, op, actor) {
  if (!what || !row?.b.signs) return false;
  const made = toMs(madeAt(op));
  return row.b.signs.some((/** @type {import("./types.js").Sign} */ sign) => {
    if (sign.op) return sign.op === op.id;
    if (sign.by !== actor.id || sign.what !== what || (actor.device && sign.device !== actor.device)) return false;
    return Math.abs(toMs(sign.at) - made) <= SAME_SIGN_MS;
  });
}

/** @param {string} type @param {string} id @param {any} b @returns {ViewRow} */
const newRow = (type, id, b) => ({ id, t: type, scope: b.unit ? `unit:${b.unit}` : "", seq: 0, b, pending: "saved" });

/** @param {null|undefined|"saved"|"sent"} a @param {"saved"|"sent"} b */
const weaker = (a, b) => (a === "saved" ? "saved" : b);
