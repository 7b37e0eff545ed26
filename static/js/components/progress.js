/** Sticky on the card: how far it is, what is late, and how fresh all this is. Without contact the striped bar sticks too. */
import { t } from "../lib/text.js";
import { countsOf } from "../phone/task_state.js";
import { contact, now } from "../store/state.js";
import Alone from "./alone.js";
import Chip from "./chip.js";
import { ageWords, toneOf } from "./contact_words.js";
import { html } from "./html.js";
import Tally from "./tally.js";
import TallyWords from "./tally_words.js";

/** @param {{tasks: Array<import("../lib/types.js").ViewRow>, nextId: string|null}} props */
export default function Progress({ tasks, nextId }) {
  const { done, total } = countsOf(tasks, now.value);
  const tone = toneOf(contact.value, now.value);
  return html`<div class="stick"><${Alone} />
    <section class="progress" aria-label=${t("My progress")}>
      <${Tally} tasks=${tasks} nextId=${nextId} />
      <p class="progress__words"><b>${t("{done} of {total} done", { done, total })}</b><${TallyWords} tasks=${tasks} compact />
        ${tone === "live" && html`<${Chip} plain icon="live"><span class="sr">${t("In contact")} </span>${ageWords(contact.value, now.value)}<//>`}
        ${tone === "stale" && html`<${Chip} tone="saved" icon="stale">${ageWords(contact.value, now.value)}<//>`}
      </p>
    </section>
  </div>`;
}
