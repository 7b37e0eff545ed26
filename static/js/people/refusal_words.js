/** Why a sign-in did not go through, as a sentence, and until when the next try has to wait. Pure. */
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";

const DEFAULT_WAIT_MS = 60_000;

/** @param {{code?: string, msg?: string, retry_after_ms?: number}} refusal @param {number} now ms @returns {{words: string, until: number}} */
export function refusalWords({ code, msg, retry_after_ms }, now) {
  if (code === "bad_credentials") return { words: t("Name or password is not right. Capital letters count in the password."), until: 0 };
  if (code === "slow_down") {
    const until = now + (retry_after_ms ?? DEFAULT_WAIT_MS);
    return { words: t("Too many tries. You can try again at {time}.", { time: clockTime(until) }), until };
  }
  if (code === "no_contact") return { words: t("No answer from the server. Signing in needs it once; whoever was signed in here can go on recording."), until: 0 };
  if (code === "not_ours") return { words: t("This network answers in the server’s place. Open its sign-in page or use another network."), until: 0 };
  return { words: msg || t("The server is busy. Try again in a minute."), until: 0 };
}

/** Why a PIN did not open. @param {{code?: string, left?: number, until?: number}} refusal @returns {{words: string, until: number}} */
export function pinWords({ code, left = 0, until = 0 }) {
  if (code === "pin_wrong") return { words: t("That is not the PIN. {n} more tries before a wait.", { n: left }), until: 0 };
  if (code === "pin_wait") return { words: t("Too many tries. Again at {time}, or with the password.", { time: clockTime(until) }), until };
  if (code === "pin_off" || code === "sign_in") return { words: t("The PIN is off on this device. Sign in with name and password."), until: 0 };
  return { words: t("It did not open. Try again."), until: 0 };
}

/** Why a PIN was not set. @param {{code?: string, msg?: string, retry_after_ms?: number}} refusal @param {number} now ms */
export function setPinWords(refusal, now) {
  if (refusal.code === "pin_length") return t("A PIN has 4 to 8 digits.");
  if (refusal.code === "pin_easy") return t("A colleague would try this one first. Take another.");
  if (refusal.code === "no_contact") return t("No answer from the server. Setting a PIN needs it once.");
  return refusal.code === "bad_credentials" ? t("That is not your password.") : refusalWords(refusal, now).words;
}
