/** A card: its head, then its phases with their steps. */
import { html } from "../../components/html.js";
import Icon from "../../components/icon.js";
import { CARD_WORDS, addStep, cardOf, moveCard, removeCard, stepsOf, withCard, withWord } from "../../lib/plan_edit.js";
import { PHASES } from "../../lib/order.js";
import { label, t } from "../../lib/text.js";
import { phaseTitle } from "../../phone/phases.js";
import { roleName } from "./card_list.js";
import { useDrag } from "./drag.js";
import { Several, Words } from "./fields.js";
import { besides } from "./finding_words.js";
import Found from "./found.js";
import { edit, takeAway } from "./model.js";
import { choices, findings, openCard, openStep, taken, value } from "./state.js";
import StepRow from "./step_row.js";

/** @param {{card: any}} props */
export default function CardForm({ card }) {
  const at = value.value.cards.indexOf(card);
  const drag = useDrag(card.role);
  const put = (/** @type {string} */ name) => (/** @type {any} */ said) => edit((plan) => withCard(plan, card.role, (now) => withWord(now, name, said, CARD_WORDS)));
  const types = (value.value.unit_types ?? []).map((/** @type {string} */ code) => ({ value: code, words: label(choices.value.unit_types.find((one) => one.code === code)?.title) || code }));
  return html`<section class="sheet" aria-labelledby="card"><div class="sheet__head"><h2 id="card">${roleName(card)}</h2><${CardActs} card=${card} at=${at} /></div>
    <div class="sheet__body">
      <${Found} found=${besides(findings.value, ["cards", at], ["title", "mission", "unit_types", "steps"])} />
      <${Words} label=${t("Title")} max=${160} place=${["cards", at, "title"]} value=${card.title} onChange=${put("title")} />
      <${Words} label=${t("Mission")} hint=${t("why this role matters today")} max=${160} place=${["cards", at, "mission"]} value=${card.mission} onChange=${put("mission")} />
      <details><summary class="btn btn--wide">${t("Kinds of units that get it")}: ${(card.unit_types ?? []).length}</summary>
      <${Several} label=${t("Kinds of units that get it")} options=${types} place=${["cards", at, "unit_types"]} value=${card.unit_types} onChange=${put("unit_types")} /></details>
    </div>
    ${PHASES.map((phase) => html`<${Phase} key=${phase} card=${card} at=${at} phase=${phase} drag=${drag} />`)}
  </section>`;
}

/** @param {{card: any, at: number, phase: string, drag: import("./drag.js").Drag}} props */
function Phase({ card, at, phase, drag }) {
  const steps = stepsOf(card, phase);
  const add = () => {
    const { plan, code } = addStep(value.value, card.role, phase, taken.value);
    if (!code) return;
    edit(() => plan, t("{code} added", { code }));
    openStep.value = code;
  };
  return html`<div role="group" class="editor__phase" data-phase=${phase} aria-label=${phaseTitle(phase)}><div class="phase"><h3>${phaseTitle(phase)}</h3><p>${steps.length > 0 && steps.length}</p></div>
    <ol class="editor__steps">${steps.map((step, place) => html`<${StepRow} key=${step.code} card=${card} step=${step} path=${["cards", at, "steps", card.steps.indexOf(step)]} place=${place} last=${place === steps.length - 1} drag=${drag} />`)}</ol>
    <button type="button" class="btn btn--plain" onClick=${add}><${Icon} name="plus" />${t("Add a step")}<span class="sr"> ${phaseTitle(phase)}</span></button></div>`;
}

/** @param {{card: any, at: number}} props */
function CardActs({ card, at }) {
  const shift = (/** @type {number} */ by) => () => edit((plan) => moveCard(plan, card.role, by), t("{title} is card {n} now", { title: roleName(card), n: at + by + 1 }));
  const remove = () => {
    const put = (/** @type {any} */ plan) => (cardOf(plan, card.role) ? plan : { ...plan, cards: plan.cards.toSpliced(at, 0, card) });
    takeAway((plan) => removeCard(plan, card.role), put, t("Card taken away: {title}", { title: roleName(card) }));
    openCard.value = value.value.cards[0]?.role ?? "";
  };
  const count = value.value.cards.length;
  return html`<div class="editor__acts">
    <button type="button" class="btn btn--square" aria-label=${t("Card up")} aria-disabled=${at === 0} onClick=${at > 0 ? shift(-1) : undefined}><${Icon} name="up-chevron" /></button>
    <button type="button" class="btn btn--square" aria-label=${t("Card down")} aria-disabled=${at === count - 1} onClick=${at < count - 1 ? shift(1) : undefined}><${Icon} name="down-chevron" /></button>
    <button type="button" class="btn btn--square" aria-label=${t("Take the card away")} aria-disabled=${count === 1} onClick=${count > 1 ? remove : undefined}><${Icon} name="erase" /></button></div>`;
}
