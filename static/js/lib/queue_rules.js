/** The order of the help queue and of the timeline. Pure. */

import { toMs } from "./clock.js";

/** @typedef {{id: string, b: any}} Shown */
const MINUTE_MS = 60_000;

/** What is asked, not yet answered: nobody's first, safety before the rest, the longest wait on top. @template {Shown} T @param {T[]} help @returns {T[]} */
export const queue = (help) => help.filter(({ b }) => b.state !== "closed").sort((a, b) => rank(a) - rank(b) || toMs(a.b.at) - toMs(b.b.at));

/** @param {Shown} asked */
const rank = ({ b }) => (b.state === "open" ? 0 : 2) + (b.safety ? 0 : 1);

/** The last ones that were answered, the newest first. @template {Shown} T @param {T[]} help @param {number} most @returns {T[]} */
export const answered = (help, most) =>
  help.filter(({ b }) => b.state === "closed").sort((a, b) => toMs(b.b.closed_at) - toMs(a.b.closed_at)).slice(0, most);

/** Whether somebody should have taken it by now. @param {any} b body of a `help` row @param {number} now */
export const isOverdue = (b, now) => b.state === "open" && Boolean(b.answer_by) && toMs(b.answer_by) < now;

/** @param {any} b body of a `help` row @param {number} now whole minutes since it was asked */
export const waits = (b, now) => Math.max(0, Math.floor((now - toMs(b.at)) / MINUTE_MS));

/** Newest first; what happened in the same moment stays in the order it was recorded. @template {Shown} T @param {T[]} events @returns {T[]} */
export const newestFirst = (events) => [...events].sort((a, b) => toMs(b.b.at) - toMs(a.b.at) || (a.id < b.id ? 1 : -1));
