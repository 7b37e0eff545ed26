/**
 * The status that the server has signed, as this device holds it: it proves how old the news is, also when it came by
 * another phone's screen. What cannot be verified is never kept.
 *
 * @typedef {import("../lib/signed.js").Signed} Signed
 * @typedef {{status: import("../lib/status_rules.js").Status, signed: Signed, brought: boolean}} Held  `brought` by a colleague's phone
 */

import { effect } from "@preact/signals";

import { now as readNow } from "../lib/clock.js";
import { gistOfRows, gistOfStatus, isDue, isStatus } from "../lib/status_rules.js";
import { ApiError } from "../live/api.js";
import { parts } from "./parts.js";
import { rowsOf } from "./rows.js";
import { session, status } from "./state.js";

const SPREAD_MS = 20_000;

/** The first screen waits for neither signature nor library. */
const signing = () => import("../lib/signed.js");

/** @param {{sign: string, relay: string}|undefined} keys of the server, from a boot object and from nothing else */
export async function keepKeys(keys) {
  if (!keys) return;
  const known = await parts.people.note("server_keys");
  if (known?.sign === keys.sign && known.relay === keys.relay) return;
  await parts.people.keepNote("server_keys", keys);
}

/** @returns {Promise<{sign: string, relay: string}|undefined>} as this device keeps them */
export const serverKeys = () => parts.people.note("server_keys");

/** What is read and kept, one after the other: what came last is what stays. @type {Promise<unknown>} */
let turn = Promise.resolve();

/** @template T @param {() => Promise<T>} work without the network, which others would wait for @returns {Promise<T>} */
function inTurn(work) {
  const done = turn.then(work);
  turn = done.catch(() => {});
  return done;
}

/** All that was begun is read and kept. */
export const statusSettled = () => inTurn(async () => {});

/** Show again what storage holds, verified anew: storage can be written by others. @returns {Promise<void>} */
export const recallStatus = () =>
  inTurn(async () => {
    const kept = await parts.people.note("status").catch(() => undefined);
    status.value = kept ? await verified(kept.signed, Boolean(kept.brought)) : null;
  });

/**
 * News arrive as rows by themselves; the signed status follows soon, not at the same moment on every phone.
 * @returns {() => void} stop
 */
export function followNews() {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const ask = () => {
    timer = undefined;
    if (parts.leader.leading) refreshStatus().catch(() => {});
  };
  const stop = effect(() => {
    const rows = gistOfRows(rowsOf("incident"), rowsOf("broadcast"));
    if (status.value && gistOfStatus(status.value.status) !== rows) timer ??= setTimeout(ask, Math.random() * SPREAD_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/** @type {Promise<void>|null} */
let asking = null;

/** After a contact: ask for a new one if it is due. Who asks meanwhile waits for the same answer. A server that has none to give changes nothing. */
export function refreshStatus() {
  asking ??= askForStatus().finally(() => (asking = null));
  return asking;
}

async function askForStatus() {
  const rows = gistOfRows(rowsOf("incident"), rowsOf("broadcast"));
  const user = parts.outbox?.user;
  if (!user || rightsMissing() || !isDue(status.value, rows, readNow())) return;
  const signed = await parts.api.status().catch((error) => {
    if (error instanceof ApiError) return null;
    throw error;
  });
  if (signed && parts.outbox?.user === user) await keepStatus(signed, false);
}

const rightsMissing = () => (session.value?.user.roles.length ?? 0) === 0;

/** @param {Signed} signed @param {boolean} brought @returns {Promise<void>} */
export const keepStatus = (signed, brought) =>
  inTurn(async () => {
    const held = await verified(signed, brought);
    if (!held) return;
    status.value = held;
    await parts.people.keepNote("status", { signed: held.signed, brought }).catch(() => {});
    parts.channel.post({ kind: "status" });
  });

/** Null for what the server has not signed. @param {any} signed @param {boolean} brought @returns {Promise<Held|null>} */
export async function verified(signed, brought) {
  const { readSigned } = await signing();
  const content = await readSigned("status", signed, (await serverKeys())?.sign);
  return isStatus(content) ? { status: content, signed: { text: signed.text, sig: signed.sig }, brought } : null;
}
