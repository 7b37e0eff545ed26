/** The order of the help queue and of the timeline. Pure. */

import { toMs } from "./clock.js";

/** @typedef {{id: string, b: any}} Shown */
const MINUTE_MS = 60_000;

/** Open requests: nobody's first, the longest wait on top. @template {Shown} T @param {T[]} help @returns {T[]} */
export const queue = (help) =>
  help.filter(({ b }) => b.state !== "closed").sort((a, b) => Number(a.b.state !== "open") - Number(b.b.state !== "open") || toMs(a.b.at) - toMs(b.b.at));

/** @param {any} b body of a `help` row @param {number} now whole minutes since it was asked */
export const waits = (b, now) => Math.max(0, Math.floor((now - toMs(b.at)) / MINUTE_MS));

/** Newest first; what happened in the same moment stays in the order it was recorded. @template {Shown} T @param {T[]} events @returns {T[]} */
export const newestFirst = (events) => [...events].sort((a, b) => toMs(b.b.at) - toMs(a.b.at) || (a.id < b.id ? 1 : -1));
