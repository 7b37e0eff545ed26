/** Steps of other cards that are offered to this person's roles: take one, or say why not. Both also without contact. */
import { useState } from "preact/hooks";

import { clockTime } from "../lib/format.js";
import { stepOffersFor } from "../lib/step_rules.js";
import { label, t } from "../lib/text.js";
import { kept } from "../phone/task_acts.js";
import { record } from "../store/actions.js";
import { me, rowsOf } from "../store/view.js";
import { html } from "./html.js";
import Icon from "./icon.js";
import { firstName, unitShort } from "./place.js";
import ReasonForm from "./reason_form.js";

/** @param {{flush?: boolean}} props `flush`: on a screen whose rows reach the edges */
export default function StepOffers({ flush = false }) {
  const offers = stepOffersFor(rowsOf("handover"), me.value).map((offer) => html`<${Offer} key=${offer.id} offer=${offer} />`);
  return flush && offers.length > 0 ? html`<div class="phone__main">${offers}</div>` : offers;
}

/** @param {{offer: import("../lib/types.js").ViewRow}} props */
function Offer({ offer: { id, b } }) {
  const [refusing, ask] = useState(false);
  const accept = () => kept(record("handover.accept", { handover: id }), t("The step is on your card. Saved on this phone."));
  const refuse = (/** @type {string} */ reason) => kept(record("handover.refuse", { handover: id, reason }), t("Not taken. Saved on this phone."));
  return html`<section class="note note--way" aria-label=${t("A step is handed to you")}>
    <${Icon} name="runner" />
    <div><b>${t("{name} hands you {code}, {unit}", { name: firstName(b.by_name), code: b.step?.code ?? "", unit: unitShort(b.from_unit) })}</b>
      <p>${label(b.step?.title)}</p>
      <p>${[b.step?.safety && t("Safety"), t("offered {time}", { time: clockTime(b.at) })].filter(Boolean).join(" · ")}</p>
      ${b.note && html`<p>“${b.note}”</p>`}
      ${refusing
        ? html`<${ReasonForm} label=${t("Why not?")} button=${t("Not taken")} icon="skip" suggestions=${[t("Not enough hands"), t("Not our work"), t("Not possible now")]} onSubmit=${refuse} />`
        : html`<div class="row"><button type="button" class="btn btn--main grow" onClick=${accept}><${Icon} name="check" />${t("I take it over")}</button>
          <button type="button" class="btn" onClick=${() => ask(true)}>${t("Not us")}</button></div>`}</div>
  </section>`;
}
