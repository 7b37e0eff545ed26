/**
 * The phone's own code in a process of its own, told what to do line by line: `{"do", ...}` in, `{"ok"}` or `{"error"}`
 * out. Storage lives as long as the process, so a page may be closed and opened again over it.
 *
 *     node phone_driver.js ADDRESS [socket]
 *
 * `hurry` makes every wait that many times shorter, so that a deadline of nine seconds can be waited for in a test.
 */

import { cleanDevice } from "./setup.js";

import { createInterface } from "node:readline";

import { io } from "socket.io-client";

import { askServer, record, signIn, signOut, tryNow, undo } from "../../static/js/store/actions.js";
import { holdPin } from "../../static/js/store/cookie.js";
import { parts } from "../../static/js/store/parts.js";
import { start } from "../../static/js/store/start.js";
import { contact, emptied, ops, people, session, toast } from "../../static/js/store/state.js";
import { fill, position, serverEpoch, wholeBase } from "../../static/js/store/tables.js";
import { entries, rowsOf } from "../../static/js/store/view.js";

let address = process.argv[2];
const socket = process.argv[3];
const [realNow, ran, later, every] = [Date.now, performance.now.bind(performance), setTimeout, setInterval];
let ahead_ms = 0;
let times = 1;
/** Storage keeps its own deadline of three seconds: a busy machine must not look like a broken disk. @param {number} ms */
const hurried = (ms) => (ms > 3_000 ? ms / times : ms);
let cookie = "";
/** @type {(() => Promise<void>)|null} */
let stop = null;
/** What a person could have read at any moment: states of contact, in order. @type {string[]} */
let seen = [];

Date.now = () => realNow() + ahead_ms;
performance.now = () => ran() * times;
globalThis.setTimeout = /** @type {any} */ ((/** @type {any} */ act, /** @type {number} */ ms = 0, /** @type {any[]} */ ...rest) => later(act, hurried(ms), ...rest));
globalThis.setInterval = /** @type {any} */ ((/** @type {any} */ act, /** @type {number} */ ms = 0, /** @type {any[]} */ ...rest) => every(act, hurried(ms), ...rest));
contact.subscribe(({ state }) => void (state !== seen.at(-1) && seen.push(state)));

/** What a browser adds to a request: whose page it is, and the cookie unless it is left out. @param {string} path @param {any} init */
async function fetcher(path, init) {
  const headers = { ...init.headers, Origin: address, ...(cookie && init.credentials !== "omit" ? { Cookie: cookie } : {}) };
  const response = await fetch(address + path, { ...init, headers });
  const set = response.headers.getSetCookie()[0];
  if (set && init.credentials !== "omit") cookie = set.split(";")[0];
  return response;
}

const silent = { on: () => {}, close: () => {}, connected: false, io: { engine: { on: () => {} } } };
const connect = socket ? (/** @type {string} */ _path, /** @type {any} */ options) => io(address, options) : () => silent;

/** A page is loaded: memory is empty, storage is what it was. */
async function open() {
  await stop?.();
  for (const [one, empty] of /** @type {Array<[any, any]>} */ ([[session, null], [ops, []], [serverEpoch, null], [toast, null], [people, []], [emptied, null]])) one.value = empty;
  contact.value = { state: "starting", last_heard_at: null, waiting: 0, sentence: "" };
  holdPin(null);
  fill();
  Object.assign(parts, { outbox: null, base: null, ticket: null, boot_due: true });
  stop = await start({ fetcher: /** @type {any} */ (fetcher), connect, locks: undefined });
}

/** @param {() => void} clear */
async function emptyDevice(clear) {
  await stop?.();
  stop = null;
  cookie = "";
  clear();
  await open();
}

const shown = () => ({
  ...contact.value, person: session.value?.user.username ?? null, ...position.value, server_epoch: serverEpoch.value, emptied: emptied.value, app: session.value?.app ?? null,
  entries: entries.value.map(({ id, kind, state, at, result }) => ({ id, kind, state, at, result })),
});

/** @type {Record<string, (given: any) => any>} */
const DO = {
  open,
  sign_in: async ({ username, password }) => (await signIn({ username, password }), shown()),
  sign_out: signOut,
  record: async ({ kind, args }) => (await record(kind, args)).id,
  ask: ({ kind, args }) => askServer(kind, args),
  undo: ({ id }) => undo(id),
  talk: async () => (await tryNow(), shown()),
  shown,
  seen: () => [seen, (seen = [contact.value.state])][0],
  rows: ({ type }) => rowsOf(type).map(({ id, scope, b, pending }) => ({ id, scope, b, pending })),
  base: () => wholeBase().puts,
  hurry: (given) => void (times = given.times),
  ahead: ({ ms }) => void (ahead_ms = ms),
  lose_cookie: () => void (cookie = ""),
  /** Another server, or the same under another name. */
  address: (given) => void (address = given.address),
  /** Another device: nothing is stored on it. */
  fresh: () => emptyDevice(() => cleanDevice()),
  /** The browser has cleared the database; what it keeps elsewhere stays. */
  lose_storage: () =>
    emptyDevice(() => {
      const canary = localStorage.getItem("wardlight-canary");
      cleanDevice();
      if (canary) localStorage.setItem("wardlight-canary", canary);
    }),
};

cleanDevice();
await open();
process.stdout.write(`${JSON.stringify({ ok: "open" })}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const { do: what, ...given } = JSON.parse(line);
  const said = await Promise.resolve()
    .then(() => DO[what](given))
    .then((ok) => ({ ok: ok ?? null }), (error) => ({ error: { code: error.code ?? String(error), msg: error.msg ?? error.stack } }));
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
process.exit(0);
