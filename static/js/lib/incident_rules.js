/** Clocks, promises and next steps of an incident, as leaders see them. Pure. */

import { toMs } from "./clock.js";

const MINUTE_MS = 60_000;
/** @typedef {{id: string, b: any}} Shown */

/** The stops of an incident in their order; TS only shows once it is over. */
const STOPS = ["planned", "T0", "TD", "TB", "TR", "TA", "TE", "TS"];
/** After which clock the incident stands in each state, and since when. @type {Record<string, string>} */
const HERE_AFTER = { declared: "TB", restored: "TR", all_clear: "TA" };
const SINCE = /** @type {Record<string, string>} */ ({ declared: "TD", restored: "TR", all_clear: "TA" });

/**
 * The line of clocks: what has been reached, where the incident stands now and since when, what is to come.
 * @param {any} b body of the incident @param {number} now
 * @returns {Array<{key: string, at: string|null, minutes: number|null, state: "on"|"here"|"ahead"}>} key `now` is the place where it stands
 */
export function stages(b, now) {
  const clocks = b.clocks ?? {};
  const shown = STOPS.filter((key) => !["TS", "planned"].includes(key) || clocks[key]);
  return shown.flatMap((key) => {
    const stop = { key, at: clocks[key] ?? null, minutes: null, state: /** @type {"on"|"ahead"} */ (clocks[key] ? "on" : "ahead") };
    if (HERE_AFTER[b.state] !== key) return [stop];
    return [stop, { key: "now", at: null, minutes: Math.floor((now - toMs(clocks[SINCE[b.state]])) / MINUTE_MS), state: /** @type {const} */ ("here") }];
  });
}

/** How soon after declaring the first update is owed. */
export const FIRST_UPDATE_MIN = 15;

/**
 * The promised next update. The first one is owed without a promise.
 * @param {any} b body of the incident @param {Shown[]} broadcasts newest first @param {number} now
 * @returns {{no: number, at: number, missed: boolean}|null} null when nothing is promised
 */
export function promise(b, broadcasts, now) {
  if (!HERE_AFTER[b.state]) return null;
  const no = nextNo(broadcasts);
  const at = broadcasts.length ? toMs(broadcasts.find((one) => one.b.state === "current" && one.b.next_update_at)?.b.next_update_at) : toMs(b.clocks?.TD) + FIRST_UPDATE_MIN * MINUTE_MS;
  return Number.isNaN(at) ? null : { no, at, missed: at <= now };
}

/** @param {Shown[]} broadcasts of one incident */
export const nextNo = (broadcasts) => broadcasts.reduce((no, { b }) => Math.max(no, b.no), 0) + 1;

/** What may come next; the server decides again. @type {Record<string, string[]>} */
const NEXT = { planned: ["declared", "cancelled"], declared: ["restored", "cancelled"], restored: ["all_clear", "cancelled"], all_clear: ["closed"] };

/** @param {string} state @returns {string[]} */
export const nextSteps = (state) => NEXT[state] ?? [];
