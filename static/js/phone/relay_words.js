/** What came of a code, and what is carried, in words. Pure. */
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";

/** @typedef {import("../offline/carried.js").Carried} Carried */
/** @typedef {{icon: string, tone: ""|"late"|"way"|"saved", words: string}} Said */

/** @param {{kind: string, st: string, one?: Carried}} took @returns {Said} */
export function tookWords({ kind, st, one }) {
  if (one) return carriedWords(one);
  const good = GOOD[st];
  if (good) return { icon: "works", tone: "way", words: good() };
  const bad = kind === "S" ? BAD_STATUS[st] : BAD[st];
  return { icon: "refused", tone: "late", words: (bad ?? altered)() };
}

/** @param {Carried} one @returns {Said} */
export function carriedWords({ name, count, state, answer }) {
  if (state === "delivered") return { icon: "record", tone: "", words: deliveredWords(answer?.author_name ?? name, count) };
  if (state === "refused") return { icon: "refused", tone: "late", words: answer?.msg ?? altered() };
  return { icon: "mobile", tone: "saved", words: count === 1 ? t("Carrying 1 entry of {name}, not yet delivered", { name }) : t("Carrying {n} entries of {name}, not yet delivered", { n: count, name }) };
}

/** @param {string} name @param {number} n */
const deliveredWords = (name, n) => (n === 1 ? t("1 entry of {name} delivered, on record", { name }) : t("{n} entries of {name} delivered, on record", { n, name }));

/** An entry that left by another phone. @param {{to: string, record_at: string|null, refused: boolean}} handed @returns {{icon: string, tone: "record"|"saved"|"late", words: string, say: string}} */
export function handedWords({ to, record_at, refused }) {
  if (refused) return { icon: "refused", tone: "late", words: t("Handed over, not accepted"), say: t("This phone says why as soon as it has contact.") };
  if (record_at !== null) return { icon: "record", tone: "record", words: t("Handed over, on record {time}", { time: clockTime(record_at) }), say: "" };
  return { icon: "mobile", tone: "saved", words: to ? t("Handed to {name}’s phone", { name: to.split(" ")[0] }) : t("Handed to a colleague’s phone"), say: t("Not on record before that phone has contact.") };
}

const altered = () => t("This code is damaged or altered. Nothing was taken. Have it shown again.");

/** @type {Record<string, () => string>} */
const GOOD = {
  taken: () => t("Taken: the status is newer than what this phone knew."),
  thanks: () => t("The other phone has your entries."),
  receipt: () => t("Your entries are on record: the hospital’s receipt is genuine."),
};

/** @type {Record<string, () => string>} */
const BAD = {
  unknown: () => t("This receipt is not for entries of yours."),
  sign_in: () => t("Sign in first: what you carry goes under your name."),
};

/** @type {Record<string, () => string>} */
const BAD_STATUS = {
  foreign: () => t("This status is of another hospital. It was not taken."),
  expired: () => t("This status is no longer valid. It was not taken. Find a phone with newer news."),
  older: () => t("This phone knows the same or newer already."),
  altered: () => t("This status is not signed by the hospital’s server, or was altered. It was not taken."),
};
