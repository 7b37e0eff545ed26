/** What a screen reader hears by itself, each once: a change of contact politely, a new number at once if it concerns the person. */
import { useEffect, useRef, useState } from "preact/hooks";

import { alertReason } from "../lib/fatigue.js";
import { t } from "../lib/text.js";
import { contact, now } from "../store/state.js";
import { atHand } from "../store/at_hand.js";
import { acked, broadcastsOf, currentIncident, isForMe, me } from "../store/view.js";
import { contactSentence, toneOf } from "./contact_words.js";
import { html } from "./html.js";
import { replacesWords } from "./relation_words.js";

export default function LiveRegion() {
  const tone = toneOf(contact.value, now.value);
  const incident = atHand.value;
  const newest = incident ? broadcastsOf(incident.id)[0] : undefined;
  const contactSays = useNews(tone, () => contactSentence(contact.value, now.value), tone === "starting");
  const updateSays = useNews(newest?.id ?? "", () => (newest ? newsOf(newest.b) : null));
  const [calm, loud] = updateSays?.loud ? ["", updateSays.words] : [updateSays?.words ?? "", ""];
  return html`<div class="sr" role="status">${contactSays}</div><div class="sr" role="status">${calm}</div><div class="sr" role="alert">${loud}</div>`;
}

/** @param {any} b body of the newest update */
function newsOf(b) {
  const known = broadcastsOf(b.incident).filter((one) => one.id !== b.id && acked(one.id)).map((one) => one.b);
  const reason = isForMe(b) ? alertReason(b, { acked: known, person: me.value.id, units: me.value.units, roles: me.value.roles }) : null;
  const relation = ["corrects", "cancels"].includes(b.relation) && b.refers_to ? `${replacesWords(b.relation, b.refers_to)}. ` : "";
  return { words: `${relation}${t("Update {no}: {headline}", { no: b.no, headline: b.headline })}`, loud: reason !== null };
}

/**
 * What is said for a value each time it changes; what was there at the start is no news.
 * @template T
 * @param {string} value @param {() => T} words @param {boolean} [unsettled] a value that is not announced and not remembered
 */
function useNews(value, words, unsettled = false) {
  const before = useRef(/** @type {string|null} */ (null));
  const [said, say] = useState(/** @type {T|null} */ (null));
  useEffect(() => {
    if (unsettled) return;
    if (before.current !== null && before.current !== value) say(() => words());
    before.current = value;
  }, [value, unsettled]);
  return said;
}
