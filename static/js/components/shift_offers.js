/** A role that is offered to me: accept or not, one tap each, also without contact. */
import { clockTime } from "../lib/format.js";
import { offersFor } from "../lib/shift_rules.js";
import { t } from "../lib/text.js";
import { kept } from "../phone/task_acts.js";
import { record } from "../store/actions.js";
import { me, rowsOf } from "../store/view.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import { firstName, inSentence, roleTitle, unitShort } from "./place.js";

export default function ShiftOffers() {
  return offersFor(rowsOf("handover"), me.value).map((offer) => html`<${Offer} key=${offer.id} offer=${offer} />`);
}

/** @param {{offer: import("../lib/types.js").ViewRow}} props */
function Offer({ offer: { id, b } }) {
  const accept = () => kept(record("handover.accept", { handover: id }), t("You have it. Saved on this phone."));
  const refuse = () => kept(record("handover.refuse", { handover: id, reason: "" }), t("Not taken. Saved on this phone."));
  const values = { name: firstName(b.by_name), role: inSentence(roleTitle(b.role)), unit: unitShort(b.unit) };
  return html`<section class="note note--way" aria-label=${t("Hand-over to you")}>
    <${Icon} name="runner" />
    <div><b>${b.to === me.value.id ? t("{name} hands you {role}, {unit}", values) : t("{name} hands over {role}, {unit}", values)}</b>
      <p>${[b.tasks !== undefined && t("{n} steps open, {m} safety", { n: b.tasks, m: b.safety }), t("offered {time}", { time: clockTime(b.at) })].filter(Boolean).join(" · ")}</p>
      ${b.note && html`<p>“${b.note}”</p>`}
      <div class="row"><button type="button" class="btn btn--main grow" onClick=${accept}><${Icon} name="check" />${t("Accept")}</button>
        <button type="button" class="btn" onClick=${refuse}>${t("Not me")}</button></div></div>
  </section>`;
}
