/** Times as people read them: 24-hour clock in the hospital's zone, whatever the phone is set to. */

import { now, toMs } from "./clock.js";
import { t } from "./text.js";

const MINUTE_MS = 60_000;

/** @type {string|undefined} */
let siteZone;
/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** The first time of day is written at once, as the browser learns a zone for it: up to 40 ms that no screen should wait for. @param {string|undefined} tz IANA name of the site's zone */
export function useZone(tz) {
  siteZone = tz;
  clockTime(0);
}

/** "21:07", or "" for no time. @param {string|number|null|undefined} value @param {string} [tz] */
export function clockTime(value, tz = siteZone) {
  const ms = toMs(value);
  return Number.isNaN(ms) ? "" : formatter(tz, { hour: "2-digit", minute: "2-digit" }).format(ms);
}

/** "21 Nov". @param {string|number|null|undefined} value @param {string} [tz] */
export function dayOf(value, tz = siteZone) {
  const ms = toMs(value);
  return Number.isNaN(ms) ? "" : formatter(tz, { day: "numeric", month: "short" }).format(ms);
}

/** "21 Nov 21:07": for anything that may be from another day. @param {string|number|null|undefined} value @param {string} [tz] */
export function dayAndTime(value, tz = siteZone) {
  const ms = toMs(value);
  return Number.isNaN(ms) ? "" : `${dayOf(ms, tz)} ${clockTime(ms, tz)}`;
}

/**
 * Whole minutes left; negative when late, 0 only at the very moment, so that "late" never shows as "0 min".
 * @param {string|number|null|undefined} value @param {number} [at] @returns {number|null}
 */
export function minutesUntil(value, at = now()) {
  const left = toMs(value) - at;
  if (Number.isNaN(left)) return null;
  return left >= 0 ? Math.ceil(left / MINUTE_MS) : Math.floor(left / MINUTE_MS);
}

/** @param {string|number|null|undefined} value @param {number} [at] */
export function ago(value, at = now()) {
  const minutes = Math.floor((at - toMs(value)) / MINUTE_MS);
  if (Number.isNaN(minutes)) return "";
  if (minutes < 1) return t("just now");
  if (minutes < 60) return t("{n} min ago", { n: minutes });
  return minutes < 48 * 60 ? t("{n} h ago", { n: Math.floor(minutes / 60) }) : t("{n} days ago", { n: Math.floor(minutes / 1440) });
}

/** @param {string|undefined} tz @param {Intl.DateTimeFormatOptions} parts */
function formatter(tz, parts) {
  const key = `${tz}|${Object.keys(parts)}`;
  const known = formats.get(key) ?? newFormat(tz, { ...parts, hourCycle: "h23" });
  formats.set(key, known);
  return known;
}

/** An old phone may not know the name of a zone: its own time is better than no card. @param {string|undefined} tz @param {Intl.DateTimeFormatOptions} parts */
function newFormat(tz, parts) {
  try {
    return new Intl.DateTimeFormat("en-GB", { ...parts, timeZone: tz });
  } catch {
    return new Intl.DateTimeFormat("en-GB", parts);
  }
}
