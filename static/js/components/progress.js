/** Sticky on the card: how far it is, what is late, and how fresh all this is. Without contact the striped bar sticks too. */
import { t } from "../lib/text.js";
import { countsOf } from "../phone/task_state.js";
import { contact, now } from "../store/state.js";
import Alone from "./alone.js";
import Chip from "./chip.js";
import { ageWords } from "./contact_words.js";
import { html } from "./html.js";
import Tally from "./tally.js";
import TallyWords from "./tally_words.js";
import { tone } from "./tone.js";

/** @param {{tasks: Array<import("../lib/types.js").ViewRow>, nextId: string|null, at: number}} props `at`: the moment for which it is drawn */
export default function Progress({ tasks, nextId, at }) {
  const { done, total } = countsOf(tasks, at);
  return html`<div class="stick"><${Alone} />
    <section class="progress" aria-label=${t("My progress")}>
      <${Tally} tasks=${tasks} nextId=${nextId} at=${at} />
      <p class="progress__words"><b>${t("{done} of {total} done", { done, total })}</b><${TallyWords} tasks=${tasks} at=${at} compact />
        <${Freshness} />
      </p>
    </section>
  </div>`;
}

/** Alone in moving every few seconds. */
function Freshness() {
  if (!["live", "stale"].includes(tone.value)) return null;
  const age = ageWords(contact.value, now.value);
  return tone.value === "live" ? html`<${Chip} plain icon="live"><span class="sr">${t("In contact")} </span>${age}<//>` : html`<${Chip} tone="saved" icon="stale">${age}<//>`;
}
