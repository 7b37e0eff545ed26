/** What this device's storage promises, and whether it kept the promise. */

import { effect } from "@preact/signals";

import { keepCanary, missedBy, readCanary } from "../offline/canary.js";
import { rescued } from "../offline/emergency.js";
import { outboxOf, parts } from "./parts.js";
import { emptied, kept, people } from "./state.js";

/** Ask the browser not to clear what is stored here; some ask the person, some decide by themselves. */
export async function askToKeep() {
  const storage = globalThis.navigator?.storage;
  kept.value = (await storage?.persist?.().catch(() => null)) ?? kept.value;
}

/**
 * At the start: the device's id, kept over a loss of the database, so that the server sees the entries' numbers begin
 * anew and tells leaders.
 */
export async function checkStorage() {
  const canary = readCanary();
  const device = await parts.people.note("device");
  emptied.value = await missedBy(canary, { device, count: entriesOf });
  parts.device = await parts.people.device(canary?.device);
  globalThis.navigator?.storage?.persisted?.().then((answer) => void (kept.value = answer), () => {});
}

/** @param {string} user */
async function entriesOf(user) {
  const aside = rescued().filter((one) => one.user === user).length;
  return aside || outboxOf(user).all().then((all) => all.length, () => Infinity);
}

/** @returns {() => void} stop */
export const keepWatch = () =>
  effect(() => {
    if (people.value.length > 0 || emptied.value !== null) keepNow();
  });

function keepNow() {
  const waiting = people.value.map(({ id, name, waiting }) => ({ id, name, waiting }));
  keepCanary({ device: parts.device, people: waiting, lost: emptied.value });
}

/** Somebody has read what was lost. */
export function sawEmptied() {
  emptied.value = null;
  keepNow();
}
