/** Which units have looked for themselves: a failing check first, confirmed ones last. */
import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import { unitName } from "../components/place.js";
import { checkLines } from "../lib/recovery_rules.js";
import { label, t } from "../lib/text.js";
import { row, rowsOf } from "../store/view.js";

/** @param {{incident: import("./board_types.js").Shown, fresh: boolean}} props */
export function RecoveryUnits({ incident, fresh }) {
  const wanted = (row("recovery", "recovery")?.b.checks ?? []).map((/** @type {any} */ one) => one.key);
  const lines = checkLines(incident.b.units ?? [], rowsOf("unit_check"), incident.id, wanted);
  const confirmed = lines.filter((line) => line.confirmed).length;
  return html`
    <section class="sheet" aria-labelledby="confirmed">
      <div class="sheet__head"><h2 id="confirmed">${t("Units that have checked")}</h2><p role="status">${fresh ? t("{n} of {m} confirmed", { n: confirmed, m: lines.length }) : t("as of the last contact")}</p></div>
      <ul>${lines.map((line) => html`<li key=${line.unit} class="ask"><p class="ask__head"><b>${unitName(line.unit)}</b><${State} line=${line} fresh=${fresh} /></p>
        ${line.fails.length > 0 && html`<p>${t("Fails: {checks}", { checks: line.fails.map(titleOf).join(", ") })}</p>`}</li>`)}</ul>
    </section>
  `;
}

/** @param {string} key */
const titleOf = (key) => label((row("recovery", "recovery")?.b.checks ?? []).find((/** @type {any} */ one) => one.key === key)?.title) || key;

/** @param {{line: ReturnType<typeof checkLines>[number], fresh: boolean}} props */
function State({ line, fresh }) {
  const words = t("{n} of {m} work", { n: line.works, m: line.wanted });
  if (!fresh) return html`<${Chip} tone="saved" icon="stale">${words}<//>`;
  if (line.fails.length > 0) return html`<${Chip} tone="late" icon="warn">${words}<//>`;
  if (line.confirmed) return html`<${Chip} tone="way" icon="check">${t("confirmed")}<//>`;
  return line.works > 0 ? html`<${Chip} plain icon="half">${words}<//>` : html`<${Chip} plain icon="open">${t("nothing said yet")}<//>`;
}
