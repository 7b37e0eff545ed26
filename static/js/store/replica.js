/** The base of the person who is signed in: in memory at once, on disk in order, and in the other tabs. */

import { Base } from "../offline/base.js";
import { isLost } from "../offline/idb.js";
import { parts } from "./parts.js";
import { session } from "./state.js";
import { applyChange, fill, position, wholeBase } from "./tables.js";

/** Writes go one after the other, so that a cursor never overtakes its rows. */
let writing = Promise.resolve();

/** @type {import("../live/pull.js").Replica} */
export const replica = {
  cursors: () => position.value.cursors,
  epoch: () => position.value.epoch,
  pulled: () => position.value.pulled,
  async commit(change) {
    applyChange(change);
    parts.channel.post({ kind: "change", user: session.value?.user.id, change });
    const base = parts.base;
    writing = writing.then(() => base?.commit(change)).catch(() => doubt(base));
    await writing;
  },
};

/** The same for one person: an answer that comes after somebody else has taken the screen is nobody's. @param {string|null} user */
export const replicaOf = (user) => ({
  ...replica,
  /** @param {string[]} scopes granted now; those of a person name the person */
  isOurs: (scopes) => scopes.length === 0 || scopes.includes(`user:${user}`),
  /** @param {import("../lib/types.js").Change} change */
  commit: async (change) => {
    if (parts.outbox?.user === user) await replica.commit(change);
  },
});

/**
 * Open a person's base and show it. One that cannot be read is dropped and asked for again; one that only does not
 * answer stays as it is, as it may hold the card that the next start needs. @param {string} user
 */
export async function openBase(user) {
  const base = new Base(user);
  heard = [];
  if (parts.base) leaveBase();
  parts.base = base;
  try {
    fill(await base.load());
  } catch (error) {
    fill();
    if (!isLost(error)) await doubt(base);
  }
}

const HEARD_AT_MOST = 20;
/** What the tab that talks has said last; it says so before it is on disk. @type {import("../lib/types.js").Change[]} */
let heard = [];

/** A change that another tab has made. @param {import("../lib/types.js").Change} change */
export function hearChange(change) {
  applyChange(change);
  heard = [...heard.slice(1 - HEARD_AT_MOST), change];
}

/** This tab slept while others went on: read everything again from storage, and what has been heard but is not there yet. */
export async function reloadBase() {
  const base = parts.base;
  await writing;
  const stored = await base?.load().catch(() => undefined);
  if (!stored || base !== parts.base || parts.leader.leading) return;
  fill(stored);
  for (const change of heard) if (isBeyond(change, stored.cursors)) applyChange(change);
}

/** @param {import("../lib/types.js").Change} change @param {import("../lib/types.js").Cursors} cursors */
const isBeyond = (change, cursors) => Object.entries(change.cursors).some(([scope, seq]) => !(cursors[scope] >= seq));

/** Let go of the rows in memory; they stay on disk. */
export function leaveBase() {
  const base = parts.base;
  parts.base = null;
  fill();
  void writing.then(() => base?.close());
}

/** Forget the rows, as nobody is signed in any more. */
export async function dropBase() {
  const base = parts.base;
  parts.base = null;
  fill();
  await writing;
  await base?.drop().catch(() => {});
}

/**
 * What is on disk is in doubt: forget it there and write again what memory holds. When that fails too, go on from
 * memory alone; the next start asks for a snapshot.
 * @param {Base|null|undefined} base
 */
async function doubt(base) {
  try {
    await base?.drop();
    if (base === parts.base) await base?.commit(wholeBase());
  } catch {
    if (base === parts.base) parts.base = null;
  }
}

/** Ops need the space: forget the rows on disk, keep those in memory. */
export async function makeRoom() {
  const base = parts.base;
  parts.base = null;
  await base?.drop();
}
