/** The editor: cards on the left, the form in the middle, the phone on the right; one after the other on a phone. */
import { html } from "../../components/html.js";
import { cardOf } from "../../lib/plan_edit.js";
import { t } from "../../lib/text.js";
import Bar from "./bar.js";
import CardForm from "./card_form.js";
import CardList from "./card_list.js";
import Conflict from "./conflict.js";
import PlanForm from "./plan_form.js";
import Preview from "./preview.js";
import Removed from "./removed.js";
import { conflict, openCard, pane, said, value } from "./state.js";

/** @typedef {{address: string, size: string, path: string}} Code */

/** @param {{plan: string, code: Code}} props */
export default function Editor({ plan, code }) {
  const card = cardOf(value.value, openCard.value);
  return html`<div class="editor" data-pane=${pane.value}>
    <a class="btn skip" href="#form">${t("Skip to the form")}</a>
    <${Bar} plan=${plan} code=${code} />
    <div class="sr" role="status">${said.value}</div>
    ${conflict.value && html`<${Conflict} />`}
    <nav class="editor__cards" aria-label=${t("Cards")}><${CardList} /></nav>
    <main class="editor__form" id="form" tabindex="-1">
      ${card ? html`<${CardForm} key=${card.role} card=${card} />` : html`<${PlanForm} />`}
      <${Removed} />
    </main>
    <aside class="editor__phone" aria-label=${t("As on the phone")}><${Preview} card=${card ?? value.value.cards?.[0]} /></aside>
  </div>`;
}
