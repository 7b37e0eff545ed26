/** What will be declared, each line with a way back, and the first words that phones show. */
import { useState } from "preact/hooks";

import { html } from "../components/html.js";
import { chosenUnits } from "../lib/declare_rules.js";
import { label, t } from "../lib/text.js";
import { incidentName } from "../phone/incident_words.js";
import { row } from "../store/view.js";
import RadioRow from "../components/radio_row.js";
import { change } from "./declare_draft.js";
import { asTitle, levelWords, serviceName } from "./words.js";

/** @typedef {import("../lib/declare_rules.js").DeclareDraft} DeclareDraft */
/** @typedef {import("../lib/declare_rules.js").Shown} Shown */

/** Stands in line with the links above it. */
const CHANGE = { padding: 0, fontSize: "var(--text-sm)" };
const LEVELS = [1, 2, 3, 4].map((level) => ({ value: String(level), words: String(level) }));

/** @param {{draft: DeclareDraft, plan: Shown}} props */
export function DeclareSummary({ draft, plan }) {
  const down = draft.services.map((code) => serviceName(code)).join(", ");
  const units = chosenUnits(draft, plan);
  const named = units.map((id) => label(row("unit", id)?.b.name ?? id)).join(", ");
  const [levels, showLevels] = useState(false);
  return html`
    <section class="sheet" aria-labelledby="sum">
      <div class="sheet__head"><h1 class="title" id="sum">${draft.kind === "exercise" ? t("Exercise, not real") : t("Real incident")}</h1></div>
      <div class="sheet__body">
        <dl class="deal">
          <${Line} name=${t("Plan")} value=${label(plan.b.title)} more=${t("version {version}", { version: String(plan.b.version).slice(0, 8) })} href="/app/declare" change=${t("Change plan")} />
          <${Line} name=${t("Down")} value=${asTitle(down) || t("no service named")} href="/app/declare?step=2" change=${t("Change services")} />
          <${Line} name=${t("Units")} value=${draft.units === null ? t("All {n}", { n: units.length }) : units.length} more=${named} href="/app/declare?step=3" change=${t("Change units")} />
          <div><dt>${t("Level")}</dt><dd>${draft.level}<small>${levelWords(draft.level)}</small></dd><dd class="deal__go"><button type="button" class="btn btn--plain" style=${CHANGE} aria-expanded=${String(levels)} aria-label=${t("Change level")} onClick=${() => showLevels(!levels)}>${t("Change")}</button></dd></div>
        </dl>
        ${levels && html`<${RadioRow} label=${t("Level")} choices=${LEVELS} value=${String(draft.level)} onChange=${(/** @type {string} */ level) => change({ level: Number(level) })} />`}
      </div>
    </section>
    <section class="sheet" aria-labelledby="first">
      <div class="sheet__head"><h2 id="first">${t("First words on every phone")}</h2></div>
      <div class="sheet__body"><p class="large">${incidentName(/** @type {any} */ (draft))}. ${label(plan.b.do_now)}</p></div>
    </section>
  `;
}

/** @param {{name: string, value: any, more?: string, href: string, change: string}} props */
function Line({ name, value, more, href, change: words }) {
  return html`
    <div><dt>${name}</dt><dd>${value}${more && html`<small>${more}</small>`}</dd><dd class="deal__go"><a href=${href} aria-label=${words}>${t("Change")}</a></dd></div>
  `;
}
