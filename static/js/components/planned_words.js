/** A planned downtime in words. Functions, as the language may change while the app is open. */
import { dayAndTime } from "../lib/format.js";
import { leftUntil } from "../lib/planned_rules.js";
import { t } from "../lib/text.js";

/** "28 Nov 02:00 to 28 Nov 04:00". @param {any} b of an incident */
export const timesOf = (b) => t("{start} to {end}", { start: dayAndTime(b.clocks.planned), end: dayAndTime(b.planned_end_at) });

/** "in 6 d 3 h", "in 2 h 5 min", "should have started 4 min ago". @param {any} b of an incident @param {number} now */
export function countdown(b, now) {
  const { late, days, hours, minutes } = leftUntil(b.clocks.planned, now);
  const left = days > 0 ? t("{d} d {h} h", { d: days, h: hours }) : hours > 0 ? t("{h} h {n} min", { h: hours, n: minutes }) : t("{n} min", { n: minutes });
  return late ? t("should have started {left} ago", { left }) : t("in {left}", { left });
}

/** @param {string} voice */
export const voiceWords = (voice) => (voice === "it" ? t("IT") : t("Clinical"));
