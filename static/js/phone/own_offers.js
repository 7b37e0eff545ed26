/** What I have offered, and what became of it. Until somebody accepts, it is mine. */
import Chip from "../components/chip.js";
import { html } from "../components/html.js";
import { roleTitle, unitShort, whom } from "../components/place.js";
import { clockTime } from "../lib/format.js";
import { ownOffers } from "../lib/shift_rules.js";
import { t } from "../lib/text.js";
import { record } from "../store/actions.js";
import { me, rowsOf } from "../store/view.js";
import { kept } from "./task_acts.js";

export default function OwnOffers() {
  const offers = ownOffers(rowsOf("handover"), me.value);
  if (offers.length === 0) return null;
  return html`<section class="sheet" aria-labelledby="offered">
    <div class="sheet__head"><h2 id="offered">${t("What I have offered")}</h2></div>
    <ul>${offers.map((offer) => html`<${Offer} key=${offer.id} offer=${offer} />`)}</ul>
  </section>`;
}

/** @param {{offer: import("../lib/types.js").ViewRow}} props */
function Offer({ offer: { id, b, pending } }) {
  const withdraw = () => kept(record("handover.withdraw", { handover: id }), t("Taken back. Saved on this phone."));
  return html`<li class="ask">
    <p class="ask__head"><b>${roleTitle(b.role)}, ${unitShort(b.unit)}</b>${pending && html`<${Chip} tone="saved" icon="saved">${t("Saved on this phone")}<//>`}</p>
    <p>${stateWords(b)}${b.reason && ` “${b.reason}”`}</p>
    ${b.state === "offered" && html`<button type="button" class="btn" onClick=${withdraw}>${t("Take it back")}</button>`}
  </li>`;
}

/** @param {any} b of a `handover` row */
function stateWords(b) {
  const answer = { name: whom(b.answered_by, b.answered_by_name), time: clockTime(b.answered_at) };
  if (b.state === "accepted") return t("{name} has it since {time}.", answer);
  if (b.state === "refused") return t("{name} did not take it, {time}. You still hold it.", answer);
  if (b.state === "withdrawn") return t("Taken back {time}. You hold it.", answer);
  if (b.to === null) return t("Waits for whoever takes it. You still hold it.");
  return t("Waits for {name}. You still hold it.", { name: b.to_name });
}
