/** What this device carries for others: read, delivered in every round, and the same in all tabs. */

import { wallMs } from "../lib/clock.js";
import { outboxOf, parts } from "./parts.js";
import { carried } from "./state.js";

/** Most phones never carry anything. */
const delivery = () => import("../live/deliver.js");

/** Read again what this device carries. */
export async function recallCarried() {
  await parts.carry.prune(wallMs()).catch(() => {});
  carried.value = await parts.carry.all().catch(() => carried.value);
}

/** Hand in what is carried; a part of every round. */
export async function deliverCarried() {
  if (!carried.value.some(({ state }) => state === "carrying")) return { state: "done", settled: 0 };
  const { deliver } = await delivery();
  const tokenOf = (/** @type {string} */ user) => outboxOf(user).meta("push_token");
  const outcome = await deliver({ api: parts.api, carry: parts.carry, tokenOf, user: parts.outbox?.user ?? null });
  if (outcome.settled > 0) await carriedChanged();
  return outcome;
}

/** It is another now: show it here and in the other tabs. */
export async function carriedChanged() {
  await recallCarried();
  parts.channel.post({ kind: "carried" });
}
