/** A step in the form: what it says, what can be done with it, and its fields when it is open. */
import Chip from "../../components/chip.js";
import { html } from "../../components/html.js";
import Icon from "../../components/icon.js";
import { copyStep, moveStep, phaseOf, putIn, removeStep, stepsOf, withCard } from "../../lib/plan_edit.js";
import { t } from "../../lib/text.js";
import { within } from "./finding_words.js";
import Found from "./found.js";
import { edit, takeAway } from "./model.js";
import { findings, openStep, taken, value } from "./state.js";
import StepForm from "./step_form.js";

/** @param {{card: any, step: any, path: Array<string|number>, place: number, last: boolean, drag: import("./drag.js").Drag}} props */
export default function StepRow({ card, step, path, place, last, drag }) {
  const isOpen = openStep.value === step.code;
  const found = within(findings.value, path);
  const toggle = () => (openStep.value = isOpen ? "" : step.code);
  return html`<li class=${`editor__step${drag.code === step.code ? " editor__step--held" : ""}`} data-step=${step.code}>
    <div class="editor__line">
      <span class="editor__grip" aria-hidden="true" title=${t("Drag to move")} onPointerDown=${(/** @type {any} */ event) => drag.start(event, step.code)}>⠿</span>
      <button type="button" class="editor__head" aria-expanded=${isOpen} onClick=${toggle}><b class="task__code">${step.code}</b>
        <span>${step.do || t("(nothing written yet)")}</span>${found.length > 0 && html` <${Chip} tone="late" icon="warn">${found.length}<span class="sr"> ${t("findings")}</span><//>`}</button>
    </div>
    ${isOpen && html`<${Acts} card=${card} step=${step} place=${place} last=${last} /><${StepForm} card=${card} step=${step} path=${path} />`}
    ${!isOpen && found.length > 0 && html`<${Found} found=${found} />`}
  </li>`;
}

/** @param {{card: any, step: any, place: number, last: boolean}} props */
function Acts({ card, step, place, last }) {
  const { code } = step;
  const { role } = card;
  const shift = (/** @type {number} */ to) => () => edit((plan) => moveStep(plan, role, code, phaseOf(code), to, taken.value).plan, t("{code} is number {n} of {total} now", { code, n: to + 1, total: stepsOf(card, phaseOf(code)).length }));
  const copy = () => {
    const done = copyStep(value.value, role, code, taken.value);
    if (!done.code) return;
    edit(() => done.plan, t("{code} copied to {other}", { code, other: done.code }));
    openStep.value = done.code;
  };
  const remove = () => {
    const put = (/** @type {any} */ plan) => withCard(plan, role, (now) => ({ ...now, steps: putIn(now.steps, step, place) }));
    takeAway((plan) => removeStep(plan, role, code), put, t("{code} taken away: {words}", { code, words: step.do ?? "" }));
    openStep.value = "";
  };
  const only = card.steps.length === 1;
  return html`<div class="editor__acts">
    <button type="button" class="btn btn--square" aria-label=${t("{code} up", { code })} aria-disabled=${place === 0} onClick=${place > 0 ? shift(place - 1) : undefined}><${Icon} name="up-chevron" /></button>
    <button type="button" class="btn btn--square" aria-label=${t("{code} down", { code })} aria-disabled=${last} onClick=${last ? undefined : shift(place + 1)}><${Icon} name="down-chevron" /></button>
    <button type="button" class="btn" onClick=${copy}><${Icon} name="plus" />${t("Copy")}</button>
    <button type="button" class="btn" aria-disabled=${only} onClick=${only ? undefined : remove}><${Icon} name="erase" />${t("Take away")}</button></div>`;
}
