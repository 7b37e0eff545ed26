/** Who holds what in the units: what nobody holds first, then what is offered and waits. */
import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { roleTitle, unitShort } from "../components/place.js";
import { clockTime } from "../lib/format.js";
import { coverOf } from "../lib/cover_rules.js";
import { t } from "../lib/text.js";
import { rowsOf } from "../store/view.js";

/** @param {{incident: {b: any}, fresh: boolean}} props without contact nobody knows who holds what now */
export function DutyPanel({ incident, fresh }) {
  const { unclaimed, offered, held } = coverOf(rowsOf("duty"), rowsOf("handover"), incident.b.units ?? []);
  const head = fresh ? (unclaimed.length > 0 ? t("{n} roles unclaimed", { n: unclaimed.length }) : t("all required roles are held")) : t("as of the last contact");
  return html`
    <section class="sheet" aria-labelledby="duty">
      <div class="sheet__head"><h2 id="duty">${t("On duty")}</h2><p role="status">${head}</p></div>
      <ul>
        ${unclaimed.map(({ unit, role, since }) => html`<li key=${`${unit}|${role}`} class="ask"><p class="ask__head"><b>${unitShort(unit)}</b>${roleTitle(role)}
          <${Chip} tone=${fresh ? "late" : "saved"} icon=${fresh ? "warn" : "stale"}>${since ? t("nobody since {time}", { time: clockTime(since) }) : t("nobody yet")}<//></p></li>`)}
        ${offered.map(({ id, b }) => html`<li key=${id} class="ask"><p class="ask__head"><b>${unitShort(b.unit)}</b>${roleTitle(b.role)}
          <${Chip} tone="way" icon="runner">${b.to ? t("{from} hands over to {to}", { from: b.by_name, to: b.to_name }) : t("{from} hands over, nobody named", { from: b.by_name })}<//></p></li>`)}
      </ul>
      ${held.length > 0 && html`<details class="sheet__body"><summary>${t("Who holds what: {n}", { n: held.length })}</summary>
        <dl class="deal">${held.map((one) => html`<div key=${`${one.unit}|${one.role}|${one.user}`}><dt>${unitShort(one.unit)}</dt><dd>${one.name}<small>${roleTitle(one.role)}, ${clockTime(one.since)}</small></dd></div>`)}</dl></details>`}
      ${unclaimed.length + offered.length + held.length === 0 && html`<p class="empty"><${Icon} name="person" /><span>${t("Nobody is on duty yet.")}</span></p>`}
    </section>
  `;
}
