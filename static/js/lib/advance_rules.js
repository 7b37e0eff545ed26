/** Moving an incident on: what is still open when a leader says that it is over. Pure. */

import { sums } from "./board_rules.js";

/** @typedef {{id: string, b: any}} Shown */

/** What has to be typed before each step. A cancelled incident has to say why. */
export const needsReason = (/** @type {string} */ to) => to === "cancelled";

/**
 * What a leader should know before a step. Nothing of it forbids the step.
 * @param {string} incident @param {{progress: Shown[], help: Shown[], presence: Shown[]}} rows
 */
export function stillOpen(incident, { progress, help, presence }) {
  const own = (/** @type {Shown[]} */ list) => list.filter(({ b }) => b.incident === incident);
  const { total, done, skipped, late, safetyLate, blocked } = sums(own(progress));
  return {
    open: Math.max(0, total - done - skipped), late, safetyLate, blocked,
    asks: own(help).filter(({ b }) => b.state !== "closed").length,
    silent: own(presence).filter(({ b }) => b.silent_since).length,
  };
}

/** @param {any} result whether the incident is where it was meant to go, by us or by somebody who was first */
export const hasMoved = (result) => ["ok", "superseded"].includes(result.st === "dup" ? (result.first ?? "ok") : result.st);
