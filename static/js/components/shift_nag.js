/** A role that somebody must hold and nobody does: one tap takes it. Only while something is down in the unit. */
import { clockTime } from "../lib/format.js";
import { unclaimedFor } from "../lib/shift_rules.js";
import { t } from "../lib/text.js";
import { kept } from "../phone/task_acts.js";
import { record } from "../store/actions.js";
import { me, rowsOf } from "../store/view.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import { inSentence, roleTitle, unitShort } from "./place.js";

/** @param {{incident: {b: any}}} props */
export default function ShiftNag({ incident }) {
  const involved = (/** @type {{unit: string}} */ one) => (incident.b.units ?? []).includes(one.unit);
  return unclaimedFor(rowsOf("duty"), me.value).filter(involved).map((one) => html`<${Nag} key=${`${one.unit}|${one.role}`} one=${one} />`);
}

/** @param {{one: {unit: string, role: string, since: string|null}}} props */
function Nag({ one: { unit, role, since } }) {
  const title = roleTitle(role);
  const claim = () => kept(record("duty.claim", { unit, role }), t("On duty as {role}. Saved on this phone.", { role: title }));
  return html`<section class="note note--late" aria-label=${t("Nobody holds a role")}>
    <${Icon} name="warn" />
    <div><b>${t("Nobody is {role} in {unit}", { role: inSentence(title), unit: unitShort(unit) })}</b>
      ${since && html`<p>${t("since {time}", { time: clockTime(since) })}</p>`}
      <div class="row"><button type="button" class="btn grow" onClick=${claim}>${t("I take it")}</button><a class="btn" href="/app/shift">${t("My shift")}</a></div></div>
  </section>`;
}
