/** A phone's page over a fake server: what the tests of the store begin with. */
import { cleanDevice, openTask } from "./setup.js";

import { afterEach, beforeEach } from "node:test";

import { say, signIn } from "../../static/js/store/actions.js";
import { parts } from "../../static/js/store/parts.js";
import { start } from "../../static/js/store/start.js";
import { contact, ops, people, session, toast } from "../../static/js/store/state.js";
import { fill, serverEpoch } from "../../static/js/store/tables.js";
import { row } from "../../static/js/store/view.js";
import { FakeServer } from "./fake_server.js";

/** The server of the running test, and whether the phone reaches it. */
export const ward = { server: new FakeServer(), reachable: true };

/** Stops the page. @type {() => Promise<void>} */
let stop = async () => {};
const socket = { on: () => {}, close: () => {}, connected: false, io: { engine: { on: () => {} } } };

/** @type {any} */
const fetcher = (/** @type {string} */ path, /** @type {any} */ init) => (ward.reachable ? ward.server.fetch(path, init) : Promise.reject(new TypeError("network")));

/** A page is loaded: memory is empty, storage is what it was. */
export async function openPage() {
  await stop();
  session.value = null;
  ops.value = [];
  serverEpoch.value = null;
  toast.value = null;
  contact.value = { state: "starting", last_heard_at: null, waiting: 0, sentence: "" };
  people.value = [];
  fill();
  Object.assign(parts, { outbox: null, base: null, ticket: null, boot_due: true });
  stop = await start({ fetcher, connect: () => socket, locks: undefined });
}

/** @param {any} [fields] */
export const incident = (fields = {}) => ({ no: 1, title: "EHR down", kind: "real", state: "declared", level: 2, plan: "ehr", clocks: { TD: "2026-11-21T20:40:00.000Z" }, units: ["icu"], ...fields });
/** @param {any} [fields] */
export const broadcast = (fields = {}) => ({ incident: "incident-1", no: 1, state: "current", headline: "EHR is down", ack: "person", by: "omar", at: "2026-11-21T20:41:00.000Z", audience: { units: null, roles: null }, kind: "real", ...fields });

beforeEach(async () => {
  cleanDevice();
  ward.reachable = true;
  ward.server = new FakeServer();
  ward.server.signed_in = null;
  ward.server.put("user:nia", "me", "nia", { name: "Nia", username: "nia", roles: ["bedside-nurse"], units: ["icu"], memberships: [{ unit: "icu", role: "bedside-nurse" }], duty: [] });
  ward.server.put("site:northgate", "incident", "incident-1", incident());
  ward.server.put("unit:icu", "task", "task-1", openTask("Print the list of beds", { order: 1 }));
  ward.server.put("unit:icu", "task", "task-2", openTask("Call the lab", { order: 2 }));
  ward.server.put("unit:icu", "task", "task-3", openTask("Lead the huddle", { role: "charge-nurse" }));
  ward.server.put("ref:northgate", "unit", "icu", { name: "Intensive care", order: 1 });
  await openPage();
});

afterEach(async () => {
  say("");
  await stop();
  stop = async () => {};
});

/** The page goes. */
export const closePage = () => stop();

export const signInNia = () => signIn({ username: "nia", password: "demo" });
export const shownState = (id = "task-1") => row("task", id)?.b.state;
