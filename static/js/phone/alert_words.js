/** What alerts on this phone are, in words. Pure. */
import { toMs } from "../lib/clock.js";
import { clockTime, dayAndTime } from "../lib/format.js";
import { t } from "../lib/text.js";

/** @param {import("../store/alerts.js").AlertState} state @returns {{icon: string, tone: ""|"record"|"late", words: string, more: string}} */
export function alertWords(state) {
  const words = WORDS[state] ?? WORDS.unknown;
  return words();
}

const TODAY_MS = 12 * 3600_000;

const WORDS = /** @type {Record<string, () => {icon: string, tone: ""|"record"|"late", words: string, more: string}>} */ ({
  unknown: () => ({ icon: "stale", tone: "", words: t("Not known yet"), more: "" }),
  on: () => ({ icon: "bell", tone: "record", words: t("On"), more: t("Updates reach you with the screen off, as long as the internet is there.") }),
  off: () => ({ icon: "open", tone: "", words: t("Off"), more: t("Updates reach you only while the app is open.") }),
  ask: () => ({ icon: "open", tone: "", words: t("Off"), more: t("Updates reach you only while the app is open. The phone will ask once: choose Allow.") }),
  denied: () => ({ icon: "refused", tone: "late", words: t("Blocked on this phone"), more: t("This phone’s settings forbid it: open its settings, find this app or browser, and allow notifications. Then come back.") }),
  unsupported: () => ({ icon: "refused", tone: "", words: t("Not possible in this browser"), more: t("Keep the app open to hear of updates, or use Chrome, Firefox or Safari of the last three years with a secure address (https).") }),
  needs_home_screen: () => ({ icon: "mobile", tone: "", words: t("Only from the home screen"), more: t("On an iPhone alerts come only to an app on the home screen: tap Share, then Add to Home Screen. Open it from there and turn alerts on.") }),
});

/** What became of the last test. @param {any} b the body of the row `push`, or null @param {number} now ms @returns {{icon: string, words: string}|null} */
export function testWords(b, now) {
  if (!b?.tested_at) return null;
  if (b.arrived_at) return { icon: "arrived", words: t("arrived on this phone at {time}", { time: now - toMs(b.arrived_at) < TODAY_MS ? clockTime(b.arrived_at) : dayAndTime(b.arrived_at) }) };
  if (b.problem) return { icon: "warn", words: t("The test of {time} did not get out: {why}", { time: clockTime(b.tested_at), why: problemWords(b.problem) }) };
  if (b.handed_over_at) return { icon: "sent", words: t("handed to the push service at {time}, not here yet", { time: clockTime(b.handed_over_at) }) };
  return { icon: "clock", words: t("asked for at {time}, on its way", { time: clockTime(b.tested_at) }) };
}

const PROBLEMS = /** @type {Record<string, () => string>} */ ({
  no_contact: () => t("no answer from the push service; the internet may be gone"),
  path_held: () => t("no answer from the push service; the internet may be gone"),
  not_the_service: () => t("something else answers in the push service’s place"),
  gone: () => t("the push service does not know this phone any more; turn alerts off and on"),
  refused: () => t("the push service refuses this hospital’s key"),
  expired: () => t("it took too long"),
  busy: () => t("the push service is busy"),
  no_worker: () => t("the part of the server that sends does not run"),
});

/** @param {string} code */
export const problemWords = (code) => (PROBLEMS[code] ?? (() => t("the push service failed")))();
