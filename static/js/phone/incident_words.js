/** An incident in words: what it is called, how it stands, what to do. Pure. */
import { toMs } from "../lib/clock.js";
import { clockTime } from "../lib/format.js";
import { label, t } from "../lib/text.js";
import { isOwn, ownKind } from "./own_words.js";

/** @typedef {{no: number, title: string, kind: string, state: string, level: number, clocks: Record<string, string>, do_now?: string, works?: string[]|string, note?: string, services: string[]}} Incident */
/** @typedef {{b: any}} Broadcast */

/** "#6", or "E14" for an exercise; what a unit began by itself has no number. @param {Incident} b */
export const incidentNo = (b) => (isOwn(b) ? t("Own start") : b.kind === "exercise" ? `E${b.no}` : `#${b.no}`);

/** @param {Incident} b */
export const incidentName = (b) => (b.kind === "exercise" ? t("Exercise: {title}", { title: label(b.title) }) : label(b.title));

/**
 * The heading of Now. What is not fresh is told in the past, with its time.
 * @param {Incident} b @param {{past: boolean, at: string|number|null}} freshness
 */
export function incidentHeading(b, { past, at }) {
  if (b.state === "restored") return t("Back, but stay on paper");
  if (b.state === "all_clear") return t("All clear: use the system again");
  if (!past || isOwn(b)) return incidentName(b);
  const time = clockTime(at);
  const wasDown = /^(.*\S) is down$/i.exec(label(b.title));
  if (wasDown && time) return t("{what} was down at {time}", { what: wasDown[1], time });
  return time ? t("{title}, as of {time}", { title: incidentName(b), time }) : incidentName(b);
}

/** The small line above the heading. @param {Incident} b @param {{past: boolean, at: string|number|null}} freshness */
export function incidentKind(b, { past, at }) {
  if (isOwn(b)) return ownKind(b, past);
  const kind = b.kind === "exercise" ? t("Exercise, not real") : t("Real incident");
  const steps = { restored: () => t("IT says it is back, {time}", { time: clockTime(b.clocks.TR) }), all_clear: () => t("all-clear since {time}", { time: clockTime(b.clocks.TA) }) };
  const step = steps[/** @type {"restored"|"all_clear"} */ (b.state)]?.();
  if (step) return [kind, label(b.title), step].join(" · ");
  if (past) return [kind, at && t("as of {time}", { time: clockTime(at) })].filter(Boolean).join(" · ");
  const since = b.clocks.T0 ?? b.clocks.TD;
  return [kind, t("level {n}", { n: b.level }), since && t("since {time}", { time: clockTime(since) })].filter(Boolean).join(" · ");
}

/** What to do now: the newest word wins, be it an update or the step of the incident. @param {Incident} b @param {Broadcast|undefined} newest current update */
export function doNow(b, newest) {
  const step = standingOrder(b);
  const said = newest?.b.do_now ?? "";
  if (step) return said && toMs(newest?.b.at) > step.at ? said : step.words;
  return label(said || b.do_now);
}

/** @param {Incident} b @returns {{at: number, words: string}|null} */
function standingOrder(b) {
  if (b.state === "restored") return { at: toMs(b.clocks.TR), words: t("Stay on paper until the all-clear. Enter nothing back until you are told.") };
  if (b.state === "all_clear") return { at: toMs(b.clocks.TA), words: t("Use the system again. Enter back what is on paper, in the order of your card.") };
  return null;
}

/** Text or list, as lines. @param {string[]|string|null|undefined} value @returns {string[]} */
export const linesOf = (value) => (Array.isArray(value) ? value : String(value ?? "").split("\n")).map((line) => label(line.trim())).filter(Boolean);
