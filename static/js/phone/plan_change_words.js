/** How a change of a step reads: which word of it, before and now. */
import { label, t } from "../lib/text.js";
import { everyWords } from "./task_state.js";

/** @type {Record<string, [words: () => string, tone: any, icon: string]>} */
export const WHAT = {
  added: [() => t("new"), "record", "plus"],
  removed: [() => t("gone"), "late", "minus"],
  changed: [() => t("changed"), "way", "pen"],
  moved: [() => t("moved"), "", "repeat"],
};

/** @param {number} n @param {string} role */
export const linesWords = (n, role) => (n === 1 ? t("1 line changed on the card {role}", { role }) : t("{n} lines changed on the card {role}", { n, role }));

/** @type {Record<string, [words: () => string, say: (value: any) => string]>} */
const SAY = {
  title: [() => t("Step"), label],
  hint: [() => t("Hint"), label],
  due_min: [() => t("Due"), (minutes) => (minutes === null || minutes === undefined ? t("when it happens") : minutes < 0 ? t("{n} min before", { n: -minutes }) : t("after {n} min", { n: minutes }))],
  repeat_min: [() => t("Again every"), (minutes) => (minutes ? everyWords(minutes) : "")],
  safety: [() => t("Safety"), yesNo],
  two_person: [() => t("Two people sign"), yesNo],
  capture: [() => t("What is recorded"), (fields) => (fields ?? []).map((/** @type {any} */ field) => label(field.label)).join(", ")],
};

/** @param {any} value */
function yesNo(value) {
  return value ? t("Yes") : t("No");
}

/** Null for a word that says nothing to a reader. @param {import("../lib/plan_news.js").Word} word */
export function changedWords({ name, was, now }) {
  const known = SAY[name];
  return known ? { name, words: known[0](), was: known[1](was), now: known[1](now) } : null;
}
