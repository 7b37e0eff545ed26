/** The card as it will look on the phone of a role on a unit; ticks work and are forgotten. */
import { useState } from "preact/hooks";

import CaptureField from "../../components/capture_field.js";
import { html } from "../../components/html.js";
import Icon from "../../components/icon.js";
import TaskBox from "../../components/task_box.js";
import TaskHead from "../../components/task_head.js";
import { wallMs } from "../../lib/clock.js";
import { isAsked, previewTasks, waitsFor } from "../../lib/plan_preview.js";
import { label, t } from "../../lib/text.js";
import { byPhase, phaseTitle } from "../../phone/phases.js";
import { dueWords, isLate } from "../../phone/task_state.js";
import { now } from "../../store/state.js";
import { roleName } from "./card_list.js";
import { choices, openStep, unit, value } from "./state.js";

const start = wallMs();

/** @param {{card: any, language?: string}} props */
export default function Preview({ card, language }) {
  const [done, tick] = useState(/** @type {Record<string, Record<string, any>>} */ ({}));
  now.value = start;
  if (!card) return null;
  const here = choices.value.units.filter(({ type }) => (card.unit_types ?? []).includes(type));
  const at = here.find(({ id }) => id === unit.value)?.id ?? "";
  const tasks = previewTasks(card, { plan: value.value.id, unit: at, startMs: start });
  for (const task of tasks) if (done[task.id]) task.b = { ...task.b, state: "done", captured: done[task.id] };
  const next = tasks.find((task) => task.b.state === "open" && isAsked(task, tasks) && waitsFor(task, tasks).length === 0);
  const turn = (/** @type {any} */ task, /** @type {any} */ captured) => tick(task.b.state === "done" ? without(done, task.id) : { ...done, [task.id]: captured });
  return html`<div class="field"><label for="unit">${t("As seen on")}</label><select class="input" id="unit" value=${at} onChange=${(/** @type {any} */ event) => (unit.value = event.target.value)}>
      <option value="">${t("any unit")}</option>${here.map(({ id, name }) => html`<option key=${id} value=${id}>${name}</option>`)}</select></div>
    <div class="editor__screen"><p class="tape" aria-hidden="true"><span>${t("TRYING OUT")} · ${t("TRYING OUT")} · ${t("TRYING OUT")} · ${t("TRYING OUT")}</span></p>
      <div class="editor__mission"><b>${roleName(card, language)}</b><p>${card.mission}</p></div>
      ${byPhase(tasks.filter((task) => isAsked(task, tasks))).map(({ phase, tasks: rows }) => html`<section key=${phase} aria-label=${phaseTitle(phase)}><div class="phase"><h2>${phaseTitle(phase)}</h2></div>
        <ol class="tasks">${rows.map((task) => html`<${Row} key=${task.id} task=${{ ...task, b: { ...task.b, waits: waitsFor(task, tasks) } }} lit=${task === next} onTick=${(/** @type {any} */ captured) => turn(task, captured)} />`)}</ol></section>`)}
      <p class="note note--plain">${t("Nothing here is recorded.")}</p>
    </div>`;
}

/** @param {Record<string, any>} all @param {string} id */
const without = (all, id) => Object.fromEntries(Object.entries(all).filter(([one]) => one !== id));

/** @param {{task: any, lit: boolean, onTick: (captured: Record<string, any>) => void}} props */
function Row({ task, lit, onTick }) {
  const [values, set] = useState(/** @type {Record<string, any>} */ ({}));
  const { b } = task;
  const isDone = b.state === "done";
  const classes = ["task", isDone ? "task--done" : "", lit ? "task--next" : "", openStep.value === b.code ? "editor__here" : ""].filter(Boolean).join(" ");
  return html`<li class=${classes}><${TaskBox} task=${task} shape=${isDone ? "done" : lit ? "next" : "open"} onClick=${() => onTick(values)} />
    <div class="task__body">${!isDone && html`<${TaskHead} task=${task} late=${isLate(task, now.value)} due=${dueWords(task, now.value)} isNext=${lit} lit=${lit} />`}
      <p class="task__title">${isDone && html`<b class="task__lead">${b.code}</b> `}${label(b.title)}</p></div>
    ${lit && html`<div class="task__wide">${b.hint && html`<p>${label(b.hint)}</p>`}${b.local && html`<p><b>${label(b.local)}</b></p>`}
      ${b.capture.length > 0 && html`<div class="counts">${b.capture.map((/** @type {any} */ field) => html`<${CaptureField} key=${field.key} id=${`p-${task.id}-${field.key}`} field=${field} value=${values[field.key]} onChange=${(/** @type {any} */ said) => set({ ...values, [field.key]: said })} />`)}</div>`}
      <div class="row"><button type="button" class="btn btn--main grow" onClick=${() => onTick(values)}><${Icon} name="check" />${t("Done")}</button></div></div>`}
  </li>`;
}
