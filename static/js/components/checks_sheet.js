/** After IT says that it is back: the unit looks for itself, one tap from Now. */
import { checkLines } from "../lib/recovery_rules.js";
import { t } from "../lib/text.js";
import { row, rowsOf } from "../store/view.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import { myUnits, unitShort } from "./place.js";

/** @param {{incident: {id: string, b: any}}} props */
export default function ChecksSheet({ incident: { id, b } }) {
  const units = myUnits().filter((unit) => (b.units ?? []).includes(unit));
  if (!["restored", "all_clear"].includes(b.state) || units.length === 0) return null;
  const wanted = (row("recovery", "recovery")?.b.checks ?? []).map((/** @type {any} */ one) => one.key);
  const lines = checkLines(units, rowsOf("unit_check"), id, wanted);
  return html`<section class="sheet" aria-labelledby="back"><div class="sheet__head"><h2 id="back">${b.state === "restored" ? t("Check before the all-clear") : t("Back from paper")}</h2></div>
    <ul>${lines.map((line) => html`<li key=${line.unit}><a class="msg" href=${`/app/checks?unit=${line.unit}`}><${Icon} name=${line.confirmed ? "check" : line.fails.length > 0 ? "warn" : "open"} />
      <span><span class="msg__title">${unitShort(line.unit)}</span><span class="msg__meta">${t("{n} of {m} work", { n: line.works, m: line.wanted })}</span></span><${Icon} name="chevron" turns=${true} /></a></li>`)}</ul></section>`;
}
