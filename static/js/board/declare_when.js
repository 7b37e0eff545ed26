/** Now, or for later: a planned downtime has a start and an end, and nobody works on paper before it starts. */
import { html } from "../components/html.js";
import RadioRow from "../components/radio_row.js";
import { t } from "../lib/text.js";
import { change } from "./declare_draft.js";
import { TimeField } from "./time_field.js";

/** @param {{draft: import("../lib/declare_rules.js").DeclareDraft}} props */
export function DeclareWhen({ draft }) {
  const choices = [{ value: "now", words: t("It is down now") }, { value: "later", words: t("For later") }];
  return html`<section class="sheet" aria-labelledby="when"><div class="sheet__head"><h2 id="when">${t("When")}</h2></div>
    <div class="sheet__body">
      <${RadioRow} label=${t("When")} choices=${choices} value=${draft.when ?? "now"} onChange=${(/** @type {any} */ when) => change({ when })} />
      ${draft.when === "later" && html`<${TimeField} id="pl-start" label=${t("Planned start")} value=${draft.start ?? ""} onInput=${(/** @type {string} */ start) => change({ start })} />
        <${TimeField} id="pl-end" label=${t("Planned end")} value=${draft.end ?? ""} onInput=${(/** @type {string} */ end) => change({ end })} />`}
    </div></section>`;
}
