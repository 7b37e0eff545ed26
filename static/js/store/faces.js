/** Whom this device knows, and how much of theirs waits here: what the sign-in screen shows. */

import { effect } from "@preact/signals";

import { wallMs } from "../lib/clock.js";
import { isFinal } from "../lib/overlay.js";
import { ageOf } from "../live/push.js";
import { allOutboxes, outboxOf, parts } from "./parts.js";
import { locked, ops, people, session } from "./state.js";
import { knownEpoch } from "./tables.js";

/** @typedef {import("./state.js").Face} Face */

/** Read everybody's outbox again: after a start, a flush, a sign-in. */
export async function refreshFaces() {
  const known = await parts.people.known().catch(() => []);
  const faces = await Promise.all(known.map(faceOf));
  people.value = faces.sort((a, b) => a.name.localeCompare(b.name));
}

/** The own number follows at once. @returns {() => void} stop */
export function keepFaces() {
  return effect(() => {
    const user = session.value?.user.id;
    const waiting = ops.value.filter((entry) => !isFinal(entry, knownEpoch())).length;
    const face = people.peek().find((one) => one.id === user);
    if (face && face.waiting !== waiting) people.value = people.peek().map((one) => (one === face ? { ...face, waiting } : one));
  });
}

/** @param {import("../offline/people.js").Person} person @returns {Promise<Face>} */
async function faceOf({ id, name, username }) {
  const outbox = outboxOf(id);
  const entries = await outbox.all().catch(() => []);
  const { st, digits } = await parts.pins.state(id).catch(() => ({ st: "none", digits: 0 }));
  const waiting = entries.filter((entry) => !isFinal(entry, knownEpoch())).length;
  const due = Boolean(await outbox.meta("sign_in_due").catch(() => false));
  return { id, name, username, waiting, digits, due, opens: opensBy(id, st) };
}

/** @param {string} id @param {string} st of the PIN @returns {Face["opens"]} */
function opensBy(id, st) {
  if (st === "on") return "pin";
  return st === "none" && locked.value === id ? "tap" : "password";
}

/** Somebody's entries are refused until they sign in, or taken again. @param {import("../offline/outbox.js").Outbox} outbox @param {boolean} due */
export async function noteSignInDue(outbox, due) {
  if (Boolean(await outbox.meta("sign_in_due")) === due) return;
  await outbox.setMeta("sign_in_due", due);
  await refreshFaces();
}

/** What waits in all outboxes of this device, for the server to tell leaders; nothing when nothing does. */
export async function heldHere() {
  const queues = await Promise.all((await allOutboxes()).map(queueOf));
  const told = held_told;
  held_told = queues.some(({ len }) => len > 0);
  return told || held_told ? queues : [];
}

let held_told = false;

/** @param {import("../offline/outbox.js").Outbox} outbox */
async function queueOf(outbox) {
  const waiting = (await outbox.all()).filter((entry) => !isFinal(entry, knownEpoch()));
  const at = wallMs();
  return { user: outbox.user, len: waiting.length, oldest_age_ms: Math.max(0, ...waiting.map((entry) => ageOf(entry, at))) };
}
