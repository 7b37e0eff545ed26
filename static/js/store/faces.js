/** Whom this device knows, and how much of theirs waits here: what the sign-in screen shows. */

import { effect } from "@preact/signals";

import { isFinal } from "../lib/overlay.js";
import { outboxOf, parts } from "./parts.js";
import { ops, people, session } from "./state.js";
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
  const entries = await outboxOf(id).all().catch(() => []);
  return { id, name, username, waiting: entries.filter((entry) => !isFinal(entry, knownEpoch())).length };
}
