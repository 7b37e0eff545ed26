/** Sending an update: once at a time, never queued, and the answer in words. */
import { signal } from "@preact/signals";

import { isSent, moreArgs, promisedAt, quietArgs, sendArgs } from "../lib/compose_rules.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { askServer } from "../store/actions.js";
import { now } from "../store/state.js";
import { change, startNext } from "./compose_draft.js";

/** @typedef {import("../lib/compose_rules.js").ComposeDraft} ComposeDraft */

/** Which of the two buttons is at work. @type {import("@preact/signals").Signal<""|"update"|"quiet">} */
export const sending = signal("");
/** @type {import("@preact/signals").Signal<null|{incident: string, error?: any, refused?: string, waits?: boolean, overtaken?: {by_name: string, at: string}, sent?: {id: string, no: number, at: number}}>} */
export const outcome = signal(null);

/** @param {ComposeDraft} draft when the next update is promised, or null */
export const draftPromise = (draft) => promisedAt(draft, clockTime, now.value);

/** @param {string} incident @param {ComposeDraft} draft @param {number} no */
export function sendUpdate(incident, draft, no) {
  const at = draftPromise(draft);
  return at === null ? undefined : send("update", { incident, no, args: sendArgs(draft, incident, at, moreArgs(draft, { shows: clockTime, now: now.value, after: no - 1 })) });
}

/** "Nothing new": one tap, the orders stand. @param {string} incident @param {ComposeDraft} draft @param {number} no @param {any} standing */
export function sendQuiet(incident, draft, no, standing) {
  const at = draftPromise({ ...draft, next: "30" }) ?? now.value;
  const headline = t("Nothing new. Next update at {time}.", { time: clockTime(at) });
  return send("quiet", { incident, no, args: quietArgs(draft, incident, at, { headline, do_now: standing.do_now ?? "", works: standing.works ?? "" }) });
}

/** @param {"update"|"quiet"} which @param {{incident: string, no: number, args: any}} what a second tap meanwhile does nothing */
async function send(which, { incident, no, args }) {
  if (sending.value) return;
  sending.value = which;
  outcome.value = null;
  try {
    const result = await askServer("broadcast.send", args);
    if (result.code === "just_sent") return void (outcome.value = { incident, overtaken: { by_name: result.by_name ?? "", at: result.at ?? "" } });
    if (result.code === "waits_for_approval") {
      await startNext(incident, { ...args, no: no - 1 });
      return void (outcome.value = { incident, waits: true });
    }
    if (!isSent(result)) return void (outcome.value = { incident, refused: result.msg ?? "" });
    await startNext(incident, { ...args, no });
    outcome.value = { incident, sent: { id: args.broadcast, no, at: now.value } };
  } catch (error) {
    await change(incident, { asked_at: now.value });
    outcome.value = { incident, error };
  } finally {
    sending.value = "";
  }
}
