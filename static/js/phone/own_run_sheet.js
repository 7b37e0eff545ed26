/** What the unit began by itself: who, since when, who knows of it; the way to end it, and to join two lists. */
import { useState } from "preact/hooks";

import Chip from "../components/chip.js";
import Drawer from "../components/drawer.js";
import { html } from "../components/html.js";
import Icon from "../components/icon.js";
import { deskPhone, telLink, unitShort } from "../components/place.js";
import ReasonForm from "../components/reason_form.js";
import { t } from "../lib/text.js";
import { record } from "../store/actions.js";
import MergeOffer from "./merge_offer.js";
import { heardWords, startersWords } from "./own_words.js";
import { kept } from "./task_acts.js";

/** @typedef {import("../lib/types.js").ViewRow} ViewRow */

/** @param {{run: ViewRow}} props */
export default function OwnRunSheet({ run }) {
  const [asked, ask] = useState(false);
  const { b, pending } = run;
  const phone = deskPhone();
  return html`<section class="sheet" aria-labelledby="own">
    <div class="sheet__head"><h2 id="own">${t("Started by your unit")}</h2><p>${startersWords(b)}</p></div>
    <div class="sheet__body">
      ${pending === null ? html`<${Chip} tone="record" icon="record">${t("On record")}<//>` : html`<${Chip} tone="saved" icon="saved">${t("Saved on this phone")}<//>`}
      <p>${heardWords(pending, unitShort(b.unit))}</p>
      <${MergeOffer} run=${run} />
      ${phone && html`<a class="btn btn--wide btn--tall" href=${telLink(phone)}><${Icon} name="phone" />${t("Tell IT: call {phone}", { phone })}</a>`}
      <button type="button" class="btn btn--plain btn--wide" aria-haspopup="dialog" onClick=${() => ask(true)}>${t("End it: false alarm, or over")}</button>
    </div>
    ${asked && html`<${End} run=${run} onClose=${() => ask(false)} />`}
  </section>`;
}

/** @param {{run: ViewRow, onClose: () => void}} props */
function End({ run, onClose }) {
  const suggestions = [t("False alarm"), t("One computer only"), t("It is back")];
  const end = (/** @type {string} */ note) => kept(record("run.end", { run: run.id, note }), t("Ended. Saved on this phone.")).then(onClose);
  return html`<${Drawer} title=${t("End the cards of {unit}", { unit: unitShort(run.b.unit) })} meta=${t("For the whole unit. What was recorded is kept.")} onClose=${onClose}>
    <${ReasonForm} label=${t("Why has it ended?")} suggestions=${suggestions} button=${t("End the cards")} icon="check" onSubmit=${end} />
  <//>`;
}
