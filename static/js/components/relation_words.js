/** What an update does to an earlier one, and says of the end, in words. Pure. */
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";

/** @param {string|null|undefined} relation @param {number} no of the earlier one */
export function replacesWords(relation, no) {
  if (relation === "corrects") return t("Corrects update {no}", { no });
  if (relation === "cancels") return t("Cancels update {no}", { no });
  return t("Replaces update {no}", { no });
}

/** @param {any} b body of the earlier one */
export function replacedWords(b) {
  const values = { no: b.no, newer: b.superseded_by.no };
  if (b.superseded_by.relation === "corrects") return t("Update {no} is corrected by update {newer}.", values);
  if (b.superseded_by.relation === "cancels") return t("Update {no} is cancelled by update {newer}.", values);
  return t("Update {no} is replaced by update {newer}.", values);
}

/** The same in a list, after the time. @param {any} by `superseded_by` */
export function replacedShort({ no, relation }) {
  if (relation === "corrects") return t("corrected by update {no}", { no });
  if (relation === "cancels") return t("cancelled by update {no}", { no });
  return t("replaced by update {no}", { no });
}

/** @param {string|null|undefined} stage */
export const stageOfUpdate = (stage) => /** @type {Record<string, string>} */ ({
  investigating: t("Being looked into"), confirmed: t("Confirmed"), workaround: t("A way around exists"), restoring: t("Being restored"),
  restored: t("Restored, wait"), all_clear: t("All-clear"), closed: t("Closed"),
})[stage ?? ""] ?? "";

/** @param {string} confidence */
export const confidenceWords = (confidence) => /** @type {Record<string, string>} */ ({
  unknown: t("not known yet"), low: t("a guess"), likely: t("likely"), confirmed: t("confirmed"),
})[confidence] ?? t("not known yet");

/** Without an update that speaks of it, nothing is said; "not known" is only said by somebody. @param {any} estimate */
export function estimateWords(estimate) {
  if (!estimate || (estimate.confidence === "unknown" && !estimate.text && !estimate.at)) return "";
  const sure = confidenceWords(estimate.confidence);
  const when = estimate.at ? t("about {time}, {sure}", { time: clockTime(estimate.at), sure }) : sure;
  return [when, estimate.text].filter(Boolean).join(": ");
}
