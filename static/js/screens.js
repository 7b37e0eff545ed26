/**
 * Which screen a route shows. The first one comes with the app; the others come right after it, before anybody asks
 * for them: a screen that is fetched on demand is missing in a downtime.
 */
import { signal } from "@preact/signals";

import Opening from "./components/opening.js";
import Now from "./phone/now.js";

/** @typedef {import("preact").ComponentType} Screen */

const LATER = /** @type {Record<string, () => Promise<{default: Screen}>>} */ ({
  card: () => import("./phone/card.js"),
  "sign-in": () => import("./people/sign_in.js"),
  updates: () => import("./phone/updates.js"),
  broadcast: () => import("./phone/broadcast.js"),
  start: () => import("./phone/start_cards.js"),
  board: () => import("./board/board.js"),
  declare: () => import("./board/declare.js"),
  compose: () => import("./board/compose.js"),
  advance: () => import("./board/advance.js"),
  help: () => import("./phone/help.js"),
  entries: () => import("./phone/entries.js"),
  more: () => import("./phone/more.js"),
  carry: () => import("./phone/carry.js"),
  "hand-over-entries": () => import("./phone/hand_over_entries.js"),
  "pass-status": () => import("./phone/pass_status.js"),
  reach: () => import("./board/reach.js"),
  runner: () => import("./phone/runner.js"),
  door: () => import("./phone/door.js"),
  planned: () => import("./phone/planned.js"),
  shift: () => import("./phone/shift.js"),
  checks: () => import("./phone/checks.js"),
  paper: () => import("./phone/paper.js"),
  "what-if": () => import("./phone/what_if.js"),
  changes: () => import("./phone/plan_changes.js"),
  recovery: () => import("./board/recovery.js"),
  command: () => import("./board/command.js"),
  outages: () => import("./board/outages.js"),
});

const RETRY_MS = 5_000;
const arrived = signal(/** @type {Record<string, Screen>} */ ({}));

/** @param {string} name of a route */
export const screenFor = (name) => arrived.value[name] ?? (LATER[name] ? Opening : Now);

/** Fetch every screen that is not here yet, and go on trying: call it once, when the first screen is shown. */
export async function fetchScreens() {
  const missing = Object.keys(LATER).filter((name) => !arrived.value[name]);
  await Promise.allSettled(missing.map(fetchScreen));
  if (missing.some((name) => !arrived.value[name])) setTimeout(fetchScreens, RETRY_MS);
}

/** @param {string} name */
async function fetchScreen(name) {
  const screen = (await LATER[name]()).default;
  arrived.value = { ...arrived.value, [name]: screen };
}
