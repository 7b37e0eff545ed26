/** The cards of the plan: open one, add one, change their order, take one away. */
import { useState } from "preact/hooks";

import { html } from "../../components/html.js";
import Icon from "../../components/icon.js";
import { addCard } from "../../lib/plan_edit.js";
import { label, t } from "../../lib/text.js";
import { within } from "./finding_words.js";
import { edit } from "./model.js";
import { choices, findings, openCard, openStep, tongue, value } from "./state.js";
import { standing } from "./words_model.js";

export default function CardList() {
  const cards = value.value.cards ?? [];
  return html`<ul class="editor__list">
    <li><${Entry} role="" words=${t("The plan itself")} found=${tongue.value ? leftIn("") : findings.value.filter(({ path }) => path[0] !== "cards").length} /></li>
    ${cards.map((/** @type {any} */ card, /** @type {number} */ at) => html`<li key=${card.role}><${Entry} role=${card.role} words=${roleName(card)} found=${tongue.value ? leftIn(card.role) : within(findings.value, ["cards", at]).length} /></li>`)}
  </ul>${!tongue.value && html`<${AddCard} cards=${cards} />`}`;
}

/** How many texts of a card wait for their words. @param {string} role */
const leftIn = (role) => standing.value.filter((one) => one.role === role && one.state !== "ok").length;

/** What the hospital calls the role of a card. @param {any} card @param {string} [language] to name it in; otherwise the reader's */
export function roleName(card, language) {
  const title = choices.value.roles.find(({ code }) => code === card.role)?.title;
  return (language && title?.[language]) || label(title) || card.title || card.role;
}

/** @param {{role: string, words: string, found: number}} props */
function Entry({ role, words, found }) {
  const open = () => {
    openCard.value = role;
    openStep.value = "";
  };
  return html`<button type="button" class="editor__entry" aria-current=${openCard.value === role ? "true" : undefined} onClick=${open}>
    <span>${words}</span>${found > 0 && html`<span class="chip chip--late"><${Icon} name="warn" size="s" /><span>${found}<span class="sr"> ${tongue.value ? t("to translate") : t("findings")}</span></span></span>`}
  </button>`;
}

/** @param {{cards: any[]}} props */
function AddCard({ cards }) {
  const [role, choose] = useState("");
  const free = choices.value.roles.filter(({ code }) => !cards.some((card) => card.role === code));
  const add = () => {
    const title = free.find(({ code }) => code === role)?.title.en ?? role;
    edit((plan) => addCard(plan, role, title), t("Card added: {title}", { title }));
    openCard.value = role;
    choose("");
  };
  return html`<div class="field"><label for="new-card">${t("Add a card for")}</label>
    <div class="editor__pair"><select class="input" id="new-card" value=${role} onChange=${(/** @type {any} */ event) => choose(event.target.value)}><option value="">–</option>${free.map(({ code, title }) => html`<option key=${code} value=${code}>${label(title)}</option>`)}</select>
    <button type="button" class="btn btn--square" disabled=${!role} aria-label=${t("Add the card")} onClick=${add}><${Icon} name="plus" /></button></div></div>`;
}
