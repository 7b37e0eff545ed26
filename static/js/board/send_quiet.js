/** "Nothing new": one tap from anywhere a leader looks. It is a numbered update like every other. */
import { nextNo } from "../lib/incident_rules.js";
import { draftOf, openDraft } from "./compose_draft.js";
import { sendQuiet } from "./send_update.js";

/** @typedef {import("./board_types.js").Shown} Shown */

/** @param {string} incident @param {Shown[]} broadcasts newest first */
export async function quietNow(incident, broadcasts) {
  const standing = standingOf(broadcasts);
  await openDraft(incident, standing);
  const draft = draftOf(incident);
  if (draft) await sendQuiet(incident, draft, nextNo(broadcasts), standing);
}

/** The orders that stand: what was cancelled does not. @param {Shown[]} broadcasts newest first */
export const standingOf = (broadcasts) => (broadcasts.find(({ b }) => b.state === "current") ?? broadcasts[0])?.b ?? {};
