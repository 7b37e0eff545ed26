/**
 * What the screens read. Each signal has one owner, the store; screens never write.
 *
 * @typedef {{id: string, name: string, username: string, roles: string[], units: string[], memberships: Array<{unit: string, role: string}>}} User
 * @typedef {{user: User, site: {id: string, name: string, demo: boolean, tz: string, public_updates?: boolean}, device: string, offline_until: string|null, app: any, vapid: string}} Session
 * @typedef {{id: string, name: string, username: string, waiting: number, opens: "pin"|"tap"|"password", digits: number, due: boolean}} Face
 *   `waiting` entries that are not on record, how it `opens`, the `digits` of the PIN, `due`: the server takes nothing before a new sign-in
 * @typedef {"starting"|"live"|"polling"|"alone"|"not_ours"|"sign_in"} ContactState
 */

import { signal } from "@preact/signals";

import { now as readNow } from "../lib/clock.js";

/** @type {import("@preact/signals").Signal<Session|null>} who is signed in on this device, also without a network */
export const session = signal(null);

/** @type {import("@preact/signals").Signal<boolean>} false until storage has been read: an unknown is not "signed out" */
export const ready = signal(false);

/** @type {import("@preact/signals").Signal<{state: ContactState, last_heard_at: number|null, waiting: number, sentence: string}>} */
export const contact = signal({ state: "starting", last_heard_at: null, waiting: 0, sentence: "" });

/** @type {import("@preact/signals").Signal<Face[]>} who has signed in on this device, by name */
export const people = signal([]);

/** @type {import("@preact/signals").Signal<string|null>} the id of the person who has locked this device and may come back */
export const locked = signal(null);

/** @type {import("@preact/signals").Signal<boolean|null>} the browser's promise not to clear what is stored here; null while unknown */
export const kept = signal(null);

/** @type {import("@preact/signals").Signal<import("../offline/canary.js").Waiting[]|null>} the storage came back empty: what was lost with it */
export const emptied = signal(null);

/** @type {import("@preact/signals").Signal<import("./status.js").Held|null>} the newest status that the server has signed, verified */
export const status = signal(null);

/** @type {import("@preact/signals").Signal<import("../lib/handed.js").Handed[]>} what the person has handed over to other phones, newest first */
export const handed = signal([]);

/** @type {import("@preact/signals").Signal<import("../offline/carried.js").Carried[]>} what this device carries for others, newest first */
export const carried = signal([]);

/** Whether a ward shares this device: it locks itself. */
export const shared = signal(false);

/** Server-corrected time in ms, moves every 5 s. */
export const now = signal(readNow());

/** @type {import("@preact/signals").Signal<{name: string, params: Record<string, string>}>} */
export const route = signal({ name: "now", params: {} });

/** A newer app lies ready and waits for a tap. */
export const update_ready = signal(false);

/** @type {import("@preact/signals").Signal<null|{text: string, undo?: string}>} `undo` is the id of the op to take back */
export const toast = signal(null);

/** @type {import("@preact/signals").Signal<import("../lib/types.js").Entry[]>} own ops and their journal, by n */
export const ops = signal([]);
