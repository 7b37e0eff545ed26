/** The editor: cards on the left, the form in the middle, the phone on the right; one after the other on a phone. */
import { html } from "../../components/html.js";
import { cardOf } from "../../lib/plan_edit.js";
import { cardIn } from "../../lib/plan_texts.js";
import { t } from "../../lib/text.js";
import Bar from "./bar.js";
import CardForm from "./card_form.js";
import CardList from "./card_list.js";
import Conflict from "./conflict.js";
import PlanForm from "./plan_form.js";
import Preview from "./preview.js";
import Removed from "./removed.js";
import { keepMine, takeTheirs } from "./model.js";
import { conflict, openCard, pane, said, tongue, value } from "./state.js";
import Tongue from "./tongue.js";
import WordsForm from "./words_form.js";
import { keepMyWords, takeTheirWords, words, wordsConflict } from "./words_model.js";

/** @typedef {{address: string, size: string, path: string}} Code */

/** @param {{plan: string, code: Code}} props */
export default function Editor({ plan, code }) {
  const card = cardOf(value.value, openCard.value);
  return html`<div class="editor" data-pane=${pane.value}>
    <a class="btn skip" href="#form">${t("Skip to the form")}</a>
    <${Bar} plan=${plan} code=${code} />
    <div class="sr" role="status">${said.value}</div>
    <${Conflicts} />
    <nav class="editor__cards" aria-label=${t("Cards")}><${Tongue} plan=${plan} /><${CardList} /></nav>
    <main class="editor__form" id="form" tabindex="-1">
      ${tongue.value ? html`<${WordsForm} key=${openCard.value} role=${card ? card.role : ""} tongue=${tongue.value} />` : card ? html`<${CardForm} key=${card.role} card=${card} />` : html`<${PlanForm} />`}
      <${Removed} />
    </main>
    <aside class="editor__phone" aria-label=${t("As on the phone")}><${Phone} card=${card ?? value.value.cards?.[0]} /></aside>
  </div>`;
}

/** The card on a phone, in the language that is being written. @param {{card: any}} props */
function Phone({ card }) {
  if (!tongue.value || !card) return html`<${Preview} card=${card} />`;
  return html`<div lang=${tongue.value}><${Preview} card=${cardIn(card, words.value)} language=${tongue.value} /></div>`;
}

/** Who was faster, with the draft or with its words. */
function Conflicts() {
  const draft = conflict.value, other = wordsConflict.value;
  return html`${draft && html`<${Conflict} mine=${value.value} theirs=${draft.value} by=${draft.by_name} at=${draft.at} onTheirs=${takeTheirs} onMine=${keepMine}
      words=${t("{name} has saved this draft since. Nothing of yours is written yet.", { name: draft.by_name })} />`}
    ${other && html`<${Conflict} mine=${words.value} theirs=${other.words} by=${other.by_name} at=${other.at} onTheirs=${takeTheirWords} onMine=${keepMyWords}
      words=${t("{name} has saved these words since. Nothing of yours is written yet.", { name: other.by_name })} />`}`;
}
