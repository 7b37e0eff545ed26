/** Steps of this card that others have, or did not take: who, since when, and whether they are done. */
import { clockTime } from "../lib/format.js";
import { handedOn, isUnanswered } from "../lib/step_rules.js";
import { label, t } from "../lib/text.js";
import { kept } from "../phone/task_acts.js";
import { record } from "../store/actions.js";
import { now } from "../store/state.js";
import { me, rowsOf } from "../store/view.js";
import Chip from "./chip.js";
import { html } from "./html.js";
import { inSentence, roleTitle, unitShort, whom } from "./place.js";
import { Saved } from "./task_meta.js";

/** @param {{incident: string, unit?: string}} props `unit`: the whole unit is shown */
export default function HandedOn({ incident, unit }) {
  const isMine = (/** @type {{unit: string, role: string}} */ place) =>
    unit ? place.unit === unit : me.value.places.some((held) => held.unit === place.unit && held.role === place.role);
  const list = handedOn(rowsOf("handover"), incident, isMine);
  if (list.length === 0) return null;
  return html`<div class="phone__main"><section class="sheet" aria-labelledby="handed-on">
    <div class="sheet__head"><h2 id="handed-on">${t("Handed to others")}</h2></div>
    <ul>${list.map((one) => html`<${Handed} key=${one.id} handover=${one} />`)}</ul>
  </section></div>`;
}

/** @param {{handover: import("../lib/types.js").ViewRow}} props */
function Handed({ handover: { id, b, pending } }) {
  const withdraw = () => kept(record("handover.withdraw", { handover: id }), t("Taken back. Saved on this phone."));
  return html`<li class="ask">
    <p class="ask__head"><b>${b.step?.code} → ${inSentence(roleTitle(b.role))}, ${unitShort(b.unit)}</b>
      <${State} b=${b} />${pending && html`<${Saved} pending=${pending} />`}</p>
    <p>${label(b.step?.title)}</p>
    ${b.state === "refused" && b.reason && html`<p>“${b.reason}”</p>`}
    ${b.state === "offered" && html`<button type="button" class="btn" onClick=${withdraw}>${t("Take it back")}</button>`}
  </li>`;
}

/** @param {{b: any}} props */
function State({ b }) {
  const by = { name: whom(b.answered_by, b.answered_by_name), time: clockTime(b.answered_at) };
  if (b.state === "refused") return html`<${Chip} tone="late" icon="skip">${t("not taken by {name}, {time}: it is yours", by)}<//>`;
  if (isUnanswered(b, now.value)) return html`<${Chip} tone="late" icon="late">${t("nobody answers since {time}: it is yours", { time: clockTime(b.at) })}<//>`;
  if (b.state === "offered") return html`<${Chip} tone="way" icon="runner">${t("offered {time}, still yours", { time: clockTime(b.at) })}<//>`;
  if (b.step?.state === "done") return html`<${Chip} tone="record" icon="check">${t("done by {name}, {time}", { name: b.step.by_name, time: clockTime(b.step.at) })}<//>`;
  if (b.step?.state === "skipped") return html`<${Chip} plain icon="skip">${t("skipped by {name}", { name: b.step.by_name })}<//>`;
  return html`<${Chip} tone="way" icon="person">${t("{name} has it since {time}", by)}<//>`;
}
