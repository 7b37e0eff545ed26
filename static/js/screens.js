/**
 * Which screen a route shows. What a nurse needs comes with the app; the other screens come right after it, before
 * anybody asks for them: a screen that is fetched on demand is missing in a downtime.
 */
import { signal } from "@preact/signals";

import Opening from "./components/opening.js";
import Broadcast from "./phone/broadcast.js";
import Card from "./phone/card.js";
import Now from "./phone/now.js";
import SignIn from "./phone/sign_in.js";
import StartCards from "./phone/start_cards.js";
import Updates from "./phone/updates.js";

/** @typedef {import("preact").ComponentType} Screen */

const FIRST = /** @type {Record<string, Screen>} */ ({
  now: Now, card: Card, updates: Updates, broadcast: Broadcast, start: StartCards, "sign-in": SignIn,
});

const LATER = /** @type {Record<string, () => Promise<{default: Screen}>>} */ ({
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
  shift: () => import("./phone/shift.js"),
  planned: () => import("./phone/planned.js"),
  checks: () => import("./phone/checks.js"),
  recovery: () => import("./board/recovery.js"),
});

const RETRY_MS = 5_000;
const arrived = signal(/** @type {Record<string, Screen>} */ ({}));

/** @param {string} name of a route */
export const screenFor = (name) => FIRST[name] ?? arrived.value[name] ?? (LATER[name] ? Opening : Now);

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
