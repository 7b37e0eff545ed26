/** That a step is on offer, or from whose card it came. */
import { isUnanswered } from "../lib/step_rules.js";
import { t } from "../lib/text.js";
import { now } from "../store/state.js";
import { row } from "../store/view.js";
import Chip from "./chip.js";
import { html } from "./html.js";
import { inSentence, roleTitle, unitShort } from "./place.js";

/** @param {{task: import("../lib/types.js").ViewRow}} props */
export default function HandedChip({ task: { b } }) {
  const offer = b.handed.offer && row("handover", b.handed.offer)?.b;
  if (offer?.state === "offered") {
    return html`<${Chip} tone=${isUnanswered(offer, now.value) ? "late" : "way"} icon="runner">${t("offered to {role}", { role: inSentence(roleTitle(offer.role)) })}<//>`;
  }
  if (b.handed.role === b.role && b.handed.unit === b.unit) return null;
  return html`<${Chip} plain icon="runner">${t("from {role}, {unit}", { role: inSentence(roleTitle(b.handed.role)), unit: unitShort(b.handed.unit) })}<//>`;
}
