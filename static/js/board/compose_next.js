/** When the next update comes: in half an hour, in an hour, or at a time of one's own. */
import { html } from "../components/html.js";
import { roundedIn } from "../lib/compose_rules.js";
import { clockTime } from "../lib/format.js";
import { t } from "../lib/text.js";
import { now } from "../store/state.js";
import RadioRow from "../components/radio_row.js";

/** @param {{draft: import("../lib/compose_rules.js").ComposeDraft, set: (patch: any) => void}} props */
export function ComposeNext({ draft, set }) {
  const soon = [30, 60].map((minutes) => ({ value: String(minutes), words: clockTime(roundedIn(now.value, minutes)) }));
  return html`
    <div class="field">
      <span class="label">${t("Next update")}<small>${t("+30 min, +60 min")}</small></span>
      <${RadioRow} label=${t("Next update")} choices=${[...soon, { value: "other", words: t("Other") }]} value=${draft.next} onChange=${(/** @type {string} */ next) => set({ next })} />
      ${draft.next === "other" && html`
        <label class="sr" for="at">${t("Time of the next update")}</label>
        <input class="input" id="at" type="time" value=${draft.other} onInput=${(/** @type {any} */ event) => set({ other: event.target.value.slice(0, 5) })} />
      `}
    </div>
  `;
}
