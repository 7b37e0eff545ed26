/**
 * Nothing on this screen can be proved to be valid any more: the signed status has run out and there is no contact. The
 * whole status turns grey and striped, on every screen, and says so in words.
 */
import { computed } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";

import { toMs } from "../lib/clock.js";
import { clockTime } from "../lib/format.js";
import { hasLapsed } from "../lib/status_rules.js";
import { t } from "../lib/text.js";
import { contact, now, status } from "../store/state.js";
import { toneOf } from "./contact_words.js";

const MARK = "is-lapsed";

export const lapsed = computed(() =>
  hasLapsed({ tone: toneOf(contact.value, now.value), last_heard_at: contact.value.last_heard_at, status: status.value?.status ?? null, now: now.value }),
);

/** The status to show in place of what this phone heard itself; null while that is newer. @returns {import("../lib/status_rules.js").Status|null} */
export function broughtNews() {
  const held = status.value;
  if (!held?.brought || toneOf(contact.value, now.value) === "live") return null;
  return toMs(held.status.at) > (contact.value.last_heard_at ?? 0) ? held.status : null;
}

export function lapsedWords() {
  const { last_heard_at } = contact.value;
  return last_heard_at === null ? t("No contact yet. Check before you rely on it.") : t("No contact since {time}. Check before you rely on it.", { time: clockTime(last_heard_at) });
}

export default function Lapsed() {
  const past = lapsed.value;
  useLayoutEffect(() => {
    document.documentElement.classList.toggle(MARK, past);
    return () => document.documentElement.classList.remove(MARK);
  }, [past]);
  return null;
}
