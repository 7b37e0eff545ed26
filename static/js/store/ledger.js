/** The person's own ops in this tab: stored first, then shown. A storage that fails is answered by another one. */

import { batch } from "@preact/signals";

import { iso, surelyOffsetMs, wallMs } from "../lib/clock.js";
import { freshEntry } from "../lib/entry.js";
import { uuid7 } from "../lib/ids.js";
import { REDUCERS } from "../lib/reducers.js";
import { rescue, rescued } from "../offline/emergency.js";
import { isFull } from "../offline/idb.js";
import { storageFailed } from "./connection.js";
import { mark, unmark } from "./marks.js";
import { parts } from "./parts.js";
import { makeRoom } from "./replica.js";
import { row } from "./rows.js";
import { ops, session } from "./state.js";

/** @typedef {import("../lib/types.js").Op} Op */
/** @typedef {import("../lib/types.js").Entry} Entry */

/** @param {string} kind @param {any} args @returns {Op} */
export function makeOp(kind, args) {
  const ms = wallMs();
  return { id: uuid7(ms), kind, v: 1, at: iso(ms), offset_ms: surelyOffsetMs(), base: baseOf(kind, args), args };
}

/** Store an op; resolves when it is safe on this phone. Rejects only when no storage at all takes it. @param {Op} op @returns {Promise<Entry>} */
export async function keep(op) {
  const outbox = parts.outbox;
  if (!outbox) throw { code: "sign_in", msg: "" };
  const entry = await addMakingRoom(outbox, op).catch(() => keepForLater(outbox.user, op));
  if (outbox === parts.outbox) await mark(entry);
  batch(() => {
    if (outbox === parts.outbox && !ops.value.some((one) => one.id === op.id)) show([...ops.value, entry]);
    unmark(entry);
  });
  parts.channel.post({ kind: "ops", user: outbox.user });
  return entry;
}

/** Read the outbox again, with what waits in the emergency key. */
export async function reloadOps() {
  const outbox = parts.outbox;
  if (!outbox) return;
  try {
    const entries = await outbox.all();
    const known = new Set(entries.map((entry) => entry.id));
    const aside = rescued().filter(({ user, op }) => user === outbox.user && !known.has(op.id));
    if (outbox === parts.outbox) show([...entries, ...aside.map(({ op }) => rescuedEntry(op))]);
  } catch {
    storageFailed();
  }
}

/** The person, or a refusal. @returns {import("./state.js").User} */
export function person() {
  if (!session.value) throw { code: "sign_in", msg: "" };
  return session.value.user;
}

/** Rows can be fetched again, ops cannot: a full storage gives up its rows. @param {import("../offline/outbox.js").Outbox} outbox @param {Op} op */
async function addMakingRoom(outbox, op) {
  try {
    return await outbox.add(op);
  } catch (error) {
    if (!isFull(error)) throw error;
    await makeRoom();
    return outbox.add(op);
  }
}

/** @param {string} user @param {Op} op @returns {Entry} */
function keepForLater(user, op) {
  try {
    rescue(user, op);
  } catch {
    throw { code: "not_saved", msg: "" };
  } finally {
    storageFailed();
  }
  return rescuedEntry(op);
}

/** It gets its number when it moves into the outbox. @param {Op} op @returns {Entry} */
const rescuedEntry = (op) => freshEntry(op, Number.MAX_SAFE_INTEGER);

/** @param {Entry[]} entries */
const show = (entries) => void (ops.value = entries.sort((a, b) => a.n - b.n));

/** The seq of the row the person looked at, 0 when there is none. @param {string} kind @param {any} args */
function baseOf(kind, args) {
  const rule = REDUCERS[kind];
  const seen = args.broadcast ? row("broadcast", args.broadcast) : rule && !rule.creates && row(rule.t, args.task ?? args.help ?? person().id);
  return (seen && seen.seq) || 0;
}
