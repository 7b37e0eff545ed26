/** How fresh the screen is, as words. Pure. */
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";

/** A visible app hears the server at least every 78 s; beyond this nobody may call it "in contact". */
const STALE_MS = 120_000;
const ALONE = ["alone", "not_ours", "sign_in"];

/**
 * @typedef {{state: string, last_heard_at: number|null, waiting: number, sentence: string}} Contact
 * @typedef {"live"|"starting"|"stale"|"alone"} Tone live: shown facts are current; alone: they belong to the past
 * @param {Contact} contact @param {number} now ms @returns {Tone}
 */
export function toneOf(contact, now) {
  if (ALONE.includes(contact.state)) return "alone";
  if (contact.state === "starting") return "starting";
  return contact.last_heard_at !== null && now - contact.last_heard_at <= STALE_MS ? "live" : "stale";
}

/** The two lines and the icon of the chip in the top bar. @param {Contact} contact @param {number} now ms */
export function contactWords(contact, now) {
  const tone = toneOf(contact, now);
  if (tone === "alone") return { tone, icon: "", head: clockTime(now), tail: t("this phone’s clock") };
  if (tone === "starting") return { tone, icon: "stale", head: t("Looking for the server"), tail: lastContact(contact) };
  if (tone === "stale") return { tone, icon: "stale", head: lastContact(contact), tail: agoWords(contact, now) };
  const sending = contact.waiting > 0;
  const tail = sending ? t("{n} being sent", { n: contact.waiting }) : t("all on record");
  return { tone, icon: sending ? "sent" : "live", head: t("In contact, {age}", { age: ageWords(contact, now) }), tail };
}

/** The one sentence a screen reader hears when the contact changes. @param {Contact} contact @param {number} now */
export function contactSentence(contact, now) {
  const tone = toneOf(contact, now);
  if (tone === "live") return t("In contact.");
  if (tone === "alone") return `${aloneSince(contact)}. ${contact.sentence || t("Keep going. Nothing is lost.")}`;
  return tone === "stale" ? `${lastContact(contact)}.` : "";
}

/** @param {Contact} contact */
export const aloneSince = ({ last_heard_at }) =>
  last_heard_at === null ? t("Working alone") : t("Working alone since {time}", { time: clockTime(last_heard_at) });

/** "4 s" or "2 min", never torn apart at the end of a line. @param {Contact} contact @param {number} now */
export function ageWords({ last_heard_at }, now) {
  const seconds = Math.max(0, Math.round((now - (last_heard_at ?? now)) / 1000));
  const words = seconds < 60 ? t("{n} s", { n: seconds }) : t("{n} min", { n: Math.floor(seconds / 60) });
  return words.replace(" ", "\u00a0");
}

/** @param {Contact} contact */
const lastContact = ({ last_heard_at }) => (last_heard_at === null ? "" : t("Last contact {time}", { time: clockTime(last_heard_at) }));

/** @param {Contact} contact @param {number} now */
const agoWords = (contact, now) => (contact.last_heard_at === null ? "" : t("{age} ago", { age: ageWords(contact, now) }));
