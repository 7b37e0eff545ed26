/**
 * Fetch the rows after our cursors. Every answer becomes one change that is committed whole. Pages of a snapshot are
 * staged until the last is here, swapped in at once, and followed by a pull of what changed meanwhile.
 *
 * @typedef {import("../lib/types.js").Change} Change
 * @typedef {import("../lib/types.js").PullAnswer} PullAnswer
 * @typedef {import("../lib/types.js").Snapshot} Snapshot
 * @typedef {import("../lib/types.js").WireRow} WireRow
 * @typedef {{cursors: () => import("../lib/types.js").Cursors, epoch: () => string|null, commit: (change: Change) => Promise<void>,
 *   pulled: () => import("../lib/types.js").Cursors, isOurs?: (scopes: string[]) => boolean, held?: () => Promise<Held[]>}} Replica  `isOurs`: whether an answer is meant for the person at the screen
 * @typedef {{user: string, len: number, oldest_age_ms: number}} Held  what waits in an outbox of this device
 * @typedef {{pull: (body: any) => Promise<PullAnswer|null>}} PullApi
 */

import { addDelta, addDrops, addSnapshot, noChange } from "../lib/apply.js";
import { ApiError } from "./api.js";

const MAX_ROUNDS = 200;

/** Pull until nothing is left. Errors of the connection go to the caller. @param {Replica} replica @param {PullApi} api */
export async function pull(replica, api) {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const cursors = { ...replica.cursors() };
    const answer = await ask(replica, api, cursors);
    if (answer === null) return nothingNew(replica, cursors);
    const staged = await stagePages(api, cursors, answer);
    if (staged === null) continue;
    const again = await take(replica, cursors, answer, staged);
    if (!again) return;
  }
}

/**
 * An epoch that is not ours any more is answered like a first visit: without cursors.
 * @param {Replica} replica @param {PullApi} api @param {import("../lib/types.js").Cursors} cursors
 */
async function ask(replica, api, cursors) {
  try {
    const answer = await api.pull({ ...request(replica.epoch(), cursors, null), ...(await heldBy(replica)) });
    if (answer && replica.isOurs?.(answer.scopes) === false) throw new ApiError({ code: "other_person", msg: "", status: 401 });
    return answer;
  } catch (error) {
    if (/** @type {any} */ (error)?.code !== "epoch_changed") throw error;
    await replica.commit({ ...noChange(), drops: Object.keys(cursors), epoch: null, scopes: [], pulled: {} });
    return api.pull(request(null, {}, null));
  }
}

/** @param {Replica} replica */
async function heldBy({ held }) {
  const list = (await held?.()) ?? [];
  return list.length > 0 ? { held: list } : {};
}

/** @param {string|null} epoch @param {import("../lib/types.js").Cursors} cursors @param {unknown} page */
const request = (epoch, cursors, page) => ({ proto: 1, epoch: epoch ?? "", cursors, page });

/**
 * Complete every snapshot of an answer. The seq to follow from is that of the first page: rows that changed later
 * come again with the tail.
 * @param {PullApi} api @param {import("../lib/types.js").Cursors} cursors @param {PullAnswer} first
 * @returns {Promise<{snaps: Map<string, {to: number, rows: WireRow[]}>, paged: boolean}|null>} null when the server's history, or what we may read, changed in between
 */
async function stagePages(api, cursors, first) {
  /** @type {Map<string, {to: number, rows: Map<string, WireRow>}>} */
  const staged = new Map();
  const waiting = stage(staged, first.snap ?? {});
  const paged = waiting.length > 0;
  while (waiting.length > 0) {
    const page = waiting.shift();
    const answer = await nextPage(api, request(first.epoch, cursors, page));
    if (answer?.epoch !== first.epoch) return null;
    waiting.push(...stage(staged, answer.snap ?? {}));
  }
  const snaps = new Map([...staged].map(([scope, { to, rows }]) => [scope, { to, rows: [...rows.values()] }]));
  return { snaps, paged };
}

/** The server knows no page of a scope that was ours when we began. @param {PullApi} api @param {object} body */
async function nextPage(api, body) {
  try {
    return await api.pull(body);
  } catch (error) {
    if (/** @type {any} */ (error)?.code === "malformed") return null;
    throw error;
  }
}

/** @param {Map<string, {to: number, rows: Map<string, WireRow>}>} staged @param {Record<string, Snapshot>} snap @returns {unknown[]} pages to ask for */
function stage(staged, snap) {
  const pages = [];
  for (const [scope, { to, rows, next }] of Object.entries(snap)) {
    const known = staged.get(scope) ?? { to, rows: new Map() };
    for (const row of rows) {
      const key = `${row.t}\n${row.id}`;
      if ((known.rows.get(key)?.seq ?? -1) < row.seq) known.rows.set(key, row);
    }
    staged.set(scope, known);
    if (next !== null && next !== undefined) pages.push(next);
  }
  return pages;
}

/** All that was asked about is current. @param {Replica} replica @param {import("../lib/types.js").Cursors} cursors as they were asked with */
async function nothingNew(replica, cursors) {
  const pulled = replica.pulled();
  if (Object.keys(cursors).some((scope) => !(pulled[scope] >= cursors[scope]))) await replica.commit({ ...noChange(), pulled: cursors });
}

/** @param {Replica} replica @param {import("../lib/types.js").Cursors} asked @param {PullAnswer} answer @param {{snaps: Map<string, {to: number, rows: WireRow[]}>, paged: boolean}} staged */
async function take(replica, asked, answer, { snaps, paged }) {
  const change = noChange();
  const held = replica.epoch() === answer.epoch ? { ...replica.cursors() } : {};
  let gap = false;
  if (replica.epoch() !== answer.epoch) addDrops(change, Object.keys(replica.cursors()));
  for (const [scope, snapshot] of snaps) addSnapshot(change, scope, snapshot);
  for (const [scope, delta] of Object.entries(answer.delta ?? {})) {
    gap = addDelta(change, held, scope, delta) === "pull" || gap;
  }
  addDrops(change, gone(answer, replica));
  const again = Boolean(answer.more) || paged || gap;
  const pulled = replica.epoch() === answer.epoch ? replica.pulled() : {};
  await replica.commit({ ...change, epoch: answer.epoch, scopes: answer.scopes, pulled: again ? pulled : reached(asked, answer) });
  return again;
}

/**
 * Where every granted scope stood when this was answered. What hints have brought meanwhile is not in it: one of them
 * may tell of an incident while another, with the unit's steps, is lost.
 * @param {import("../lib/types.js").Cursors} asked @param {PullAnswer} answer @returns {import("../lib/types.js").Cursors}
 */
const reached = (asked, { scopes, delta = {}, snap = {} }) =>
  Object.fromEntries(scopes.map((scope) => [scope, (snap[scope] ?? delta[scope])?.to ?? asked[scope] ?? 0]));

/** Scopes to forget: those the server names and those it no longer grants. @param {PullAnswer} answer @param {Replica} replica */
function gone(answer, replica) {
  const ungranted = Object.keys(replica.cursors()).filter((scope) => !answer.scopes.includes(scope));
  return [...new Set([...(answer.drop ?? []), ...ungranted])];
}

/**
 * Take a hint of the socket. @param {Replica} replica @param {{s: string, e: string, from: number, to: number, rows?: any[]}} hint
 * @returns {Promise<"apply"|"stale"|"pull">} `pull` when only asking can tell
 */
export async function takeHint(replica, hint) {
  if (hint.e !== replica.epoch()) return "pull";
  const change = noChange();
  const answer = addDelta(change, replica.cursors(), hint.s, hint);
  if (answer === "apply") await replica.commit(change);
  return answer;
}
