/** The words of a step that are rarely needed. */
import { html } from "../../components/html.js";
import { t } from "../../lib/text.js";
import { label } from "../../lib/text.js";
import { Choice, Lines, Several, Words, Yes } from "./fields.js";
import LocalForm from "./local_form.js";
import { choices, value } from "./state.js";
import WhenForm from "./when_form.js";

const MORE = ["anchor", "confirm_roles", "role_only", "repeat", "until", "depends_on", "gate", "when", "hand_off", "escalate_after", "at_shift_end", "forms", "local"];

/** @param {{card: any, step: any, props: (name: string) => any}} props */
export default function StepMore({ card, step, props }) {
  const roles = choices.value.roles.map(({ code, title }) => ({ value: code, words: label(title) }));
  const own = card.steps.filter((/** @type {any} */ one) => one !== step).map((/** @type {any} */ one) => ({ value: one.code, words: `${one.code} ${one.do ?? ""}` }));
  const forms = (value.value.attachments ?? []).map((/** @type {any} */ one) => ({ value: one.code, words: one.title }));
  const written = MORE.filter((name) => name in step).length;
  return html`<details class="editor__more" open=${written > 0}><summary class="btn btn--wide">${written > 0 ? t("More: {n} in use", { n: written }) : t("More")}</summary><div class="editor__fields">
    <${Choice} label=${t("Counted from")} none=${t("the clock of the phase")} options=${clocks()} ...${props("anchor")} />
    <${Words} label=${t("Again every")} hint=${t("30 min, 2 h")} max=${20} ...${props("repeat")} />
    ${(step.repeat || step.anchor === "shift") && html`<${Choice} label=${t("Until")} none=${t("the end of the phase")} options=${ends()} ...${props("until")} />`}
    ${step.anchor === "shift" && !step.repeat && html`<${Choice} label=${t("Still open when the next shift begins")} none=${t("safety steps go on, others are closed")} options=${shiftEnds()} ...${props("at_shift_end")} />`}
    <${Words} label=${t("Leaders are told after")} hint=${t("counted from the due time")} max=${20} ...${props("escalate_after")} />
    <${Yes} label=${t("Only the role itself may do it")} ...${props("role_only")} />
    ${step.two_person === "true" && html`<${Several} label=${t("Who may sign second")} options=${roles} ...${props("confirm_roles")} />`}
    <${Several} label=${t("After, on this card")} options=${own} ...${props("depends_on")} />
    <${Lines} label=${t("After, on other cards")} hint=${t("role/code, one a line")} ...${props("gate")} />
    <${WhenForm} card=${card} step=${step} ...${props("when")} />
    <${Choice} label=${t("Handed on to")} none=${t("nobody")} options=${roles} ...${props("hand_off")} />
    ${forms.length > 0 && html`<${Several} label=${t("Forms")} options=${forms} ...${props("forms")} />`}
    <${LocalForm} card=${card} ...${props("local")} />
  </div></details>`;
}

const clocks = () => [
  { value: "T0", words: t("the first symptom") }, { value: "TD", words: t("the declaration") }, { value: "TR", words: t("restored by IT") },
  { value: "TA", words: t("the all-clear") }, { value: "shift", words: t("the start of the shift") }, { value: "planned", words: t("the planned start") },
];

const ends = () => [
  { value: "TR", words: t("restored by IT") }, { value: "TA", words: t("the all-clear") }, { value: "TE", words: t("entered back") }, { value: "TS", words: t("stood down") },
];

const shiftEnds = () => [{ value: "carry", words: t("it goes on") }, { value: "close", words: t("it is closed as not done") }];
