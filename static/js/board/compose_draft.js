/** The draft of an incident's next update: kept on this device until it is sent. */
import { signal } from "@preact/signals";

import { BLANK, textOf } from "../lib/compose_rules.js";
import { uuid7 } from "../lib/ids.js";
import { drafts } from "../store/actions.js";

/** @typedef {import("../lib/compose_rules.js").ComposeDraft} ComposeDraft */
/** @typedef {import("../lib/compose_rules.js").Shown} Shown */

/** @type {import("@preact/signals").Signal<{incident: string, value: ComposeDraft}|null>} */
const open = signal(null);

/** @param {string} incident */
const nameOf = (incident) => `compose:${incident}`;

/** @param {string} incident @returns {ComposeDraft|null} null until it has been looked for */
export const draftOf = (incident) => (open.value?.incident === incident ? open.value.value : null);

/** What still works is taken over from the last word; the rest is new. @param {any} standing @returns {ComposeDraft} */
const fresh = (standing) => ({
  broadcast: uuid7(), quiet: uuid7(), headline: "", do_now: textOf(standing.do_now), works: textOf(standing.works), next: "30", other: "",
  to: "all", units: [], roles: [], ack: "unit", asked_at: null, ...blank(standing),
});

/** Who asks and what is down seldom changes from one update to the next. @param {any} standing @returns {any} */
const blank = (standing) => ({ ...BLANK, what_down: textOf(standing.what_down), contact: standing.contact ?? "", stage: standing.stage ?? "", seen: standing.headline === undefined ? 0 : (standing.no ?? 0) });

/** Go on with a kept draft, or start one from what stands now. @param {string} incident @param {any} standing body of the newest update, or of the incident */
export async function openDraft(incident, standing) {
  if (draftOf(incident)) return;
  const kept = await drafts.load(nameOf(incident));
  if (!draftOf(incident)) open.value = { incident, value: kept ? { ...blank(standing), ...kept } : fresh(standing) };
}

/** @param {string} incident @param {Partial<ComposeDraft>} patch */
export async function change(incident, patch) {
  const known = draftOf(incident);
  if (!known) return;
  const value = { ...known, ...patch };
  open.value = { incident, value };
  await drafts.save(nameOf(incident), value);
}

/** Put words into the draft from elsewhere, such as an answer that everybody should have. @param {string} incident @param {any} standing @param {Partial<ComposeDraft>} words */
export async function prefill(incident, standing, words) {
  await openDraft(incident, standing);
  await change(incident, words);
}

/** Sent: the next one starts from it. @param {string} incident @param {any} standing */
export async function startNext(incident, standing) {
  open.value = { incident, value: fresh(standing) };
  await drafts.drop(nameOf(incident));
}
