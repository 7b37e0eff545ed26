/** A current update that has arrived on a person's phone is reported once, by the tab that talks. */

import { effect } from "@preact/signals";

import { record } from "./actions.js";
import { parts } from "./parts.js";
import { contact, ready, session } from "./state.js";
import { isForMe, isRunning, rowsOf, said } from "./view.js";

/** @type {Set<string>} on their way to the outbox */
const underway = new Set();

/** @returns {() => void} stop */
export function reportReceipts() {
  return effect(() => {
    if (!session.value || !ready.value) return;
    const arrived = rowsOf("broadcast").filter(({ id, b }) => b.state === "current" && isForMe(b) && isRunning(b) && !said("broadcast.receive", id));
    if (!parts.leader.leading) return;
    for (const { id } of arrived) report(id);
  });
}

/** @param {string} broadcast */
function report(broadcast) {
  if (underway.has(broadcast)) return;
  underway.add(broadcast);
  record("broadcast.receive", { broadcast, read: false, path: contact.value.state === "live" ? "socket" : "poll" })
    .catch(() => {})
    .finally(() => underway.delete(broadcast));
}
