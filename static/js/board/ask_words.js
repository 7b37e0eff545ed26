/** The kinds of what the floor asks, in words. Functions, as the language may change while the app is open. */
import { t } from "../lib/text.js";

/** @param {string|undefined} what old requests have no kind */
export const askWords = (what) => /** @type {Record<string, string>} */ ({ question: t("Question"), wrong_step: t("This step is wrong"), overdue: t("Overdue step") })[what ?? ""] ?? t("Needs help");

/** @param {string|undefined} what */
export const askIcon = (what) => /** @type {Record<string, string>} */ ({ question: "info", wrong_step: "flag", overdue: "late" })[what ?? ""] ?? "hand";
