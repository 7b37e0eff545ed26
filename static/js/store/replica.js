/** The base of the person who is signed in: in memory at once, on disk in order, and in the other tabs. */

import { noChange } from "../lib/apply.js";
import { breath } from "../lib/breath.js";
import { Base } from "../offline/base.js";
import { isLost } from "../offline/idb.js";
import { parts, wake } from "./parts.js";
import { session } from "./state.js";
import { applyChange, fill, position, wholeBase } from "./tables.js";

/** @typedef {import("../lib/types.js").Row} Row */

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
  leaveBase();
  parts.base = base;
  owner = user;
  try {
    const stored = await base.load((row) => void mend(base, row));
    await breath();
    if (base === parts.base) fillFrom(stored);
  } catch (error) {
    if (base === parts.base) fill();
    if (!isLost(error)) await doubt(base);
  }
}

const HEARD_AT_MOST = 20;
/** What the tab that talks has said last; it says so before it is on disk. @type {import("../lib/types.js").Change[]} */
let heard = [];
/** Whose rows are in memory, or just read. @type {string|null} */
let owner = null;

/** A change that another tab has made to the rows of a person. @param {string} user @param {import("../lib/types.js").Change} change */
export function hearChange(user, change) {
  if (user !== owner) return;
  applyChange(change);
  heard = [...heard.slice(1 - HEARD_AT_MOST), change];
}

/** This tab slept while others went on: read everything again from storage, and what has been heard but is not there yet. */
export async function reloadBase() {
  const base = parts.base;
  await writing;
  const stored = await base?.load((row) => void mend(base, row)).catch(() => undefined);
  if (!stored || base !== parts.base || parts.leader.leading) return;
  fillFrom(stored);
}

/** A row that cannot be read is none: it goes, and its scope is asked for again as a whole. @param {Base} base @param {Row} row */
async function mend(base, { scope, id, t }) {
  // Whoever asked for the row may be in the middle of drawing it.
  await breath();
  if (base !== parts.base) return;
  await replica.commit({ ...noChange(), dels: [{ scope, id, t }], again: [scope] });
  await wake();
}

/** What storage held, and what was heard while it was read. @param {Awaited<ReturnType<Base["load"]>>} stored */
function fillFrom(stored) {
  fill(stored);
  for (const change of heard) if (isBeyond(change, stored.cursors)) applyChange(change);
}

/** @param {import("../lib/types.js").Change} change @param {import("../lib/types.js").Cursors} cursors */
const isBeyond = (change, cursors) => Object.entries(change.cursors).some(([scope, seq]) => !(cursors[scope] >= seq));

/** Let go of the rows in memory; they stay on disk. */
export function leaveBase() {
  const base = forgetRows();
  void writing.then(() => base?.close());
}

/** Forget the rows, as nobody is signed in any more. */
export async function dropBase() {
  const base = forgetRows();
  await writing;
  await base?.drop().catch(() => {});
}

/** @returns {Base|null} what held them */
function forgetRows() {
  const base = parts.base;
  parts.base = null;
  owner = null;
  heard = [];
  fill();
  return base;
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
