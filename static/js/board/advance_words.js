/** What each step means, what it does on every phone, and what the leader says with it. */
import { t } from "../lib/text.js";

/** @typedef {{title: string, hint: string, does: string[], say: string, button: string, noteLabel: string}} StepWords */

/** @param {string} to */
export const stepLook = (to) => /** @type {Record<string, string>} */ ({ declared: "planned", restored: "undo", all_clear: "works", closed: "lamp", cancelled: "refused" })[to] ?? "info";

/** @param {string} to @returns {StepWords} */
export const stepWords = (to) => (STEPS[to] ?? cancelled)();

const restored = () => ({
  title: t("Back, but stay on paper"), hint: t("IT has restored it; wards check it first"),
  does: [t("Recovery steps start on every card."), t("Every phone says: back, but stay on paper."), t("Nobody charts in the system before the all-clear.")],
  say: t("You say: “IT has restored it and has tested it.” Wards stay on paper."), button: t("Restored, stay on paper"), noteLabel: t("What was done (optional)"),
});

const allClear = () => ({
  title: t("All-clear: back to the system"), hint: t("Wards have checked it; charting goes back"),
  does: [t("Every phone says: all-clear."), t("Entering back of what is on paper starts on the cards."), t("Recovery steps that are open stay open.")],
  say: t("You say: “It is safe to chart in the system again.”"), button: t("Give the all-clear"), noteLabel: t("From which time on the system is right (optional)"),
});

const declared = () => ({
  title: t("Start the planned downtime"), hint: t("IT and a clinical lead have said go"),
  does: [t("Every unit goes to paper."), t("The clocks of the cards start.")],
  say: t("You say: “It starts now.”"), button: t("Start the downtime now"), noteLabel: t("Note (optional)"),
});

const closed = () => ({
  title: t("Stand down"), hint: t("Everything is entered back; phones go quiet"),
  does: [t("The incident ends on every phone."), t("Open tasks stay on record as not done."), t("Nobody is asked for anything more.")],
  say: t("You say: “It is over.” This cannot be undone."), button: t("Stand down"), noteLabel: t("Last words (optional)"),
});

const cancelled = () => ({
  title: t("Cancel"), hint: t("Declared by mistake, or not needed"),
  does: [t("Cards end on every phone."), t("What was ticked stays on record."), t("The timeline keeps who cancelled and why.")],
  say: t("You say: “This was not needed.” This cannot be undone."), button: t("Cancel the incident"), noteLabel: t("Why (needed)"),
});

/** @type {Record<string, () => StepWords>} */
const STEPS = { declared, restored, all_clear: allClear, closed, cancelled };
