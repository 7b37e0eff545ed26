/** How old this screen is, in words. */
import { ageWords, toneOf } from "../components/contact_words.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { contact, now } from "../store/state.js";

/** @returns {{fresh: boolean, state: string, age: string}} */
export function contactWords() {
  const { last_heard_at: heard } = contact.value;
  const tone = toneOf(contact.value, now.value);
  if (tone === "live") return { fresh: true, state: t("In contact"), age: t("{age} ago", { age: ageWords(contact.value, now.value) }) };
  return { fresh: false, state: tone === "starting" ? t("Looking for the server") : t("No contact"), age: heard ? t("last heard {time}", { time: clockTime(heard) }) : "" };
}

/** Whether what is shown may be taken for the present. */
export const isFresh = () => toneOf(contact.value, now.value) === "live";

/** Whether the server was heard again after a try that it did not answer. @param {number|null} triedAt ms */
export const isBackSince = (triedAt) => isFresh() && triedAt !== null && (contact.value.last_heard_at ?? 0) > triedAt;
