/** The one owner of `contact`: how the last talk with the server went, in words that never promise too much. */

import { batch, effect } from "@preact/signals";

import { now as readNow, offsetMs, wallMs } from "../lib/clock.js";
import { isFinal } from "../lib/overlay.js";
import { t } from "../lib/text.js";
import { rescued } from "../offline/emergency.js";
import { parts } from "./parts.js";
import { contact, now, ops, session } from "./state.js";
import { knownEpoch } from "./tables.js";

const TICK_MS = 5_000;
const KEEP_MS = 10_000;

let storage_trouble = false;
let http_code = "starting";
let kept_at = -Infinity;

const SENTENCES = /** @type {Record<string, () => string>} */ ({
  starting: () => t("Looking for the server."),
  alone: () => t("No answer from the server. What you record is kept on this phone."),
  not_ours: () => t("This network answers in the server's place. Open its sign-in page or use another network."),
  sign_in: () => t("Sign in again to see news. Recording goes on."),
});

/** What is shown is as the server has it now. */
export function heard() {
  contact.value = { ...contact.value, last_heard_at: readNow() };
  if (wallMs() - kept_at > KEEP_MS) void keepHeard();
}

/** Write down when the server was last heard, so that a start without it tells the truth. */
export async function keepHeard() {
  const [user, at] = [session.peek()?.user.id, contact.peek().last_heard_at];
  if (!user || at === null || !parts.leader.leading) return;
  kept_at = wallMs();
  await parts.people.keepNote(heardBy(user), at).catch(() => {});
}

/** How old the rows of this person are; those of somebody else on the same tablet may be newer. @param {string} user */
export async function recallHeard(user) {
  const at = await parts.people.note(heardBy(user)).catch(() => null);
  kept_at = -Infinity;
  contact.value = { ...contact.value, last_heard_at: Number.isFinite(at) ? Math.min(at, readNow()) : null };
}

/** @param {string} user @returns {`heard_at:${string}`} */
const heardBy = (user) => `heard_at:${user}`;

/** A round of talking is over. @param {import("../live/sync.js").RoundOutcome} outcome */
export function tookRound(outcome) {
  if (outcome.code === "fault") return storageFailed();
  http_code = outcome.ok ? "" : (outcome.code ?? "no_contact");
  storage_trouble = storage_trouble && rescued().length > 0;
  refresh();
  const offset = offsetMs();
  if (outcome.ok && offset !== null) parts.people.keepNote("offset_ms", offset).catch(() => {});
}

/** The socket came or went. */
export const refreshContact = () => refresh();

/** A database failed; the entry is in the emergency key until the next start. */
export function storageFailed() {
  storage_trouble = true;
  refresh();
}

/** What the talking tab knows, shown in a tab that follows. @param {any} shared */
export function followContact(shared) {
  http_code = shared.http_code;
  contact.value = { ...contact.value, state: shared.state, last_heard_at: shared.last_heard_at, sentence: sentence(shared.state) };
}

export const shareContact = () =>
  parts.channel.post({ kind: "contact", contact: { state: contact.value.state, last_heard_at: contact.value.last_heard_at, http_code } });

/** Keep the number of waiting ops and the time on screen right. @returns {() => void} stop */
export function watch() {
  const stop = effect(() => {
    const waiting = ops.value.filter((entry) => !isFinal(entry, knownEpoch())).length;
    if (contact.peek().waiting !== waiting) contact.value = { ...contact.peek(), waiting };
  });
  const timer = setInterval(() => void (now.value = readNow()), TICK_MS);
  return () => {
    stop();
    clearInterval(timer);
  };
}

function refresh() {
  const state = stateOf();
  batch(() => {
    contact.value = { ...contact.value, state, sentence: sentence(state) };
    now.value = readNow();
  });
  if (parts.leader?.leading) shareContact();
}

/** A socket alone is no contact: what is recorded travels by request. @returns {import("./state.js").ContactState} */
function stateOf() {
  if (http_code === "") return parts.socket?.live ? "live" : "polling";
  if (http_code === "starting" || http_code === "not_ours" || http_code === "sign_in") return http_code;
  return "alone";
}

/** @param {string} state */
function sentence(state) {
  if (storage_trouble) return t("The storage of this phone has trouble. Your entry is kept. Close the app and open it again.");
  return SENTENCES[state]?.() ?? "";
}
