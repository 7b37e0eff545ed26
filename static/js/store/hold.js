/** During a real incident nobody's app changes. The boot answer that says so may be hours old; the rows are not. */

import { effect } from "@preact/signals";

import { session } from "./state.js";
import { incidents } from "./view.js";

const RUNNING = ["declared", "restored", "all_clear"];

/** @returns {() => void} stop */
export function followHold() {
  let ran = false;
  return effect(() => {
    const runs = incidents.value.some(({ b }) => b.kind === "real" && RUNNING.includes(b.state));
    const held = session.value;
    if (held?.app && (runs ? !held.app.hold : ran && held.app.hold)) session.value = { ...held, app: { ...held.app, hold: runs } };
    ran = runs;
  });
}
