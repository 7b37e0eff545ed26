/** The one draft of a declaration: kept on this phone until it is declared or dropped, never sent by itself. */
import { signal } from "@preact/signals";

import { uuid7 } from "../lib/ids.js";
import { drafts } from "../store/actions.js";

/** @typedef {import("../lib/declare_rules.js").DeclareDraft} DeclareDraft */
const NAME = "declare";

/** @type {import("@preact/signals").Signal<DeclareDraft|null>} null until it has been looked for */
export const draft = signal(null);

/** The id is made once a draft, so that a second tap or a later try declares the same incident. @returns {DeclareDraft} */
const fresh = () => ({ incident: uuid7(), kind: "real", plan: "", title: "", services: [], units: null, level: 2, asked_at: null });

/** Go on with a kept draft, or start a new one. */
export async function openDraft() {
  if (draft.value) return;
  const kept = await drafts.load(NAME);
  draft.value ??= kept ?? fresh();
}

/** @param {Partial<DeclareDraft>} patch @returns {Promise<void>} when it is stored */
export async function change(patch) {
  draft.value = { .../** @type {DeclareDraft} */ (draft.value ?? fresh()), ...patch };
  await drafts.save(NAME, draft.value);
}

/** Start over: a new id, nothing chosen. */
export async function dropDraft() {
  draft.value = fresh();
  await drafts.drop(NAME);
}

/** The incident exists; the next visit starts a new draft. */
export async function doneWithDraft() {
  draft.value = null;
  await drafts.drop(NAME);
}
