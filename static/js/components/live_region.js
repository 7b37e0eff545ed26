/** What a screen reader hears by itself: a change of contact once and politely, a new update at once. */
import { useEffect, useRef, useState } from "preact/hooks";

import { t } from "../lib/text.js";
import { contact, now } from "../store/state.js";
import { atHand } from "../store/at_hand.js";
import { broadcastsOf } from "../store/view.js";
import { contactSentence, toneOf } from "./contact_words.js";
import { html } from "./html.js";

export default function LiveRegion() {
  const tone = toneOf(contact.value, now.value);
  const incident = atHand.value;
  const newest = incident ? broadcastsOf(incident.id)[0] : undefined;
  const contactSays = useNews(tone, () => contactSentence(contact.value, now.value), tone === "starting");
  const updateSays = useNews(newest?.id ?? "", () => (newest ? t("Update {no}: {headline}", { no: newest.b.no, headline: newest.b.headline }) : ""));
  return html`<div class="sr" role="status">${contactSays}</div><div class="sr" role="alert">${updateSays}</div>`;
}

/**
 * The words for a value each time it changes; what was there at the start is no news.
 * @param {string} value @param {() => string} words @param {boolean} [unsettled] a value that is not announced and not remembered
 */
function useNews(value, words, unsettled = false) {
  const before = useRef(/** @type {string|null} */ (null));
  const [said, say] = useState("");
  useEffect(() => {
    if (unsettled) return;
    if (before.current !== null && before.current !== value) say(words());
    before.current = value;
  }, [value, unsettled]);
  return said;
}
