/** Who holds what in the units: what nobody holds first, then what is offered and waits. */
import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { inSentence, roleTitle, unitShort } from "../components/place.js";
import { clockTime } from "../lib/format.js";
import { coverOf } from "../lib/cover_rules.js";
import { t } from "../lib/text.js";
import { rowsOf } from "../store/view.js";
import { StepsOnOffer } from "./steps_on_offer.js";

const SHOWN = 4;
/** As tall as it needs: the timeline takes the rest of the column. */
const TOP = { alignSelf: "start" };

/** @param {{incident: {id: string, b: any}, fresh: boolean}} props without contact nobody knows who holds what now */
export function DutyPanel({ incident, fresh }) {
  const { unclaimed, offered, held } = coverOf(rowsOf("duty"), rowsOf("handover"), incident.b.units ?? []);
  const head = fresh ? (unclaimed.length > 0 ? t("{n} roles unclaimed", { n: unclaimed.length }) : t("all required roles are held")) : t("as of the last contact");
  return html`
    <section class="sheet" style=${TOP} aria-labelledby="duty">
      <div class="sheet__head"><h2 id="duty">${t("On duty")}</h2><p role="status">${head}</p></div>
      <ul>
        ${offered.map(({ id, b }) => html`<li key=${id} class="ask"><p class="ask__head"><b>${unitShort(b.unit)}</b>${roleTitle(b.role)}
          <${Chip} tone="way" icon="runner">${b.to ? t("{from} hands over to {to}", { from: b.by_name, to: b.to_name }) : t("{from} hands over, nobody named", { from: b.by_name })}<//></p></li>`)}
        <${StepsOnOffer} incident=${incident.id} fresh=${fresh} />
      </ul>
      ${unclaimed.length > 0 && html`<div class="sheet__body"><p class="words">${unclaimed.slice(0, SHOWN).map((one) => html`<${Missing} key=${`${one.unit}|${one.role}`} one=${one} fresh=${fresh} />`)}</p>
        ${unclaimed.length > SHOWN && html`<details><summary>${t("and {n} more", { n: unclaimed.length - SHOWN })}</summary><p class="words">${unclaimed.slice(SHOWN).map((one) => html`<${Missing} key=${`${one.unit}|${one.role}`} one=${one} fresh=${fresh} />`)}</p></details>`}</div>`}
      ${held.length > 0 && html`<details class="sheet__body"><summary>${t("Who holds what: {n}", { n: held.length })}</summary>
        <dl class="deal">${held.map((one) => html`<div key=${`${one.unit}|${one.role}|${one.user}`}><dt>${unitShort(one.unit)}</dt><dd>${one.name}<small>${roleTitle(one.role)}, ${clockTime(one.since)}</small></dd></div>`)}</dl></details>`}
      ${unclaimed.length + offered.length + held.length === 0 && html`<p class="empty"><${Icon} name="person" /><span>${t("Nobody is on duty yet.")}</span></p>`}
    </section>
  `;
}

/** @param {{one: {unit: string, role: string, since: string|null}, fresh: boolean}} props */
const Missing = ({ one: { unit, role, since }, fresh }) => html`<${Chip} tone=${fresh ? "late" : "saved"} icon=${fresh ? "warn" : "stale"}>
  ${unitShort(unit)}: ${inSentence(roleTitle(role))}${since && `, ${t("nobody since {time}", { time: clockTime(since) })}`}<//>`;
