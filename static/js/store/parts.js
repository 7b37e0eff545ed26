/** The edge modules this tab works with, joined once by `start`. Nothing here is shown; screens never import it. */

import { Carry } from "../offline/carried.js";
import { Outbox } from "../offline/outbox.js";
import { People } from "../offline/people.js";
import { Pins } from "../offline/pins.js";
import { knownEpoch } from "./tables.js";

/**
 * @typedef {object} Parts
 * @property {ReturnType<typeof import("../live/api.js").createApi>} api
 * @property {People} people
 * @property {Pins} pins
 * @property {Carry} carry
 * @property {string} device
 * @property {Outbox|null} outbox  of the person who is signed in
 * @property {import("../offline/base.js").Base|null} base
 * @property {import("../live/channel.js").Channel} channel
 * @property {import("../live/leader.js").Leader} leader
 * @property {import("../live/sync.js").Sync} sync
 * @property {import("../live/socket.js").Socket} socket
 * @property {any} locks
 * @property {{ws_ticket: string, at: number}|null} ticket
 * @property {boolean} boot_due
 * @property {string} build  of this page, as leaders read it beside the device
 */

/** @type {Parts} */
export const parts = /** @type {any} */ ({ outbox: null, base: null, ticket: null, boot_due: true, build: globalThis.document?.documentElement.dataset.version ?? "" });

/** @type {Map<string, Outbox>} */
const outboxes = new Map();

/** @param {string} user @returns {Outbox} the one outbox object of a person in this tab */
export function outboxOf(user) {
  const known = outboxes.get(user) ?? new Outbox(user);
  outboxes.set(user, known);
  return known;
}

/** Outboxes of everybody who ever signed in on this device, the current person's first. @returns {Promise<Outbox[]>} */
export async function allOutboxes() {
  const own = parts.outbox?.user;
  const known = (await parts.people.known()).map((person) => person.id);
  const users = [...new Set([...(own ? [own] : []), ...known])];
  return users.map(outboxOf);
}

/** The way of an outbox to the server. @returns {import("../live/push.js").Link} */
export const linkOf = () => ({ api: parts.api, device: parts.device, epoch: knownEpoch, app: parts.build });

/** Let go of all of them. */
export function closeOutboxes() {
  for (const outbox of outboxes.values()) outbox.close();
  outboxes.clear();
}

/** Ask whichever tab talks to talk now. @returns {Promise<void>} */
export async function wake() {
  if (parts.leader.leading) await parts.sync.wake();
  else parts.channel.post({ kind: "wake" });
}
