/** What is said of a step that is recorded: by whom, when about, and whether it came from paper. */
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { who } from "../components/place.js";

/** The sign that made it done, if that was a row of a sheet. @param {any} b of a task @returns {any} */
export const paperSign = (b) => (b.signs ?? []).findLast((/** @type {any} */ sign) => sign.st === "ok" && sign.what === "complete" && sign.paper && sign.at === b.at) ?? null;

/** @param {any} b of a task that is done or skipped */
export function paperWords(b) {
  const time = clockTime(b.at);
  const sign = paperSign(b);
  if (b.state === "skipped") return t("skipped by {name}, {time}", { name: who(b.by, b.by_name), time });
  if (!sign) return t("by {name} on a phone, {time}", { name: who(b.by, b.by_name), time });
  return t("from paper, about {time}, by {initials}, entered by {name}", { time, initials: b.by_name, name: sign.by_name });
}
