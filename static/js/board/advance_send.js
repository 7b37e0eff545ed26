/** Asking the server to move the incident on, once at a time. */
import { signal } from "@preact/signals";

import { hasMoved } from "../lib/advance_rules.js";
import { askServer, go } from "../store/actions.js";
import { now } from "../store/state.js";

export const moving = signal(false);
/** @type {import("@preact/signals").Signal<null|{incident: string, to: string, at: number, error?: any, refused?: string}>} what the last try brought */
export const lastTry = signal(null);

/** @param {string} incident @param {string} to @param {string} note @param {string} [override] the commander's reason to go on over open safety steps; a second tap meanwhile does nothing */
export async function advance(incident, to, note, override = "") {
  if (moving.value) return;
  moving.value = true;
  lastTry.value = null;
  try {
    const result = await askServer("incident.advance", { incident, to, note, ...(override ? { override } : {}) });
    if (hasMoved(result)) go("/app/board");
    else lastTry.value = { incident, to, at: now.value, refused: result.msg ?? "" };
  } catch (error) {
    lastTry.value = { incident, to, at: now.value, error };
  } finally {
    moving.value = false;
  }
}
