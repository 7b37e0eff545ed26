/** The words of a step: the frequent ones at once, the rest behind "more". */
import { html } from "../../components/html.js";
import { STEP_WORDS, moveStep, phaseOf, withStep, withWord } from "../../lib/plan_edit.js";
import { PHASES } from "../../lib/order.js";
import { t } from "../../lib/text.js";
import { phaseTitle } from "../../phone/phases.js";
import CaptureForm from "./capture_form.js";
import { Choice, Words, Yes } from "./fields.js";
import { besides } from "./finding_words.js";
import Found from "./found.js";
import { edit } from "./model.js";
import { findings, openStep, taken, value } from "./state.js";
import StepMore from "./step_more.js";

const MOST_WORDS = 24;
const END = 99;

/** @param {{card: any, step: any, path: Array<string|number>}} props */
export default function StepForm({ card, step, path }) {
  const put = (/** @type {string} */ name) => (/** @type {any} */ said) => edit((plan) => withStep(plan, card.role, step.code, (now) => withWord(now, name, said, STEP_WORDS)));
  const props = (/** @type {string} */ name) => ({ place: [...path, name], value: step[name], onChange: put(name) });
  const toPhase = (/** @type {string} */ phase) => {
    const { plan, code } = moveStep(value.value, card.role, step.code, phase, END, taken.value);
    edit(() => plan, t("{code} is {other} now, in {phase}", { code: step.code, other: code, phase: phaseTitle(phase) }));
    openStep.value = code;
  };
  const count = (step.do ?? "").split(/\s+/).filter(Boolean).length;
  return html`<div class="editor__fields">
    <${Words} label=${t("Step")} hint=${t("{n} of {most} words", { n: count, most: MOST_WORDS })} rows=${2} max=${160} ...${props("do")} />
    <${Words} label=${t("Hint")} hint=${t("how, why, what if")} rows=${2} max=${240} ...${props("hint")} />
    <${Words} label=${t("Due")} hint=${t("5 min, 2 h, when it happens")} max=${40} ...${props("due")} />
    <div class="editor__several"><${Yes} label=${t("Safety: leaving it out can harm")} ...${props("safety")} /><${Yes} label=${t("Two people sign")} ...${props("two_person")} /></div>
    <${CaptureForm} list=${step.capture ?? []} path=${[...path, "capture"]} onChange=${put("capture")} />
    <${Choice} label=${t("Phase")} hint=${t("another phase gives another code")} options=${PHASES.map((phase) => ({ value: phase, words: phaseTitle(phase) }))} place=${[...path, "phase"]} value=${phaseOf(step.code)} onChange=${toPhase} />
    <${Found} found=${besides(findings.value, path, SHOWN)} />
    <${StepMore} card=${card} step=${step} props=${props} />
  </div>`;
}

/** Words whose findings stand beside them. */
const SHOWN = STEP_WORDS.filter((name) => name !== "code");
