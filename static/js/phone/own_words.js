/** What a unit began by itself, in words: who, when, and what the phone cannot know. Pure. */
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";

/** @param {any} b body of a `local_run` @returns {boolean} */
export const isOwn = (b) => b.state === "local";

/** "Sol 02:11, Max 02:13". @param {any} b @returns {string} */
export const startersWords = (b) => b.starts.map((/** @type {any} */ one) => `${one.by_name.split(" ")[0]} ${clockTime(one.at)}`).join(", ");

/** Without contact nobody here can know what IT has done. @param {any} b @param {boolean} past */
export function ownKind({ started_at }, past) {
  const started = t("Started by your unit at {time}.", { time: clockTime(started_at) });
  return `${started} ${past ? t("Whether IT has declared is not known here.") : t("IT has not declared yet.")}`;
}

/** Where the news of it is by now. @param {"saved"|"sent"|null} pending @param {string} unit its name */
export function heardWords(pending, unit) {
  if (pending === null) return t("The command centre sees that {unit} started by itself.", { unit });
  return t("Nobody else knows of it yet. The command centre hears of it when this phone has contact.");
}

/** What became of it when IT declared. @param {number} n own entries of this phone */
export function takenOverWords(n) {
  if (n === 0) return t("What your unit had recorded was taken over.");
  return n === 1 ? t("Your 1 entry was taken over.") : t("Your {n} entries were taken over.", { n });
}
